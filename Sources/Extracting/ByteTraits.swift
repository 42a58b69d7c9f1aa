/// What the bytes of a page can be, counted over 128 KiB from its first byte that is no ASCII.
struct ByteTraits {
  private(set) var hasHighBytes = false
  /// UTF-16 without a mark, known by where its zero bytes fall.
  private(set) var wide: Charset?
  private var twoByte = 0
  private var longer = 0
  private var invalid = 0
  private var gb = PairTally()
  private var big5 = PairTally()

  /// The traits of a page's bytes.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    wide = ByteTraits.zeroes(bytes)
    // Scripts in a page's head may be longer than the sample: what is weighed begins after them.
    let start = ASCII.end(of: bytes, from: 0)
    let head = UnsafeBufferPointer(rebasing: bytes[start...].prefix(131_072))
    countUTF8(head)
    // Much text that is UTF-8 throughout is nothing else.
    guard hasHighBytes, invalid > 0 || longer + twoByte < 40 else { return }
    gb.count(head, of: .gb18030)
    big5.count(head, of: .big5)
  }

  /// Whether it is UTF-8, some characters cut in half by their site allowed.
  ///
  /// A few short words in GBK are valid UTF-8 by chance (联通), but only as pairs of bytes.
  func isUTF8(whenDeclared declared: Charset?) -> Bool {
    if declared == .utf8 || declared == nil {
      return longer + twoByte >= invalid * 2
    }
    if invalid == 0, longer + twoByte >= 40 { return true }
    guard longer > 0 else { return invalid == 0 && declared?.isChinese == false }
    return longer > invalid * 4 && longer * 4 >= twoByte
  }

  /// Whether a charset explains the bytes, and no worse than its rival.
  func isPlausible(_ charset: Charset, against rival: Bool) -> Bool {
    let (own, other) = charset == .gb18030 ? (gb, big5) : (big5, gb)
    return own.isPlausible && (!rival || own.score * 4 >= other.score * 3 || !other.isPlausible)
  }

  /// The Chinese charset that explains the bytes best, nil where none does.
  var likelyChinese: Charset? {
    if gb.isPlausible, gb.score >= big5.score || !big5.isPlausible { return .gb18030 }
    return big5.isPlausible ? .big5 : nil
  }

  private static func zeroes(_ bytes: UnsafeBufferPointer<UInt8>) -> Charset? {
    var (even, odd) = (0, 0)
    let sample = bytes.prefix(1024)
    for (index, byte) in sample.enumerated() where byte == 0 {
      if index.isMultiple(of: 2) { even += 1 } else { odd += 1 }
    }
    guard even + odd > sample.count / 5 else { return nil }
    return odd > even * 8 ? .utf16LE : even > odd * 8 ? .utf16BE : nil
  }

  private mutating func countUTF8(_ bytes: UnsafeBufferPointer<UInt8>) {
    var index = 0
    while true {
      index = ASCII.end(of: bytes, from: index)
      guard index < bytes.count else { return }
      hasHighBytes = true
      let length = UTF8Shape.length(of: bytes, at: index)
      // What the sample's end cuts off is no mistake of the page.
      if length == 0, index + 4 > bytes.count { return }
      if length == 0 { invalid += 1 } else if length == 2 { twoByte += 1 } else { longer += 1 }
      index += max(1, length)
    }
  }
}

/// How well pairs of bytes read as one of the two Chinese charsets.
struct PairTally {
  private var frequent = 0
  private var rare = 0
  private var invalid = 0

  /// Frequent characters speak for it, rare ones a little against, impossible ones strongly.
  var score: Int { frequent - rare - invalid * 4 }
  /// Whether most pairs are characters that people write.
  var isPlausible: Bool { frequent > 0 && frequent >= rare && frequent > invalid * 8 }

  /// Counts the pairs of a text.
  mutating func count(_ bytes: UnsafeBufferPointer<UInt8>, of charset: Charset) {
    let isGB = charset == .gb18030
    var index = 0
    while true {
      index = ASCII.end(of: bytes, from: index)
      guard index + 1 < bytes.count else { return }
      index +=
        isGB
        ? countGB(bytes[index], bytes[index + 1]) : countBig5(bytes[index], bytes[index + 1])
    }
  }

  /// GB 2312 puts the 3,755 frequent characters and the punctuation where both bytes are high.
  private mutating func countGB(_ lead: UInt8, _ trail: UInt8) -> Int {
    guard (0x81...0xFE).contains(lead), trail >= 0x30, trail != 0x7F, trail != 0xFF else {
      invalid += 1
      return 1
    }
    let isFrequent = trail >= 0xA1 && ((0xB0...0xD7).contains(lead) || (0xA1...0xA3).contains(lead))
    if isFrequent { frequent += 1 } else { rare += 1 }
    return trail < 0x40 ? 4 : 2
  }

  /// Big5 puts the 5,401 frequent characters and the punctuation below the lead byte C7.
  private mutating func countBig5(_ lead: UInt8, _ trail: UInt8) -> Int {
    let isTrail = (0x40...0x7E).contains(trail) || (0xA1...0xFE).contains(trail)
    guard (0x81...0xFE).contains(lead), isTrail else {
      invalid += 1
      return 1
    }
    if (0xA1...0xC6).contains(lead) { frequent += 1 } else { rare += 1 }
    return 2
  }
}
