import Foundation
import TestSupport
import Testing

/// A real Dovecot of a test's own that keeps the mailboxes into which a Postfix delivers: what comes
/// back to the office by SMTP is read by IMAP.
final class DutyMailbox: @unchecked Sendable {
  // Unchecked: the process is set once in `init` and only told to end in `deinit`.
  /// Whether this machine can run one.
  static var isPossible: Bool {
    PostOffice.isPossible && FileManager.default.isExecutableFile(atPath: "/usr/sbin/dovecot")
  }

  let port: UInt16
  private let post: PostOffice
  private let process = Process()
  private let lifeline = Pipe()

  /// A Dovecot that answers by the time this returns.
  init(of post: PostOffice) async throws {
    self.post = post
    port = try freePort()
    let folder = post.folder
    try folder.write("open-sesame\n", to: "password")
    try folder.write("", to: "dovecot/.keep")
    // Whoever reads mail and whoever delivers it share the mailboxes.
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("dovecot/mail"), withDestinationPath: folder.path("postfix/mail"))
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("CollectingTests/Servers/dovecot.sh")
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "sh", script.path, folder.path("dovecot"), "\(port)",
      "\(try freePort())", folder.path("certificate"), folder.path("key"),
    ]
    process.standardInput = lifeline
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    try await eventually { isListening(port) }
  }

  deinit {
    // It ends with its standard input, and takes its folder with it.
    try? lifeline.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  /// The line of the set-up that names it.
  var setting: String {
    "mailbox: {url: \"imap://duty@127.0.0.1:\(port)/INBOX\", "
      + "password_file: \(post.folder.path("password"))}"
  }

  /// How many mails it has.
  var count: Int { files.count }

  /// Every mail in it: its file with what stands in the name, and its flags as IMAP tells them.
  func state() async throws -> [String] { files + [try await ask("show")] }

  private var files: [String] {
    ["new", "cur"].flatMap { part in
      post.folder.names(in: "postfix/mail/duty/\(part)").map { part + "/" + $0 }
    }
  }

  /// Has somebody read and flag some of its mails.
  func flag(_ uids: ClosedRange<Int>) async throws {
    _ = try await ask("flag", uids.map(String.init))
  }

  private func ask(_ verb: String, _ arguments: [String] = []) async throws -> String {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Servers/duty_mailbox.py")
    let said = try await Program.run(
      "/usr/bin/env", ["python3", script.path, "\(port)", verb] + arguments)
    try #require(said.code == 0, "\(said.errors)")
    return said.output
  }

  /// Puts mails into it that no Postfix would take, or that are many.
  func put(_ mails: [String]) throws {
    let box = post.folder.path("postfix/mail/duty")
    let nobody = try #require(getpwnam("nobody"))
    let group = try #require(getgrnam("nogroup"))
    func give(_ path: String) { chown(path, nobody.pointee.pw_uid, group.pointee.gr_gid) }
    for part in ["", "/new", "/cur", "/tmp"] {
      try? FileManager.default.createDirectory(
        atPath: box + part, withIntermediateDirectories: true)
      give(box + part)
    }
    for mail in mails {
      let path = "\(box)/new/\(UUID().uuidString).test"
      try Data(mail.utf8).write(to: URL(fileURLWithPath: path))
      give(path)
    }
  }
}
