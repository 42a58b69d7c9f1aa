internal import GRDB
package import Vocabulary

extension Reading {
  static let standingOfNotice = """
    SELECT
      standing.state = 'closed' AND notice.kind <> 'relay' AS is_closed,
      standing.audience = 'supervision'
        AND alert_edition.audience <> 'supervision' AS is_sealed,
      notice.kind IN ('reminder', 'call') AND EXISTS (
        SELECT 1
        FROM standing_word
        WHERE standing_word.alert = notice.alert
        AND standing_word.edition >= notice.edition
        AND (
          standing_word.by_unit = 1
          OR EXISTS (
            SELECT 1
            FROM envelope
            WHERE envelope.notice = notice.id
            AND envelope.part = 'officer'))
        AND standing_word.said_since_boot > notice.drafted_since_boot
      ) AS is_answered,
      (
        notice.kind IN ('reminder', 'call')
        OR EXISTS (
          SELECT 1
          FROM leaving
          WHERE leaving.notice = notice.id))
        AND EXISTS (
          SELECT 1
          FROM notice AS later
          WHERE later.alert = notice.alert
          AND later.edition > notice.edition)
        OR (
          notice.kind = 'contactSheet'
          AND alert_edition.audience = 'unit'
          AND standing.audience = 'unit'
          AND alert_edition.audience_of <> standing.audience_of) AS is_replaced,
      notice.kind = 'call'
        AND notice.id LIKE '%/call/late'
        AND NOT EXISTS (
          SELECT 1
          FROM outbox AS mail
          WHERE mail.notice = SUBSTR(notice.id, 1, LENGTH(notice.id) - LENGTH('/call/late'))
          AND mail.state <> 'sent') AS has_arrived
    FROM notice
    JOIN standing
      ON standing.alert = notice.alert
    JOIN alert_edition
      ON alert_edition.alert = notice.alert
      AND alert_edition.number = notice.edition
    WHERE notice.id = ?
    """

  /// Why a notice that has not left must not leave any more; nil where it may.
  ///
  /// Between drafting and delivery its alert may have turned out to be an allegation of misconduct,
  /// which only the supervising office may see, may have been closed, may have gone to another unit, or
  /// may have spoken again while the notice waited for its hour; and what a reminder asks for, or the
  /// mail that a call says has not left, may have happened. A batch with such a notice in it is given up,
  /// and the rest leaves one by one; but one that may have arrived already is sent again as it was,
  /// so that it comes under the same Message-ID, unless that would tell what is sealed.
  package func withdrawal(of notice: Notice.ID) throws(LedgerFault) -> Phrase? {
    if let why = try ownWithdrawal(of: notice) { return why.sentence }
    let papers = try papers(in: notice)
    guard !papers.isEmpty else { return nil }
    let mayHaveArrived = try isDoubtful(notice)
    for paper in papers {
      guard let why = try ownWithdrawal(of: paper) else { continue }
      if why == .sealed || !mayHaveArrived { return Withdrawal.batchGivenUp }
    }
    return nil
  }

  private func ownWithdrawal(of notice: Notice.ID) throws(LedgerFault) -> Withdrawal? {
    try first(Reading.standingOfNotice, [notice.rawValue]) { row in
      if try row.flag("is_sealed") { return .sealed }
      if try row.flag("is_closed") { return .closed }
      if try row.flag("is_answered") { return .answered }
      if try row.flag("is_replaced") { return .replaced }
      return try row.flag("has_arrived") ? .delivered : nil
    } ?? nil
  }

  private func isDoubtful(_ notice: Notice.ID) throws(LedgerFault) -> Bool {
    try isTrue(
      """
      SELECT EXISTS (
        SELECT 1
        FROM outbox
        WHERE notice = ?
        AND doubtful = 1)
      """, [notice.rawValue])
  }
}

/// Why a notice must not leave any more (撤回原因).
private enum Withdrawal {
  case sealed
  case closed
  case answered
  case replaced
  case delivered

  static let batchGivenUp = Phrase(
    zh: "已撤回：其中有件不再送出，其余逐件送出",
    en: "withdrawn: one of its papers must not leave, the others leave one by one")

  var sentence: Phrase {
    switch self {
    case .sealed:
      Phrase(zh: "已撤回：该件改由监督单位办理", en: "withdrawn: the supervising office has it now")
    case .closed: Phrase(zh: "已撤回：该预警已关闭", en: "withdrawn: its alert is closed")
    case .answered: Phrase(zh: "已撤回：承办单位已签收", en: "withdrawn: the unit has acknowledged")
    case .replaced:
      Phrase(zh: "已撤回：该预警已再次通知", en: "withdrawn: its alert has spoken again")
    case .delivered: Phrase(zh: "已撤回：所说的邮件已发出", en: "withdrawn: the mail has left since")
    }
  }
}
