/// Base64 in lines of 76 columns (RFC 2045, section 6.8), as the parts of a mail travel.
///
/// Foundation's goes through a `Data` and two strings, and that is most of what composing costs.
enum Base64Lines {
  private static let digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  /// Two digits for each twelve bits: half as many look-ups.
  private static let pairs = (0..<4096).map { (digits[$0 >> 6], digits[$0 & 63]) }
  /// Of three bytes, which are four columns.
  private static let groupsALine = 19

  /// The lines of some bytes; each but the last is ended by CRLF.
  static func encoding(_ bytes: [UInt8]) -> [UInt8] {
    let groups = (bytes.count + 2) / 3
    let breaks = max(0, groups - 1) / groupsALine
    let pairs = pairs
    return [UInt8](unsafeUninitializedCapacity: groups * 4 + breaks * 2) { lines, count in
      for group in 0..<groups {
        if group > 0, group.isMultiple(of: groupsALine) {
          (lines[count], lines[count + 1]) = (0x0D, 0x0A)
          count += 2
        }
        let bits = bits(of: bytes, from: group * 3)
        (lines[count], lines[count + 1]) = pairs[bits >> 12]
        (lines[count + 2], lines[count + 3]) = pairs[bits & 4095]
        count += 4
      }
      let missing = groups * 3 - bytes.count
      for place in count - missing..<count { lines[place] = UInt8(ascii: "=") }
    }
  }

  /// Three bytes as one number; what is missing at the end is nought.
  private static func bits(of bytes: [UInt8], from start: Int) -> Int {
    let has = bytes.count - start
    return Int(bytes[start]) << 16 | (has > 1 ? Int(bytes[start + 1]) << 8 : 0)
      | (has > 2 ? Int(bytes[start + 2]) : 0)
  }
}
