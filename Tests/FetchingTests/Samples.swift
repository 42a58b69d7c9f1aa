import Fetching
import Synchronization
import Testing
import Vocabulary

let loopback = Network(bytes: [127, 0, 0, 0], prefix: 8)
let noon = Instant(wall: WallTime(seconds: 1_772_000_000), boot: "b", sinceBoot: 5)

/// A fetcher that may reach loopback.
func makeFetcher(
  _ limits: FetchLimits = FetchLimits(), allow: [Network] = [loopback], nameServers: String? = nil,
  authorities: String? = nil
) -> Fetcher {
  Fetcher(
    manners: Manners(pause: .zero, allowPrivate: allow, contact: "duty@letters.example"),
    limits: limits, version: "1.0", nameServers: nameServers, authorities: authorities,
    now: { noon })
}

/// A request of a feed without a pause, the rest as a test says.
func request(
  _ url: String, pause: Duration = .zero, validators: Validators = Validators(),
  isListing: Bool = false,
  _ change: (inout Feed) -> Void = { _ in }
) -> PageRequest {
  var feed = Feed(
    id: Feed.ID(rawValue: "board"), name: "留言板", kind: .board, url: url, every: .minutes(10))
  change(&feed)
  return PageRequest(
    of: feed, url: url, validators: validators, pause: pause, isListing: isListing)
}

extension Fetcher {
  /// The page at an address; a test fails where there is none.
  func page(_ request: PageRequest) async throws -> Page {
    guard case .page(let page) = try await fetch(request) else {
      throw Unexpected(what: "unchanged")
    }
    return page
  }

  /// The miss at an address; a test fails where something is fetched.
  func miss(_ request: PageRequest) async throws -> Miss {
    let result = await Result { () async throws(Miss) in try await fetch(request) }
    switch result {
    case .success(let fetched): throw Unexpected(what: "\(fetched)")
    case .failure(let miss): return miss
    }
  }
}

extension Result {
  init(_ body: () async throws(Failure) -> Success) async {
    do throws(Failure) { self = .success(try await body()) } catch { self = .failure(error) }
  }
}

struct Unexpected: Error {
  var what: String
}

extension Page {
  var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// Looks again every now and then until something has happened; a test fails where it never does.
func until(_ hasHappened: () -> Bool) async throws {
  for _ in 0..<60_000 where !hasHappened() { try await Task.sleep(for: .milliseconds(3)) }
  try #require(hasHappened())
}

/// How many tasks have come so far.
final class Count: Sendable {
  private let count = Mutex(0)
  var value: Int { count.withLock(\.self) }
  func add() { count.withLock { $0 += 1 } }
}
