internal import Foundation
internal import Vocabulary

/// A report of a mail server by the book (投递状态通知, RFC 3464).
struct DeliveryStatus {
  /// Who was not reached; those that are only late are not among them.
  private(set) var bounces: [Letter.Bounce] = []
  /// Whether anything is said of anybody.
  private(set) var isReadable = false

  /// A report by the text of its parts: groups of fields, parted by empty lines.
  init(_ texts: [String]) {
    for group in texts.flatMap(DeliveryStatus.groups).prefix(500) {
      guard let action = group["action"]?.lowercased() else { continue }
      isReadable = true
      if action.hasPrefix("failed") { bounces.append(DeliveryStatus.bounce(group)) }
    }
  }

  private static func bounce(_ group: [String: String]) -> Letter.Bounce {
    // The original recipient is whom we wrote to; the final one may be where that was forwarded.
    let recipient = [group["original-recipient"], group["final-recipient"]].compactMap { $0 }
      .map(address).first { !$0.isEmpty }
    let status = group["status"] ?? ""
    let said = group["diagnostic-code"].map(withoutType) ?? ""
    return Letter.Bounce(
      recipient: recipient, isFinal: !status.hasPrefix("4"),
      // Some say the status in their words, and some beside them.
      reply: BounceReading.line(said.contains(status) ? said : "\(status) \(said)"))
  }

  /// `rfc822; <zjj@unit.example>`
  private static func address(_ field: String) -> String {
    let value = withoutType(field).trimmingCharacters(in: CharacterSet(charactersIn: "<> \t"))
    let bare = value.lowercased()
    return MailAddress.isAddress(bare) ? bare : ""
  }

  private static func withoutType(_ field: String) -> String {
    guard let sign = field.firstIndex(of: ";") else { return field }
    return field[field.index(after: sign)...].trimmingCharacters(in: .whitespaces)
  }

  private static func groups(_ text: String) -> [[String: String]] {
    var groups: [[String: String]] = [[:]]
    var last: String?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).prefix(20_000) {
      if line.allSatisfy(\.isWhitespace) {
        groups.append([:])
        last = nil
      } else if line.first == " " || line.first == "\t", let name = last {
        groups[groups.count - 1][name, default: ""] += " " + line.drop { $0 == " " || $0 == "\t" }
      } else if let sign = line.firstIndex(of: ":") {
        let name = line[..<sign].lowercased().trimmingCharacters(in: .whitespaces)
        let value = line[line.index(after: sign)...].trimmingCharacters(in: .whitespaces)
        groups[groups.count - 1][name] = value
        last = name
      }
    }
    return groups
  }
}
