internal import Crypto
internal import Foundation
package import Vocabulary

/// The Message-IDs of an office's notices (邮件编号, RFC 5322, section 3.6.4).
///
/// The same notice to the same recipient has the same id at every attempt, so that a repeat is
/// recognisable; without the office's secret nobody can guess one, so that a reply is no forgery.
package struct MessageIDs: Sendable {
  /// What keeps a line with an id in it, `References` included, well below its limit.
  private static let longest = 100
  /// 160 bits of the 256: RFC 2104 asks for half at least, and the domain needs the room.
  private static let digestBytes = 20

  private let key: SymmetricKey
  private let domain: String

  /// The ids of an office by its secret and the domain it writes from.
  package init(secret: [UInt8], domain: String) {
    key = SymmetricKey(data: secret)
    self.domain = MessageIDs.fitting(domain)
  }

  /// The id of one notice to one recipient, in angle brackets, at most 100 characters.
  package func messageID(of notice: Notice.ID, to recipient: MailAddress) -> String {
    // No id holds a NUL, so no two pairs run together into the same bytes.
    let pair = notice.rawValue + "\0" + recipient.address.lowercased()
    let code = HMAC<SHA256>.authenticationCode(for: Data(pair.utf8), using: key)
    return "<\(code.prefix(MessageIDs.digestBytes).hexadecimal)@\(domain)>"
  }

  /// As many of a domain's last labels as there is room for; a reserved name where there are none.
  private static func fitting(_ domain: String) -> String {
    let room = longest - digestBytes * 2 - "<@>".utf8.count
    var labels = domain.lowercased().split(separator: ".").filter(isLabel)
    while labels.joined(separator: ".").utf8.count > room { labels.removeFirst() }
    return labels.isEmpty ? "huiyin.invalid" : labels.joined(separator: ".")
  }

  private static func isLabel(_ label: Substring) -> Bool {
    label.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x2D
    }
  }
}

extension Sequence<UInt8> {
  /// Two lower-case digits a byte.
  var hexadecimal: String {
    map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
