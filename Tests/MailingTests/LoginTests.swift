import Foundation
import Mailing
import TestSupport
import Testing
import Vocabulary

@Suite struct `Logging in` {
  private let password = "竹子开花-5173"

  /// A server of Python's with TLS and AUTH, and the certificate to trust.
  private struct Guarded {
    let folder: Folder
    let certificate: Certificate
    let port: Int
    let program: Program

    init(password: String, for name: String = "localhost") async throws {
      folder = try Folder()
      certificate = try await Certificate(in: folder, for: name)
      port = try Loopback.freePort()
      program = try await Program.server([
        "python3", Program.script("login_server.py"), String(port), certificate.certificate,
        certificate.key, "duty", password,
      ])
    }

    func receipt(password: String, trusting: Bool = true) async throws -> Receipt {
      var limits = MailLimits.short
      limits.caFile = trusting ? certificate.authority : nil
      let mailer = try Mailer(
        port: port, .smtps, host: "localhost", username: "duty",
        passwordFile: try folder.file("password", "\u{FEFF}\n \(password) \r\n".utf8),
        limits: limits)
      let receipt = await mailer.deliver(.sample())
      await mailer.close()
      return receipt
    }
  }

  @Test func `over TLS with the right password sends`() async throws {
    let server = try await Guarded(password: password)
    try await server.program.whileRunning {
      let receipt = try await server.receipt(password: password)
      #expect(receipt.outcome == .sent, "\(receipt.reply)")
    }
  }

  @Test func `with a wrong password is put off, and the password is not told`() async throws {
    let server = try await Guarded(password: "另一个")
    try await server.program.whileRunning {
      let receipt = try await server.receipt(password: password)
      #expect(receipt.outcome == .deferred && receipt.code == 535)
      let plain = Data("\0duty\0\(password)".utf8).base64EncodedString()
      #expect(!receipt.reply.contains(plain) && !receipt.reply.contains(password))
      #expect(receipt.reply.contains("***"), "\(receipt.reply)")
    }
  }

  @Test func `does not happen with a server that nobody vouches for`() async throws {
    let server = try await Guarded(password: password)
    try await server.program.whileRunning {
      let receipt = try await server.receipt(password: password, trusting: false)
      #expect(receipt.outcome == .deferred && receipt.reply.contains("certificate"))
    }
  }

  @Test func `does not happen with a server of another name`() async throws {
    let server = try await Guarded(password: password, for: "other.example")
    try await server.program.whileRunning {
      let receipt = try await server.receipt(password: password)
      #expect(receipt.outcome == .deferred)
      #expect(receipt.reply.contains("certificate"), "\(receipt.reply)")
    }
  }

  @Test func `in the clear uses the trimmed password`() async throws {
    let sink = try Sink(offers: ["AUTH PLAIN"])
    defer { sink.stop() }
    let folder = try Folder()
    let mailer = try Mailer(
      port: sink.port, username: "duty",
      passwordFile: try folder.file("password", "  abcd efgh\n\n".utf8))
    #expect(await mailer.deliver(.sample()).outcome == .sent)
    await mailer.close()
    #expect(sink.seen.logins == [Data("\0duty\0abcd efgh".utf8).base64EncodedString()])
  }

  @Test func `is not tried where STARTTLS was struck out on the way`() async throws {
    let sink = try Sink(offers: ["AUTH PLAIN"])
    defer { sink.stop() }
    let folder = try Folder()
    let mailer = try Mailer(
      port: sink.port, .starttls, username: "duty",
      passwordFile: try folder.file("password", "竹".utf8))
    let receipt = await mailer.deliver(.sample())
    await mailer.close()
    #expect(receipt.outcome == .deferred && receipt.reply.contains("STARTTLS"))
    #expect(sink.seen.logins.isEmpty && sink.seen.letters.isEmpty)
  }

  @Test func `without a common way of doing so is put off`() async throws {
    let sink = try Sink(offers: ["AUTH X-OWN"])
    defer { sink.stop() }
    let folder = try Folder()
    let mailer = try Mailer(
      port: sink.port, username: "duty", passwordFile: try folder.file("password", "竹".utf8))
    let receipt = await mailer.deliver(.sample())
    await mailer.close()
    #expect(receipt.outcome != .failed, "\(receipt.reply)")
  }

  @Test(arguments: [nil, "", " \n", "two\nlines", "nul\u{0}"] as [String?])
  func `needs a password that can be read`(content: String?) throws {
    let folder = try Folder()
    let file = try content.map { try folder.file("password", $0.utf8) }
    #expect(throws: MailFault.self) {
      try Mailer(port: 25, username: "duty", passwordFile: file ?? folder.path + "/missing")
    }
  }

  @Test(arguments: ["", "mail.example/path", "mail.example\r\n", "a b", "user@mail.example"])
  func `needs a server that can be one`(host: String) {
    #expect(throws: MailFault.self) { try Mailer(port: 25, host: host) }
  }
}
