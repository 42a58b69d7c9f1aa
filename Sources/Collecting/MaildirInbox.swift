internal import Foundation
internal import Synchronization
internal import Vocabulary

/// A folder of mails (邮件目录, maildir(5)), read in place: nothing in it is moved, renamed or made.
///
/// A mail is known by the part of its name before the flags, which stays when a mail program moves it
/// from `new` to `cur`.
final class MaildirInbox: Inbox {
  /// What was read of the folder.
  private struct Progress: Sendable {
    var known: Set<String> = []
    var refusals = Refusals<String>()
  }

  /// One mail in the folder.
  private struct File {
    var name: String
    var path: String
    /// Seconds since 1970, when it came.
    var modified: Int
  }

  private let path: String
  private let limits: CollectingLimits
  private let now: @Sendable () -> Instant
  private let progress = Mutex(Progress())

  /// A folder of which nothing was read yet.
  init(path: String, limits: CollectingLimits, now: @escaping @Sendable () -> Instant) {
    self.path = path
    self.limits = limits
    self.now = now
  }

  func read(_ reading: Reading) throws(MailboxFault) {
    let files = try list("new") + list("cur")
    let names = Set(files.map(\.name))
    let (known, old) = progress.withLock { progress in
      progress.known.formIntersection(names)
      return (progress.known, Set(progress.refusals.begin()))
    }
    let order = files.filter { !known.contains($0.name) || old.contains($0.name) }.sorted {
      (old.contains($0.name) ? 1 : 0, $0.modified, $0.name)
        < (old.contains($1.name) ? 1 : 0, $1.modified, $1.name)
    }
    for (index, file) in order.enumerated() {
      guard !progress.withLock({ $0.refusals.isEnough(for: limits) }), !reading.cut.isMade else {
        let rest = order[index...].map(\.name).filter(old.contains)
        progress.withLock { $0.refusals.keep(rest) }
        break
      }
      try give(file, reading)
    }
    guard !reading.cut.isMade else { throw .stopped }
  }

  private func give(_ file: File, _ reading: Reading) throws(MailboxFault) {
    guard let letter = try letter(in: file) else { return }
    let isTaken = letter.map(reading.offer) ?? true
    guard !reading.cut.isMade || isTaken else { return }
    progress.withLock { progress in
      progress.refusals.note(file.name, isTaken: isTaken)
      progress.known.insert(file.name)
    }
  }

  /// The letter in a file, if it is one of ours; nil where the file is gone, to be found again under
  /// another name.
  private func letter(in file: File) throws(MailboxFault) -> Letter?? {
    let descriptor = open(file.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      guard errno == ENOENT else { throw unreadable(file.path) }
      return nil
    }
    defer { close(descriptor) }
    let first = MaildirInbox.bytes(of: descriptor, most: 16_384)
    guard Concern.isPossible(first) else { return .some(nil) }
    let rest = MaildirInbox.bytes(of: descriptor, most: LetterReader.mostBytes - first.count)
    return .some(LetterReader.letter(first + rest))
  }

  private static func bytes(of descriptor: Int32, most: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: most)
    var filled = 0
    while filled < most {
      let count = bytes.withUnsafeMutableBytes { room in
        Glibc.read(descriptor, room.baseAddress?.advanced(by: filled), most - filled)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      filled += count
    }
    return Array(bytes.prefix(filled))
  }

  /// The mails in a folder that are not too old, in no order.
  private func list(_ folder: String) throws(MailboxFault) -> [File] {
    let place = path + "/" + folder
    guard let entries = opendir(place) else { throw unreadable(place) }
    defer { closedir(entries) }
    let oldest = Int(now().wall.milliseconds / 1000) - limits.days * 86_400
    var found: [File] = []
    while let entry = readdir(entries) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      var facts = stat()
      guard !name.hasPrefix("."), stat(place + "/" + name, &facts) == 0,
        facts.st_mode & S_IFMT == S_IFREG, facts.st_mtim.tv_sec >= oldest
      else { continue }
      found.append(
        File(
          name: String(name.prefix { $0 != ":" }), path: place + "/" + name,
          modified: facts.st_mtim.tv_sec))
    }
    return found
  }

  private func unreadable(_ place: String) -> MailboxFault {
    let why = String(cString: strerror(errno))
    return MailboxFault(
      zh: "邮件目录 \(place) 读不了：\(why)", en: "the maildir \(place) cannot be read: \(why)")
  }
}
