internal import CCurl
internal import Vocabulary

/// What a transfer needs beside its errand (出发准备).
struct Departure {
  /// Which addresses may be connected; nil behind a proxy, which is what is connected then.
  var policy: AddressPolicy?
  var proxy: String?
  /// `CURLOPT_RESOLVE`: addresses of what is connected, and those of earlier transfers to forget.
  var resolutions: [String]
  /// The host and port among them that this transfer needs, and nobody after it.
  var handed: String?
  var sessions: OpaquePointer?
  var acceptsExpiredCertificate: Bool
  var userAgent: String
  var headers: [String]
}

extension Errand {
  /// The header lines of its next request.
  var headerLines: [String] {
    guard !isRobots else { return [] }
    var lines: [String] = []
    if let etag = request.validators.etag { lines.append("If-None-Match: \(etag)") }
    if let date = request.validators.lastModified { lines.append("If-Modified-Since: \(date)") }
    if let body { lines.append("Content-Type: \(body.contentType)") }
    guard isAtHome else { return lines }
    return lines + request.headers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
  }

  /// Whether a header line holds what would begin another line.
  var hasBrokenHeader: Bool {
    headerLines.contains { line in line.utf8.contains { $0 < 0x20 && $0 != 0x09 } }
  }
}

/// The proxy a feed names (代理), in the form in which libcurl looks up no name of its own.
struct Proxy {
  /// For libcurl: the name of what is fetched travels to the proxy.
  var url: String
  var host: String
  var port: Int

  /// A proxy as libcurl takes it; nil where it cannot be read.
  init?(_ written: String) {
    guard let parts = curl_url() else { return nil }
    defer { curl_url_cleanup(parts) }
    let flags = UInt32(CURLU_NON_SUPPORT_SCHEME)
    let whole = written.contains("://") ? written : "http://" + written
    guard curl_url_set(parts, CURLUPART_URL, whole, flags) == CURLUE_OK,
      let scheme = Self.part(CURLUPART_SCHEME, of: parts),
      let kind = Self.kinds[scheme], let host = Self.part(CURLUPART_HOST, of: parts)
    else { return nil }
    curl_url_set(parts, CURLUPART_SCHEME, kind.scheme, flags)
    port = Self.part(CURLUPART_PORT, of: parts).flatMap { Int($0) } ?? kind.port
    self.host = host.lowercased().filter { $0 != "[" && $0 != "]" }
    url = Self.part(CURLUPART_URL, of: parts) ?? whole
  }

  // Plain socks4 and socks5 look the name up on this side, in libcurl, which must not.
  private static let kinds: [String: (scheme: String, port: Int)] = [
    "http": ("http", 1080), "https": ("https", 443), "socks4": ("socks4a", 1080),
    "socks4a": ("socks4a", 1080), "socks5": ("socks5h", 1080), "socks5h": ("socks5h", 1080),
  ]

  private static func part(_ part: CURLUPart, of parts: OpaquePointer) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard curl_url_get(parts, part, &text, 0) == CURLUE_OK, let text else { return nil }
    defer { curl_free(text) }
    return String(cString: text)
  }
}
