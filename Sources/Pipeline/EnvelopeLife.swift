package import Vocabulary

/// What can happen to an envelope (信封经过).
package enum EnvelopeEvent: Sendable, Hashable {
  /// The server asks for the content (354), and not a byte of it has gone.
  case contentBegins
  /// An attempt ended so.
  case answered(Receipt.Outcome)
  /// It must not leave any more: its alert was closed or sealed.
  case withdrawn
  /// A daemon begins, and finds it as an earlier one left it.
  case daemonBegins
}

/// The life of one envelope in the outbox (信封流转), as a machine without clock or ledger.
///
/// waiting 待发 → sending 发送中 → sent 已发出, or deferred 待重发 and again, or failed 发送失败. `sending`
/// begins with the content and not with the connection: only what stands there when a daemon dies
/// may have arrived. The ledger reads the same states off its facts.
package struct EnvelopeLife: Sendable, Hashable {
  /// Why an envelope stands where it does now (流转原因).
  package enum Reason: String, Sendable, CaseIterable {
    /// The content is on its way.
    case begun
    /// The server said 250.
    case accepted
    /// It may go better later.
    case comesAgain
    /// It was tried for as long as anything is.
    case outOfPatience
    /// Trying again would not help.
    case refused
    /// It must not leave any more.
    case withdrawn
    /// It was being sent when its daemon died: it may arrive twice.
    case foundUnderWay
    /// Whoever starts a daemon may have mended what was wrong.
    case triedAnew
  }

  package private(set) var state: EnvelopeState
  /// When it is tried next; nil where it is not.
  package private(set) var nextTryAt: SteadyTime?
  /// How many attempts were begun.
  package private(set) var attempts: Int
  /// Whether the recipient may hold it twice.
  package private(set) var isDoubtful = false
  private let grade: Grade?
  private let draftedAt: SteadyTime
  private let patience: Duration

  /// An envelope as it stands.
  package init(
    _ state: EnvelopeState = .waiting, attempts: Int = 0, grade: Grade?, draftedAt: SteadyTime,
    nextTryAt: SteadyTime? = nil, patience: Duration = Backoff.patience
  ) {
    self.state = state
    self.attempts = attempts
    self.grade = grade
    self.draftedAt = draftedAt
    self.patience = patience
    self.nextTryAt = nextTryAt ?? (state == .waiting ? draftedAt : nil)
  }

  /// Goes on by what happened, and says why it stands where it stands then; nil, and nothing
  /// changes, where that cannot happen to it or changes nothing. `jitter` is drawn from 0 to 1.
  package mutating func take(
    _ event: EnvelopeEvent, at now: SteadyTime, jitter: Double
  ) -> Reason? {
    switch (state, event) {
    case (.sent, _), (.failed, _), (.held, _): return nil
    case (.waiting, .daemonBegins): return nil
    case (.sending, .contentBegins), (.sending, .withdrawn): return nil
    case (.waiting, .contentBegins), (.deferred, .contentBegins):
      attempts += 1
      return stand(.sending, .begun)
    case (.waiting, .withdrawn), (.deferred, .withdrawn):
      attempts += 1
      return stand(.failed, .withdrawn)
    case (.sending, .daemonBegins):
      isDoubtful = true
      return stand(.deferred, nextTryAt: now, .foundUnderWay)
    case (.deferred, .daemonBegins):
      guard let next = nextTryAt, next > now else { return nil }
      return stand(.deferred, nextTryAt: now, .triedAnew)
    case (.waiting, .answered(let outcome)), (.deferred, .answered(let outcome)):
      // Turned away before the content: the attempt begins and ends with its receipt.
      attempts += 1
      return answer(outcome, at: now, jitter)
    case (.sending, .answered(let outcome)):
      return answer(outcome, at: now, jitter)
    }
  }

  private mutating func answer(
    _ outcome: Receipt.Outcome, at now: SteadyTime, _ jitter: Double
  ) -> Reason {
    switch outcome {
    case .sent: return stand(.sent, .accepted)
    case .failed: return stand(.failed, .refused)
    case .deferred:
      let next = now + Backoff.wait(afterAttempt: attempts, grade: grade, jitter: jitter)
      guard next < draftedAt + patience else { return stand(.failed, .outOfPatience) }
      return stand(.deferred, nextTryAt: next, .comesAgain)
    }
  }

  private mutating func stand(
    _ state: EnvelopeState, nextTryAt: SteadyTime? = nil, _ reason: Reason
  ) -> Reason {
    self.state = state
    self.nextTryAt = nextTryAt
    return reason
  }
}
