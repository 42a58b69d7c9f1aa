import TestSupport

// Items 14 and 15: the mail server refuses, for a while or for good, at each step of a session.

extension Scenario {
  /// For a while: each notice is put off and tried again, later each time, and leaves in its window.
  static let temporaryRefusals: [Scenario] = MailStep.allCases.map { step in
    Scenario(14, "4xx at \(step.rawValue)", runs: 5, isSlow: true) { _ in
      let reluctance = Reluctance(.say("451 4.3.0 come again"), at: step.moment)
      let waiting = try await Waiting(reluctance, offers: step.offers, prepare: step.prepare)
      let (findings, end) = try await relent(waiting)
      try end.expectBackoff()
      try end.expectJitter()
      try end.expectPutOff(code: 451, saying: "451 4.3.0 come again")
      return findings
    }
  }

  /// For good: what is said of a letter is believed, and that recipient is given up, and shown; what
  /// is said of us is no word about any recipient, and all leaves when it is mended.
  static let lastingRefusals: [Scenario] =
    MailStep.allCases.map { $0.isOfTheLetter ? refusal(ofOneAt: $0) : refusal(ofUsAt: $0) }
    + [fullMailbox]

  /// RFC 5321, section 4.5.3.1.10.
  private static let fullMailbox = Scenario(15, "552 at RCPT", runs: 5, isSlow: true) { _ in
    let waiting = try await Waiting(Reluctance(.say("552 5.2.2 mailbox full"), at: .recipient))
    let (findings, end) = try await relent(waiting)
    try end.expectPutOff(code: 552, saying: "收件人邮箱已满")
    return findings
  }

  private static func refusal(ofOneAt step: MailStep) -> Scenario {
    Scenario(15, "5xx at \(step.rawValue)", runs: 6, isSlow: true) { turn in
      let all = Post.mixture().reduce(into: Set<String>()) { $0.formUnion($1.audience) }.sorted()
      let address = all[turn.number % all.count]
      let district = try await District(
        Post.mixture(),
        cues: { cue in
          cue.moment == step.moment && cue.recipient == address
            ? .say("550 5.1.1 <\(address)> no such mailbox") : nil
        })
      let inquest = Inquest(district)
      inquest.refused = [address]
      let findings = try await finish(district, inquest, try district.start())
      try Snapshot(of: district).expectRefused(address, code: 550)
      return findings
    }
  }

  private static func refusal(ofUsAt step: MailStep) -> Scenario {
    Scenario(15, "5xx at \(step.rawValue)", runs: 5, isSlow: true) { _ in
      let reluctance = Reluctance(.say("554 5.7.1 not from you"), at: step.moment)
      let waiting = try await Waiting(reluctance, offers: step.offers, prepare: step.prepare)
      try await expectShown("554 5.7.1 not from you", in: waiting.district)
      let (findings, end) = try await relent(waiting)
      try end.expectPutOff(code: 554, saying: "与收件人无关")
      return findings
    }
  }

  /// The mail server behaves; all that was put off leaves, and within its window.
  static func relent(
    _ waiting: Waiting, byLine: Bool = false
  ) async throws -> (findings: Findings, end: Snapshot) {
    waiting.reluctance.end()
    let findings = try await finish(
      waiting.district, waiting.inquest, waiting.program, byLine: byLine)
    guard findings.windowUse < 1 else { throw Broken("a window was missed: \(findings.windowUse)") }
    return (findings, try Snapshot(of: waiting.district))
  }

  /// `huiyin alerts` shows of each alert what the mail server says of it.
  static func expectShown(_ words: String, in district: District) async throws {
    for alert in try Snapshot(beside: district).alerts {
      let sheet = try district.start(["alerts", alert.id])
      try await sheet.waitForEnd()
      // A narrow sheet folds its lines.
      let shown = sheet.output.filter { !$0.isWhitespace }
      guard shown.contains(words.filter { !$0.isWhitespace }) else {
        throw Broken("\(alert.id) does not show \(words): \(sheet.output)")
      }
    }
  }
}

extension Snapshot {
  /// Each mail was put off once at least, all with this outcome, and none may have left.
  func expectPutOff(code: Int?, saying words: String) throws {
    let mails = Set(
      envelopes.filter { !$0.isCarried && $0.part != "admin" && $0.kind != "reminder" }
        .map(\.messageID)
    ).count
    let put = putOff
    guard Set(put.map { $0.notice + " " + $0.recipient }).count >= mails else {
      throw Broken("\(put.count) receipts for \(mails) mails")
    }
    try expectEach(put, code: code, saying: words, mayHaveBeenSent: false)
  }

  /// Some receipts have this outcome, each of them.
  func expectEach(
    _ receipts: [ReceiptFacts], code: Int?, saying words: String, mayHaveBeenSent: Bool
  ) throws {
    for receipt in receipts
    where receipt.code != code || !receipt.reply.contains(words)
      || receipt.mayHaveBeenSent != mayHaveBeenSent
    {
      throw Broken("the outcome of \(receipt.notice) is not \(words): \(receipt)")
    }
  }

  /// What was for one address was refused, nothing of it tried again, and the admins were told.
  func expectRefused(_ address: String, code: Int) throws {
    let theirs = receipts.filter { $0.recipient == address }
    guard !theirs.isEmpty, theirs.allSatisfy({ $0.outcome == "failed" && $0.code == code }) else {
      throw Broken("to \(address): \(theirs)")
    }
    guard envelopes.contains(where: { $0.part == "admin" && $0.state == "sent" }) else {
      throw Broken("no admin was told of \(address)")
    }
    guard receipts.allSatisfy({ $0.recipient == address || $0.outcome == "sent" }) else {
      throw Broken("others had to wait: \(putOff)")
    }
  }
}
