import Testing
import Vocabulary

@testable import Storage

@Suite struct `A question that people or loops wait for` {
  @Test(
    arguments: [
      ("known", Reading.isKnown, 1),
      ("seen by a feed", Reading.asking(Reading.seenByFeed, of: 3), 4),
      ("items among", Reading.asking(Reading.itemsAmong, of: 3), 3),
      ("dueLeads", Reading.dueLeads, 2),
      ("titles that wait", Reading.titlesThatWait, 3),
      ("dueEnvelopes, first", Reading.dueFirst, 3),
      ("dueEnvelopes, in time", Reading.dueInTime, 3),
      ("dueEnvelopes, again", Reading.dueAgain, 3),
      ("dueEnvelopes of a notice", Reading.dueOfNotice, 3),
      ("overdueEnvelopes", Reading.overdue, 3),
      ("whether it is to leave", Reading.toLeave, 3),
      ("what may leave together", Reading.gatherable, 1),
      ("a paper", Reading.paper, 2),
      ("a batch's papers", Reading.papersOfBatch, 1),
      ("what waits for which hour", Reading.leavings, 0),
      ("nextEnvelopeAt", Reading.nextTry, 1),
      ("withdrawal", Reading.standingOfNotice, 1),
      ("envelopes astray", Reading.envelopesAstray, 1),
      ("alerts astray", Reading.alertsAstray, 1),
      ("chains overdue", Reading.chainsOverdue, 2),
      ("chains forgotten", Reading.chainsForgotten, 1),
      ("moments of an alert", Reading.momentsOfAlert, 1),
      ("letters of an alert", Reading.lettersOfEdition, 2),
      ("attempts of a letter", Reading.attemptsOfEnvelope, 2),
      ("item", Reading.latestItem, 1),
      ("judged items", Reading.judgedItems, 3),
      ("marks", Reading.marks, 1),
      ("items by text", Reading.itemsByFingerprint, 1),
      ("a version's text", Reading.versionWithText, 5),
      ("precedents of an item", Reading.precedentsOfItem, 1),
      ("precedents of a text", Reading.precedentsOfText, 2),
      ("precedents of a near text", Reading.precedentsOfNearText, 1),
      ("texts in a band", Reading.inBand, 2),
      ("carriers of an alert", Reading.carriers, 1),
      ("what joined an alert", Reading.joined, 1),
      ("verdicts at an address", Reading.about("grade", of: "verdict", by: "number"), 2),
      ("decisions at an address", Reading.about("word", of: "decision", by: "verdict"), 2),
      ("an alert", Reading.alertColumns + " WHERE alert.id = ?", 1),
      ("an alert's notices", Reading.noticesOfAlert, 1),
      ("an alert's calls", Reading.callsOfAlert, 1),
      ("when an alert was sent", Reading.sentAtOfEdition, 2),
      ("an envelope's state", Writing.projectEnvelope, 2),
      ("an alert's standing", Writing.projectAlert, 1),
      ("taking over", Writing.leftSending, 1),
      ("taking back", Writing.heldTooLong, 2),
      ("what is deferred at a start", Writing.deferredBeyond, 1),
      ("alerts to be reminded of", Reading.dueRungs, 2),
      ("when somebody is reminded next", Reading.nextRung, 0),
      ("an alert's chain", Reading.rungsOfAlert, 1),
      ("alerts that a letter answers", Reading.alertsByMessageID, 1),
      ("what is held for sign-off", Writing.heldEnvelopes, 2),
      ("conduct in a digest", Reading.conductInSpan, 2),
      ("windows in a digest", Reading.windowsInSpan, 2),
      ("acknowledgements in a digest", Reading.hearingsInSpan, 2),
      ("alerts by state", listing(AlertFilter(state: .open)), 2),
      ("alerts that wait", listing(AlertFilter(awaiting: true)), 1),
      ("alerts by time", listing(AlertFilter(since: .sample)), 2),
      ("alerts by address", listing(AlertFilter(url: "https://board.example/a1")), 5),
    ] as [(String, String, Int)])
  func `never reads a whole table`(name: String, sql: String, values: Int) async throws {
    let plan = try await plan(of: sql, values)
    #expect(!plan.isEmpty)
    // An index that holds only what is still to be done may be read from end to end.
    let scans = plan.filter { step in
      step.hasPrefix("SCAN") && !step.contains("INDEX outbox_in_order")
        && !step.contains("INDEX outbox_by_next_try")
        && !step.contains("INDEX outbox_unsent_by_leaving") && !step.contains("CONSTANT ROW")
        && !step.contains("(subquery") && !["SCAN asked", "SCAN found"].contains(step)
        && !step.contains("json_each")
    }
    #expect(scans.isEmpty, "\(name): \(plan)")
  }

  @Test(arguments: [Reading.dueFirst, Reading.dueInTime, Reading.dueAgain])
  func `never sorts a backlog`(sql: String) async throws {
    let plan = try await plan(of: sql, 3)
    #expect(plan.first?.contains("INDEX outbox_in_order") == true, "\(plan)")
    #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
  }

  private func plan(of sql: String, _ values: Int) async throws -> [String] {
    let desk = try Desk()
    let ledger = try desk.ledger()
    return try await ledger.read { reading in
      try reading.rows(
        "EXPLAIN QUERY PLAN " + sql, Reading.Values(repeating: "x", count: values)
      ) { try $0.text("detail") }
    }
  }

  private static func listing(_ filter: AlertFilter) -> String {
    Reading.alertColumns + "\n" + filter.conditions.sql
      + "\nORDER BY alert.raised_at DESC, alert.id DESC\nLIMIT ?"
  }
}
