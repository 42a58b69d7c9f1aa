import Foundation
import TestSupport
import Testing

/// A Postfix of this test's own, on free ports of loopback.
final class PostOffice: @unchecked Sendable {
  // Unchecked: the process is set once in `init` and only told to end in `deinit`.
  let port: UInt16
  /// `postfix/mail` in it has a Maildir for each mailbox.
  let folder: Folder
  private let process = Process()
  private let lifeline = Pipe()

  /// Whether this machine can run one.
  static var isPossible: Bool {
    geteuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/sbin/postfix")
  }

  /// A Postfix that takes mail by the time this returns.
  init() async throws {
    port = try freePort()
    folder = try Folder()
    let made = try await Program.run(
      "/usr/bin/env",
      [
        "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
        "/CN=localhost", "-keyout", folder.path("key"), "-out", folder.path("certificate"),
      ])
    try #require(made.code == 0, "\(made.errors)")
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("MailingTests/Servers/postfix.sh")
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "sh", script.path, folder.path("postfix"), "\(port)",
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

  /// The mails in a mailbox.
  func letters(in box: String) async throws -> [Letter] {
    let place = "postfix/mail/\(box)/new"
    return try await Letter.read(folder.names(in: place).map { folder.path("\(place)/\($0)") })
  }
}

@Suite(.serialized) struct `A mail through a real Postfix` {
  @Test(.enabled(if: PostOffice.isPossible, "needs root and Postfix"))
  func `is in the unit's mailbox with its subject and body whole, and there alone`() async throws {
    let post = try await PostOffice()
    let town = try await Town()
    try town.send(to: post.port)
    try town.change("zjj@unit.example", to: "zhujian@unit.example")
    try town.change("officer@letters.example", to: "long@unit.example")
    try town.change("leaders@letters.example", to: "starttls@unit.example")
    let paragraph = String(repeating: "楼道里煤气味很重，已有老人头晕，𠮷宁路口也闻得到。", count: 60)
    var thread = BoardThread.gas(7)
    thread.body = "<p>幸福路7号燃气泄漏。</p><p>\(paragraph)</p><p>.</p><p>末段：请速处置😀</p>"
    try town.put([thread])
    let daemon = try Program(["run", "--config", town.config])
    for box in ["zhujian", "long", "starttls"] {
      try await eventually { try await post.letters(in: box).count == 1 }
    }
    try await eventually {
      try await town.alerts().flatMap(\.notices).allSatisfy { $0.state == "sent" }
    }
    let alert = try #require(try await town.alerts().first)
    try await daemon.end(by: SIGTERM)
    #expect(daemon.code == 0)

    let sheet = try #require(try await post.letters(in: "zhujian").first)
    #expect(sheet.subject.hasPrefix("【重大舆情】\(alert.id)"), "\(sheet.subject)")
    #expect(sheet.subject.contains("幸福路7号燃气泄漏"))
    #expect(sheet.text.contains("舆情联系单") && sheet.html.contains("舆情联系单"))
    #expect(sheet.text.contains("\(town.web.host)/t/7"))
    #expect(sheet.text.contains("𠮷宁路口也闻得到"))
    #expect(sheet.defects.isEmpty, "\(sheet.defects)")
    #expect(sheet.to == "zhujian@unit.example")
    for box in ["zhujian", "long", "starttls"] {
      let letter = try #require(try await post.letters(in: box).first)
      #expect(letter.to == "\(box)@unit.example")
      let others = ["zhujian", "long", "starttls"].filter { $0 != box }
      #expect(!others.contains { letter.all.contains("\($0)@unit.example") }, "\(box)")
      #expect(Set(letter.names).isDisjoint(with: ["Cc", "Bcc"]))
    }
    #expect(!(try await post.letters(in: "long")).contains { $0.messageID == sheet.messageID })
  }
}
