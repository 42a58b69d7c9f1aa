/// One header field (信头), whatever text it is given.
///
/// No line break of any kind gets from a text into a header: controls and the separators U+0085,
/// U+2028 and U+2029 become spaces before anything else, what is not plain ASCII then travels as
/// encoded words (RFC 2047), and the only line ends are the folds made here.
enum HeaderField {
  /// RFC 2047 allows this many columns to a line with an encoded word on it.
  private static let columns = 76
  /// What an encoded word costs beside its base64.
  private static let wrapping = "=?UTF-8?B??=".utf8.count
  /// Longer texts are cut: a server refuses a letter whose header is a book.
  private static let longestText = 400

  /// A field of unstructured text, as `Subject` is.
  static func text(_ name: String, _ text: String) -> String {
    line(name, words(for: cleaned(text), after: name.utf8.count + 2))
  }

  /// A field with one mailbox in it, as `From` and `To` are; the address has been checked.
  static func mailbox(_ name: String, display: String?, address: String) -> String {
    let display = cleaned(display ?? "")
    guard !display.isEmpty else { return line(name, [address]) }
    let isPlain =
      display.utf8.count <= 40 && display.utf8.allSatisfy { $0 == 0x20 || isLetterOrDigit($0) }
    let phrase = isPlain ? [display] : encodedWords(display, after: name.utf8.count + 2)
    return line(name, phrase + ["<\(address)>"])
  }

  /// A field of Message-IDs; nil where one of them is none.
  static func identifiers(_ name: String, _ id: String) -> String? {
    guard id.hasPrefix("<"), id.hasSuffix(">"), (5...250).contains(id.utf8.count),
      id.utf8.dropFirst().dropLast().allSatisfy({ (0x21...0x7E).contains($0) && !isAngle($0) })
    else { return nil }
    return line(name, [id])
  }

  /// A field of tokens, folded before each that would pass the last column.
  static func line(_ name: String, _ tokens: [String]) -> String {
    var field = name + ":"
    var column = field.utf8.count
    for (index, token) in tokens.enumerated() {
      let fits = index == 0 || column + 1 + token.utf8.count <= columns
      field += fits ? " " : "\r\n "
      field += token
      column = (fits ? column : 0) + 1 + token.utf8.count
    }
    return field + "\r\n"
  }

  /// A text on one line, without what would break or disguise it.
  static func cleaned(_ text: String) -> String {
    guard !isClean(text) else { return text }
    var kept: [Unicode.Scalar] = []
    var room = longestText
    for scalar in text.unicodeScalars where room > 0 {
      guard let scalar = harmless(scalar) else { continue }
      room -= 1
      if scalar != " " || kept.last != " " { kept.append(scalar) }
    }
    var words = String.UnicodeScalarView()
    words.append(contentsOf: trimmed(kept))
    return String(words)
  }

  /// Whether it is plain at one look that nothing is to be done: ASCII and Chinese on one line with
  /// single spaces inside, as nearly every text is that comes here.
  private static func isClean(_ text: String) -> Bool {
    guard text.utf8.count <= longestText else { return false }
    var text = text
    return text.withUTF8 { bytes in
      var before = blank
      for index in bytes.indices {
        let byte = bytes[index]
        // 0xE3 to 0xEC begin U+3000 to U+CFFF, and U+3000 itself is a space.
        let isPlain =
          (0x21...0x7E).contains(byte) || (0x80...0xBF).contains(byte)
          || (0xE4...0xEC).contains(byte) || (byte == 0xE3 && !isWideSpace(bytes[index...]))
          || (byte == blank && before != blank)
        guard isPlain else { return false }
        before = byte
      }
      return before != blank
    }
  }

  private static let blank = UInt8(ascii: " ")

  private static func isWideSpace(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let start = bytes.startIndex
    return bytes.count >= 3 && bytes[start + 1] == 0x80 && bytes[start + 2] == 0x80
  }

  private static func harmless(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    // Looking a scalar up costs more than all the rest, and of these there is nothing to learn:
    // plain ASCII, and everything Chinese.
    if (0x20...0x7E).contains(scalar.value) || (0x3000...0xD7A3).contains(scalar.value) {
      return scalar
    }
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: return " "
    // Marks that turn the direction of reading make a name look like another one.
    case .format where scalar.properties.isBidiControl || scalar == "\u{FEFF}": return nil
    default: return scalar
    }
  }

  private static func trimmed(_ scalars: [Unicode.Scalar]) -> ArraySlice<Unicode.Scalar> {
    let start = scalars.firstIndex { !isBlank($0) } ?? scalars.endIndex
    let end = scalars.lastIndex { !isBlank($0) } ?? scalars.startIndex
    return start < scalars.endIndex ? scalars[start...end] : []
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " "
      || scalar.value > 0x7F && scalar.properties.generalCategory == .spaceSeparator
  }

  private static func words(for text: String, after column: Int) -> [String] {
    let isPlain =
      text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains("=?")
      && column + text.utf8.count <= columns
    return isPlain ? [text] : encodedWords(text, after: column)
  }

  private static func encodedWords(_ text: String, after column: Int) -> [String] {
    var text = text
    if let words = text.withUTF8({ hanWords($0, after: column) }) { return words }
    var words: [String] = []
    var word: [UInt8] = []
    var room = bytes(in: columns - column)
    for piece in pieces(of: text) {
      if word.count + piece.count > room {
        words.append(encoded(word))
        word = []
        room = bytes(in: columns - 1)
      }
      word += piece
    }
    return words + [encoded(word)]
  }

  /// The words for a text of ASCII and Han alone, in which each scalar is a character; nil where there
  /// is anything else. To ask Unicode for each would cost more than all the rest.
  private static func hanWords(
    _ text: UnsafeBufferPointer<UInt8>, after column: Int
  ) -> [String]? {
    guard isHan(text) else { return nil }
    var words: [String] = []
    var start = 0
    var room = bytes(in: columns - column)
    repeat {
      var end = min(start + room, text.count)
      while end < text.count, text[end] & 0xC0 == 0x80 { end -= 1 }
      words.append(encoded(Array(text[start..<end])))
      start = end
      room = bytes(in: columns - 1)
    } while start < text.count
    return words
  }

  private static func isHan(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = 0
    while index < text.count {
      switch text[index] {
      case 0x20...0x7E: index += 1
      case 0xE4...0xE9: index += 3
      // Punctuation; the marks from U+302A on join what stands before them.
      case 0xE3 where text[index + 1] == 0x80 && text[index + 2] < 0xAA: index += 3
      default: return false
      }
    }
    return true
  }

  /// What is not cut: a character, or its scalars where so many are piled up that no word would hold
  /// them.
  private static func pieces(of text: String) -> [ArraySlice<UInt8>] {
    text.flatMap { character in
      character.utf8.count > 36
        ? character.unicodeScalars.map { Array(String($0).utf8)[...] }
        : [Array(character.utf8)[...]]
    }
  }

  /// How many bytes an encoded word of so many columns holds.
  private static func bytes(in columns: Int) -> Int {
    (columns - wrapping) / 4 * 3
  }

  private static func encoded(_ bytes: [UInt8]) -> String {
    "=?UTF-8?B?" + String(decoding: Base64Lines.encoding(bytes), as: UTF8.self) + "?="
  }

  /// Whether a byte is an ASCII letter or digit.
  static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  private static func isAngle(_ byte: UInt8) -> Bool { byte == 0x3C || byte == 0x3E }
}
