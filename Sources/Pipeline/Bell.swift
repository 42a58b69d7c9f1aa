package import Storage
import Synchronization

/// Wakes one loop early when there is something for it to do (唤醒).
///
/// A ring while nobody waits is kept, so that no wake-up is lost between looking and waiting.
package final class Bell: Sendable {
  private struct State {
    var hasRung = false
    var waiter: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  /// A bell that has not rung.
  package init() {}

  /// Wakes the loop that waits, or the next one that does.
  package func ring() {
    let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
      guard let waiter = state.waiter else {
        state.hasRung = true
        return nil
      }
      state.waiter = nil
      return waiter
    }
    waiter?.resume()
  }

  /// Returns at the next ring, after so long, or when the task is cancelled.
  package func wait(upTo longest: Duration, on clock: any Clock<Duration>) async {
    await withTaskGroup { group in
      group.addTask { try? await clock.sleep(for: longest) }
      group.addTask { await self.nextRing() }
      await group.next()
      group.cancelAll()
    }
  }

  private func nextRing() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let goesOn = state.withLock { state in
          // The flag is raised before the handler below runs: whoever comes second sees the other.
          guard !state.hasRung, !Task.isCancelled else {
            state.hasRung = false
            return true
          }
          state.waiter = continuation
          return false
        }
        if goesOn { continuation.resume() }
      }
    } onCancel: {
      let waiter = state.withLock { state in
        defer { state.waiter = nil }
        return state.waiter
      }
      waiter?.resume()
    }
  }
}

/// A bell for each lane of the outbox (唤醒): a bell wakes one loop, and each lane has its own.
package struct LaneBells: Sendable {
  private let mail = Bell()
  private let call = Bell()

  /// The bell of a lane.
  package subscript(_ lane: Lane) -> Bell {
    switch lane {
    case .mail: mail
    case .call: call
    }
  }

  /// Wakes the loops of all lanes.
  package func ring() {
    mail.ring()
    call.ring()
  }
}
