import Drafting
import Testing
import Vocabulary

@Suite struct `An office's addressing` {
  @Test(arguments: AddressingRow.all)
  func `sends each paper to whom it concerns`(_ row: AddressingRow) throws {
    let parcels = Addressing(row.office).parcels(for: row.alertCase)
    let told = parcels.map { parcel in
      let to = parcel.recipients.map { "\($0.part.rawValue) \($0.address.address)" }
      return "\(parcel.paper.name): " + to.joined(separator: ", ")
    }
    #expect(told == row.expected)
  }

  @Test(arguments: AddressingRow.all)
  func `gives every parcel a notice of its own`(_ row: AddressingRow) throws {
    let parcels = Addressing(row.office).parcels(for: row.alertCase)
    let notices = try Desk(office: row.office).notices(for: .raised(row.alertCase))
    #expect(notices.map(\.recipients) == parcels.map(\.recipients))
    #expect(Set(notices.map(\.id)).count == notices.count)
    #expect(notices.allSatisfy { $0.dueAt == row.alertCase.alert.deadline.dueAt })
  }

  @Test func `never writes to a deputy`() {
    for row in AddressingRow.all {
      let addresses = Addressing(row.office).parcels(for: row.alertCase)
        .flatMap(\.recipients).map(\.address.address)
      #expect(!addresses.contains { $0.contains("deputy") }, "\(row.name)")
    }
  }

  @Test func `writes once to an address that stands twice in a list`() {
    let office = Town.office { $0.officers += $0.officers }
    let parcels = Addressing(office).parcels(for: Town.alertCase(.general))
    #expect(parcels.map(\.recipients.count) == [2, 1])
  }

  @Test func `reminds whoever stands in two steps once, and in trial the officers alone`() {
    let parts = { (office: Office) in
      Addressing(office).parcels(for: Reminders.all).map { $0.recipients.map(\.part) }
    }
    #expect(parts(Town.office) == [[.unit], [.officer], [.leader]])
    #expect(parts(Town.office { $0.leaders = $0.officers }) == [[.unit], [.officer]])
    #expect(parts(Town.office { $0.trial = .everyone }) == [[.officer]])
    let conduct = Addressing(Town.office).parcels(for: Reminders.conduct)
    #expect(conduct.flatMap(\.recipients).map(\.address) == [Town.address("supervision-deputy")])
  }

  @Test func `has whoever is on duty hear after hours, beside the office's own officers`() {
    for (hours, expected) in [(0, ["officer"]), (9, ["zhang", "officer"])] as [(Int64, [String])] {
      let alertCase = Town.alertCase {
        $0.alert.audience = .officers(.noUnit)
        $0.alert.grade = .considerable
        $0.at = Town.morning + .hours(hours)
      }
      for office in [HandOvers.office, HandOvers.inTrial] {
        let parcels = Addressing(office).parcels(for: alertCase)
        #expect(parcels.count == 1)
        let recipients = parcels.flatMap(\.recipients)
        #expect(
          recipients.map { String($0.address.address.split(separator: "@")[0]) } == expected)
        #expect(recipients.allSatisfy { $0.part == .officer })
      }
    }
  }

  @Test func `writes to a unit's duty address too what cannot wait for the morning`() {
    let evening = HandOvers.evening
    let office = Town.office { $0.units[0].duty = [Town.address("water-duty")] }
    let sheet = { (leaving: LeavingTime?, at: WallTime) in
      let alertCase = Town.alertCase {
        $0.leaving = leaving
        $0.at = at
      }
      return Addressing(office).parcels(for: alertCase)[0].recipients
        .map { String($0.address.address.split(separator: "@")[0]) }
    }
    #expect(sheet(nil, Town.morning) == ["water-1", "water-2"])
    #expect(sheet(nil, evening) == ["water-duty", "water-1", "water-2"])
    let signed = LeavingTime(at: evening, reason: .release)
    #expect(sheet(signed, evening - .minutes(1)) == ["water-duty", "water-1", "water-2"])
    let hour = LeavingTime(at: Town.morning + .days(1), reason: .hour)
    #expect(sheet(hour, evening) == ["water-1", "water-2"])
    let dayOff = LeavingTime(at: evening + .days(5), reason: .dayOff)
    #expect(sheet(dayOff, evening) == ["water-duty"])
  }

  @Test func `reminds the leader on duty, and after a standstill the one who was`() {
    let leaders = { (reminder: Reminder) in
      Addressing(HandOvers.office).parcels(for: reminder).flatMap(\.recipients)
        .filter { $0.part == .leader }.map(\.address.address)
    }
    #expect(leaders(HandOvers.unheard) == ["li@letters.example"])
    var late = HandOvers.unheard
    late.at = Town.instant(HandOvers.evening + .hours(15))
    #expect(leaders(late) == ["li@letters.example"])
    late.rungs[0].dueAt = Town.instant(HandOvers.evening - .hours(1))
    #expect(leaders(late) == [])
  }

  @Test func `sends digests to the leaders, and to the officers while everybody is in trial`() {
    #expect(Addressing(Town.office).digestRecipients.map(\.part) == [.leader])
    let trial = Town.office { $0.trial = .everyone }
    #expect(Addressing(trial).digestRecipients.map(\.part) == [.officer])
  }

  @Test(arguments: [Troubles.blind, Troubles.again, Troubles.mail, Troubles.setup])
  func `tells troubles to the admins alone`(_ trouble: Trouble) throws {
    let notices = try Desk(office: Town.office).notices(for: .trouble(trouble))
    #expect(notices.map(\.kind) == [.trouble])
    #expect(notices.flatMap(\.recipients) == [Recipient(Town.address("admin"), as: .admin)])
  }
}

