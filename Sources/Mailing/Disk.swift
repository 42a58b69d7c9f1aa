internal import Foundation
internal import Vocabulary

/// Files that are on the disk when the call returns (落盘).
enum Disk {
  /// Writes a file for its owner alone, and flushes it.
  static func store(_ bytes: [UInt8], in file: String) throws(DiskFault) {
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw DiskFault("open", file) }
    defer { close(descriptor) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw DiskFault("write", file) }
      rest = rest.dropFirst(count)
    }
    guard fsync(descriptor) == 0 else { throw DiskFault("fsync", file) }
  }

  /// Flushes a folder, so that the names in it outlive a loss of power.
  static func flush(folder: String) throws(DiskFault) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw DiskFault("open", folder) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw DiskFault("fsync", folder) }
  }
}

/// What the file system answered (磁盘故障).
struct DiskFault: Error {
  let number: Int32
  let call: String
  let place: String

  /// The fault of the call that has just failed, read off `errno` before anything else is called.
  init(_ call: String, _ place: String) {
    number = errno
    self.call = call
    self.place = place
  }

  var sentence: Phrase {
    switch number {
    case ENOSPC, EDQUOT:
      Phrase(
        zh: "磁盘已满，邮件没有写成，腾出空间后会重试：\(place)",
        en: "the disk is full, the mail was not written and will be tried again: \(place)")
    case EACCES, EPERM, EROFS:
      Phrase(
        zh: "邮件目录没有写权限：\(place)", en: "the maildir may not be written to: \(place)")
    default:
      Phrase(
        zh: "邮件没有写成（\(call)：\(String(cString: strerror(number)))）：\(place)",
        en: "the mail was not written (\(call): \(String(cString: strerror(number)))): \(place)")
    }
  }
}
