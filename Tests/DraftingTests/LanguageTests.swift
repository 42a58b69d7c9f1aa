import Drafting
import Testing
import Vocabulary

@Suite struct `A language` {
  @Test func `English leaves no Chinese but what came from outside`() throws {
    for notice in try notices(Abroad.office, Abroad.occasions) {
      for text in [notice.subject, notice.text, notice.html] {
        let chinese = String(String.UnicodeScalarView(text.unicodeScalars.filter(isChinese)))
        #expect(chinese.isEmpty, "\(notice.id): \(chinese)")
      }
    }
  }

  @Test func `Chinese leaves no English but commands and keys`() throws {
    let allowed: Set = [
      "huiyin", "ack", "backup", "try", "check", "mail", "test", "yaml", "Feeds", "items", "title",
      "link",
      "date", "qingchuan", "board", "ul", "li", "SMTP", "such", "user", "no", "error", "borad",
      "unit", "water", "contactSheet", "example", "https", "town", "thread", "suggest", "from",
      "list", "page", "server", "status", "alerts",
      "phoned", "beat", "heartbeat", "assign", "grade", "false", "alarm", "close", "mailbox",
      "release", "roster", "replay", "any", "cut", "old", "gas", "ab",
    ]
    for paper in Paper.all where paper.office.language == .zh {
      for notice in try notices(paper.office, [paper.occasion]) {
        for match in (notice.subject + "\n" + notice.text).matches(of: /[A-Za-z]{2,}/) {
          #expect(allowed.contains(String(match.0)), "\(notice.id): \(match.0)")
        }
      }
    }
  }

  @Test func `says every reason and remedy in both languages`() throws {
    for language in Language.allCases {
      let office = Town.office {
        $0.language = language
        $0.telephone = nil
      }
      for cause in Miss.Cause.allCases {
        let miss = Miss(cause, url: "https://x.example/", reason: Phrase(zh: "因", en: "why"))
        let trouble = Trouble.feedBlind(
          Feed.ID(rawValue: "x"), name: "x", since: nil, misses: 3, miss, at: Town.morning)
        #expect(try notices(office, [.trouble(trouble)]).count == 1)
      }
    }
  }

  private func notices(_ office: Office, _ occasions: [Occasion]) throws -> [Notice] {
    let desk = try Desk(office: office)
    return occasions.flatMap(desk.notices)
  }

  /// Han characters, their punctuation, and full-width forms.
  private func isChinese(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x2E80...0x9FFF, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFFEF, 0x20000...0x3FFFF: true
    default: false
    }
  }
}

/// An office that works in English, with nothing Chinese in its data.
enum Abroad {
  static let office = Town.office {
    $0.name = "Letters Office"
    $0.language = .en
    $0.supervision = UnitName(rawValue: "Inspection")
    $0.units = [
      ResponsibleUnit(
        name: UnitName(rawValue: "Water Bureau"), roles: [], mail: [Town.address("water")]),
      ResponsibleUnit(
        name: UnitName(rawValue: "Inspection"), roles: [], mail: [Town.address("inspection")]),
    ]
  }

  static let inTrial = Trial.units([UnitName(rawValue: "Water Bureau")])

  static var occasions: [Occasion] {
    let water = Alert.Audience.unit(UnitName(rawValue: "Water Bureau"))
    let audiences: [Alert.Audience] = [
      water, .officers(.noUnit), .officers(.titleOnly), .supervision,
      .unit(UnitName(rawValue: "Nobody")),
    ]
    let published: [PublicationTime] = [
      .absent, .unreadable, .moment(Town.morning - .hours(30)),
      .day(from: Town.morning - .days(400), to: Town.morning - .days(399)),
    ]
    return audiences.flatMap { audience in
      Grade.allCases.flatMap { grade in
        published.flatMap { published in
          let alertCase = alertCase(grade, audience, published)
          return [
            Occasion.raised(alertCase),
            .updated(alertCase, from: .none, .risen, edition: 2),
            .updated(alertCase, from: .major, .completed, edition: 3),
          ] + reminders(of: alertCase)
        }
      }
    } + digests.map(Occasion.digest) + troubles.map(Occasion.trouble) + [
      .probe(Town.address("water"), stamp: "1"), .batch(batch(of: .contactSheet)),
      .batch(batch(of: .bulletin)), .handOver(handOver),
      .handOver(HandOverList(of: office, at: Town.morning, draftedAt: Town.morning)),
    ]
  }

  /// Every state of an alert, and everything that can be due.
  private static var handOver: HandOverList {
    var list = HandOvers.late
    (list.comingOn, list.leaders) = ([Town.address("night")], [])
    let line = list.lines[0]
    list.lines = Alert.State.allCases.flatMap { state in
      [true, false].map { isSent in
        var shown = line
        shown.state = state
        shown.title = "No water for three days"
        shown.unit = isSent ? nil : UnitName(rawValue: "Water Bureau")
        shown.awaitsUnit = isSent
        shown.sentAt = isSent ? Town.morning : nil
        return shown
      }
    }
    for index in list.dues.indices { list.dues[index].title = "" }
    for index in list.dues.indices { list.dues[index].unit = nil }
    for index in list.blind.indices { list.blind[index].name = "Message Board" }
    for index in list.lost.indices { list.lost[index].unit = nil }
    return list
  }

