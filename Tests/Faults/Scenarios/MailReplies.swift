import Foundation
import TestSupport

// Item 18: replies of many lines, of ten megabytes, in no charset, without line ends. Whatever comes is
// bounded, is shown as text, and ends nothing but the attempt.

extension Scenario {
  /// Replies that no server should give.
  static let oddReplies: [Scenario] = [
    Scenario(18, "replies of many lines", runs: 5, isSlow: true) { _ in
      let district = try await District(
        Post.mixture(),
        cues: { cue in
          switch cue.moment {
          case .greeting: .say(many("220"))
          case .sender, .recipient, .end: .say(many("250"))
          case .data: .say(many("354"))
          case .hello, .startTLS, .login, .content, .reset, .goodbye: nil
          }
        })
      let inquest = Inquest(district)
      let findings = try await finish(district, inquest, try district.start())
      guard try Snapshot(of: district).putOff.isEmpty else { throw Broken("something was put off") }
      return findings
    },
    large("one line of 10 MB", "451 " + String(repeating: "x", count: 10_000_000) + "\r\n"),
    large(
      "10 MB in lines", String(repeating: "451-come again later\r\n", count: 450_000) + "451 no\r\n"
    ),
    large("10 MB without an end", String(repeating: "451-later ", count: 1_000_000), at: .hello),
    Scenario(18, "refused in GBK", runs: 5, isSlow: true) { _ in
      let address = "swj@unit.example"
      // 550 用户不存在, and a NUL, an escape and half a character behind it.
      let bytes =
        Array("550 ".utf8) + [0xD3, 0xC3, 0xBB, 0xA7, 0xB2, 0xBB, 0xB4, 0xE6, 0xD4, 0xDA]
        + [0x00, 0x1B, 0x5B, 0x33, 0x31, 0x6D, 0xB5, 0x0D, 0x0A]
      let district = try await District(
        Post.mixture(),
        cues: { cue in
          cue.moment == .recipient && cue.recipient == address ? .sayBytes(bytes) : nil
        })
      let inquest = Inquest(district)
      inquest.refused = [address]
      let findings = try await finish(district, inquest, try district.start())
      let end = try Snapshot(of: district)
      try end.expectRefused(address, code: 550)
      try end.expectPlainReplies()
      return findings
    },
    odd("lines that end in LF alone", "220-sink.example\n220 ESMTP\n", at: .greeting),
    odd("a reply without a line end", "250 ok", at: .sender, isSilence: true),
    odd(
      "words that are no reply", "HTTP/1.1 400 Bad Request\r\n\r\n", at: .recipient, isSilence: true
    ),
  ]

  private static func many(_ code: String) -> String {
    (1...40).map { "\(code)-2.0.0 line \($0) of forty" }.joined(separator: "\r\n")
      + "\r\n\(code) 2.0.0 ok"
  }

  /// Ten megabytes where a line was expected: put off, and not held in memory.
  private static func large(
    _ name: String, _ reply: String, at moment: Sink.Moment = .recipient
  ) -> Scenario {
    Scenario(18, name, runs: 5, isSlow: true) { _ in
      let waiting = try await Waiting(Reluctance(.sayBytes(Array(reply.utf8)), at: moment))
      let most = try waiting.program.mostMemory
      let (findings, end) = try await relent(waiting)
      try end.expectPlainReplies()
      // Four connections with ten megabytes each would be seen.
      guard most < 200 else { throw Broken("\(most) MB of memory") }
      return findings
    }
  }

  private static func odd(
    _ name: String, _ reply: String, at moment: Sink.Moment, isSilence: Bool = false
  ) -> Scenario {
    Scenario(18, name, runs: 5, isSlow: true) { _ in
      let reluctance = Reluctance(.sayBytes(Array(reply.utf8)), at: moment)
      let district = try await District(Post.mixture(), cues: reluctance.cues)
      let inquest = Inquest(district)
      let program = try district.start()
      try await eventually { reluctance.count >= 4 }
      reluctance.end()
      if isSilence { district.board.letMailWait(.seconds(121)) }
      let findings = try await finish(district, inquest, program)
      let end = try Snapshot(of: district)
      try end.expectPlainReplies()
      let put = isSilence ? 4 : 0
      guard end.putOff.count == put else { throw Broken("\(end.putOff.count) put off, not \(put)") }
      return findings
    }
  }
}

extension Snapshot {
  /// What servers said stands in the ledger as text on one line, and not much of it.
  func expectPlainReplies() throws {
    for receipt in receipts {
      let isPlain = receipt.reply.unicodeScalars.allSatisfy {
        $0.properties.generalCategory != .control
      }
      guard isPlain, receipt.reply.count <= 500 else {
        throw Broken("a reply of \(receipt.reply.count): \(receipt.reply.prefix(200))")
      }
    }
  }
}
