internal import Foundation
internal import Vocabulary
internal import Wire

/// Saying commands and hearing what comes, byte by byte (收发).
extension IMAPConnection {
  /// Lines are long only where many mails are listed.
  private static let longestLine = 8_000_000
  private static let mostLiterals = 1000

  /// Says a command under a tag of its own, which it returns.
  @discardableResult
  func say(
    _ command: String, until deadline: ContinuousClock.Instant
  ) throws(MailboxFault) -> String {
    tags += 1
    let tag = "h\(tags)"
    try onWire { (wire) throws(WireFault) in
      try wire.say(Array("\(tag) \(command)\r\n".utf8), until: deadline) { cut.isMade }
    }
    return tag
  }

  /// The next whole line, with its literals.
  func line(
    keeping most: Int, until deadline: ContinuousClock.Instant
  ) throws(MailboxFault) -> IMAPLine {
    var line = IMAPLine()
    while true {
      let text = try bareLine(until: deadline)
      guard line.bytes.count + text.count <= IMAPConnection.longestLine else { throw tooMuch }
      guard let (length, marks) = IMAPLine.announced(in: text),
        !(line.literals.isEmpty && IMAPLine.isStatus(text))
      else {
        line.append(text)
        return line
      }
      guard line.literals.count < IMAPConnection.mostLiterals else { throw tooMuch }
      line.append(Array(text.dropLast(marks)))
      line.append(literal: try literal(of: length, keeping: most, until: deadline))
    }
  }

  /// Up to the next line end, which is left out.
  private func bareLine(
    until deadline: ContinuousClock.Instant
  ) throws(MailboxFault) -> [UInt8] {
    var searched = place
    while true {
      if let end = pending[searched...].firstIndex(of: 0x0A) {
        let line = pending[place..<end]
        place = end + 1
        return Array(line.last == 0x0D ? line.dropLast() : line)
      }
      searched = pending.count
      guard searched - place <= IMAPConnection.longestLine else { throw tooMuch }
      let before = place
      try receive(until: deadline)
      // Receiving throws away what was read.
      searched -= before - place
    }
  }

  /// So many bytes as they are; beyond what is to be kept they are only counted.
  private func literal(
    of length: Int, keeping most: Int, until deadline: ContinuousClock.Instant
  ) throws(MailboxFault) -> [UInt8] {
    var kept: [UInt8] = []
    var left = length
    while left > 0 {
      if place == pending.count { try receive(until: deadline) }
      let part = pending[place...].prefix(left)
      kept += part.prefix(max(0, most - kept.count))
      left -= part.count
      place += part.count
    }
    return kept
  }

  private func receive(until deadline: ContinuousClock.Instant) throws(MailboxFault) {
    pending.removeFirst(place)
    place = 0
    try onWire { (wire) throws(WireFault) in
      let count = try wire.hear(into: &room, until: deadline) { cut.isMade }
      pending += room[..<count]
    }
  }

  private func onWire(_ act: (Wire) throws(WireFault) -> Void) throws(MailboxFault) {
    guard let wire else { throw lost }
    do throws(WireFault) {
      try act(wire)
    } catch {
      switch error {
      case .lost: throw lost
      case .late: throw tooSlow
      case .cut: throw .stopped
      }
    }
  }
}
