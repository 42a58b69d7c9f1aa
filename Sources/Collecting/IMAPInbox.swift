internal import Foundation
internal import Synchronization
internal import Vocabulary

/// A folder on a mail server, read without a trace (IMAP 收件箱): `EXAMINE` and `BODY.PEEK[]` alone.
///
/// Mails are known by their UIDs, which grow; where the server says that it has given out new ones
/// (`UIDVALIDITY`) all is read again from a month ago on.
final class IMAPInbox: Inbox {
  /// How far the folder was read.
  private struct Progress: Sendable {
    var validity: UInt32?
    /// All up to here were given, or can be none of ours.
    var last: UInt32 = 0
    var refusals = Refusals<UInt32>()
  }

  private let access: IMAPAccess
  private let zone: OfficeZone
  private let version: String
  private let limits: CollectingLimits
  private let now: @Sendable () -> Instant
  private let progress = Mutex(Progress())
  private let kept = Mutex<IMAPConnection?>(nil)

  /// A folder of which nothing was read yet.
  init(
    _ access: IMAPAccess, zone: OfficeZone, version: String, limits: CollectingLimits,
    now: @escaping @Sendable () -> Instant
  ) {
    self.access = access
    self.zone = zone
    self.version = version
    self.limits = limits
    self.now = now
  }

  func read(_ reading: Reading) throws(MailboxFault) {
    let connection = try connect(reading.cut)
    let old = progress.withLock { $0.refusals.begin() }
    do throws(MailboxFault) {
      try readNew(connection, reading)
      try readAgain(old, connection, reading)
    } catch {
      progress.withLock { $0.refusals.keep(old) }
      connection.close()
      throw error
    }
    if reading.cut.isMade { connection.close() }
    kept.withLock { $0 = connection.isOpen ? connection : nil }
  }

  /// The connection of the time before, or a new one: public mail services let nobody in who logs in
  /// several times a minute.
  private func connect(_ cut: Cut) throws(MailboxFault) -> IMAPConnection {
    let before = kept.withLock { kept in
      defer { kept = nil }
      return kept
    }
    if let before {
      before.goOn(cut)
      if (try? open(on: before)) != nil { return before }
      // The server has hung up meanwhile, as it may.
      guard !cut.isMade else { throw .stopped }
    }
    let connection = try IMAPConnection(access, limits: limits, cut: cut)
    try introduce(connection)
    try open(on: connection)
    return connection
  }

  /// Says who we are (RFC 2971): 163 and 126 open no folder for programs that do not.
  private func introduce(_ connection: IMAPConnection) throws(MailboxFault) {
    var abilities: Set<String> = []
    try connection.ask("CAPABILITY") { line in
      guard line.opening.dropFirst().first == "CAPABILITY" else { return }
      for case .atom(let ability) in line.tokens { abilities.insert(ability.uppercased()) }
    }
    guard abilities.contains("ID") else { return }
    let plain = version.filter { $0.isASCII && ($0.isLetter || $0.isNumber || ".-+".contains($0)) }
    try connection.ask("ID (\"name\" \"Huiyin\" \"version\" \"\(plain)\" \"vendor\" \"Huiyin\")")
  }

  /// Opens the folder so that nothing in it can change.
  private func open(on connection: IMAPConnection) throws(MailboxFault) {
    var validity: UInt32?
    try connection.ask("EXAMINE \(access.folder)") { line in
      guard let mark = line.text.range(of: "[UIDVALIDITY ", options: .caseInsensitive) else {
        return
      }
      validity = UInt32(line.text[mark.upperBound...].prefix { $0.isNumber })
    }
    progress.withLock { progress in
      guard progress.validity == nil || progress.validity != validity else { return }
      progress = Progress(validity: validity)
    }
  }

  private func readNew(
    _ connection: IMAPConnection, _ reading: Reading
  ) throws(MailboxFault) {
    var rest = try search(connection)[...]
    while !rest.isEmpty, !isEnough, !connection.isLate {
      let some = Array(rest.prefix(limits.headersAtOnce))
      rest = rest.dropFirst(some.count)
      for uid in try concerning(some, connection) {
        guard !isEnough, !connection.isLate else { return }
        try give(uid, connection, reading)
      }
      guard !isEnough, let last = some.last else { return }
      progress.withLock { $0.last = max($0.last, last) }
    }
  }

