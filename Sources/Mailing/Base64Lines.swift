/// Base64 in lines of 76 columns (RFC 2045, section 6.8), as the parts of a mail travel.
///
/// Foundation's goes through a `Data` and two strings, and that is most of what composing costs.
enum Base64Lines {
  private static let digits: StaticString =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
  /// Of three bytes, which are four columns.
  private static let groupsALine = 19

  /// The lines of some bytes; each but the last is ended by CRLF.
  static func encoding(_ bytes: [UInt8]) -> [UInt8] {
    let groups = (bytes.count + 2) / 3
    let breaks = max(0, groups - 1) / groupsALine
    return [UInt8](unsafeUninitializedCapacity: groups * 4 + breaks * 2) { lines, count in
      for group in 0..<groups {
        if group > 0, group.isMultiple(of: groupsALine) {
          (lines[count], lines[count + 1]) = (0x0D, 0x0A)
          count += 2
        }
        encode(bytes, from: group * 3, into: lines, at: count)
        count += 4
      }
    }
  }

  private static func encode(
    _ bytes: [UInt8], from start: Int, into lines: UnsafeMutableBufferPointer<UInt8>, at place: Int
  ) {
    let has = bytes.count - start
    let bits =
      UInt32(bytes[start]) << 16 | (has > 1 ? UInt32(bytes[start + 1]) << 8 : 0)
      | (has > 2 ? UInt32(bytes[start + 2]) : 0)
    let padding = UInt8(ascii: "=")
    lines[place] = digit(bits >> 18)
    lines[place + 1] = digit(bits >> 12)
    lines[place + 2] = has > 1 ? digit(bits >> 6) : padding
    lines[place + 3] = has > 2 ? digit(bits) : padding
  }

  private static func digit(_ bits: UInt32) -> UInt8 { digits.utf8Start[Int(bits & 63)] }
}
