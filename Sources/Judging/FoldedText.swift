/// A field as words are looked for in it (归一文本), each code with its place in the original.
///
/// One code for a character that is read, none for one that is not seen. Marks and spaces that
/// somebody put between the characters of a word (停-水, 停 · 水) are taken out; they stay between
/// Latin words, in longer rows, which are layout, and wherever a sentence ends.
package struct FoldedText: Sendable {
  /// How many marks or spaces in a row may stand inside a word.
  static let longestGap = 3

  /// The folded characters, and one 0 behind them so that a pair can be read at the last one.
  package private(set) var codes: [UInt32]
  /// For each code, the Unicode scalar of the original it came from, counted from 0.
  private(set) var origins: [UInt32]

  /// How many folded characters there are.
  package var count: Int { origins.count }

  /// A field, folded.
  package init(_ text: String) {
    var text = text
    (codes, origins) = text.withUTF8 { bytes in
      var origins: [UInt32] = []
      let codes = [UInt32](unsafeUninitializedCapacity: bytes.count + 1) { codes, codeCount in
        // A scalar of n bytes is at most n codes, so what is written always has room.
        origins = [UInt32](unsafeUninitializedCapacity: bytes.count) { origins, count in
          var folding = Folding(codes: codes, origins: origins)
          count = folding.read(bytes)
        }
        codes[origins.count] = 0
        codeCount = origins.count + 1
      }
      return (codes, origins)
    }
  }

  /// Where a run of codes stands in the original, in Unicode scalars; marks inside it belong to it.
  func original(_ run: Range<Int>) -> Range<Int> {
    Int(origins[run.lowerBound])..<Int(origins[run.upperBound - 1]) + 1
  }

  /// A word, folded: as a text, without white space at its ends.
  package static func word(_ text: String) -> [UInt32] {
    var codes: [UInt32] = []
    append(word: text, to: &codes)
    return codes
  }

  /// The same, behind what is there already: a rule book may hold 100,000 words, and two arrays for
  /// each would take longer than everything else.
  static func append(word text: String, to codes: inout [UInt32]) {
    var text = text
    text.withUTF8 { bytes in
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2 * bytes.count) { room in
        let folded = UnsafeMutableBufferPointer(rebasing: room[..<bytes.count])
        var folding = Folding(
          codes: folded, origins: UnsafeMutableBufferPointer(rebasing: room[bytes.count...]))
        var run = folded[..<folding.read(bytes)]
        while let first = run.first, isWhite(first) { run.removeFirst() }
        while let last = run.last, isWhite(last) { run.removeLast() }
        codes.append(contentsOf: run)
      }
    }
  }

  private static func isWhite(_ code: UInt32) -> Bool {
    code == 0x20 || code == 0x0A || code == 0x0D
  }
}

/// The state of folding one field: what came out so far and how many marks hang at its end.
private struct Folding {
  private let codes: UnsafeMutableBufferPointer<UInt32>
  private let origins: UnsafeMutableBufferPointer<UInt32>
  private var count = 0
  private var gap = 0
  private var gapIsBlank = true
  private var at: UInt32 = 0

  init(
    codes: UnsafeMutableBufferPointer<UInt32>, origins: UnsafeMutableBufferPointer<UInt32>
  ) {
    self.codes = codes
    self.origins = origins
  }

  /// Folds UTF-8 and says how many codes came out.
  mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    FoldTable.shared.codes.withUnsafeBufferPointer { table in
      FoldTable.shared.marks.withUnsafeBufferPointer { marks in
        var next = 0
        while true {
          if gap == 0 { next = readPlain(bytes, from: next, table) }
          guard next < bytes.count else { break }
          let scalar = Folding.scalar(bytes, &next)
          take(
            scalar < 0x10000 ? UInt32(table[Int(scalar)]) : FoldTable.code(beyond: scalar), marks)
          at &+= 1
        }
      }
    }
    return count
  }

  /// Reads on as long as each scalar is of three bytes and stands for a character that is neither mark
  /// nor ignored nor several: nearly all of a Chinese text. Says where that ends. What it counts it
  /// keeps to itself meanwhile, since memory that is written to might be the count's own.
  @inline(__always)
  private mutating func readPlain(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ table: UnsafeBufferPointer<UInt16>
  ) -> Int {
    var (next, count, at) = (start, self.count, self.at)
    while next < bytes.count, bytes[next] & 0xF0 == 0xE0 {
      // A lead byte of three has two behind it in a `String`.
      let scalar =
        UInt32(bytes[next] & 0x0F) &<< 12 | UInt32(bytes[next &+ 1] & 0x3F) &<< 6
        | UInt32(bytes[next &+ 2] & 0x3F)
      let code = UInt32(table[Int(scalar)])
      guard code >= FoldTable.endOfMarks, code < UInt32(FoldTable.ten) else { break }
      codes[count] = code
      origins[count] = at
      count &+= 1
      at &+= 1
      next &+= 3
    }
    self.count = count
    self.at = at
    return next
  }

  /// One scalar; a `String` is valid UTF-8, so nothing is checked again.
  @inline(__always)
  private static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, _ next: inout Int) -> UInt32 {
    let first = UInt32(bytes[next])
    let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    defer { next &+= length }
    guard length > 1 else { return first }
    var scalar = first & (0x7F >> UInt32(length))
    for step in 1..<length { scalar = scalar << 6 | UInt32(bytes[next &+ step]) & 0x3F }
    return scalar
  }

  @inline(__always)
  private mutating func take(_ code: UInt32, _ marks: UnsafeBufferPointer<Bool>) {
    guard code != UInt32(FoldTable.ignored) else { return }
    if code < FoldTable.endOfMarks, marks[Int(code)] {
      gap &+= 1
      gapIsBlank = gapIsBlank && code == UInt32(FoldTable.space)
    } else if gap > 0 {
      closeGap(before: code)
    }
    guard code < UInt32(FoldTable.ten) || code > UInt32(FoldTable.ten) + 10 else {
      append((code - UInt32(FoldTable.ten)) / 10 + 0x31)
      append((code - UInt32(FoldTable.ten)) % 10 + 0x30)
      return
    }
    append(code)
  }

  @inline(__always)
  private mutating func append(_ code: UInt32) {
    codes[count] = code
    origins[count] = at
    count &+= 1
  }

  /// Takes the marks out again if a word may run across them: between two ideographs, and a blank
  /// also between an ideograph and a letter or digit (3 天).
  private mutating func closeGap(before code: UInt32) {
    defer {
      gap = 0
      gapIsBlank = true
    }
    guard gap <= FoldedText.longestGap, gap < count else { return }
    let previous = codes[count - gap - 1]
    let (isHanBefore, isHanAfter) = (Folding.isHan(previous), Folding.isHan(code))
    let isMixed =
      gapIsBlank
      && ((isHanBefore && Folding.isAlphanumeric(code))
        || (isHanAfter && Folding.isAlphanumeric(previous)))
    guard (isHanBefore && isHanAfter) || isMixed else { return }
    count -= gap
  }

  private static func isHan(_ code: UInt32) -> Bool {
    code == 0x3007 || (0x3400...0x9FFF).contains(code) || (0x20000...0x3FFFF).contains(code)
  }

  private static func isAlphanumeric(_ code: UInt32) -> Bool {
    (0x30...0x39).contains(code) || (0x61...0x7A).contains(code)
  }
}
