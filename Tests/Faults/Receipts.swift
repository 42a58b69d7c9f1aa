import GRDB

/// What came of one attempt to deliver (投递回执), as the ledger has it; times on the ledger's line.
struct ReceiptFacts: Sendable {
  var notice: String
  var recipient: String
  var attempt: Int
  var outcome: String
  var code: Int?
  var reply: String
  var mayHaveBeenSent: Bool
  var nextTryAt: Int64?
  var begunAt: Int64
  var receivedAt: Int64

  /// All there are, in the order in which they were made.
  static func all(_ db: Database) throws -> [ReceiptFacts] {
    try Row.fetchAll(db, sql: query).map { row in
      ReceiptFacts(
        notice: row["notice"], recipient: row["recipient"], attempt: row["attempt"],
        outcome: row["outcome"], code: row["code"], reply: row["reply"],
        mayHaveBeenSent: row["may_have_been_sent"], nextTryAt: row["next_try_at"],
        begunAt: row["begun_since_boot"], receivedAt: row["received_since_boot"])
    }
  }

  // What a batch gathered has its batch's receipts; the second channel's are not mail's.
  private static let query = """
    SELECT
      receipt.notice, receipt.recipient, receipt.attempt, receipt.outcome, receipt.code,
      receipt.reply, receipt.may_have_been_sent, receipt.next_try_at, attempt.begun_since_boot,
      receipt.received_since_boot
    FROM receipt
    JOIN attempt
      ON attempt.notice = receipt.notice
      AND attempt.recipient = receipt.recipient
      AND attempt.number = receipt.attempt
    WHERE receipt.recipient NOT LIKE 'channel:%'
    AND NOT EXISTS (
      SELECT 1
      FROM gathering
      WHERE gathering.notice = receipt.notice
      AND gathering.recipient = receipt.recipient)
    ORDER BY receipt.received_since_boot, receipt.notice, receipt.recipient
    """
}

extension Snapshot {
  /// The receipts of attempts that put something off.
  var putOff: [ReceiptFacts] { receipts.filter { $0.outcome == "deferred" } }

  /// Each attempt that failed for a while is followed by one not before its time: 5 s and twice as
  /// long each time, a tenth more or less, at most two or ten minutes.
  func expectBackoff() throws {
    let envelopes = Dictionary(grouping: receipts) { $0.notice + " " + $0.recipient }
    for receipts in envelopes.values {
      let early = zip(receipts, receipts.dropFirst()).contains {
        $1.begunAt < ($0.nextTryAt ?? .max)
      }
      guard !early else { throw Broken("\(receipts[0].notice) was tried before its time") }
    }
    for receipt in putOff {
      let wait = Double((receipt.nextTryAt ?? 0) - receipt.receivedAt) / 1000
      let most = 5 * Double(1 << min(receipt.attempt - 1, 20))
      guard min(most * 0.89, 108) <= wait, wait <= min(most * 1.11, 600) else {
        throw Broken("attempt \(receipt.attempt) of \(receipt.notice) waits for \(wait) s")
      }
    }
  }

  /// A tenth of jitter, so that not all knock at one moment.
  func expectJitter() throws {
    let first = putOff.filter { $0.attempt == 1 }.map { ($0.nextTryAt ?? 0) - $0.receivedAt }
    guard first.count < 4 || Set(first).count > 1 else {
      throw Broken("\(first.count) notices wait for \(first[0]) ms each")
    }
  }
}
