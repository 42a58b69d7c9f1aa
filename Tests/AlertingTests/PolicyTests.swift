import Alerting
import TestSupport
import Testing
import Vocabulary

@Suite struct `A policy` {
  private let policy = Policy(windows: .regulation)
  private let now = Sample.instant()
  private let number = Alert.ID(year: 2026, number: 17)

  private func decision(
    _ verdict: Verdict, admission: Admission = .new, precedents: [Precedent] = []
  ) -> Decision {
    policy.decision(on: verdict, admission: admission, precedents: precedents, seenAt: now)
  }

  private func precedent(
    _ relation: Precedent.Relation = .sameItem, grade: Grade = .general,
    audience: Alert.Audience = .unit(Sample.unit("区水务局"))
  ) -> Precedent {
    Precedent(
      alert: number, item: Item.ID(rawValue: "item-0"), relation: relation, grade: grade,
      audience: audience, raisedAt: now)
  }

  @Test(arguments: [
    (Grade.major, Duration.minutes(30)), (.considerable, .hours(2)), (.general, .hours(24)),
  ])
  func `raises each grade with its window`(_ grade: Grade, _ window: Duration) {
    let expected = Decision.raise(
      grade: grade, audience: .unit(Sample.unit("区水务局")),
      deadline: Deadline(.notify, from: now, window: window))
    #expect(decision(Sample.verdict(grade: grade)) == expected)
  }

  @Test(arguments: [
    (Admission.baseline, Decision.FilingReason.baseline),
    (.undatedBaseline, .undatedBaseline), (.tooOld, .tooOld),
  ])
  func `files what is not new, however grave`(
    _ admission: Admission, _ reason: Decision.FilingReason
  ) {
    #expect(decision(Sample.verdict(grade: .major), admission: admission) == .file(reason))
  }

  @Test func `files what is not ours, and what has no grade`() {
    #expect(decision(Sample.verdict(grade: .none, isOurs: false)) == .file(.notOurs))
    #expect(decision(Sample.verdict(grade: .none)) == .file(.topicOnly))
    var plain = Sample.verdict(grade: .none)
    plain.topic = nil
    #expect(decision(plain) == .file(.noGrade))
  }

  @Test func `sends allegations of misconduct to the supervising office alone`() {
    let decided = decision(Sample.verdict(grade: .major, kind: .conduct))
    #expect(audience(decided) == .supervision)
  }

  @Test func `lets a title alone reach the unit only if it is major`() {
    #expect(
      audience(decision(Sample.verdict(grade: .considerable, basis: .titleOnly)))
        == .officers(.titleOnly))
    #expect(
      audience(decision(Sample.verdict(grade: .major, basis: .titleOnly)))
        == .unit(Sample.unit("区水务局")))
  }

  @Test func `sends what no unit takes to the officers`() {
    #expect(audience(decision(Sample.verdict(unit: nil))) == .officers(.noUnit))
  }

  @Test(arguments: [Grade.none, .general])
  func `stays quiet at the same grade and at a lower one`(_ grade: Grade) {
    let standing = precedent(grade: .general)
    #expect(
      decision(Sample.verdict(grade: grade), precedents: [standing])
        == .merge(into: number, .sameItem))
  }

  @Test func `joins the same text at another address`() {
    #expect(
      decision(Sample.verdict(), precedents: [precedent(.sameText)])
        == .merge(into: number, .sameText))
  }

  @Test func `speaks again when the grade rises, with a window of its own`() {
    let expected = Decision.update(
      number, grade: .major, audience: .unit(Sample.unit("区水务局")),
      deadline: Deadline(.notify, from: now, window: .minutes(30)), .risen)
    #expect(decision(Sample.verdict(grade: .major), precedents: [precedent()]) == expected)
  }

  @Test func `hands to the unit what the officers had by its title`() {
    let expected = Decision.update(
      number, grade: .general, audience: .unit(Sample.unit("区水务局")),
      deadline: Deadline(.notify, from: now, window: .hours(24)), .completed)
    let standing = precedent(audience: .officers(.titleOnly))
    #expect(decision(Sample.verdict(), precedents: [standing]) == expected)
  }

  @Test func `never merges an allegation into what a unit can see`() {
    let allegation = Sample.verdict(kind: .conduct)
    #expect(audience(decision(allegation, precedents: [precedent(.sameText)])) == .supervision)
    guard case .raise = decision(allegation, precedents: [precedent(.sameText)]) else {
      Issue.record("the same text under another audience must be an alert of its own")
      return
    }
  }

  @Test func `keeps with the supervising office what once was there, even when it rises`() {
    let standing = precedent(audience: .supervision)
    let risen = decision(Sample.verdict(grade: .major), precedents: [standing])
    #expect(audience(risen) == .supervision)
    #expect(
      decision(Sample.verdict(grade: .general), precedents: [standing])
        == .merge(into: number, .sameItem))
  }

  private func audience(_ decision: Decision) -> Alert.Audience? {
    switch decision {
    case .raise(_, let audience, _), .update(_, _, let audience, _, _): audience
    case .merge, .file: nil
    }
  }
}
