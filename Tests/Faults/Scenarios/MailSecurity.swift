import Foundation
import TestSupport

// Item 17: certificates that have expired, STARTTLS that is struck out on the way, a login that is
// refused. Nothing leaves in the clear and no password is told; all leaves when it is mended.

extension Scenario {
  /// What keeps a secure way from being one.
  static let brokenSecurity: [Scenario] = [
    Scenario(17, "TLS certificate expired", runs: 5, isSlow: true) { _ in
      var relay: Relay?
      // By the program's clock it is two days later, and the certificate was good for one.
      let waiting = try await Waiting(Reluctance { _ in nil }, offers: ["AUTH PLAIN"]) { district in
        let made = try await Relay(.tls, to: district.sink.port)
        relay = made
        try district.logIn(at: "smtps://localhost:\(made.port)")
        district.board.shift(wall: .seconds(2 * 86_400))
        district.trust(made.authority)
      }
      guard waiting.district.sink.seen.logins.isEmpty else { throw Broken("it logged in") }
      try await relay?.renew()
      let (findings, end) = try await relent(waiting, byLine: true)
      try end.expectPutOff(code: nil, saying: "expired")
      return findings
    },
    Scenario(17, "STARTTLS struck out", runs: 5, isSlow: true) { _ in
      var relay: Relay?
      let waiting = try await Waiting(Reluctance { _ in nil }, offers: ["AUTH PLAIN"]) { district in
        let made = try await Relay(.startTLS, to: district.sink.port)
        try made.strip(true)
        relay = made
        try district.logIn(at: "smtp+starttls://localhost:\(made.port)")
        district.trust(made.authority)
      }
      try relay?.strip(false)
      let (findings, end) = try await relent(waiting)
      try end.expectPutOff(code: nil, saying: "不提供 STARTTLS")
      guard relay?.saidInTheClear == "" else { throw Broken("it spoke in the clear") }
      return findings
    },
    Scenario(17, "login refused, the password quoted", runs: 5, isSlow: true) { _ in
      let code = Data("\0duty\0\(District.password)".utf8).base64EncodedString()
      let words = "535 5.7.8 wrong: \(code) \(District.password)"
      let waiting = try await Waiting(
        Reluctance(.say(words), at: .login), offers: ["AUTH PLAIN"], prepare: { try $0.logIn() })
      let (findings, end) = try await relent(waiting)
      try end.expectPutOff(code: 535, saying: "与收件人无关")
      for secret in [code, District.password] {
        guard !waiting.program.errors.contains(secret),
          end.receipts.allSatisfy({ !$0.reply.contains(secret) })
        else { throw Broken("the password was told") }
      }
      return findings
    },
  ]
}
