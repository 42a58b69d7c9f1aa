internal import Dispatch
internal import Foundation
internal import Synchronization
internal import Vocabulary

/// One reading of a mailbox (一次收信): a thread that gives letters, and a task that takes them.
///
/// The thread waits until what it gave was taken, so there is never more than one in hand; the task
/// waits without a thread.
final class Reading: Sendable {
  private struct State {
    var offered: Letter?
    var waiting: CheckedContinuation<Letter?, Never>?
    var isOver = false
    var isTaken = false
    var fault: MailboxFault?
  }

  /// Ends it early.
  let cut = Cut()
  private let state = Mutex(State())
  private let answered = DispatchSemaphore(value: 0)

  /// Why the mailbox was not read to its end; known when there is no next letter.
  var fault: MailboxFault? { state.withLock(\.fault) }

  /// Reads on a thread of its own.
  func start(_ inbox: any Inbox) {
    let thread = Thread { [self] in
      Thread.blockSignals()
      do throws(MailboxFault) {
        try inbox.read(self)
      } catch {
        state.withLock { $0.fault = error }
      }
      finish()
    }
    thread.name = "collect"
    // GMime follows parts within parts by calling itself.
    thread.stackSize = 8 << 20
    thread.start()
  }

  /// Ends it within about a second.
  func stop() { cut.make() }

  // MARK: On the thread

  /// Gives a letter and waits for what becomes of it; whether it was taken.
  func offer(_ letter: Letter) -> Bool {
    let waiting = state.withLock { state in
      let waiting = state.waiting
      state.waiting = nil
      if waiting == nil { state.offered = letter }
      return waiting
    }
    waiting?.resume(returning: letter)
    answered.wait()
    return state.withLock(\.isTaken)
  }

  private func finish() {
    let waiting = state.withLock { state in
      state.isOver = true
      defer { state.waiting = nil }
      return state.waiting
    }
    waiting?.resume(returning: nil)
  }

  // MARK: In the task

  /// The next letter; nil when the reading is over.
  nonisolated(nonsending) func next() async -> Letter? {
    await withCheckedContinuation { waiting in
      let (letter, isKnown) = state.withLock { state -> (Letter?, Bool) in
        if let letter = state.offered {
          state.offered = nil
          return (letter, true)
        }
        if state.isOver { return (nil, true) }
        state.waiting = waiting
        return (nil, false)
      }
      if isKnown { waiting.resume(returning: letter) }
    }
  }

  /// Says what became of the letter that came last.
  func answer(isTaken: Bool) {
    state.withLock { $0.isTaken = isTaken }
    answered.signal()
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
