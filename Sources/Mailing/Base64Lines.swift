/// Base64 in lines of 76 columns (RFC 2045, section 6.8), as the parts of a mail travel.
///
/// Foundation's goes through a `Data` and two strings, and that is most of what composing costs.
enum Base64Lines {
  private static let digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  /// Two digits for each twelve bits, the first in the lower byte: half as many look-ups.
  private static let pairs = (0..<4096).map {
    UInt16(digits[$0 >> 6]) | UInt16(digits[$0 & 63]) << 8
  }
  /// Of three bytes, which are four columns.
  private static let groupsALine = 19

  /// The lines of some bytes; each but the last is ended by CRLF.
  static func encoding(_ bytes: [UInt8]) -> [UInt8] {
    let groups = (bytes.count + 2) / 3
    let breaks = max(0, groups - 1) / groupsALine
    return [UInt8](unsafeUninitializedCapacity: groups * 4 + breaks * 2) { lines, count in
      bytes.withUnsafeBytes { bytes in
        pairs.withUnsafeBufferPointer { pairs in
          var writer = Writer(pairs: pairs, lines: UnsafeMutableRawBufferPointer(lines))
          for start in stride(from: 0, to: bytes.count, by: groupsALine * 3) {
            if start > 0 { writer.endLine() }
            writer.write(bytes, from: start, to: min(start + groupsALine * 3, bytes.count))
          }
          count = writer.count
        }
      }
    }
  }

  /// Lines as far as they are written.
  private struct Writer {
    let pairs: UnsafeBufferPointer<UInt16>
    let lines: UnsafeMutableRawBufferPointer
    var count = 0

    mutating func endLine() { put(UInt16(0x0A0D)) }

    /// One line, of the bytes between two places.
    mutating func write(_ bytes: UnsafeRawBufferPointer, from start: Int, to end: Int) {
      var place = start
      // Six bytes at once, out of eight that are read.
      while place + 6 <= end, place + 8 <= bytes.count {
        let bits = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
        put(
          digits(bits >> 52) | digits(bits >> 40) << 16 | digits(bits >> 28) << 32
            | digits(bits >> 16) << 48)
        place += 6
      }
      for place in stride(from: place, to: end, by: 3) { writeGroup(bytes, at: place) }
    }

    /// Three bytes at most; what is missing at the end is filled up.
    private mutating func writeGroup(_ bytes: UnsafeRawBufferPointer, at place: Int) {
      let has = bytes.count - place
      var bits = UInt64(bytes[place]) << 16
      if has > 1 { bits |= UInt64(bytes[place + 1]) << 8 }
      if has > 2 { bits |= UInt64(bytes[place + 2]) }
      put(UInt32(truncatingIfNeeded: digits(bits >> 12) | digits(bits) << 16))
      for place in count - max(0, 3 - has)..<count { lines[place] = UInt8(ascii: "=") }
    }

    /// The digits of the last twelve of some bits.
    private func digits(_ bits: UInt64) -> UInt64 { UInt64(pairs[Int(bits & 4095)]) }

    private mutating func put(_ digits: some FixedWidthInteger) {
      lines.storeBytes(of: digits.littleEndian, toByteOffset: count, as: type(of: digits))
      count += digits.bitWidth / 8
    }
  }
}
