/// Who is on duty when the office is not at work (值班表), line by line as its file has it.
package struct Roster: Sendable, Hashable {
  /// In the order of their beginnings.
  package let shifts: [Shift]
  /// The moments at which others come on duty (交接班), in order: where a shift begins, and where one
  /// ends and the roster names nobody after it, so that the office's own officers take over.
  package let changes: [WallTime]

  /// A roster of shifts, in whatever order they were written.
  package init(_ shifts: [Shift]) {
    self.shifts = shifts.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
    var (changes, coveredUntil) = ([WallTime](), WallTime?.none)
    for shift in self.shifts {
      if let end = coveredUntil, end < shift.from { changes.append(end) }
      if changes.last != shift.from { changes.append(shift.from) }
      coveredUntil = max(coveredUntil ?? shift.to, shift.to)
    }
    self.changes = changes + (coveredUntil.map { [$0] } ?? [])
  }

  /// The shifts that a moment falls into; several where two lines overlap.
  package func shifts(at moment: WallTime) -> [Shift] {
    shifts.filter { $0.from <= moment && moment < $0.to }
  }

  /// When the last shift ends; nil for a roster without any.
  package var end: WallTime? { shifts.map(\.to).max() }

  /// Everybody who stands in it, each once, in the order of their shifts.
  package var addresses: [MailAddress] {
    (shifts.flatMap(\.officers) + shifts.flatMap(\.leaders)).uniqued
  }
}

/// One line of a roster (班次): who is on duty from when to when.
package struct Shift: Sendable, Hashable {
  package var from: WallTime
  /// Exclusive.
  package var to: WallTime
  /// Who hears first (值班员).
  package var officers: [MailAddress]
  /// Whom the officers turn to (带班领导).
  package var leaders: [MailAddress]

  /// A shift; `from` lies before `to`.
  package init(
    from: WallTime, to: WallTime, officers: [MailAddress], leaders: [MailAddress] = []
  ) {
    self.from = from
    self.to = to
    self.officers = officers
    self.leaders = leaders
  }
}

extension Roster {
  /// The last change by a moment.
  package func lastChange(by moment: WallTime) -> WallTime? { changes.last { $0 <= moment } }

  /// The first change after a moment.
  package func nextChange(after moment: WallTime) -> WallTime? { changes.first { $0 > moment } }
}

extension [MailAddress] {
  /// Each address once, where it stood first.
  package var uniqued: [MailAddress] {
    var seen: Set<String> = []
    return filter { seen.insert($0.address.lowercased()).inserted }
  }
}
