import Foundation
import Mailing
import Testing
import Vocabulary

@Suite struct `A Maildir` {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private var box: String { folder.path + "/outbox" }

  private func deliver(_ envelope: Envelope, to box: String? = nil) async throws -> Receipt {
    let mailer = try Mailer(way: .maildir(box ?? self.box))
    let receipt = await mailer.deliver(envelope)
    await mailer.close()
    return receipt
  }

  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test func `holds the mail that another parser reads`() async throws {
    let receipt = try await deliver(.sample())
    #expect(receipt.outcome == .sent && receipt.code == nil)
    let files = try folder.names(in: "outbox/new")
    let mail = try await ReadMail.read(files.map { box + "/new/" + $0 })
    #expect(mail.map(\.subject) == [Envelope.sample().subject])
    #expect(mail.allSatisfy { $0.defects.isEmpty })
    #expect(try folder.names(in: "outbox/tmp").isEmpty)
  }

  @Test func `is for its owner alone`() async throws {
    _ = try await deliver(.sample())
    for name in ["", "/tmp", "/new", "/cur"] { #expect(try mode(box + name) == 0o700) }
    let file = try #require(try folder.names(in: "outbox/new").first)
    #expect(try mode(box + "/new/" + file) == 0o600)
  }

  @Test func `holds a repeated mail once`() async throws {
    for _ in 1...3 { #expect(try await deliver(.sample()).outcome == .sent) }
    #expect(try folder.names(in: "outbox/new").count == 1)
  }

  @Test func `leaves a mail in peace that has been read`() async throws {
    _ = try await deliver(.sample())
    let file = try #require(try folder.names(in: "outbox/new").first)
    try FileManager.default.moveItem(
      atPath: box + "/new/" + file, toPath: box + "/cur/" + file + ":2,S")
    let again = try await deliver(.sample())
    #expect(again.outcome == .sent && again.reply.contains("read"))
    #expect(try folder.names(in: "outbox/new").isEmpty)
  }

  @Test func `overwrites what a crash left half written`() async throws {
    _ = try await deliver(.sample(id: "<other@letters.example>"))
    let half = box + "/tmp/2026-0017.1@letters.example"
    try Data("half a mail".utf8).write(to: URL(fileURLWithPath: half))
    #expect(try await deliver(.sample()).outcome == .sent)
    #expect(try folder.names(in: "outbox/tmp").isEmpty)
  }

  @Test func `tells ids apart that would make no file name`() async throws {
    let ids = [
      "<a/b@c>", "<a_b@c>", "<../../etc/x@c>", "<.hidden@c>", "<a:2,S@c>", "<>", "", "<a\0b>",
    ]
    for id in ids { #expect(try await deliver(.sample(id: id)).outcome == .sent) }
    let names = try folder.names(in: "outbox/new")
    #expect(names.count == ids.count)
    #expect(names.allSatisfy { !$0.hasPrefix(".") && !$0.contains(":") })
  }

  @Test func `says so where it cannot be made`() async throws {
    let file = try folder.file("file", "no folder".utf8)
    let receipt = try await deliver(.sample(), to: file + "/outbox")
    #expect(receipt.outcome == .deferred && receipt.reply.contains(file))
  }

  @Test(.enabled(if: getuid() == 0, "mounting a small disk needs root"))
  func `on a full disk keeps the mail for later`() async throws {
    try FileManager.default.createDirectory(atPath: box, withIntermediateDirectories: true)
    try #require(mount("tmpfs", box, "tmpfs", 0, "size=64k") == 0)
    defer { umount(box) }
    let large = Envelope.sample(text: String(repeating: "停水三天。", count: 100_000))
    let receipt = try await deliver(large)
    #expect(receipt.outcome == .deferred && receipt.reply.contains("disk is full"))
    #expect(try folder.names(in: "outbox/new").isEmpty)
    #expect(try folder.names(in: "outbox/tmp").isEmpty)
    #expect(try await deliver(.sample(text: "小")).outcome == .sent)
  }
}
