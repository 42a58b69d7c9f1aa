internal import Crypto
internal import Vocabulary

/// What makes two addresses one page (规范网址).
extension WebAddress {
  /// Without fragment, session and whatever only counts where a reader came from.
  ///
  /// Fragments like `#/detail/7` stay: on pages drawn by scripts they are the address.
  var canonical: WebAddress {
    var copy = readable
    copy.path = WebAddress.withoutSession(path)
    copy.query = query(without: { WebAddress.isTracking($0) }, in: copy.query)
    if let fragment, !fragment.hasPrefix("/"), !fragment.hasPrefix("!") { copy.fragment = nil }
    return copy
  }

  /// The address that a person opens, without the names of persons.
  ///
  /// A parameter that names a person (`uid`, `authorid`) goes where another one names the page
  /// (`tid`, `id`); where it is all there is, the page could not be found without it.
  var readable: WebAddress {
    guard let query else { return self }
    let names = query.split(separator: "&").map { WebAddress.name(of: $0) }
    let namesPage = names.contains { WebAddress.pageNames.contains($0) }
    guard namesPage, names.contains(where: { WebAddress.personNames.contains($0) }) else {
      return self
    }
    var copy = self
    copy.query = self.query(without: { WebAddress.personNames.contains($0) }, in: query)
    return copy
  }

  /// The id of the item that stands there.
  var itemID: Item.ID { WebAddress.id(of: canonical.text) }

  /// The first 32 hexadecimal digits of a text's SHA-256.
  static func id(of text: String) -> Item.ID {
    Item.ID(rawValue: Hash.hex(Array(text.utf8), bytes: 16))
  }

  private func query(without isDropped: (String) -> Bool, in query: String?) -> String? {
    guard let query else { return nil }
    let kept = query.split(separator: "&", omittingEmptySubsequences: true).filter {
      !isDropped(WebAddress.name(of: $0))
    }
    return kept.isEmpty ? nil : kept.joined(separator: "&")
  }

  private static func name(of parameter: Substring) -> String {
    parameter.prefix { $0 != "=" }.lowercased()
  }

  private static func isTracking(_ name: String) -> Bool {
    name.hasPrefix("utm_") || name.hasPrefix("hmsr") || name.hasPrefix("spm_")
      || tracking.contains(name)
  }

  private static func withoutSession(_ path: String) -> String {
    guard path.utf8.contains(0x3B) else { return path }
    let segments = path.split(separator: "/", omittingEmptySubsequences: false)
    return segments.map { segment in
      let parts = segment.split(separator: ";", omittingEmptySubsequences: false)
      return parts.filter { !tracking.contains(name(of: $0)) }.joined(separator: ";")
    }.joined(separator: "/")
  }

  private static let tracking: Set<String> = [
    "jsessionid", "phpsessid", "aspsessionid", "asp.net_sessionid", "sessionid", "session_id",
    "sid", "cfid", "cftoken", "spm", "from_source", "isappinstalled", "gclid", "fbclid", "msclkid",
    "yclid", "mkt_tok", "hmpl", "hmcu", "hmkw", "hmci", "share_token", "share_from", "_t",
    "timestamp",
    "nsukey", "wxshare_count", "scene", "tdsourcetag", "bd_vid", "_refluxos", "_hsenc", "_hsmi",
  ]
  private static let personNames: Set<String> = [
    "uid", "userid", "user_id", "username", "uname", "nickname", "nick", "authorid", "author_id",
    "author", "memberid", "touid", "puid", "openid",
  ]
  private static let pageNames: Set<String> = [
    "id", "tid", "aid", "mid", "pid", "cid", "nid", "fid", "tieid", "postid", "threadid",
    "articleid",
    "newsid", "docid", "infoid", "msgid", "letterid", "mailid", "contentid", "topicid", "guid",
    "xh", "bh", "code", "no",
  ]
}

/// Digests, which are identities here and never secrets.
enum Hash {
  /// The first bytes of the SHA-256, all of them unless said, in hexadecimal.
  static func hex(_ bytes: [UInt8], bytes count: Int = SHA256.byteCount) -> String {
    let digest = SHA256.hash(data: bytes)
    return String(unsafeUninitializedCapacity: 2 * count) { text in
      for (place, byte) in digest.prefix(count).enumerated() {
        text[2 * place] = digit(byte >> 4)
        text[2 * place + 1] = digit(byte & 15)
      }
      return 2 * count
    }
  }

  private static func digit(_ value: UInt8) -> UInt8 {
    value < 10 ? 0x30 + value : 0x61 - 10 + value
  }
}
