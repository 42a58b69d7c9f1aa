/// Swift code as words and marks, without comments and without what stands inside strings, so that
/// a rule about code is not broken by a sentence about it.
struct Tokens {
  /// A word, a number, or one mark.
  struct Token {
    var text: String
    /// From 1.
    var line: Int
    /// How many braces are open around it.
    var depth: Int
  }

  private(set) var all: [Token] = []
  /// Where each word and mark stands, so that a rule does not read the whole file again.
  private var places: [String: [Int]] = [:]
  private let bytes: [UInt8]
  private var at = 0
  private var line = 1
  private var depth = 0

  init(_ source: String) {
    bytes = Array(source.utf8)
    readCode(untilParenthesis: false)
  }

  /// The indices in `all` at which a word or mark stands.
  func indices(of text: String) -> [Int] {
    places[text] ?? []
  }

  /// The lines at which these tokens follow each other.
  func lines(of sequence: [String]) -> [Int] {
    guard let first = sequence.first else { return [] }
    return indices(of: first).filter { follow(sequence, from: $0) }.map { all[$0].line }
  }

  private func follow(_ sequence: [String], from index: Int) -> Bool {
    guard index + sequence.count <= all.count else { return false }
    return zip(all[index...], sequence).allSatisfy { $0.text == $1 }
  }

  private mutating func readCode(untilParenthesis: Bool) {
    var open = 0
    while let byte = peek() {
      switch (byte, peek(1)) {
      case (slash, slash): skip { $0 != newline }
      case (slash, star): skipBlockComment()
      case (quote, _), (hash, quote), (hash, hash): readString()
      case (parenthesisEnd, _) where untilParenthesis && open == 0: return
      default:
        if byte == parenthesis { open += 1 }
        if byte == parenthesisEnd { open -= 1 }
        if isWord(byte) { readWord() } else { readMark(byte) }
      }
    }
  }

  /// `try!` and `as!` are one word: `try !done` forces nothing.
  private mutating func readWord() {
    let start = at
    skip(while: isWord)
    let word = String(decoding: bytes[start..<at], as: UTF8.self)
    guard peek() == bang, word == "try" || word == "as" else { return append(word) }
    advance()
    append(word + "!")
  }

  private mutating func readMark(_ byte: UInt8) {
    advance()
    if byte == brace { depth += 1 }
    if byte == braceEnd { depth -= 1 }
    guard byte > 32 else { return }
    append(String(UnicodeScalar(byte)))
  }

  private mutating func skipBlockComment() {
    var nested = 0
    repeat {
      switch (peek(), peek(1)) {
      case (slash, star):
        nested += 1
        advance(2)
      case (star, slash):
        nested -= 1
        advance(2)
      default: advance()
      }
    } while nested > 0 && at < bytes.count
  }

  /// Reads a string of any kind; what stands in its interpolations is code.
  private mutating func readString() {
    let start = at
    skip { $0 == hash }
    let hashes = at - start
    guard peek() == quote else { return }
    let isLong = peek(1) == quote && peek(2) == quote
    let quotes = isLong ? 3 : 1
    advance(quotes)
    append("\"\"")
    while let byte = peek() {
      if byte == quote, ends(quotes: quotes, hashes: hashes) { return advance(quotes + hashes) }
      guard isLong || byte != newline else { return }
      if byte == backslash, opensCode(hashes: hashes) {
        advance(2 + hashes)
        readCode(untilParenthesis: true)
      } else {
        advance(byte == backslash && hashes == 0 ? 2 : 1)
      }
    }
  }

  private func ends(quotes: Int, hashes: Int) -> Bool {
    (0..<quotes).allSatisfy { peek($0) == quote }
      && (0..<hashes).allSatisfy { peek(quotes + $0) == hash }
  }

  private func opensCode(hashes: Int) -> Bool {
    (0..<hashes).allSatisfy { peek(1 + $0) == hash } && peek(1 + hashes) == parenthesis
  }

  private mutating func append(_ text: String) {
    places[text, default: []].append(all.count)
    all.append(Token(text: text, line: line, depth: depth))
  }

  private func peek(_ ahead: Int = 0) -> UInt8? {
    at + ahead < bytes.count ? bytes[at + ahead] : nil
  }

  private mutating func advance(_ count: Int = 1) {
    for _ in 0..<count where at < bytes.count {
      if bytes[at] == newline { line += 1 }
      at += 1
    }
  }

  private mutating func skip(while holds: (UInt8) -> Bool) {
    while at < bytes.count, holds(bytes[at]) { advance() }
  }
}

private let newline = UInt8(ascii: "\n")
private let quote = UInt8(ascii: "\"")
private let hash = UInt8(ascii: "#")
private let slash = UInt8(ascii: "/")
private let star = UInt8(ascii: "*")
private let bang = UInt8(ascii: "!")
private let backslash = UInt8(ascii: "\\")
private let brace = UInt8(ascii: "{")
private let braceEnd = UInt8(ascii: "}")
private let parenthesis = UInt8(ascii: "(")
private let parenthesisEnd = UInt8(ascii: ")")

/// Whether a byte is part of a word; identifiers may hold Chinese, whose bytes are all above 127.
private func isWord(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 128...255:
    true
  default: false
  }
}
