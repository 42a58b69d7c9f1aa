internal import Synchronization
internal import Vocabulary

/// What callers ask of the fetching thread.
enum Order: Sendable {
  case fetch(id: UInt64, PageRequest, CheckedContinuation<Result<Answer, Miss>, Never>)
  case cancel(id: UInt64)
  /// A robots.txt that another thread has read.
  case read(Robots, of: RobotsShelf.Key)
  case adopt(Manners)
  case close(CheckedContinuation<Void, Never>?)
}

/// Orders on their way to the fetching thread. The lock is held for an append and nothing else.
final class Inbox: Sendable {
  private struct State {
    var orders = Queue<Order>()
    var isClosed = false
    var lastID: UInt64 = 0
  }

  private let state = Mutex(State())
  /// Answers whose callers have not come to read them yet, and how many bytes they are.
  private let unread = Atomic(0)
  private let unreadBytes = Atomic(0)
  private let multi: Multi

  init(waking multi: Multi) { self.multi = multi }

  /// A number for the next errand.
  func nextID() -> UInt64 {
    state.withLock { state in
      state.lastID += 1
      return state.lastID
    }
  }

  /// Adds an order and wakes the thread; false where the thread has ended or is told to.
  func send(_ order: Order) -> Bool {
    let (isTaken, isFirst) = state.withLock { state in
      guard !state.isClosed else { return (false, false) }
      if case .close = order { state.isClosed = true }
      let isFirst = state.orders.isEmpty
      state.orders.append(order)
      return (true, isFirst)
    }
    // An order that joins others joins their wake-up call as well.
    if isFirst { multi.wake() }
    return isTaken
  }

  /// Takes orders, oldest first. Whoever leaves some comes for them without being woken.
  func take(atMost most: Int) -> [Order] {
    state.withLock { state in
      var taken: [Order] = []
      while taken.count < most, let order = state.orders.takeFirst() { taken.append(order) }
      return taken
    }
  }

  /// Whether callers come after with reading what was fetched for them.
  var isKeepingUp: Bool {
    unread.load(ordering: .relaxed) < Self.mostUnread
      && unreadBytes.load(ordering: .relaxed) < Self.mostUnreadBytes
  }

  /// Counts an answer that is handed over; from the fetching thread.
  func handedOver(_ bytes: Int) {
    unread.add(1, ordering: .relaxed)
    unreadBytes.add(bytes, ordering: .relaxed)
  }

  /// Counts an answer whose caller has come for it, and wakes the thread where it held back.
  func read(_ bytes: Int) {
    // What it was at this very moment: between a look and the subtraction the thread may hand over
    // one more, and hold back.
    let answers = unread.subtract(1, ordering: .relaxed).oldValue
    let held = unreadBytes.subtract(bytes, ordering: .relaxed).oldValue
    if answers >= Self.mostUnread || held >= Self.mostUnreadBytes { multi.wake() }
  }

  /// More than this in memory would only wait for a core.
  private static let mostUnread = 64
  private static let mostUnreadBytes = 64 << 20
}
