import Collecting
import Foundation
import TestSupport
import Testing
import Vocabulary

@Suite struct `A Maildir` {
  private func maildir() throws -> (Folder, Mailbox) {
    let folder = try Folder()
    for part in ["new", "cur", "tmp"] {
      try FileManager.default.createDirectory(
        atPath: folder.path("inbox/" + part), withIntermediateDirectories: true)
    }
    return (folder, try Mailbox(.maildir(folder.path("inbox")), limits: .short))
  }

  @Test func `is read in place, a mail that is moved meanwhile once`() async throws {
    let (folder, mailbox) = try maildir()
    try folder.write(Data(reply(1, "收到")), to: "inbox/new/1.a")
    try folder.write(Data(reply(2, "已读")), to: "inbox/cur/2.a:2,S")
    try folder.write(Data(other(3)), to: "inbox/new/3.a")
    try folder.write(Data(reply(4, "未写完")), to: "inbox/tmp/4.a")
    #expect(try await Set(mailbox.letters().words) == ["收到", "已读"])
    #expect(folder.names(in: "inbox/new") == ["1.a", "3.a"])
    #expect(folder.names(in: "inbox/cur") == ["2.a:2,S"])
    try FileManager.default.moveItem(
      atPath: folder.path("inbox/new/1.a"), toPath: folder.path("inbox/cur/1.a:2,S"))
    try folder.write(Data(reply(5, "新来的")), to: "inbox/new/5.a")
    #expect(try await mailbox.letters().words == ["新来的"])
  }

  @Test func `gives again what was not taken, after what is new`() async throws {
    let (folder, mailbox) = try maildir()
    try folder.write(Data(reply(1, "第1封")), to: "inbox/new/1.a")
    try await mailbox.collect { _ in throw Refused() }
    try folder.write(Data(reply(2, "第2封")), to: "inbox/new/2.a")
    #expect(try await mailbox.letters().words == ["第2封", "第1封"])
    #expect(try await mailbox.letters().isEmpty)
  }

  @Test func `may hold what is no mail at all`() async throws {
    let (folder, mailbox) = try maildir()
    mkfifo(folder.path("inbox/new/pipe"), 0o600)
    try FileManager.default.createDirectory(
      atPath: folder.path("inbox/new/folder"), withIntermediateDirectories: true)
    symlink("/nowhere", folder.path("inbox/new/link"))
    try folder.write(Data(), to: "inbox/new/empty")
    try folder.write(Data(reply(1, "收到")), to: "inbox/new/1.a")
    #expect(try await mailbox.letters().words == ["收到"])
  }

  @Test func `that is not there is a fault until it is`() async throws {
    let folder = try Folder()
    let mailbox = try Mailbox(.maildir(folder.path("inbox")), limits: .short)
    #expect(await mailbox.fault()?.why.zh.contains("读不了") == true)
    for part in ["new", "cur"] {
      try FileManager.default.createDirectory(
        atPath: folder.path("inbox/" + part), withIntermediateDirectories: true)
    }
    #expect(await mailbox.fault() == nil)
  }

  @Test func `is read by one at a time`() async throws {
    let (folder, mailbox) = try maildir()
    try folder.write(Data(reply(1, "收到")), to: "inbox/new/1.a")
    try await mailbox.collect { _ in
      #expect(await mailbox.fault()?.why.en == "the mailbox is being read")
    }
    #expect(await mailbox.fault() == nil)
  }
}
