internal import Crypto
internal import Foundation
internal import Vocabulary

/// A mailbox as a folder (邮件目录), as qmail's maildir(5) describes it.
///
/// A mail is written to `tmp`, flushed, moved to `new`, and the move is flushed too before anybody
/// hears that it was sent. Its name is made of its Message-ID, so a repeat after a crash replaces
/// the mail instead of adding another; where a reader has moved it to `cur` it is left in peace.
struct Maildir: Carrier {
  private let path: String

  /// A mailbox in a folder, which is made when the first mail comes.
  init(path: String) {
    self.path = path
  }

  var isConnected: Bool { true }

  func close() {}

  func carry(_ parcel: Parcel) -> Attempt {
    let name = Maildir.name(for: parcel.messageID)
    do throws(DiskFault) {
      try makeFolders()
      if try hasBeenRead(name) {
        return Attempt(
          .sent, Phrase(zh: "已在邮件目录中，并已被阅读", en: "already in the maildir, and read"))
      }
      guard parcel.mayBegin(parcel.connection) else { return .withheld }
      try store(parcel.bytes, as: name)
    } catch {
      return Attempt(.deferred, error.sentence)
    }
    return Attempt(.sent, Phrase(zh: "已写入 new/\(name)", en: "written to new/\(name)"))
  }

  /// A file name without the `/`, `:` and leading `.` that the format keeps for itself. Ids with
  /// anything unusual in them are hashed: two of them must not become one name.
  private static func name(for id: String) -> String {
    let plain = id.dropFirst().dropLast()
    let isUsual =
      plain.first != "." && (1...150).contains(plain.utf8.count)
      && plain.utf8.allSatisfy { HeaderField.isLetterOrDigit($0) || "-.@".utf8.contains($0) }
    return isUsual ? String(plain) : SHA256.hash(data: Data(id.utf8)).hexadecimal
  }

  private func makeFolders() throws(DiskFault) {
    for folder in [path, path + "/tmp", path + "/new", path + "/cur"]
    where mkdir(folder, 0o700) != 0 {
      guard errno == EEXIST else { throw DiskFault("mkdir", folder) }
    }
    try Disk.flush(folder: path)
  }

  /// A reader moves a mail to `cur` and appends its flags to the name: `NAME:2,S`.
  private func hasBeenRead(_ name: String) throws(DiskFault) -> Bool {
    let folder = path + "/cur"
    guard let entries = opendir(folder) else { throw DiskFault("opendir", folder) }
    defer { closedir(entries) }
    while let entry = readdir(entries) {
      let found = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if found == name || found.hasPrefix(name + ":") { return true }
    }
    return false
  }

  private func store(_ mail: [UInt8], as name: String) throws(DiskFault) {
    let draft = path + "/tmp/" + name
    let place = path + "/new/" + name
    do throws(DiskFault) {
      try Disk.store(Maildir.withoutCarriageReturns(mail), in: draft)
      guard rename(draft, place) == 0 else { throw DiskFault("rename", place) }
      try Disk.flush(folder: path + "/new")
    } catch {
      unlink(draft)
      throw error
    }
  }

  /// Files on this system end their lines in LF. The parts are base64 and keep their CRLF inside.
  private static func withoutCarriageReturns(_ mail: [UInt8]) -> [UInt8] {
    mail.filter { $0 != UInt8(ascii: "\r") }
  }
}
