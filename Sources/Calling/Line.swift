internal import Foundation
internal import Synchronization
internal import Vocabulary

/// One call that is to be made, and who waits for what comes of it.
struct Errand: Sendable {
  var channel: Channel
  var call: Call
  var line: String
  /// Asked on the line's thread right before anything of it leaves; it may block that thread.
  var mayBegin: @Sendable (_ line: Int) -> Bool
  var answer: @Sendable (Ending) -> Void
}

/// The line of one channel (通道线路): one call at a time, on a thread of its own, so that one that
/// hangs holds up neither mail nor another channel.
///
/// Under the lock it holds that while the queue is not empty a thread is there to empty it. What waits
/// behind a call that was not answered in time is put off at once: it would wait as long for nothing.
final class Line: Sendable {
  private struct State: Sendable {
    var queue: [Errand] = []
    var hasThread = false
    var isClosed = false
    /// When each call of the last minute began.
    var begun: [ContinuousClock.Instant] = []
    var closers: [CheckedContinuation<Void, Never>] = []
  }

  private let number = Line.newNumber()
  private let limits: CallLimits
  private let cut: Cut
  private let now: @Sendable () -> Instant
  private let state = Mutex(State())

  /// The line of a channel, on which nothing has been said yet.
  init(limits: CallLimits, cut: Cut, now: @escaping @Sendable () -> Instant) {
    self.limits = limits
    self.cut = cut
    self.now = now
  }

  /// Below all numbers of connections to mail servers, which are counted up from 1.
  private static func newNumber() -> Int { numbers.subtract(1, ordering: .relaxed).newValue }
  private static let numbers = Atomic(0)

  /// Takes an errand; what comes of it is told on the line's thread.
  func take(_ errand: Errand) {
    let isTaken = state.withLock { state in
      guard !state.isClosed else { return false }
      state.queue.append(errand)
      if !state.hasThread {
        state.hasThread = true
        start()
      }
      return true
    }
    if !isTaken { errand.answer(.closing) }
  }

  /// Takes no more errands, and returns when those it has are answered.
  func close() async {
    await withCheckedContinuation { closer in
      let isIdle = state.withLock { state in
        state.isClosed = true
        if state.hasThread { state.closers.append(closer) }
        return !state.hasThread
      }
      if isIdle { closer.resume() }
    }
  }

  private func start() {
    let thread = Thread { [self] in
      var all = sigset_t()
      sigfillset(&all)
      pthread_sigmask(SIG_BLOCK, &all, nil)
      work()
    }
    thread.name = "call"
    thread.start()
  }

  private func work() {
    while let errand = next() {
      let ending = cut.isMade ? .closing : ending(of: errand)
      errand.answer(ending)
      guard ending.isSilence else { continue }
      for waiting in takeAll() { waiting.answer(.behind) }
    }
  }

  private func takeAll() -> [Errand] {
    state.withLock { state in
      defer { state.queue = [] }
      return state.queue
    }
  }

  private func next() -> Errand? {
    var closers: [CheckedContinuation<Void, Never>] = []
    let errand = state.withLock { state -> Errand? in
      guard state.queue.isEmpty else { return state.queue.removeFirst() }
      state.hasThread = false
      swap(&closers, &state.closers)
      return nil
    }
    for closer in closers { closer.resume() }
    return errand
  }

  private func ending(of errand: Errand) -> Ending {
    switch errand.channel.way {
    case .command(let arguments):
      return CommandRun(
        arguments: arguments, call: errand.call, line: errand.line, limits: limits, cut: cut
      ).ending { errand.mayBegin(number) }
    case .robot(let robot, let urlFile, let secretFile):
      return tell(robot, SecretFile(path: urlFile), secretFile.map(SecretFile.init), errand)
    }
  }

  private func tell(
    _ robot: Channel.Robot, _ urlFile: SecretFile, _ secretFile: SecretFile?, _ errand: Errand
  ) -> Ending {
    guard let plain = urlFile.secret else { return urlFile.unreadable }
    var (url, secrets) = (plain, RobotSecrets.parts(of: plain))
    if let secretFile {
      guard let secret = secretFile.secret else { return secretFile.unreadable }
      let signed = RobotForm.signed(plain, with: secret, at: now().wall)
      url = signed.url
      secrets += [secret, signed.sign, url]
    }
    guard !isFull() else { return .tooMany }
    let request = RobotRequest(
      to: url, body: RobotForm.body(errand.line), limits: limits, cut: cut
    ) { errand.mayBegin(self.number) }
    return request.ending { status, answer in
      RobotForm.ending(status: status, answer: answer, of: robot, without: secrets)
    }
  }

  /// Whether a minute has all the calls that it may have; otherwise this is one of them.
  private func isFull() -> Bool {
    state.withLock { state in
      let now = ContinuousClock.now
      state.begun.removeAll { now - $0 >= .seconds(60) }
      guard state.begun.count < limits.perMinute else { return true }
      state.begun.append(now)
      return false
    }
  }
}

/// The parts of a robot's address that nobody may read in a receipt (密钥).
enum RobotSecrets {
  static func parts(of url: String) -> [String] {
    let query = url.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
    let values = query.split(separator: "&").map {
      String($0.split(separator: "=", maxSplits: 1).last ?? "")
    }
    let path =
      url.split(separator: "?").first.map { $0.split(separator: "/").map(String.init) } ?? []
    // A gateway may carry its secret in the path: whatever is as long as one.
    return [url] + values + path.dropFirst(2).filter { $0.count >= 16 }
  }
}
