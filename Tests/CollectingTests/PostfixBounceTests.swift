import Collecting
import Foundation
import TestSupport
import Testing
import Vocabulary

/// Whether this machine can run a Postfix.
private let isPossible =
  geteuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/sbin/postfix")

@Suite struct `A mail that a real Postfix cannot deliver` {
  @Test(.enabled(if: isPossible, "needs root and Postfix"))
  func `comes back as a bounce that names whom we wrote to and what came back`() async throws {
    let folder = try Folder()
    let port = try Loopback.freePort()
    let made = try await Program.run(
      "/usr/bin/env",
      [
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
        "-nodes", "-days", "2", "-subj", "/CN=localhost", "-keyout", folder.path("key"), "-out",
        folder.path("certificate"),
      ])
    try #require(made.code == 0, "\(made.errors)")
    let script = SavedLetter.folder.deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("MailingTests/Servers/postfix.sh").path
    let server = try await ScriptServer(
      script,
      [
        folder.path("postfix"), "\(port)", "\(try Loopback.freePort())",
        folder.path("certificate"), folder.path("key"),
      ])
    try await send(from: "shuiwu@unit.example", to: "moved@unit.example", port: port)
    let box = "postfix/mail/shuiwu"
    try await eventually(within: .seconds(60)) { !folder.names(in: box + "/new").isEmpty }
    let mailbox = try Mailbox(.maildir(folder.path(box)), limits: .short)
    let letter = try #require(try await mailbox.letters().first)
    guard case .bounce(let bounces) = letter.nature else {
      Issue.record("no bounce: \(letter)")
      return
    }
    #expect(bounces.map(\.recipient) == ["moved@unit.example"])
    #expect(bounces.map(\.isFinal) == [true])
    #expect(bounces.first?.reply.contains("5.1.1") == true, "\(bounces)")
    #expect(letter.answers.first == "<notice-17@letters.example>")
    withExtendedLifetime(server) {}
  }

  private func send(from: String, to: String, port: Int) async throws {
    let program = """
      import smtplib
      server = smtplib.SMTP("127.0.0.1", \(port))
      server.sendmail("\(from)", ["\(to)"],
        "From: \(from)\\r\\nTo: \(to)\\r\\nSubject: 2026-0017\\r\\n"
        "Message-ID: <notice-17@letters.example>\\r\\n\\r\\nx\\r\\n")
      server.quit()
      """
    let sent = try await Program.run("/usr/bin/env", ["python3", "-c", program])
    try #require(sent.code == 0, "\(sent.errors)")
  }
}
