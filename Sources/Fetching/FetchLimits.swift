/// How much one fetch may take of time and of bytes (采集上限). Sites are other people's: every
/// number is there because some site, by accident or on purpose, would otherwise take without end.
package struct FetchLimits: Sendable {
  /// From the first packet to a connection that is ready, the TLS handshake included.
  package var connecting: Duration = .seconds(15)
  /// From the first packet to the last byte of one request.
  package var total: Duration = .seconds(60)
  /// Slower than this for `slowFor`, in bytes a second, and the transfer ends.
  package var slowest = 100
  /// How long a transfer may be slower than `slowest`; whole seconds.
  package var slowFor: Duration = .seconds(20)
  /// Bytes of a body with its encoding undone.
  package var bytes = 15_000_000
  /// How many times its size on the wire a body may unfold to, once it is over a megabyte.
  package var ratio = 250
  /// Bytes of header lines, all of one answer.
  package var headerBytes = 256 * 1024
  /// How many redirects in a row are followed.
  package var redirects = 5
  /// Requests under way at once, those not counted that have become slow.
  package var inFlight = 128
  /// A request older than this no longer takes one of the `inFlight` places.
  package var brisk: Duration = .seconds(2)
  /// How many slow requests may be under way beside the `inFlight` ones.
  package var stragglers = 512
  /// How long a name may take to be looked up.
  package var name: Duration = .seconds(10)
  /// The longest wait that robots.txt can ask for between two requests.
  package var longestCrawlDelay: Duration = .seconds(60)
  /// The longest wait that `Retry-After` can ask for.
  package var longestRetryAfter: Duration = .seconds(3600)
  /// How long a robots.txt is believed (RFC 9309, 2.4: not longer than a day).
  package var robotsAge: Duration = .seconds(24 * 3600)
  /// Bytes of a robots.txt that are read (RFC 9309, 2.5: at least 500 KiB).
  package var robotsBytes = 500 * 1024

  /// The limits for the open web.
  package init() {}
}
