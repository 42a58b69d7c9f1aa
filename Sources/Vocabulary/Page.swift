/// What a page's server said so that the next request can be conditional (RFC 9110, section 13).
package struct Validators: Sendable, Hashable {
  /// The `ETag` as the server wrote it.
  package var etag: String?
  /// The `Last-Modified` as the server wrote it.
  package var lastModified: String?
  /// SHA-256 of the decoded bytes, in hexadecimal, for servers that know neither.
  package var digest: String?

  /// What one server said of one page.
  package init(etag: String? = nil, lastModified: String? = nil, digest: String? = nil) {
    self.etag = etag
    self.lastModified = lastModified
    self.digest = digest
  }
}

/// One page to be fetched for a feed (采集请求).
package struct PageRequest: Sendable, Hashable {
  package var feed: Feed.ID
  package var url: String
  /// What the last fetch of this very address brought; empty to fetch without conditions.
  package var validators: Validators
  /// The pause to keep between two requests to its host.
  package var pause: Duration
  package var proxy: String?
  package var headers: [String: String]
  package var acceptsExpiredCertificate: Bool
  /// Whether it is the feed's own listing, which does not wait behind the pages it lists.
  package var isListing: Bool
  /// What is sent along; nil for GET.
  package var body: RequestBody?
  /// Which page of its listing it is, from 0.
  package var number: Int

  /// A request for a page of a feed, with the feed's manners.
  package init(
    of feed: Feed, url: String, validators: Validators = Validators(), pause: Duration,
    isListing: Bool, body: RequestBody? = nil, number: Int = 0
  ) {
    self.feed = feed.id
    self.url = url
    self.isListing = isListing
    self.body = body
    self.number = number
    self.validators = validators
    self.pause = feed.pause ?? pause
    self.proxy = feed.proxy
    self.headers = feed.headers
    self.acceptsExpiredCertificate = feed.acceptsExpiredCertificate
  }
}

/// The bytes one fetch brought back, with its time (页面).
///
/// Pages are never stored: they hold the names of those who wrote.
package struct Page: Sendable {
  package var feed: Feed.ID
  /// The address that was asked for.
  package var requestedURL: String
  /// The address that answered, after redirects; links on the page are relative to it.
  package var url: String
  /// The body with its content encoding undone.
  package var bytes: [UInt8]
  /// The `Content-Type` header as it came, nil where there was none.
  package var contentType: String?
  package var validators: Validators
  package var fetchedAt: Instant
  /// What it was asked for with; nil for GET.
  package var requestBody: RequestBody?
  /// Which page of its listing it is, from 0.
  package var number = 0

  /// A page as it came.
  package init(
    feed: Feed.ID, requestedURL: String, url: String, bytes: [UInt8], contentType: String? = nil,
    validators: Validators = Validators(), fetchedAt: Instant
  ) {
    self.feed = feed
    self.requestedURL = requestedURL
    self.url = url
    self.bytes = bytes
    self.contentType = contentType
    self.validators = validators
    self.fetchedAt = fetchedAt
  }
}

/// What a fetch that did not fail came to.
package enum Fetched: Sendable {
  /// A page with something to read.
  case page(Page)
  /// 304, or the same bytes as the last time.
  case unchanged(at: Instant)
}
