/// A fetch or a reading that brought nothing, and why (采集失败).
package struct Miss: Error, Sendable, Hashable {
  /// At which step, and how, it failed. The raw value is what the ledger keeps.
  package enum Cause: String, Sendable, Codable, CaseIterable {
    /// The host's name has no address (域名不存在).
    case nameUnknown
    /// The name server did not answer in time (域名解析超时).
    case nameTimeout
    /// Nothing listens, or the way there is cut (连接失败).
    case unreachable
    /// The site took longer than it may (超时).
    case timeout
    /// The connection broke before the page was whole (传输中断).
    case cutOff
    /// Certificate or handshake refused (证书问题).
    case tls
    /// The page is larger than the cap, decoded (页面过大).
    case tooLarge
    /// Redirects without end, or to something that is not http(s) (跳转异常).
    case redirect
    /// A private or local address that the set-up does not allow (禁止访问的内网地址).
    case forbiddenAddress
    /// robots.txt asks us not to (robots.txt 不允许).
    case robots
    /// 404 or 410 (页面不存在).
    case gone
    /// 429 or 503: the site asks for patience (网站要求稍后再试).
    case busy
    /// 412, 521 or another wall against programs (网站防护拦截).
    case wall
    /// Any other status that is not 2xx (网站返回错误).
    case status
    /// An address that is none (网址有误).
    case badAddress
    /// 200 and nothing in it (空白页面).
    case empty
    /// It could not be parsed as what the feed says it is (无法解析).
    case unreadable
    /// The selectors find nothing (选择器未命中).
    case nothingFound
    /// A folder of exports, or a file in it, that cannot be read (导出文件读不到).
    case folder
  }

  package var cause: Cause
  package var url: String
  /// The HTTP status where there was one.
  package var status: Int?
  /// How long the site asked to be left alone (`Retry-After`), bounded by the fetcher.
  package var retryAfter: Duration?
  /// One sentence for the admin, with the remedy where there is one.
  package var reason: Phrase

  /// A miss and its reason.
  package init(
    _ cause: Cause, url: String, status: Int? = nil, retryAfter: Duration? = nil, reason: Phrase
  ) {
    self.cause = cause
    self.url = url
    self.status = status
    self.retryAfter = retryAfter
    self.reason = reason
  }
}