  private func readAgain(
    _ old: [UInt32], _ connection: IMAPConnection, _ reading: Reading
  ) throws(MailboxFault) {
    for (index, uid) in old.enumerated() {
      guard !isEnough, !connection.isLate else {
        progress.withLock { $0.refusals.keep(old[index...]) }
        return
      }
      try give(uid, connection, reading)
    }
  }

  private var isEnough: Bool { progress.withLock { $0.refusals.isEnough(for: limits) } }

  /// The UIDs of what is new, oldest first.
  private func search(_ connection: IMAPConnection) throws(MailboxFault) -> [UInt32] {
    let last = progress.withLock(\.last)
    var found: Set<UInt32> = []
    // A server answers `5:*` with its last mail even where that is the fourth.
    let what = last == 0 ? "SINCE \(firstDay)" : "UID \(last + (last < .max ? 1 : 0)):*"
    try connection.ask("UID SEARCH \(what)") { line in
      guard line.opening.dropFirst().first == "SEARCH" else { return }
      for word in line.bytes.split(separator: 0x20).dropFirst(2) {
        guard let uid = UInt32(String(decoding: word, as: UTF8.self)), uid > last else { continue }
        found.insert(uid)
      }
    }
    return found.sorted()
  }

  /// `31-Jan-2026`: one day more, because the server's day may begin at another hour.
  private var firstDay: String {
    let day = zone.civil(now().wall - .seconds((limits.days + 1) * 86_400))
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    return "\(day.day)-\(months[day.month - 1])-\(day.year)"
  }

  /// Those of some mails that can be about ours, oldest first.
  private func concerning(
    _ uids: [UInt32], _ connection: IMAPConnection
  ) throws(MailboxFault) -> [UInt32] {
    let fields = Concern.headers.map { $0.uppercased() }.joined(separator: " ")
    var found: [UInt32] = []
    let isWhole = try connection.ask(
      "UID FETCH \(IMAPInbox.set(of: uids)) (UID BODY.PEEK[HEADER.FIELDS (\(fields))]<0.16384>)",
      keeping: 16_384, mayBeRefused: true
    ) { line in
      guard let mail = IMAPFetched(line), uids.contains(mail.uid) else { return }
      if Concern.isPossible(mail.content) { found.append(mail.uid) }
    }
    guard isWhole || uids.count == 1 else {
      // One of them it cannot give: then each by itself.
      var given: [UInt32] = []
      for uid in uids { given += try concerning([uid], connection) }
      return given
    }
    return Set(found).sorted()
  }

  private func give(
    _ uid: UInt32, _ connection: IMAPConnection, _ reading: Reading
  ) throws(MailboxFault) {
    let most = LetterReader.mostBytes
    var bytes: [UInt8]?
    try connection.ask(
      "UID FETCH \(uid) (UID BODY.PEEK[]<0.\(most)>)", keeping: most, mayBeRefused: true
    ) { line in
      if let mail = IMAPFetched(line), mail.uid == uid { bytes = mail.content }
    }
    // Nothing comes of a mail that was deleted meanwhile, or that the server cannot give.
    var isTaken = true
    if let letter = bytes.flatMap(LetterReader.letter) { isTaken = reading.offer(letter) }
    guard !reading.cut.isMade || isTaken else { throw .stopped }
    progress.withLock { progress in
      progress.refusals.note(uid, isTaken: isTaken)
      progress.last = max(progress.last, uid)
    }
  }

  /// `1:4,7`
  static func set(of uids: [UInt32]) -> String {
    var ranges: [ClosedRange<UInt32>] = []
    for uid in uids {
      if let last = ranges.last, last.upperBound == uid - 1 {
        ranges[ranges.count - 1] = last.lowerBound...uid
      } else {
        ranges.append(uid...uid)
      }
    }
    return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound):\($0.upperBound)" }
      .joined(separator: ",")
  }
}
