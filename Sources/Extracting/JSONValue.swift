internal import Foundation

/// A value of a JSON text (RFC 8259), as far as anything here asks of it.
indirect enum JSONValue: Hashable, Sendable {
  case null
  case flag(Bool)
  /// As digits: an id of eighteen of them is no fraction.
  case number(String)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  /// The value of a text in UTF-8; nil where it is none, or nests deeper than 512.
  ///
  /// An answer wrapped into a call, `callback({…});`, is read as what is in it.
  static func read(_ bytes: [UInt8]) -> JSONValue? {
    var bytes = bytes[...]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    let bare = unwrapped(bytes)
    guard
      let value = try? JSONSerialization.jsonObject(
        with: Data(bare), options: [.fragmentsAllowed])
    else { return nil }
    return JSONValue(value)
  }

  private static func unwrapped(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let trimmed = bytes.drop(while: ASCII.isSpace)
    guard let first = trimmed.first, ASCII.isLetter(first) || first == 0x5F || first == 0x24,
      let open = trimmed.prefix(200).firstIndex(of: UInt8(ascii: "(")),
      let close = trimmed.lastIndex(of: UInt8(ascii: ")")), open < close
    else { return bytes }
    return trimmed[trimmed.index(after: open)..<close]
  }

  private init(_ value: Any) {
    switch value {
    case let text as String: self = .text(text)
    case let number as NSNumber: self = JSONValue.number(of: number)
    case let list as [Any]: self = .list(list.map(JSONValue.init))
    case let object as [String: Any]: self = .object(object.mapValues(JSONValue.init))
    default: self = .null
    }
  }

  private static func number(of number: NSNumber) -> JSONValue {
    if String(cString: number.objCType) == "c" { return .flag(number.boolValue) }
    let digits = number.stringValue
    return .number(digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits)
  }

  /// The text of a single value; nil for lists, objects and nothing.
  var scalar: String? {
    switch self {
    case .text(let text): text
    case .number(let digits): digits
    case .flag(let flag): flag ? "true" : "false"
    case .null, .list, .object: nil
    }
  }

  /// The texts of a value and of a list's elements.
  var scalars: [String] {
    if case .list(let elements) = self { return elements.compactMap(\.scalar) }
    return scalar.map { [$0] } ?? []
  }
}
