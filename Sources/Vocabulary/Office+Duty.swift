extension Office {
  /// Whether it is at work: in its duty hours, on a day that it works.
  package func isAtWork(at moment: WallTime) -> Bool {
    let civil = zone.civil(moment)
    return calendar.isWorked(civil) && hours.duty.contains(civil)
  }

  /// The officers who hear at a moment: after hours and on days off those whom the roster names, and
  /// with them, always, the office's own.
  package func officers(at moment: WallTime) -> [MailAddress] {
    guard let roster, !isAtWork(at: moment) else { return officers }
    return (roster.shifts(at: moment).flatMap(\.officers) + officers).uniqued
  }

  /// The leader on duty at a moment (带班领导), whom the roster alone can name.
  package func dutyLeaders(at moment: WallTime) -> [MailAddress] {
    guard let roster, !isAtWork(at: moment) else { return [] }
    return roster.shifts(at: moment).flatMap(\.leaders).uniqued
  }
}
