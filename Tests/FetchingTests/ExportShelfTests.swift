import Foundation
import Glibc
import TestSupport
import Testing
import Vocabulary

@testable import Fetching

@Suite struct `A folder of exports` {
  private let folder: Folder
  private let feed: Feed

  init() throws {
    folder = try Folder()
    var feed = Feed(
      id: Feed.ID(rawValue: "export"), name: "导出", kind: .file, url: "", every: .minutes(10))
    feed.export = ExportFolder(path: folder.path, columns: [:])
    self.feed = feed
  }

  /// A shelf by a clock that is so far behind or ahead of the files.
  private func shelf(_ ahead: Duration = .seconds(60)) -> ExportShelf {
    let now = WallTime(milliseconds: Int64(Date.now.timeIntervalSince1970 * 1000)) + ahead
    return ExportShelf(now: { Instant(wall: now, boot: "b", sinceBoot: 1) })
  }

  private func names(_ shelf: ExportShelf) throws -> [String] {
    try shelf.pile(of: feed).exports.map { URL(filePath: $0.path).lastPathComponent }
  }

  @Test func `shows plain files alone, those that nobody writes to any more`() throws {
    try folder.write("a", to: "二月.csv")
    try folder.write("a", to: "~$打开的.xlsx")
    try folder.write("a", to: ".隐藏.csv")
    try folder.write("a", to: "下载中.csv.part")
    try folder.write("a", to: "inner/不看.csv")
    symlink("/etc/passwd", folder.path("链接.csv"))
    #expect(try names(shelf()) == ["二月.csv"])
    #expect(try names(shelf(.seconds(1))) == [], "it may still be growing")
    #expect(try names(shelf(.seconds(-3600))) == ["二月.csv"], "another machine's clock")
  }

  @Test func `has another digest when a file comes, changes or goes`() throws {
    var digests: [String] = []
    func look() throws { digests.append(try shelf().pile(of: feed).digest) }
    try look()
    try folder.write("一", to: "a.csv")
    try look()
    try look()
    try folder.write("一二", to: "a.csv")
    try look()
    try FileManager.default.removeItem(atPath: folder.path("a.csv"))
    try look()
    #expect(digests[1] == digests[2])
    #expect(Set(digests).count == 3)
    #expect(digests.first == digests.last)
  }

  @Test func `deletes a file that is done, and no other of its name`() throws {
    try folder.write("旧", to: "a.csv")
    let old = try #require(try shelf().pile(of: feed).exports.first)
    #expect(try shelf().page(of: old).bytes == Array("旧".utf8))
    try folder.write("新的一份", to: "a.csv")
    shelf().discard(old)
    #expect(folder.names(in: "") == ["a.csv"])
    shelf().discard(try #require(try shelf().pile(of: feed).exports.first))
    #expect(folder.names(in: "") == [])
  }

  @Test func `that is not there is a miss with its remedy`() throws {
    var feed = feed
    feed.export?.path = folder.path("没有")
    let miss = try #require(#expect(throws: Miss.self) { try shelf().pile(of: feed) })
    #expect(miss.cause == .folder && miss.reason.zh.contains("没有"))
  }

  @Test func `with a file that is far too large does not read it`() throws {
    try folder.write("", to: "large.csv")
    truncate(folder.path("large.csv"), off_t(ExportShelf.mostBytes) + 1)
    let export = try #require(try shelf().pile(of: feed).exports.first)
    let miss = try #require(#expect(throws: Miss.self) { try shelf().page(of: export) })
    #expect(miss.cause == .tooLarge)
  }
}
