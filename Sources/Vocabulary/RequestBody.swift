/// What a listing is asked for with, where its server wants a POST (请求内容).
package enum RequestBody: Sendable, Hashable {
  /// One field of a form (表单项).
  package struct Field: Sendable, Hashable {
    package var name: String
    package var value: String

    /// A field as the feed's file writes it.
    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The fields of a form, in order (`application/x-www-form-urlencoded`).
  case form([Field])
  /// JSON, as it is sent (RFC 8259).
  case json(String)

  /// What the server is told that it is.
  package var contentType: String {
    switch self {
    case .form: "application/x-www-form-urlencoded; charset=UTF-8"
    case .json: "application/json; charset=UTF-8"
    }
  }

  /// The text that is sent, all of it ASCII where it is a form.
  package var text: String {
    switch self {
    case .form(let fields):
      fields.map { "\(Self.escaped($0.name))=\(Self.escaped($0.value))" }.joined(separator: "&")
    case .json(let text): text
    }
  }

  /// A name or value as forms and queries write it: what is not unreserved (RFC 3986, 2.3) in `%`.
  package static func escaped(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".unicodeScalars)
    var escaped = String.UnicodeScalarView()
    for byte in text.utf8 {
      let scalar = Unicode.Scalar(byte)
      if isUnreserved(byte) {
        escaped.append(scalar)
      } else {
        escaped.append(contentsOf: ["%", digits[Int(byte >> 4)], digits[Int(byte & 15)]])
      }
    }
    return String(escaped)
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
    default: false
    }
  }
}
