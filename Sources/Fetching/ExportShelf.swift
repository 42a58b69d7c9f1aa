internal import Crypto
internal import Foundation
internal import Glibc
package import Vocabulary

/// The folders into which exports are dropped (导出文件夹): what lies there, its bytes, and its end.
package struct ExportShelf: Sendable {
  /// Bytes of one file that are read.
  package static let mostBytes = 32 << 20
  /// More files than are looked at in one folder.
  static let mostFiles = 1000
  /// A file that was written so short a time ago may still be growing.
  private let settling: Duration
  private let now: @Sendable () -> Instant

  /// A shelf whose files count as whole when nobody has written to them for a while.
  package init(settling: Duration = .seconds(5), now: @escaping @Sendable () -> Instant) {
    self.settling = settling
    self.now = now
  }

  /// The files of a feed that are whole, that written first first.
  package func pile(of feed: Feed) throws(Miss) -> ExportPile {
    guard let folder = feed.export?.path else { return ExportPile([], digest: "") }
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      throw Miss(
        .folder, url: Self.address(folder),
        reason: Phrase(
          zh: "导出文件夹“\(folder)”不存在或不许读取：请建好，并让运行本系统的用户可读",
          en:
            "the folder “\(folder)” is not there or cannot be read: make it readable for the user "
            + "that runs this program"))
    }
    let exports = names.filter(Self.isExport).compactMap { export(folder + "/" + $0, feed) }
    let sorted = exports.sorted { ($0.writtenAt, $0.path) < ($1.writtenAt, $1.path) }
    let kept = Array(sorted.suffix(Self.mostFiles))
    return ExportPile(kept, digest: Self.digest(of: kept))
  }

  /// Hidden files, and what programs put beside a file that is open.
  private static func isExport(_ name: String) -> Bool {
    let isPart = [".tmp", ".part", ".crdownload", ".swp"].contains {
      name.lowercased().hasSuffix($0)
    }
    // What file managers leave behind.
    let isLitter = ["thumbs.db", "desktop.ini"].contains(name.lowercased())
    return !name.hasPrefix(".") && !name.hasPrefix("~") && !isPart && !isLitter
  }

  /// A plain file that has not been written to for a while. A link is none: it leads elsewhere.
  private func export(_ path: String, _ feed: Feed) -> Export? {
    var state = stat()
    guard lstat(path, &state) == 0, state.st_mode & S_IFMT == S_IFREG else { return nil }
    let writtenAt = Int64(state.st_mtim.tv_sec) * 1_000_000_000 + Int64(state.st_mtim.tv_nsec)
    let age = now().wall.milliseconds - writtenAt / 1_000_000
    // A time that lies ahead comes from another machine's clock, and says nothing.
    guard age < 0 || age >= settling.inMilliseconds else { return nil }
    return Export(
      feed: feed.id, path: path, size: Int(state.st_size), writtenAt: writtenAt,
      number: UInt64(state.st_ino))
  }

  private static func digest(of exports: [Export]) -> String {
    let lines = exports.map { "\($0.path)\u{0}\($0.size)\u{0}\($0.writtenAt)\u{0}\($0.number)" }
    let hash = SHA256.hash(data: Data(lines.joined(separator: "\n").utf8))
    return hash.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// The bytes of a file.
  package func page(of export: Export) throws(Miss) -> Page {
    let url = Self.address(of: export)
    guard export.size <= Self.mostBytes else {
      throw Miss(
        .tooLarge, url: url,
        reason: Phrase(
          zh: "文件超过 \(Self.mostBytes >> 20) MB，没有读：请分成几个文件",
          en: "the file is larger than \(Self.mostBytes >> 20) MB and was not read: split it"))
    }
    guard let bytes = Self.bytes(of: export.path) else {
      throw Miss(
        .folder, url: url,
        reason: Phrase(
          zh: "文件打不开：请让运行本系统的用户可读",
          en: "the file cannot be opened: make it readable for the user that runs this program"))
    }
    return Page(
      feed: export.feed, requestedURL: url, url: url, bytes: bytes, fetchedAt: now())
  }

  private static func bytes(of path: String) -> [UInt8]? {
    // Whoever may write into the folder may put something else there by now: a link, a pipe.
    let file = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { return nil }
    let handle = FileHandle(fileDescriptor: file, closeOnDealloc: true)
    do {
      // At its end a file of no bytes has nothing to give.
      return [UInt8](try handle.read(upToCount: mostBytes) ?? Data())
    } catch {
      return nil
    }
  }

  /// Deletes a file that is done, unless it is another by now.
  package func discard(_ export: Export) {
    var state = stat()
    guard lstat(export.path, &state) == 0, UInt64(state.st_ino) == export.number,
      Int(state.st_size) == export.size,
      Int64(state.st_mtim.tv_sec) * 1_000_000_000 + Int64(state.st_mtim.tv_nsec)
        == export.writtenAt
    else { return }
    unlink(export.path)
  }

  /// Where a file lies, as misses name it: its folder and no more. A file may be called after whoever
  /// wrote what is in it, and a miss goes into the ledger and a mail.
  private static func address(of export: Export) -> String {
    address(export.path.lastIndex(of: "/").map { String(export.path[..<$0]) } ?? "")
  }

  private static func address(_ folder: String) -> String { "file://" + folder }
}
