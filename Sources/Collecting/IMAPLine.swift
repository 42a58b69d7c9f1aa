internal import Foundation

/// One whole answer line of an IMAP server (服务器答复行, RFC 9051, section 2.2.2), literals included.
///
/// Where a literal stands is known from the connection, which counted its bytes: a mail whose text
/// looks like protocol is never looked at for any.
struct IMAPLine {
  /// The line; in the place of `{123}` and the line end after it stand the literal's bytes.
  private(set) var bytes: [UInt8]
  private(set) var literals: [Range<Int>] = []

  /// A line up to its end, or up to its first literal.
  init(_ bytes: [UInt8] = []) { self.bytes = bytes }

  mutating func append(_ text: [UInt8]) { bytes += text }

  mutating func append(literal: [UInt8]) {
    literals.append(bytes.count..<(bytes.count + literal.count))
    bytes += literal
  }

  /// The length of the literal that a line ends with announcing (`{123}`), with how many of its
  /// bytes say so; nil where it announces none.
  static func announced(in line: [UInt8]) -> (length: Int, marks: Int)? {
    guard line.last == UInt8(ascii: "}"), let open = line.lastIndex(of: UInt8(ascii: "{")) else {
      return nil
    }
    var digits = line[(open + 1)..<(line.count - 1)]
    if digits.last == UInt8(ascii: "+") { digits = digits.dropLast() }
    guard (1...10).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    let isBinary = open > 0 && line[open - 1] == UInt8(ascii: "~")
    return (
      digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }, line.count - open + (isBinary ? 1 : 0)
    )
  }

  /// Its words as text for people; only of lines without literals.
  var text: String { MailText.onOneLine(String(decoding: bytes.prefix(1000), as: UTF8.self)) }

  /// Its first words in capitals.
  var opening: [String] {
    bytes.prefix(200).split(separator: 0x20).prefix(3).map {
      String(decoding: $0, as: UTF8.self).uppercased()
    }
  }

  /// Whether its end is words for people, in which no literal can stand.
  static func isStatus(_ line: [UInt8]) -> Bool {
    let words = IMAPLine(line).opening
    return words.count >= 2 && ["OK", "NO", "BAD", "BYE", "PREAUTH"].contains(words[1])
  }
}

/// A word of an answer.
enum IMAPToken: Equatable {
  case open, close
  case atom(String)
  /// A quoted string or a literal.
  case string([UInt8])
}

extension IMAPLine {
  /// The line as words.
  var tokens: [IMAPToken] {
    var tokens: [IMAPToken] = []
    var (index, literal) = (0, 0)
    while index < bytes.count {
      if literal < literals.count, literals[literal].lowerBound == index {
        tokens.append(.string(Array(bytes[literals[literal]])))
        index = literals[literal].upperBound
        literal += 1
        continue
      }
      switch bytes[index] {
      case 0x20: index += 1
      case UInt8(ascii: "("):
        tokens.append(.open)
        index += 1
      case UInt8(ascii: ")"):
        tokens.append(.close)
        index += 1
      case UInt8(ascii: "\""): tokens.append(quoted(&index))
      default: tokens.append(atom(&index))
      }
    }
    return tokens
  }

  private func quoted(_ index: inout Int) -> IMAPToken {
    var text: [UInt8] = []
    index += 1
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count { index += 1 }
      text.append(bytes[index])
      index += 1
    }
    index += 1
    return .string(text)
  }

  /// `BODY[HEADER.FIELDS (From)]<0>` is one word, whatever is between the brackets.
  private func atom(_ index: inout Int) -> IMAPToken {
    let start = index
    var isInside = false
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "[") { isInside = true }
      if byte == UInt8(ascii: "]") { isInside = false }
      let ends = byte == 0x20 || byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")")
      if ends, !isInside { break }
      index += 1
    }
    return .atom(String(decoding: bytes[start..<index], as: UTF8.self))
  }
}

/// What a server says of one mail (`* 12 FETCH (…)`).
struct IMAPFetched {
  let uid: UInt32
  /// What was asked for of it: some of its headers, or its first bytes.
  let content: [UInt8]

  /// What an answer says of a mail; nil where it is another kind of answer, or says less.
  init?(_ line: IMAPLine) {
    guard line.opening.count == 3, line.opening[0] == "*", line.opening[2].hasPrefix("FETCH") else {
      return nil
    }
    let tokens = Array(line.tokens.drop { $0 != .open }.dropFirst())
    var values: [String: IMAPToken] = [:]
    var index = 0
    while index + 1 < tokens.count, case .atom(let name) = tokens[index] {
      values[String(name.uppercased().prefix { $0 != "[" })] = tokens[index + 1]
      index = IMAPFetched.after(index + 1, in: tokens)
    }
    guard case .atom(let digits) = values["UID"], let uid = UInt32(digits),
      case .string(let content) = values["BODY"]
    else { return nil }
    self.uid = uid
    self.content = content
  }

  /// Where the value ends that begins there: a word, or a list.
  private static func after(_ start: Int, in tokens: [IMAPToken]) -> Int {
    guard tokens[start] == .open else { return start + 1 }
    var (depth, index) = (0, start)
    while index < tokens.count {
      if tokens[index] == .open { depth += 1 }
      if tokens[index] == .close { depth -= 1 }
      index += 1
      if depth == 0 { break }
    }
    return index
  }
}
