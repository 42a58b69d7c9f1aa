/// The path of one line of a robots.txt, with `*` for anything and a last `$` for the end.
struct RobotsPattern: Sendable, Hashable {
  /// As the file writes it, for the reason of a miss.
  let written: String
  private let bytes: [UInt8]
  private let isAnchored: Bool

  /// How specific it is, in bytes (RFC 9309, 2.2.2).
  var length: Int { bytes.count + (isAnchored ? 1 : 0) }

  /// A pattern; nil for an empty one, which asks nothing. One that is longer than any address
  /// cannot match and would only cost time.
  init?(_ value: some Collection<UInt8>) {
    guard !value.isEmpty, value.count <= 2048 else { return nil }
    written = String(decoding: value, as: UTF8.self)
    var normal = Self.normalised(value)
    isAnchored = normal.last == UInt8(ascii: "$")
    if isAnchored { normal.removeLast() }
    bytes = normal
  }

  /// Whether a normalised path begins with the pattern, or is it where it ends in `$`, and in how many
  /// steps that was found; none where there were too few.
  ///
  /// Going back to the last `*` only is enough and keeps hostile patterns from taking time
  /// exponential in their stars. It still is the one length times the other.
  func match(_ path: [UInt8], within most: Int = .max) -> (isMatch: Bool, steps: Int) {
    var (place, at, steps) = (0, 0, 0)
    var star: (place: Int, at: Int)?
    while true {
      steps += 1
      guard steps < most else { return (false, steps) }
      if at == bytes.count, !isAnchored || place == path.count { return (true, steps) }
      if at < bytes.count, bytes[at] == UInt8(ascii: "*") {
        star = (place, at + 1)
        at += 1
      } else if at < bytes.count, place < path.count, bytes[at] == path[place] {
        (place, at) = (place + 1, at + 1)
      } else {
        guard let last = star, last.place < path.count else { return (false, steps) }
        star = (last.place + 1, last.at)
        (place, at) = (last.place + 1, last.at)
      }
    }
  }

  /// One spelling for the several that percent-encoding allows (RFC 9309, 2.2.2): bytes outside
  /// ASCII are encoded, unreserved characters are not, hexadecimal digits are upper case.
  static func normalised(_ text: some Collection<UInt8>) -> [UInt8] {
    var normal: [UInt8] = []
    normal.reserveCapacity(text.count)
    var rest = text[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%"), let value = hexadecimal(rest.prefix(2)) else {
        if byte < 0x80 { normal.append(byte) } else { normal += encoded(byte) }
        continue
      }
      rest = rest.dropFirst(2)
      if isUnreserved(value) { normal.append(value) } else { normal += encoded(value) }
    }
    return normal
  }

  private static func hexadecimal(_ digits: some Collection<UInt8>) -> UInt8? {
    let text = String(decoding: digits, as: UTF8.self)
    guard text.utf8.count == 2, text.allSatisfy(\.isHexDigit) else { return nil }
    return UInt8(text, radix: 16)
  }

  private static func encoded(_ byte: UInt8) -> [UInt8] {
    let digits = Array("0123456789ABCDEF".utf8)
    return [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"):
      true
    default: false
    }
  }
}