  private static func batch(of kind: Notice.Kind) -> Batch {
    var waiting = alertCase(.general, .unit(UnitName(rawValue: "Water Bureau")), .absent)
    waiting.leaving = LeavingTime(at: Town.morning, reason: .dayOff)
    let notices = (try? Desk(office: office))?.notices(for: .raised(waiting)) ?? []
    let papers = notices.filter { $0.kind == kind }.compactMap(Batch.Paper.init(notice:))
    return Batch(
      to: Recipient(Town.address("water"), as: .unit), of: kind, papers + papers,
      at: Town.morning, dueAt: Town.morning)
  }

  private static func reminders(of alertCase: AlertCase) -> [Occasion] {
    var acknowledged = alertCase
    acknowledged.acknowledged = [
      Acknowledgement(byUnit: false, at: Town.morning),
      Acknowledgement(byUnit: true, phoned: true, at: Town.morning),
    ]
    let now = Town.instant(Town.morning + .hours(1))
    return Rung.Audience.allCases.flatMap { audience in
      [
        Occasion.reminder(
          Reminder(
            alertCase, rungs: [Reminders.rung(1, audience)], told: Reminders.told,
            next: Reminders.rung(2, .leaders), at: now)),
        .reminder(
          Reminder(
            acknowledged, rungs: [Reminders.rung(1, audience, .report)], told: [], at: now)),
      ]
    }
  }

  private static func alertCase(
    _ grade: Grade, _ audience: Alert.Audience, _ published: PublicationTime
  ) -> AlertCase {
    var item = Town.item
    item.title = "No water for three days"
    item.body = audience == .officers(.titleOnly) ? "" : "Two old people are in hospital."
    item.published = published
    item.answer = Answer(unit: "Water Bureau", body: "We are at it.", published: .absent)
    item.basis = audience == .officers(.titleOnly) ? .titleOnly : .full
    var result = Town.alertCase(grade, to: audience, item: item)
    result.feedName = "Message Board"
    result.verdict = Verdict(
      item: item.id, ruleBook: RuleBook.Version(rawValue: "0"), basis: item.basis, grade: grade,
      topic: Topic(rawValue: "water"), kind: audience == .supervision ? .conduct : .complaint,
      unit: nil,
      evidence: [
        Evidence(
          rule: Rule.ID(rawValue: "w"), ruleName: "water cut", keyword: "water", field: .title,
          start: 3, end: 8, grade: grade)
      ])
    return result
  }

  private static var digests: [Digest] {
    Digest.Rhythm.allCases.flatMap { rhythm in
      var digest = Digest(
        period: Digest.Period(rhythm, from: Days.issue - .days(1), to: Days.issue))
      let quiet = digest
      digest.counts = Digest.Counts(
        byGrade: [.general: 20],
        byTopic: Dictionary(
          uniqueKeysWithValues: (1...9).map { (Topic(rawValue: "t\($0)"), $0) }))
      digest.lines = Alert.State.allCases.enumerated().map { number, state in
        var line = Days.line(number + 1, .general, state, "No water", sent: true)
        (line.unit, line.feedName) = (nil, "Board")
        return line
      }
      digest.awaiting = (10...30).map {
        var line = Days.line($0, .major, .open, "", sent: false)
        (line.unit, line.feedName) = (UnitName(rawValue: "Water Bureau"), "Board")
        return line
      }
      digest.conduct = [Alert.ID(year: 2026, number: 99)]
      digest.undated = (1...9).map {
        Digest.Undated(title: "Road \($0)", url: "https://x.example/\($0)", feedName: "Town")
      }
      digest.blindSpots = (1...9).map {
        Digest.BlindSpot(
          feedName: $0 == 1 ? nil : "Town", from: Days.issue - .hours(Int64($0)),
          to: $0 == 2 ? nil : Days.issue, reason: "timeout")
      }
      return [quiet, digest]
    }
  }

  private static var troubles: [Trouble] {
    let miss = Miss(.wall, url: "https://x.example/", reason: Phrase(zh: "拦截", en: "a wall"))
    let feed = Feed.ID(rawValue: "x")
    return [
      .feedBlind(feed, name: "X", since: nil, misses: 3, miss, at: Town.morning),
      .feedBlind(feed, name: "X", since: Town.morning, misses: 3, miss, at: Town.morning),
      .feedSeesAgain(feed, name: "X", blindSince: nil, at: Town.morning),
      .feedSeesAgain(feed, name: "X", blindSince: Days.issue, at: Town.morning),
      Troubles.mail, HandOvers.gap, HandOvers.runOut,
      .setupChanged(
        [SetupChange(.feed(feed, name: "X"), .changed, [Phrase(zh: "停用", en: "off")])],
        ruleBook: RuleBook.Version(rawValue: "0123456789ab"), at: Town.morning),
      .setupRefused(
        [
          Diagnostic(
            .error, at: Place(file: "x.yaml", line: 1, column: 1), Phrase(zh: "错", en: "wrong"))
        ], at: Town.morning),
    ]
  }
}
