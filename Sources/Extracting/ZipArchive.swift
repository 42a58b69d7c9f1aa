internal import CZip
internal import Foundation

/// What is in a zip archive (压缩包), never more of it than its caps: a few kilobytes can unfold to as
/// many gigabytes.
///
/// Used by one thread and never handed to another.
final class ZipArchive {
  /// Bytes of one file in it, and of all that are read, unfolded.
  static let mostOfOne = 48 << 20
  static let mostOfAll = 64 << 20
  /// More files than any workbook has.
  private static let mostFiles = 4096

  /// The names of what is in it.
  let names: [String]
  private let handle: OpaquePointer
  // libzip reads from these and does not copy them.
  private let bytes: UnsafeMutableRawBufferPointer
  private var left = ZipArchive.mostOfAll

  /// An archive; nil where it is none, or is damaged.
  init?(_ archive: [UInt8]) {
    let bytes = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(1, archive.count), alignment: 1)
    bytes.copyBytes(from: archive)
    let holder = zip_source_buffer_create(
      bytes.baseAddress, zip_uint64_t(archive.count), 0, nil)
    guard let holder, let handle = zip_open_from_source(holder, ZIP_RDONLY, nil) else {
      // Where opening fails it stays ours.
      zip_source_free(holder)
      bytes.deallocate()
      return nil
    }
    self.bytes = bytes
    self.handle = handle
    let count = min(zip_get_num_entries(handle, 0), zip_int64_t(Self.mostFiles))
    names = (0..<max(0, count)).map { index in
      zip_get_name(handle, zip_uint64_t(index), 0).map { String(cString: $0) } ?? ""
    }
  }

  deinit {
    zip_discard(handle)
    bytes.deallocate()
  }

  /// The bytes of a file by its name; nil where there is none, it is damaged or encrypted.
  ///
  /// - Throws: `.tooLarge` where it unfolds to more than its cap.
  func read(_ name: String) throws(WorkbookFault) -> [UInt8]? {
    guard let file = zip_fopen(handle, name, 0) else { return nil }
    defer { zip_fclose(file) }
    let most = min(Self.mostOfOne, left)
    var read: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 64 << 10)
    // What is counted is what comes out, whatever the archive says of itself.
    while true {
      let count = Int(zip_fread(file, &part, zip_uint64_t(part.count)))
      guard count >= 0 else { return nil }
      guard count > 0 else { break }
      guard read.count + count <= most else { throw .tooLarge }
      read += part[..<count]
    }
    left -= read.count
    return read
  }
}

/// What is wrong with a workbook.
enum WorkbookFault: Error {
  /// It is no archive, or a part is missing or damaged.
  case damaged
  /// It unfolds to more than any office's export.
  case tooLarge
}
