internal import Synchronization
internal import Vocabulary

/// Delivers to the mail server, and where that takes nothing to the second one (备用服务器).
///
/// A letter goes the second way only while nothing of its content has left the first, so that two ways
/// never make two letters of one. What the first refuses of a letter for good stays refused.
final class FallbackCarrier: Carrier {
  private let first: any Carrier
  private let second: any Carrier
  private let line: FirstLine

  /// A carrier of two; `line` is shared by all that have the same servers.
  init(_ first: any Carrier, or second: any Carrier, line: FirstLine) {
    self.first = first
    self.second = second
    self.line = line
  }

  var isConnected: Bool { first.isConnected || second.isConnected }

  func carry(_ parcel: Parcel) -> Attempt {
    guard line.isWorthTrying else { return second.carry(parcel).bySecond(after: nil) }
    let hasBegun = Atomic(false)
    var asking = parcel
    asking.mayBegin = { [mayBegin = parcel.mayBegin] connection in
      hasBegun.store(true, ordering: .relaxed)
      return mayBegin(connection)
    }
    let attempt = first.carry(asking)
    if attempt != .withheld { line.hear(attempt) }
    guard attempt.outcome == .deferred, !hasBegun.load(ordering: .relaxed) else { return attempt }
    return second.carry(parcel).bySecond(after: attempt)
  }

  func close() {
    first.close()
    second.close()
  }
}

/// Whether the first mail server is worth trying (主服务器状况): one that did not answer a minute ago
/// would cost every letter its time limit.
final class FirstLine: Sendable {
  private static let rest = Duration.minutes(1)

  private let downSince = Mutex<ContinuousClock.Instant?>(nil)

  var isWorthTrying: Bool {
    downSince.withLock { $0.map { .now - $0 >= FirstLine.rest } ?? true }
  }

  /// Takes note of what came of an attempt there.
  func hear(_ attempt: Attempt) {
    downSince.withLock { $0 = attempt.isAboutServer ? .now : nil }
  }
}

extension Attempt {
  /// Whether the server takes no letter at all: it did not answer, closes, or refuses us.
  fileprivate var isAboutServer: Bool {
    guard outcome == .deferred, let code else { return outcome == .deferred }
    // 552 to a recipient is their mailbox.
    return code == 421 || code >= 500 && code != 552
  }

  /// The attempt as a receipt tells it, with what the first server had said.
  fileprivate func bySecond(after first: Attempt?) -> Attempt {
    var told = self
    let before = first.map { Phrase(zh: "\($0.reply.zh)；", en: "\($0.reply.en); ") }
    told.reply = Phrase(
      zh: "\(outcome == .sent ? "" : before?.zh ?? "")备用服务器：\(reply.zh)",
      en: "\(outcome == .sent ? "" : before?.en ?? "")second server: \(reply.en)")
    return told
  }
}
