import Storage
import Vocabulary

extension Suggestions {
  /// Those of a labelled file; counts the lines that could not be read.
  init(labelled path: String, _ setup: Setup, faults: inout Int) throws {
    self.init(setup.ruleBook)
    faults = try LabelledRows(path, setup).forEach { row, line, origin in
      add(
        Item(given: row.title, body: row.body, feed: row.feed), named: "\(line)",
        labels: row.labels, from: origin)
    }
  }

  /// Those of the alerts that people said something of: a false alarm is none, one that was taken up has
  /// the grade that it has now, whether the rules or an officer gave it. Allegations of misconduct stay
  /// out: not a word of them goes anywhere but to the supervising office.
  init(marked books: Books, since: WallTime) async throws {
    self.init(books.setup.ruleBook)
    let (rows, marks) = try await books.ledger.read {
      (try $0.alerts(AlertFilter(since: since)), try $0.marks(raisedSince: since))
    }
    let origins = Origins(books.setup)
    for row in rows.sorted(by: { $0.id < $1.id })
    where !row.alert.isConduct(judged: row.kind) && !row.verdict.mayBeConduct {
      let mark = marks[row.item.id] ?? .none
      guard mark != .none || row.isRegraded, !(row.item.title + row.item.body).isEmpty else {
        continue
      }
      let grade = mark == .falseAlarm ? Grade.none : row.alert.grade
      add(
        row.item, named: "\(row.id)", labels: [.grade: grade.rawValue],
        from: origins.origin(of: row.item, by: row.verdict))
    }
  }
}
