/// Where a person can read the original (原文链接), shown as text and, when that is safe, clickable.
struct Link: Sendable, Hashable {
  /// What goes into `href`; nil for everything but plain http and https addresses.
  let href: String?
  /// The host, shown by itself so that a long address cannot hide where it leads.
  let host: String?
  /// The address as text.
  let address: String

  /// A link to an address from outside.
  init(_ url: String) {
    let clean = url.onOneLine
    address = clean.clipped(to: 500)
    // What had to be cleaned, or is longer than any page's address, is shown and never opened.
    guard clean == url, url.utf8.count <= 2000, let host = Link.host(of: url) else {
      (href, self.host) = (nil, nil)
      return
    }
    (href, self.host) = (url, host)
  }

  /// The host of an http or https address; nil for any other, and for one that may deceive.
  private static func host(of url: String) -> String? {
    guard let scheme = url.firstRange(of: "://") else { return nil }
    guard ["http", "https"].contains(url[..<scheme.lowerBound].lowercased()) else { return nil }
    let rest = url[scheme.upperBound...]
    let authority = rest.prefix { !"/?#".contains($0) }
    // `https://gov.example@evil.example` and `https://gov.example\@evil.example` lead elsewhere.
    guard !authority.isEmpty, !authority.contains("@"), !url.contains("\\"),
      !url.contains(where: \.isWhitespace)
    else { return nil }
    return String(authority)
  }
}
