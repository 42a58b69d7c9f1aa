internal import Vocabulary

/// The robots.txt of the servers met lately, and who waits for those under way.
struct RobotsShelf {
  /// Whose robots.txt, and through which proxy it is seen.
  struct Key: Hashable, Sendable {
    var origin: String
    var proxy: String?
  }

  /// What is known of one server.
  enum Standing {
    case known(Robots)
    /// It is being asked for.
    case awaited
    case unknown
  }

  private var known: [Key: (robots: Robots, until: Ticks)] = [:]
  private var waiting: [Key: [Errand]] = [:]

  func standing(of key: Key, at now: Ticks) -> Standing {
    if let shelved = known[key], shelved.until > now { return .known(shelved.robots) }
    return waiting[key] == nil ? .unknown : .awaited
  }

  mutating func wait(_ errand: Errand, for key: Key) { waiting[key, default: []].append(errand) }

  mutating func shelve(_ robots: Robots, of key: Key, until time: Ticks) {
    known[key] = (robots, time)
  }

  /// Those who waited. A robots.txt that could not be had is not remembered: they all hear of it,
  /// and whoever comes later asks again.
  mutating func release(_ key: Key) -> [Errand] { waiting.removeValue(forKey: key) ?? [] }

  /// The servers that a sweep looks through.
  var swept: [Key] { Array(known.keys) }

  /// Forgets a robots.txt that is no longer believed.
  mutating func sweep(_ key: Key, at now: Ticks) {
    if let shelved = known[key], shelved.until <= now { known[key] = nil }
  }
}
