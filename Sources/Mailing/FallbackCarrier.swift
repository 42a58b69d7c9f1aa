internal import Synchronization
internal import Vocabulary

/// Delivers to the mail server, and where that takes nothing to the second one (备用服务器).
///
/// A letter goes the second way only while nothing of its content has left the first, so that two ways
/// never make two letters of one. What the first refuses of a letter for good stays refused.
final class FallbackCarrier: Carrier {
  private let first: any Carrier
  private let second: any Carrier
  /// The host of the second, which receipts name.
  private let host: String
  private let line: FirstLine

  /// A carrier of two; `line` is shared by all that have the same servers.
  init(_ first: any Carrier, or second: any Carrier, at host: String, line: FirstLine) {
    self.first = first
    self.second = second
    self.host = host
    self.line = line
  }

  var isConnected: Bool { first.isConnected || second.isConnected }

  func carry(_ parcel: Parcel) -> Attempt {
    guard line.isWorthTrying else { return second.carry(parcel).by(second: host, after: nil) }
    let hasBegun = Atomic(false)
    var asking = parcel
    asking.mayBegin = { [mayBegin = parcel.mayBegin] connection in
      hasBegun.store(true, ordering: .relaxed)
      return mayBegin(connection)
    }
    let attempt = first.carry(asking)
    if attempt != .withheld { line.hear(attempt) }
    guard attempt.outcome == .deferred, !hasBegun.load(ordering: .relaxed) else { return attempt }
    return second.carry(parcel).by(second: host, after: attempt)
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

  /// The attempt as a receipt tells it: where the letter left, and where it did not what the first
  /// server had said.
  fileprivate func by(second host: String, after first: Attempt?) -> Attempt {
    var told = self
    let before = outcome == .sent ? nil : first.map(\.reply)
    told.reply = Phrase(
      zh: (before.map { "主服务器：\($0.zh)；" } ?? "") + "备用服务器 \(host)：\(reply.zh)",
      en: (before.map { "first server: \($0.en); " } ?? "") + "second server \(host): \(reply.en)")
    if outcome == .sent, first?.isAboutServer ?? true {
      told.standIn = StandIn(reply: first?.reply)
    }
    return told
  }
}
