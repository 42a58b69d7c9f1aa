import Collecting
import Foundation
import TestSupport
import Testing
import Vocabulary

/// A server of a script beside these tests, gone with the test at the latest.
final class ScriptServer: @unchecked Sendable {
  // Unchecked: the process is set once in `init` and only told to end in `deinit`.
  private let process = Process()
  private let lifeline = Pipe()

  /// Starts a script that says `ready` when it listens, and waits for that.
  init(_ script: String, _ arguments: [String]) async throws {
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "sh", script] + arguments
    process.standardInput = lifeline
    process.standardOutput = output
    try process.run()
    let first = await withCheckedContinuation { done in
      DispatchQueue.global().async {
        done.resume(returning: output.fileHandleForReading.availableData)
      }
    }
    try #require(String(decoding: first, as: UTF8.self).hasPrefix("ready"), "\(script)")
  }

  deinit {
    // It ends with its standard input, and takes its folder with it.
    try? lifeline.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}

/// A Dovecot of a test's own, on free ports of loopback.
struct Dovecot: Sendable {
  /// Whether this machine can run one.
  static var isPossible: Bool {
    geteuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/sbin/dovecot")
  }

  let port: Int
  let tlsPort: Int
  let folder: Folder
  private let server: ScriptServer

  /// A Dovecot that answers by the time this returns.
  init() async throws {
    folder = try Folder()
    port = try Loopback.freePort()
    tlsPort = try Loopback.freePort()
    let made = try await Program.run(
      "/usr/bin/env",
      [
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
        "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
        "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", folder.path("key"), "-out",
        folder.path("certificate"),
      ])
    try #require(made.code == 0, "\(made.errors)")
    try folder.write("open-sesame\n", to: "password")
    try folder.write("open barley\n", to: "wrong-password")
    let script = SavedLetter.folder.deletingLastPathComponent()
      .appendingPathComponent("Servers/dovecot.sh").path
    server = try await ScriptServer(
      script,
      [
        folder.path("dovecot"), "\(port)", "\(tlsPort)", folder.path("certificate"),
        folder.path("key"),
      ])
  }

  /// The mailbox of somebody there.
  func mailbox(
    of name: String, _ protection: IMAPServer.Protection = .imap, password: String = "password",
    trusted: Bool = true, limits: CollectingLimits = .short
  ) throws -> Mailbox {
    var limits = limits
    limits.caFile = trusted ? folder.path("certificate") : nil
    let server = IMAPServer(
      protection: protection, host: "localhost", port: protection == .imaps ? tlsPort : port,
      username: name, passwordFile: folder.path(password))
    return try Mailbox(.server(server), limits: limits)
  }

  /// Puts mails into somebody's mailbox as a mail server does, under names of their own.
  func put(_ mails: [(name: String, mail: [UInt8])], for user: String, flags: String? = nil) throws
  {
    let place = "dovecot/mail/\(user)/\(flags == nil ? "new" : "cur")"
    for part in ["new", "cur", "tmp"] {
      try FileManager.default.createDirectory(
        atPath: folder.path("dovecot/mail/\(user)/\(part)"), withIntermediateDirectories: true)
    }
    for (name, mail) in mails {
      let path = folder.path(place) + "/" + name + (flags.map { ":2," + $0 } ?? "")
      try #require(FileManager.default.createFile(atPath: path, contents: Data(mail)))
    }
    try own(folder.path("dovecot/mail/\(user)"))
  }

  /// The server's user owns what is in its mailboxes.
  private func own(_ path: String) throws {
    let nobody = try #require(getpwnam("nobody"))
    let group = try #require(getgrnam("nogroup"))
    let inside = try FileManager.default.subpathsOfDirectory(atPath: path).map { path + "/" + $0 }
    for place in [path] + inside {
      try #require(chown(place, nobody.pointee.pw_uid, group.pointee.gr_gid) == 0)
    }
  }

  /// Every mail there with its folder and its flags, which stand in its name.
  func names(of user: String) -> [String] {
    ["new", "cur"].flatMap { part in
      folder.names(in: "dovecot/mail/\(user)/\(part)").map { part + "/" + $0 }
    }
  }
}

extension CollectingLimits {
  /// Limits of a test: so long that a slow machine does well, so short that nobody waits.
  static let short = CollectingLimits(connect: .seconds(20), step: .seconds(20))
  /// Limits of a test in which a server takes too long.
  static let tight = CollectingLimits(connect: .seconds(1), step: .milliseconds(500))
}

extension Mailbox {
  /// A mailbox on Monday, 2 March 2026, or a month after mails that come now.
  convenience init(
    _ settings: MailboxSettings, limits: CollectingLimits, at now: WallTime? = nil
  ) throws {
    let now = now ?? WallTime(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    try self.init(settings, zone: .shanghai, version: "1.0", limits: limits) {
      Instant(wall: now, boot: "boot-1", sinceBoot: 1)
    }
  }

  /// All that has come since it was last asked.
  func letters() async throws -> [Letter] {
    var letters: [Letter] = []
    try await collect { letters.append($0) }
    return letters
  }

  /// Why it cannot be read.
  func fault() async -> MailboxFault? {
    do {
      try await collect { _ in }
      return nil
    } catch {
      return error
    }
  }
}

extension [Letter] {
  /// What persons said in them, in order.
  var words: [String] {
    compactMap { letter in
      guard case .reply(let words) = letter.nature else { return nil }
      return words
    }
  }
}

/// A reply with an id of its own.
func reply(_ number: Int, _ words: String) -> [UInt8] {
  Array(
    ("From: water@unit.example\r\nTo: duty@letters.example\r\nSubject: Re: 2026-0017\r\n"
      + "Message-ID: <\(number)@unit.example>\r\nIn-Reply-To: <notice@letters.example>\r\n"
      + "\r\n\(words)\r\n").utf8)
}

/// A mail that is none of ours.
func other(_ number: Int) -> [UInt8] {
  Array(
    ("From: news@else.example\r\nSubject: weekly \(number)\r\nMessage-ID: <n\(number)@else.example>"
      + "\r\n\r\nnothing for us\r\n").utf8)
}
