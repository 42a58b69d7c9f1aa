import Foundation
import Settings
import Testing
import Vocabulary

@Suite struct `The mailbox of a set-up` {
  private func reading(_ mailbox: String) throws -> Settings.Outcome {
    let scratch = try Scratch()
    try scratch.copySound()
    try scratch.write("sesame", to: "p")
    try scratch.append("mailbox: \(mailbox)\n", to: "huiyin.yaml")
    return try Settings.read(scratch.path("huiyin.yaml"), checks: .forTests)
  }

  @Test(arguments: [
    (
      "{url: \"imaps://duty@letters.example@imap.example\", password_file: ./p}",
      IMAPServer(
        protection: .imaps, host: "imap.example", port: 993, username: "duty@letters.example")
    ),
    (
      "{url: \"imap+starttls://du%20ty@imap.example:1143/Replies/2026\", password_file: ./p}",
      IMAPServer(
        protection: .starttls, host: "imap.example", port: 1143, username: "du ty",
        folder: "Replies/2026")
    ),
    (
      "{url: \"imap://duty@127.0.0.1/INBOX\", password_file: ./p}",
      IMAPServer(protection: .imap, host: "127.0.0.1", port: 143, username: "duty")
    ),
  ])
  func `is a folder of a mail server`(written: String, server: IMAPServer) throws {
    let outcome = try reading(written)
    guard case .server(var found) = outcome.setup?.office.mailbox else {
      Issue.record("no mailbox on a server")
      return
    }
    #expect(found.passwordFile?.hasSuffix("/p") == true)
    found.passwordFile = nil
    #expect(found == server)
    #expect(outcome.diagnostics.isEmpty)
  }

  @Test(arguments: ["maildir:./data", "./data", "{maildir: ./data}"])
  func `is a Maildir`(written: String) throws {
    let outcome = try reading(written)
    guard case .maildir(let path) = outcome.setup?.office.mailbox else {
      Issue.record("no mailbox in a folder")
      return
    }
    #expect(path.hasPrefix("/") && path.hasSuffix("/data"))
    #expect(outcome.diagnostics.isEmpty)
  }
}
