import Vocabulary

extension Evidence {
  /// What all evidence of one condition has in common.
  struct Naming {
    var rule: Rule.ID
    var ruleName: String
    var grade: Grade

    /// A word at a place.
    func evidence(_ keyword: String, field: Field, at run: Range<Int>) -> Evidence {
      Evidence(
        rule: rule, ruleName: ruleName, keyword: keyword, field: field, start: run.lowerBound,
        end: run.upperBound, grade: grade)
    }
  }

  /// Title first, then from front to back, the longer word first, otherwise as given.
  static func sorted(_ evidence: [Evidence]) -> [Evidence] {
    // Places are sorted and not the evidence: its names would be retained at every move.
    var places = evidence.enumerated().map { order, evidence in
      (evidence.field == .title ? 0 : 1, evidence.start, -evidence.end, order)
    }
    places.sort { $0 < $1 }
    return places.map { evidence[$0.3] }
  }

  /// The evidence of one rule, sorted, each place once: with the graver of two grades.
  static func distinct(_ evidence: [Evidence]) -> [Evidence] {
    var kept: [Evidence] = []
    kept.reserveCapacity(evidence.count)
    for next in sorted(evidence) {
      if let last = kept.last, last.isAtPlace(of: next) {
        if next.grade > last.grade { kept[kept.count - 1] = next }
      } else {
        kept.append(next)
      }
    }
    return kept
  }

  private func isAtPlace(of other: Evidence) -> Bool {
    field == other.field && start == other.start && end == other.end
  }
}