/// One row of the addressing table.
struct AddressingRow: Sendable, CustomTestStringConvertible {
  let name: String
  let office: Office
  let alertCase: AlertCase
  let expected: [String]

  var testDescription: String { name }

  private static let water = "contactSheet: unit water-1@unit.example, unit water-2@unit.example"
  private static let officers = "officersBulletin: officer officer@unit.example"
  private static let leaders = "leadersBulletin: leader leaders@unit.example"
  private static let supervision = "contactSheet: unit supervision@unit.example"
  private static let trialSheet = "contactSheet: officer officer@unit.example"
  private static let unknown = Alert.Audience.unit(UnitName(rawValue: "区消失局"))
  private static let waterUnit = UnitName(rawValue: "区水务局")

  static let all = [
    AddressingRow("major to a unit", Town.alertCase(.major), [water, officers, leaders]),
    AddressingRow("considerable to a unit", Town.alertCase(.considerable), [water, officers]),
    AddressingRow("general to a unit", Town.alertCase(.general), [water, officers]),
    AddressingRow(
      "leaders hear considerable", Town.alertCase(.considerable), [water, officers, leaders]
    ) { $0.leadersHear = [.major, .considerable] },
    AddressingRow("leaders hear nothing", Town.alertCase(.major), [water, officers]) {
      $0.leadersHear = []
    },
    AddressingRow("no leaders", Town.alertCase(.major), [water, officers]) { $0.leaders = [] },
    AddressingRow("no unit", Town.alertCase(.general, to: .officers(.noUnit)), [officers]),
    AddressingRow(
      "no unit, major", Town.alertCase(.major, to: .officers(.noUnit)), [officers, leaders]),
    AddressingRow(
      "title only", Town.alertCase(.considerable, to: .officers(.titleOnly)), [officers]),
    AddressingRow("a unit that left the set-up", Town.alertCase(.general, to: unknown), [officers]),
    AddressingRow(
      "misconduct", Town.alertCase(.major, to: .supervision, kind: .conduct), [supervision]),
    AddressingRow(
      "misconduct raised to a unit by mistake", Town.alertCase(.major, kind: .conduct),
      [supervision]),
    AddressingRow(
      "misconduct raised to the officers by mistake",
      Town.alertCase(.major, to: .officers(.noUnit), kind: .conduct), [supervision]),
    AddressingRow(
      "supervision whatever the kind", Town.alertCase(.major, to: .supervision, kind: .complaint),
      [supervision]),
    AddressingRow(
      "misconduct and no supervising office",
      Town.alertCase(.major, to: .supervision, kind: .conduct), [officers]
    ) { $0.supervision = nil },
    AddressingRow(
      "misconduct and a supervising office that is no unit",
      Town.alertCase(.major, to: .supervision, kind: .conduct), [officers]
    ) { $0.supervision = UnitName(rawValue: "区消失局") },
    AddressingRow("trial for everyone", Town.alertCase(.major), [trialSheet]) {
      $0.trial = .everyone
    },
    AddressingRow("trial for the unit", Town.alertCase(.major), [trialSheet]) {
      $0.trial = .units([waterUnit])
    },
    AddressingRow("trial for another unit", Town.alertCase(.major), [water, officers, leaders]) {
      $0.trial = .units([UnitName(rawValue: "区住建局")])
    },
    AddressingRow(
      "trial for a unit, no unit named", Town.alertCase(.major, to: .officers(.noUnit)),
      [officers, leaders]
    ) { $0.trial = .units([waterUnit]) },
    AddressingRow(
      "trial for everyone, no unit named", Town.alertCase(.major, to: .officers(.noUnit)),
      [officers]
    ) { $0.trial = .everyone },
    AddressingRow(
      "trial for the unit named in an allegation",
      Town.alertCase(.major, to: .supervision, kind: .conduct), [supervision]
    ) { $0.trial = .units([waterUnit]) },
    AddressingRow(
      "trial for the supervising office",
      Town.alertCase(.major, to: .supervision, kind: .conduct), [trialSheet]
    ) { $0.trial = .units([UnitName(rawValue: "区纪委监委信访室")]) },
  ]

  init(
    _ name: String, _ alertCase: AlertCase, _ expected: [String],
    _ change: (inout Office) -> Void = { _ in }
  ) {
    self.name = name
    self.alertCase = alertCase
    self.expected = expected
    office = Town.office(change)
  }
}

extension Addressing.Paper {
  fileprivate var name: String {
    switch self {
    case .contactSheet: "contactSheet"
    case .officersBulletin: "officersBulletin"
    case .leadersBulletin: "leadersBulletin"
    case .reassignment: "reassignment"
    }
  }
}

@Suite struct `A unit that is reminded` {
  @Test(arguments: [("officer@letters.example", false), ("张工", true)])
  func `reads of an officer's word, and of no address`(who: String, isShown: Bool) throws {
    var reminder = Reminders.all
    reminder.alertCase.acknowledged = [
      Acknowledgement(byUnit: false, officer: who, at: Town.morning)
    ]
    let papers = try Desk(office: Town.office).notices(for: .reminder(reminder))
    let sheet = try #require(papers.first { $0.recipients.allSatisfy { $0.part == .unit } })
    #expect(sheet.text.contains("值班员") && sheet.text.contains(who) == isShown)
    #expect(sheet.html.contains(who) == isShown)
  }
}
