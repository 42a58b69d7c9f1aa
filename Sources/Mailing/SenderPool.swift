internal import Dispatch
internal import Foundation
internal import Synchronization
internal import Vocabulary

/// A switch that ends every transfer under way, within about a second.
final class Cut: Sendable {
  private let made = Atomic(false)

  var isMade: Bool { made.load(ordering: .relaxed) }
  func make() { made.store(true, ordering: .relaxed) }
}

/// The threads on which letters leave (发信线程), and the queue before them.
///
/// A mail server may think for minutes, and blocks the thread that waits for it. So senders
/// are plain threads of their own: started when there is a letter and no idle one, ended when they
/// have been idle for a while. Under the lock it holds that `threads` counts those running and is
/// at most `limits.connections`, and that `idle` has those that sleep with no signal on its way.
/// So a parcel in the queue always has a thread that will come for it, and each is answered once.
/// One whose connection is open is woken first: a server may allow fewer than there are threads.
///
/// A thread has one connection and its number for as long as it lives, and takes no parcel before the
/// one before is answered: whoever counts by that number has at most one parcel under way on each.
final class SenderPool: Sendable {
  /// A parcel and who waits for what comes of it.
  private struct Waiting: Sendable {
    var parcel: Parcel
    var answer: @Sendable (Attempt) -> Void
  }

  /// A thread that sleeps until its own bell rings.
  private struct Sleeper: Sendable {
    var bell: DispatchSemaphore
    var isConnected: Bool
  }

  private struct State: Sendable {
    var queue: [Waiting] = []
    var threads = 0
    var idle: [Sleeper] = []
    /// The numbers of connections that no thread has.
    var free: [Int]
    var isClosed = false
    var closers: [CheckedContinuation<Void, Never>] = []
  }

  /// What a thread does next.
  private enum Step {
    case carry(Waiting)
    case sleep
    case leave
  }

  private let limits: MailLimits
  private let cut: Cut
  private let open: @Sendable () -> any Carrier
  private let state: Mutex<State>

  /// A pool without a thread yet; each thread opens a carrier of its own.
  init(limits: MailLimits, cut: Cut, open: @escaping @Sendable () -> any Carrier) {
    self.limits = limits
    self.cut = cut
    self.open = open
    state = Mutex(State(free: (0..<limits.connections).map { _ in SenderPool.newNumber() }))
  }

  /// How many threads have not lain down.
  var awake: Int { state.withLock { $0.threads - $0.idle.count } }

  /// After every number that was given out before: mailers come and go, and two may be at work.
  private static func newNumber() -> Int { numbers.add(1, ordering: .relaxed).newValue }
  private static let numbers = Atomic(0)

  /// Hands a parcel to the next free thread; what comes of it is told on that thread.
  func send(_ parcel: Parcel, then answer: @escaping @Sendable (Attempt) -> Void) {
    let waiting = Waiting(parcel: parcel, answer: answer)
    if !state.withLock({ take(waiting, into: &$0) }) { answer(.closing) }
  }

  /// Takes no more parcels, and returns when those it has are answered and the last thread is gone.
  func close() async {
    await withCheckedContinuation { closer in
      let isEmpty = state.withLock { state in
        state.isClosed = true
        while !state.idle.isEmpty { wakeOne(&state) }
        if state.threads > 0 { state.closers.append(closer) }
        return state.threads == 0
      }
      if isEmpty { closer.resume() }
    }
  }

  private func take(_ waiting: Waiting, into state: inout State) -> Bool {
    guard !state.isClosed else { return false }
    state.queue.append(waiting)
    if !state.idle.isEmpty {
      wakeOne(&state)
    } else if state.threads < limits.connections {
      state.threads += 1
      start(on: state.free.removeLast())
    }
    return true
  }

  private func wakeOne(_ state: inout State) {
    let best = state.idle.lastIndex(where: \.isConnected) ?? state.idle.count - 1
    state.idle.remove(at: best).bell.signal()
  }
}

// MARK: On a thread

extension SenderPool {
  private func start(on connection: Int) {
    let thread = Thread { [self] in
      Thread.blockSignals()
      work(on: connection)
    }
    thread.name = "mail"
    thread.start()
  }

  private func work(on connection: Int) {
    let carrier = open()
    let bell = DispatchSemaphore(value: 0)
    while var waiting = next(for: carrier, bell) {
      waiting.parcel.connection = connection
      waiting.answer(cut.isMade ? .closing : carrier.carry(waiting.parcel))
    }
    carrier.close()
    leave(connection)
  }

  private func next(for carrier: some Carrier, _ bell: DispatchSemaphore) -> Waiting? {
    while true {
      switch state.withLock({ step(&$0) }) {
      case .carry(let waiting): return waiting
      case .leave: return nil
      case .sleep: break
      }
      // Asked only now: libcurl looks at the socket for it.
      let sleeper = Sleeper(bell: bell, isConnected: carrier.isConnected)
      let mayRest = state.withLock { lieDown(&$0, sleeper) }
      guard !mayRest || sleep(until: bell) else { return nil }
    }
  }

  private func step(_ state: inout State) -> Step {
    guard state.queue.isEmpty else { return .carry(state.queue.removeFirst()) }
    return state.isClosed ? .leave : .sleep
  }

  /// Counts a thread among the idle; false where a parcel or the end has come meanwhile.
  private func lieDown(_ state: inout State, _ sleeper: Sleeper) -> Bool {
    guard state.queue.isEmpty, !state.isClosed else { return false }
    state.idle.append(sleeper)
    return true
  }

  /// Waits for a signal; false if none has come for so long that the thread may go.
  private func sleep(until bell: DispatchSemaphore) -> Bool {
    let idle = DispatchTimeInterval.milliseconds(Int(limits.idle.inMilliseconds))
    guard bell.wait(timeout: .now() + idle) == .timedOut else { return true }
    let mayGo = state.withLock { state in
      guard let place = state.idle.firstIndex(where: { $0.bell === bell }) else { return false }
      state.idle.remove(at: place)
      return true
    }
    // Not among the idle any more: its signal is on its way and must be used up.
    if !mayGo { bell.wait() }
    return !mayGo
  }

  private func leave(_ connection: Int) {
    let closers = state.withLock { state -> [CheckedContinuation<Void, Never>] in
      // A parcel may have come while the carrier closed, and counted on this thread.
      guard state.queue.isEmpty else {
        start(on: connection)
        return []
      }
      state.threads -= 1
      state.free.append(connection)
      guard state.isClosed, state.threads == 0 else { return [] }
      defer { state.closers = [] }
      return state.closers
    }
    for closer in closers { closer.resume() }
  }
}

extension Attempt {
  /// The mailer is closing and the letter was not begun.
  fileprivate static var closing: Attempt {
    Attempt(.deferred, Phrase(zh: "程序正在退出，尚未发送", en: "not begun: the program is closing"))
  }
}

extension Thread {
  /// Leaves every signal to the threads that expect one. SIGPIPE above all: OpenSSL raises it when a
  /// server has hung up, and libcurl, told to keep off signals, does not ward it off.
  fileprivate static func blockSignals() {
    var all = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_BLOCK, &all, nil)
  }
}
