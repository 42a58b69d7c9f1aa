package import Vocabulary

/// Why the ledger (台账) could not do what was asked.
///
/// It never carries a text of a citizen: neither SQL arguments nor rows get into it.
package struct LedgerFault: Error, Sendable, Hashable {
  /// What is wrong.
  package enum Cause: String, Sendable, CaseIterable {
    /// A daemon or another command holds the ledger.
    case locked
    /// There is no ledger, or nothing of that number in it.
    case notFound
    /// The file may not be read.
    case unreadable
    /// What is in the file contradicts itself.
    case damaged
    /// A newer Huiyin wrote it.
    case newer
    /// It may be read and not written.
    case readOnly
    /// There is no room left where it lies.
    case diskFull
    /// Another program was writing all the time we waited.
    case busy
    /// The file is something else.
    case notALedger
    /// Something would be overwritten that is not to be.
    case inTheWay
    /// Anything else.
    case failed
  }

  package var cause: Cause
  /// One sentence for the operator, with the remedy where there is one.
  package var reason: Phrase
  /// Whether the same call may succeed later without anybody's hand.
  package var retry: Bool

  /// A fault and its sentence.
  package init(_ cause: Cause, _ reason: Phrase, retry: Bool = false) {
    self.cause = cause
    self.reason = reason
    self.retry = retry
  }
}

extension LedgerFault: CustomStringConvertible {
  /// As a log says it.
  package var description: String { "\(cause.rawValue): \(reason.en)" }
}
