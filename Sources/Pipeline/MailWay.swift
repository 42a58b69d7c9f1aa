import Storage
import Synchronization
import Vocabulary

/// By which of two mail servers letters left last (发信线路): what the admins are told of the second is
/// over once the first has taken letters for a while.
///
/// Only a memory of this run: that the second stands in is a trouble in the ledger.
package final class MailWay: Sendable {
  /// What it is called among the troubles that stand.
  package static let trouble = "mailByFallback"
  /// How long no letter may have left by the second: a server that comes and goes is told of once.
  private static let quiet = Duration.minutes(10)

  private struct Last {
    var byFirst: SteadyTime?
    var bySecond: SteadyTime?
  }

  private let last = Mutex(Last())

  /// Takes note of a letter that left.
  func take(_ receipt: Receipt, to due: DueEnvelope) {
    guard receipt.outcome == .sent, due.part != .channel else { return }
    last.withLock { last in
      if receipt.standIn == nil {
        last.byFirst = receipt.at.steady
      } else {
        last.bySecond = receipt.at.steady
      }
    }
  }

  /// Whether the first takes letters again, after the second began to stand in.
  func isByFirst(since began: Instant, at now: Instant) -> Bool {
    last.withLock { last in
      let second = last.bySecond ?? began.steady
      guard let first = last.byFirst, first > second else { return false }
      return now.steady - second >= MailWay.quiet
    }
  }
}

extension Aftermath {
  /// That the second mail server stands in is told to the admins, who can mend the first: at once, and
  /// while it lasts once a day. A letter that the first put off by itself says nothing of the server.
  func tellOfStandIn(_ receipt: Receipt, in ledger: Writing) throws {
    guard let standIn = receipt.standIn,
      case .server(let first, let second?) = generation.setup.mail.way,
      try ledger.beginTrouble(MailWay.trouble, at: receipt.at, again: .days(1))
    else { return }
    let letter = Trouble.mailByFallback(
      first: first.host, second: second.host, reply: standIn.reply, at: receipt.at.wall)
    try generation.steps.tell(letter, at: receipt.at, in: ledger)
  }
}
