internal import GRDB
internal import Vocabulary

extension Reading {
  /// Each notice of an alert that leaves together with others.
  func gatherings(of id: Alert.ID) throws(LedgerFault) -> [CourseStep] {
    try rows(
      """
      SELECT gathering.recipient, gathering.gathered_at
      FROM notice
      JOIN gathering
        ON gathering.notice = notice.id
      WHERE notice.alert = ?
      ORDER BY gathering.gathered_at, gathering.notice, gathering.recipient
      """, [id.description]
    ) { row in
      let recipient = try row.text("recipient")
      return CourseStep(
        at: try row.time("gathered_at"),
        what: Phrase(
          zh: "与其他一般舆情一并送出，发往 \(recipient)",
          en: "gathered with others for \(recipient)"))
    }
  }

  /// Each attempt to deliver a notice of an alert, and how it ended.
  func attempts(of id: Alert.ID) throws(LedgerFault) -> [CourseStep] {
    try rows(
      """
      SELECT
        attempt.recipient, attempt.number, attempt.begun_at, receipt.outcome, receipt.reply,
        receipt.received_at
      FROM notice
      JOIN attempt
        ON attempt.notice = notice.id
      LEFT JOIN receipt
        ON receipt.notice = attempt.notice
        AND receipt.recipient = attempt.recipient
        AND receipt.attempt = attempt.number
      WHERE notice.alert = ?
      ORDER BY attempt.begun_at, attempt.notice, attempt.recipient, attempt.number
      """, [id.description]
    ) { row in try CourseStep(attempt: row) }
  }

  /// Each attempt that was left without a receipt.
  func doubts(of id: Alert.ID) throws(LedgerFault) -> [CourseStep] {
    try rows(
      """
      SELECT doubt.recipient, doubt.why, doubt.doubted_at
      FROM notice
      JOIN doubt
        ON doubt.notice = notice.id
      WHERE notice.alert = ?
      ORDER BY doubt.doubted_at, doubt.notice, doubt.recipient
      """, [id.description]
    ) { row in
      let recipient = MailAddress(address: try row.text("recipient")).shown
      let why =
        try row.text("why") == "restored"
        ? Phrase(zh: "台账由备份恢复", en: "the ledger was restored from a backup")
        : Phrase(zh: "程序曾中断", en: "the daemon was interrupted")
      return CourseStep(
        at: try row.time("doubted_at"),
        what: Phrase(
          zh: "\(why.zh)，发往 \(recipient.zh) 的通知可能重复",
          en: "\(why.en): \(recipient.en) may get the notice twice"))
    }
  }
}

extension CourseStep {
  /// An attempt with its receipt where there is one.
  init(attempt row: Row) throws(LedgerFault) {
    let recipient = MailAddress(address: try row.text("recipient")).shown
    let number = try row.number("number")
    guard let outcome: Receipt.Outcome = try row.wordIfAny("outcome") else {
      self.init(
        at: try row.time("begun_at"),
        what: Phrase(
          zh: "第 \(number) 次发送至 \(recipient.zh)，尚无回执",
          en: "attempt \(number) to \(recipient.en), no receipt yet"))
      return
    }
    let reply = try row.text("reply")
    let name = outcome.name
    self.init(
      at: try row.time("received_at"),
      what: Phrase(
        zh: "第 \(number) 次发送至 \(recipient.zh)：\(name.zh)（\(reply)）",
        en: "attempt \(number) to \(recipient.en): \(name.en) (\(reply))"))
  }
}

extension Receipt.Outcome {
  /// The outcome as the envelope's state is called.
  var name: Phrase {
    switch self {
    case .sent: EnvelopeState.sent.name
    case .deferred: EnvelopeState.deferred.name
    case .failed: EnvelopeState.failed.name
    }
  }
}
