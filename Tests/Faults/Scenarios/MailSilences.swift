import TestSupport

// Item 16: the mail server says nothing, says it a byte a second, or hangs up. Each step has its
// limit; only what broke after the end of the content may have been sent, and is shown so; pages are
// fetched meanwhile.

extension Scenario {
  /// Silence, dribble and hanging up.
  static let silences: [Scenario] = hangs + dribbles + hangUps + [cutContent]

  private static let hangs = MailStep.allCases.map { stalled($0, "hangs at", .hang) }

  private static let dribbles = [MailStep.hello, .recipient, .end].map {
    stalled($0, "a byte a second at", .drip("250-2.0.0 one moment please\r\n"), shortRuns: 0)
  }

  private static let hangUps = MailStep.allCases.map { step in
    Scenario(16, "hangs up at \(step.rawValue)", runs: 5, isSlow: true) { _ in
      let waiting = try await Waiting(
        Reluctance(.cut, at: step.moment), offers: step.offers, prepare: step.prepare)
      let (findings, end) = try await relent(waiting)
      try end.expectBackoff()
      try end.expectEach(end.putOff, code: nil, saying: "连接中断", mayHaveBeenSent: step == .end)
      return try counted(findings, end)
    }
  }

  private static let cutContent = Scenario(
    16, "hangs up in the content", runs: 5, isSlow: true
  ) { _ in
    let waiting = try await Waiting(Reluctance(.cut, at: .content))
    let (findings, end) = try await relent(waiting)
    try end.expectBackoff()
    guard findings.allowed == 0 else { throw Broken("what was cut off came twice") }
    return findings
  }

  private static func stalled(
    _ step: MailStep, _ how: String, _ act: Sink.Act, shortRuns: Int = 1
  ) -> Scenario {
    Scenario(16, "\(how) \(step.rawValue)", runs: 5, shortRuns: shortRuns, isSlow: true) { _ in
      let reluctance = Reluctance(act, at: step.moment)
      let district = try await District(
        Post.mixture(), offers: step.offers, cues: reluctance.cues)
      try step.prepare(district)
      let inquest = Inquest(district)
      let program = try district.start()
      // As many as there are connections.
      try await eventually { reluctance.count == 4 }
      try await expectFetching(district)
      guard reluctance.count == 4 else { throw Broken("\(reluctance.count) connections hang") }
      reluctance.end()
      district.board.letMailWait(step.patience)
      let findings = try await finish(district, inquest, program)
      let end = try Snapshot(of: district)
      guard end.putOff.count == 4 else { throw Broken("\(end.putOff.count) were put off, not 4") }
      try end.expectEach(end.putOff, code: nil, saying: "超时未答复", mayHaveBeenSent: step == .end)
      return try counted(findings, end)
    }
  }

  /// New posts are fetched and judged, and the board is read again, while no mail leaves.
  private static func expectFetching(_ district: District) async throws {
    let visits = district.web.requests.count { $0.hasPrefix("/list ") }
    try district.put(Post.mixture(from: 10))
    try await district.patiently {
      guard let now = try? Snapshot(beside: district) else { return false }
      return now.knows(district.posts) && now.openLeads == 0
    }
    try await eventually {
      district.web.requests.count { $0.hasPrefix("/list ") } >= visits + 3
    }
    guard try Snapshot(beside: district).envelopes.allSatisfy({ $0.state != "sent" }) else {
      throw Broken("something left though the mail server says nothing")
    }
  }

  /// As many mails came twice as attempts broke off after the end of their content, and no more.
  private static func counted(_ findings: Findings, _ end: Snapshot) throws -> Findings {
    let doubtful = end.receipts.count(where: \.mayHaveBeenSent)
    guard findings.allowed == doubtful else {
      throw Broken("\(findings.allowed) came twice, \(doubtful) may have")
    }
    return findings
  }
}
