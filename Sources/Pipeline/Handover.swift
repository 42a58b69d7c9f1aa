import Synchronization
package import Vocabulary

/// What whoever carries a letter asks and tells on the way (交接), on the thread of the connection
/// that carries it, which may be blocked and is none of the cooperative ones.
package struct Handover: Sendable {
  /// Whether the first byte of the content may leave on a connection, which is named by a number that
  /// no other has meanwhile; asked at most once a delivery.
  package var mayBegin: @Sendable (_ connection: Int) -> Bool
  /// How it ended; told before the connection carries anything else. `goOn` is called once it is known
  /// whether the ledger has it. Who tells nothing here has the receipt it returns written down.
  package var ended: @Sendable (Receipt, _ goOn: @escaping @Sendable () -> Void) -> Void
}

/// What stands open on each connection to a mail server (在途邮件): the attempt that began there last.
///
/// A notice can come twice only where a connection or the daemon dies between the end of its content
/// and the commit of `sent`. So that it is at most one for each open connection, no attempt begins on a
/// connection before the ledger has the receipt of the one before. That is asked in the transaction
/// that begins it: the two may share a commit, and neither the threads' turns nor a receipt that the
/// ledger would not take can put them in another order.
final class OpenMails: Sendable {
  /// An attempt that began.
  struct Attempt: Sendable, Hashable {
    var notice: Notice.ID
    var recipient: MailAddress
    var number: Int
  }

  private let attempts = Mutex<[Int: Attempt]>([:])

  /// The attempt that began last on a connection, unless its receipt is known to be in the ledger.
  func last(on connection: Int) -> Attempt? {
    attempts.withLock { $0[connection] }
  }

  /// An attempt has begun on a connection.
  func begin(_ attempt: Attempt, on connection: Int) {
    attempts.withLock { $0[connection] = attempt }
  }

  /// The ledger has its receipt.
  func end(_ attempt: Attempt) {
    attempts.withLock { attempts in
      guard let connection = attempts.first(where: { $0.value == attempt })?.key else { return }
      attempts[connection] = nil
    }
  }
}
