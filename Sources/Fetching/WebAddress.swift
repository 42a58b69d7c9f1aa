internal import CCurl
internal import Foundation

/// An http(s) address as libcurl reads it (网址), so that what is checked is what is connected.
package struct WebAddress: Sendable, Hashable {
  /// Why an address is none.
  package enum Flaw: Error, Sendable, CaseIterable {
    /// It has a control character, which would start a header line of its own.
    case controlCharacter
    /// It is longer than 8 KiB.
    case tooLong
    /// libcurl cannot read it, or it has no host.
    case unreadable
    /// It is neither `http` nor `https`.
    case scheme
    /// It carries a user name or password.
    case login
  }

  /// The whole address in ASCII, without its fragment.
  package var url: String
  /// `http` or `https`.
  package var scheme: String
  /// Lower case, in the letters of DNS (RFC 5891); an IPv6 literal without its brackets.
  package var host: String
  package var port: Int
  /// Path and query, as robots.txt speaks of them.
  package var target: String

  /// Reads an address, or says why it is none.
  package init(_ written: String) throws(Flaw) {
    let trimmed = written.drop { $0 == " " }
    guard !trimmed.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
      throw .controlCharacter
    }
    guard trimmed.utf8.count <= 8192 else { throw .tooLong }
    guard let parts = curl_url() else { throw .unreadable }
    defer { curl_url_cleanup(parts) }
    let flags = UInt32(CURLU_URLENCODE | CURLU_ALLOW_SPACE | CURLU_NON_SUPPORT_SCHEME)
    guard curl_url_set(parts, CURLUPART_URL, String(trimmed), flags) == CURLUE_OK,
      let scheme = Self.part(CURLUPART_SCHEME, of: parts)
    else { throw .unreadable }
    guard scheme == "http" || scheme == "https" else { throw .scheme }
    guard Self.part(CURLUPART_USER, of: parts) == nil,
      Self.part(CURLUPART_PASSWORD, of: parts) == nil
    else { throw .login }
    curl_url_set(parts, CURLUPART_FRAGMENT, nil, 0)
    guard let host = Self.asciiHost(of: parts), let url = Self.part(CURLUPART_URL, of: parts),
      let port = Self.part(CURLUPART_PORT, of: parts, UInt32(CURLU_DEFAULT_PORT)).flatMap({
        Int($0)
      })
    else { throw .unreadable }
    let path = Self.part(CURLUPART_PATH, of: parts) ?? "/"
    self.target = Self.part(CURLUPART_QUERY, of: parts).map { "\(path)?\($0)" } ?? path
    self.url = url
    self.scheme = scheme
    self.host = host.lowercased().filter { $0 != "[" && $0 != "]" }
    self.port = port
  }

  /// Whose line it stands in: one request at a time for all addresses of one key. A name's two
  /// ordinary ports are one server; a port of its own is a server of its own.
  var line: String { port == 80 || port == 443 ? host : "\(host):\(port)" }

  /// Whose robots.txt speaks for it (RFC 9309, 2.3).
  var origin: String { "\(scheme)://\(isIPv6 ? "[\(host)]" : host):\(port)" }

  var isIPv6: Bool { host.utf8.contains(UInt8(ascii: ":")) }

  /// The host in the letters of DNS. libcurl would translate a Chinese name by the locale, and a
  /// daemon that systemd starts has none.
  private static func asciiHost(of parts: OpaquePointer) -> String? {
    guard let host = part(CURLUPART_HOST, of: parts), !host.isEmpty else { return nil }
    guard !host.utf8.allSatisfy({ $0 < 0x80 }) else { return host }
    var components = URLComponents()
    components.host = host
    guard let ascii = components.encodedHost, ascii.utf8.allSatisfy({ $0 < 0x80 }),
      !ascii.contains("%"), curl_url_set(parts, CURLUPART_HOST, ascii, 0) == CURLUE_OK
    else { return nil }
    return ascii
  }

  private static func part(
    _ part: CURLUPart, of parts: OpaquePointer, _ flags: UInt32 = 0
  ) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard curl_url_get(parts, part, &text, flags) == CURLUE_OK, let text else { return nil }
    defer { curl_free(text) }
    return String(cString: text)
  }
}
