/// Words looked for in bytes, all at once and in one pass.
struct ByteWords: Sendable {
  private let words: [[UInt8]]
  /// For each first byte, which words begin with it.
  private let byFirst: [[Int]]

  /// Words in small letters.
  init(_ words: [String]) {
    self.words = words.map { Array($0.utf8) }
    var byFirst = [[Int]](repeating: [], count: 256)
    for (index, word) in self.words.enumerated() {
      if let first = word.first { byFirst[Int(first)].append(index) }
    }
    self.byFirst = byFirst
  }

  /// Whether one of the words stands anywhere in bytes, whatever the case of ASCII letters.
  func isIn(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool { end(in: bytes) != nil }

  /// Whether one of the words stands anywhere in a text.
  func isIn(_ text: some StringProtocol) -> Bool {
    text.utf8.withContiguousStorageIfAvailable { isIn($0) } ?? isIn(Array(text.utf8))
  }

  /// Whether one of the words stands anywhere in bytes.
  func isIn(_ bytes: [UInt8]) -> Bool { bytes.withUnsafeBufferPointer { isIn($0) } }

  /// The place after the first of the words that stands in bytes.
  func end(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    for place in bytes.indices {
      for index in byFirst[Int(ASCII.lowered(bytes[place]))] {
        let word = words[index]
        if ByteWords.stands(word, in: bytes, at: place) { return place + word.count }
      }
    }
    return nil
  }

  /// Whether a text begins with one of the words.
  func begin(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = bytes.first else { return false }
    return byFirst[Int(ASCII.lowered(first))].contains {
      ByteWords.stands(words[$0], in: bytes, at: 0)
    }
  }

  private static func stands(
    _ word: [UInt8], in bytes: UnsafeBufferPointer<UInt8>, at place: Int
  ) -> Bool {
    guard place + word.count <= bytes.count else { return false }
    for offset in word.indices where ASCII.lowered(bytes[place + offset]) != word[offset] {
      return false
    }
    return true
  }
}
