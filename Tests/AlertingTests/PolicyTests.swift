import Alerting
import TestSupport
import Testing
import Vocabulary

@Suite struct `A policy` {
  private let policy = Policy(windows: .regulation)
  private let now = Sample.instant()
  private let number = Alert.ID(year: 2026, number: 17)

  private func decision(
    _ verdict: Verdict, admission: Admission = .new, precedents: [Precedent] = [],
    in outlets: [Outlet] = []
  ) -> Decision {
    policy.decision(
      on: verdict, admission: admission, precedents: precedents, spread: Spread(outlets),
      seenAt: now)
  }

  private func precedent(
    _ relation: Precedent.Relation = .sameItem, grade: Grade = .general,
    audience: Alert.Audience = .unit(Sample.unit("区水务局")), in outlets: [Outlet] = []
  ) -> Precedent {
    Precedent(
      alert: number, item: Item.ID(rawValue: "item-0"), relation: relation, grade: grade,
      audience: audience, raisedAt: now, spread: Spread(outlets))
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

  @Test(arguments: [Grade.general, .considerable])
  func `files what was answered in public when it was found`(_ grade: Grade) {
    var verdict = Sample.verdict(grade: grade)
    verdict.isAnswered = true
    #expect(decision(verdict) == .file(.answered))
    #expect(decision(verdict, precedents: [precedent(.sameText, grade: grade)]) != .file(.answered))
  }

  @Test func `raises what is major whatever was answered`() {
    var verdict = Sample.verdict(grade: .major)
    verdict.isAnswered = true
    #expect(decision(verdict) == decision(Sample.verdict(grade: .major)))
    var carried = Sample.verdict(grade: .considerable)
    carried.isAnswered = true
    let national = Outlet(name: "新华社", isNational: true)
    #expect(decision(carried, in: [national]) != .file(.answered))
  }

  @Test(arguments: [Admission.baseline, .tooOld])
  func `tells nobody more of a title whose page is old`(_ admission: Admission) {
    let told = precedent(audience: .officers(.titleOnly))
    #expect(
      decision(Sample.verdict(grade: .major), admission: admission, precedents: [told])
        == .merge(into: number, .sameItem))
  }

  @Test(arguments: [(Ground.unknown, Alert.OfficersAlone.unknownPlace), (.above, .above)])
  func `brings to the officers alone what may be ours, and what is for those above`(
    _ ground: Ground, _ reason: Alert.OfficersAlone
  ) {
    var verdict = Sample.verdict(grade: .major, unit: nil, ground: ground)
    guard case .raise(.major, .officers(reason), _) = decision(verdict) else {
      Issue.record("not raised for the officers alone")
      return
    }
    verdict.mayBeConduct = true
    guard case .raise(.major, .officers(.mayBeConduct), _) = decision(verdict) else {
      Issue.record("what may be an allegation is for the officers")
      return
    }
    verdict.kind = .conduct
    guard case .raise(.major, .supervision, _) = decision(verdict) else {
      Issue.record("an allegation is for supervision alone")
      return
    }
  }

  @Test func `files what is not ours, and what has no grade`() {
    #expect(decision(Sample.verdict(grade: .none, ground: .another)) == .file(.notOurs))
    var nobodys = Sample.verdict(grade: .none, ground: .unknown)
    #expect(decision(nobodys) == .file(.topicOnly))
    nobodys.evidence = [
      Evidence(
        rule: Rule.ID(rawValue: "water"), ruleName: "停水", keyword: "停水", field: .title, start: 0,
        end: 2, grade: .general)
    ]
    #expect(decision(nobodys) == .file(.unknownPlace))
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

  @Test func `joins nearly the same text at another address`() {
    #expect(
      decision(Sample.verdict(), precedents: [precedent(.nearText)])
        == .merge(into: number, .nearText))
  }

  @Test func `speaks again when the third outlet carries a considerable matter`() {
    let daily = Outlet(name: "青川日报")
    let evening = Outlet(name: "青川晚报")
    let river = Outlet(name: "竹园新闻网")
    let expected = Decision.update(
      number, grade: .major, audience: .unit(Sample.unit("区水务局")),
      deadline: Deadline(.notify, from: now, window: .minutes(30)), .spread)
    let standing = precedent(.nearText, grade: .considerable, in: [daily, evening])
    // What this outlet cut may have cost its own version the grade; the matter is what counts.
    for grade in [Grade.considerable, .general] {
      #expect(
        decision(Sample.verdict(grade: grade), precedents: [standing], in: [river]) == expected)
    }
    for same in [[daily], []] {
      #expect(
        decision(Sample.verdict(grade: .considerable), precedents: [standing], in: same)
          == .merge(into: number, .nearText))
    }
  }

  @Test func `raises a considerable matter of a national outlet as major, and nothing less`() {
    let national = [Outlet(name: "全国日报", isNational: true)]
    let raised = decision(Sample.verdict(grade: .considerable), in: national)
    #expect(
      raised
        == .raise(
          grade: .major, audience: .unit(Sample.unit("区水务局")),
          deadline: Deadline(.notify, from: now, window: .minutes(30))))
    guard case .raise(.general, _, _) = decision(Sample.verdict(grade: .general), in: national)
    else {
      Issue.record("what one unit can answer stays general, whoever prints it")
      return
    }
  }

  @Test func `joins the alert of its own audience where several stand`() {
    let officers = precedent(.nearText, audience: .officers(.noUnit))
    var own = precedent(.nearText)
    own.alert = Alert.ID(year: 2026, number: 18)
    #expect(
      decision(Sample.verdict(), precedents: [officers, own]) == .merge(into: own.alert, .nearText))
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

  @Test func `leaves an alert with the unit an officer assigned it to, even when it rises`() {
    let water = Sample.unit("区水务局")
    let homes = Sample.unit("区住建局")
    var standing = precedent(.sameText, grade: .considerable, audience: .unit(water))
    standing.assigned = homes
    #expect(
      decision(Sample.verdict(grade: .considerable), precedents: [standing])
        == .merge(into: number, .sameText))
    let risen = decision(Sample.verdict(grade: .major), precedents: [standing])
    #expect(audience(risen) == .unit(homes))
    standing.relation = .sameItem
    #expect(
      audience(decision(Sample.verdict(grade: .major, kind: .conduct), precedents: [standing]))
        == .supervision)
  }

  @Test func `leaves the grade an officer gave when the full text comes`() {
    var standing = precedent(grade: .considerable, audience: .officers(.titleOnly))
    standing.regraded = .general
    let expected = Decision.update(
      number, grade: .general, audience: .unit(Sample.unit("区水务局")),
      deadline: Deadline(.notify, from: now, window: .hours(24)), .completed)
    #expect(decision(Sample.verdict(), precedents: [standing]) == expected)
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
