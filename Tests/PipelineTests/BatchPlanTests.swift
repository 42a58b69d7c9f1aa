import Pipeline
import Storage
import TestSupport
import Testing
import Vocabulary

@Suite struct `A plan of batches` {
  private static func envelope(
    _ number: Int, to address: String = "swj@unit.example", as part: Part = .unit,
    _ kind: Notice.Kind = .contactSheet, inTrial: Bool = false
  ) -> Gatherable {
    Gatherable(
      notice: Notice.ID(rawValue: "\(number)"),
      recipient: Recipient(Sample.address(address), as: part), kind: kind, inTrial: inTrial,
      leavesBy: Sample.instant(after: .minutes(Int64(number))).steady)
  }

  static let rows: [(what: String, waiting: [Gatherable], batches: [[String]])] = [
    ("nothing", [], []),
    ("one is no batch", [envelope(1)], []),
    ("two to one address", [envelope(1), envelope(2)], [["1", "2"]]),
    (
      "each address its own",
      [envelope(1), envelope(2, to: "zjj@unit.example"), envelope(3), envelope(4)],
      [["1", "3", "4"]]
    ),
    (
      "contact sheets and bulletins apart",
      [envelope(1), envelope(2, .bulletin), envelope(3, .bulletin), envelope(4)],
      [["1", "4"], ["2", "3"]]
    ),
    (
      "parts apart", [envelope(1), envelope(2, as: .officer), envelope(3, as: .officer)],
      [["2", "3"]]
    ),
    ("trial apart", [envelope(1), envelope(2, inTrial: true), envelope(3)], [["1", "3"]]),
    (
      "no more than a mail can hold", (1...21).map { envelope($0) },
      [(1...20).map { "\($0)" }]
    ),
    (
      "the rest in another", (1...22).map { envelope($0) },
      [(1...20).map { "\($0)" }, ["21", "22"]]
    ),
  ]

  @Test(arguments: rows)
  func `gathers what goes to one address, is one kind of paper and fits a mail`(
    what: String, waiting: [Gatherable], batches: [[String]]
  ) {
    #expect(BatchPlan(for: waiting).batches.map { $0.map(\.notice.rawValue) } == batches, "\(what)")
  }
}
