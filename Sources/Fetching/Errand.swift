package import Vocabulary

/// What one server answered to one request, read to its end (应答).
package struct Answer: Sendable {
  /// The address that answered.
  package var url: String
  package var status: Int
  package var bytes: [UInt8]
  package var contentType: String?
  package var etag: String?
  package var lastModified: String?
  package var retryAfter: Duration?
  package var arrivedAt: Instant

  /// An answer of its least parts.
  package init(url: String, status: Int, bytes: [UInt8] = [], arrivedAt: Instant) {
    self.url = url
    self.status = status
    self.bytes = bytes
    self.arrivedAt = arrivedAt
  }
}

/// One address on its way through robots.txt, line, name, connection and redirects (采集任务).
/// It lives on the fetching thread alone.
final class Errand {
  /// Who waits for it.
  enum Purpose {
    case page(CheckedContinuation<Result<Answer, Miss>, Never>)
    /// The errands that may go on once this robots.txt is read.
    case robots(RobotsShelf.Key)
  }

  let id: UInt64
  let request: PageRequest
  let purpose: Purpose
  /// Where it goes next.
  private(set) var address: WebAddress
  private let origin: String
  private(set) var hops = 0
  /// Cookies of this chain of redirects, in Netscape's format; gone with it.
  var cookies: [String] = []
  /// Its part of the pause that is drawn by lot, from 0 to 1.
  let lot = Double.random(in: 0...1)
  private(set) var isOver = false
  /// What is sent along, until a redirect turns the POST into a GET.
  private(set) var body: RequestBody?

  init(id: UInt64, _ request: PageRequest, to address: WebAddress, for purpose: Purpose) {
    self.id = id
    self.request = request
    self.address = address
    self.origin = address.origin
    self.purpose = purpose
    if case .page = purpose { body = request.body }
  }

  var isRobots: Bool {
    switch purpose {
    case .page: false
    case .robots: true
    }
  }

  /// Whether it is still with the server that the feed names: a feed's own headers may hold a key,
  /// and go to no other.
  var isAtHome: Bool { address.origin == origin }

  /// Goes on elsewhere. Only 307 and 308 ask for the same once more (RFC 9110, 15.4); what a feed
  /// sends may hold a key, and goes to no other server.
  func redirect(to next: WebAddress, by status: Int) {
    address = next
    hops += 1
    if status != 307 && status != 308 || !isAtHome { body = nil }
  }

  /// Marks it as ended; false where it already was.
  func end() -> Bool {
    defer { isOver = true }
    return !isOver
  }
}

extension Errand {
  /// The name of what is connected, the proxy's behind a proxy; nil where the proxy is unreadable.
  var nameToLookUp: String? {
    guard let proxy = request.proxy else { return address.host }
    return Proxy(proxy)?.host
  }
}
