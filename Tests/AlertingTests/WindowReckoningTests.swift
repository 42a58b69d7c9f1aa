import Alerting
import TestSupport
import Testing
import Vocabulary

@Suite struct `The reckoning of a window` {
  private typealias Attempt = WindowFacts.Attempt
  private typealias Letter = WindowFacts.Letter

  private static func at(_ minutes: Double) -> Instant {
    Sample.instant(after: .milliseconds(Int64(minutes * 60_000)))
  }

  /// Found at 0 within a window of 30 minutes, judged and raised at once, sent at so many minutes.
  private static func facts(
    sent minutes: Double? = 1, _ change: (inout WindowFacts) -> Void = { _ in }
  ) -> WindowFacts {
    let attempts = minutes.map {
      [Attempt(begunAt: at($0), endedAt: at($0), outcome: .sent, reply: "250 ok", code: 250)]
    }
    var facts = WindowFacts(
      published: .moment(Sample.monday - .minutes(5)), foundAt: at(0),
      deadline: Deadline(.notify, from: at(0), window: .minutes(30)), judgedAt: at(0),
      raisedAt: at(0),
      letters: [
        Letter(
          to: Sample.address("swj@unit.example"), as: .unit,
          state: attempts == nil ? .waiting : .sent, attempts: attempts ?? [])
      ])
    change(&facts)
    return facts
  }

  private static func use(_ facts: WindowFacts, now: Double = 60) -> WindowUse {
    WindowReckoning(facts, every: .minutes(10), at: at(now)).use
  }

  /// Each cause with its minutes, the longest first.
  private static func words(_ delays: [WindowUse.Delay]) -> [String] {
    delays.map { "\($0.cause.word) \($0.span.inMilliseconds / 60_000)" }
  }

  @Test func `has every step with its share, in the order of the walk`() {
    let facts = Self.facts(sent: 6) {
      $0.judgedAt = Self.at(1.5)
      $0.raisedAt = Self.at(3)
      $0.words = [.init(byUnit: true, phoned: false, at: Self.at(15))]
    }
    let use = Self.use(facts)
    #expect(use.steps.map { use.share($0.used) } == [0, 0.05, 0.1, 0.2, 0.5])
    #expect(use.steps.map { use.share($0.took) } == [0, 0.05, 0.05, 0.1, 0.3])
    #expect(use.isTold && use.lateBy == nil && use.used == .minutes(6))
    #expect(use.beforeFinding == .minutes(5))
    #expect(use.steps.allSatisfy { !$0.isUncertain })
  }

  @Test func `begins with an officer's word where that is what it runs from`() {
    let facts = Self.facts(sent: 310) {
      $0.deadline = Deadline(.notify, from: Self.at(300), window: .minutes(30))
      $0.raisedAt = Self.at(300)
    }
    let use = Self.use(facts, now: 320)
    #expect(use.steps.map(\.work).prefix(2) == [.directed, .raised])
    #expect(use.steps.map(\.took) == [.zero, .zero, .minutes(10)])
  }

  @Test func `runs on while somebody has not been told, whoever has`() {
    let facts = Self.facts(sent: nil) {
      $0.letters.append(
        Letter(
          to: Sample.address("officer@letters.example"), as: .officer, state: .sent,
          attempts: [Attempt(begunAt: Self.at(1), endedAt: Self.at(1), outcome: .sent)]))
    }
    #expect(Self.use(facts, now: 20).lateBy == nil)
    let late = Self.use(facts, now: 45)
    #expect(!late.isTold && late.lateBy == .minutes(15))
    #expect(late.steps.last?.at != nil && late.steps[3].at == nil)
  }

  @Test func `is owed to the officers where no unit is written to`() {
    let facts = Self.facts(sent: 2) { $0.letters[0].part = .officer }
    #expect(Self.use(facts).used == .minutes(2))
  }

  struct Lateness: Sendable, CustomStringConvertible {
    var description: String
    var expected: [String]
    var change: @Sendable (inout WindowFacts) -> Void

    init(
      _ description: String, _ expected: [String],
      _ change: @escaping @Sendable (inout WindowFacts) -> Void
    ) {
      self.description = description
      self.expected = expected
      self.change = change
    }
  }

  private static func refused(_ minutes: Double, _ reply: String = "451 x") -> Attempt {
    Attempt(
      begunAt: at(minutes), endedAt: at(minutes), outcome: .deferred, reply: reply, code: 451)
  }

  @Test(arguments: [
    Lateness("its own page", ["queue 36", "awaitedText 4"]) { $0.raisedAt = at(4) },
    Lateness("nothing else", ["queue 40"]) { _ in },
    Lateness("a server that refuses", ["serverRefused 39", "queue 1"]) {
      $0.letters[0].attempts.insert(refused(1), at: 0)
    },
    Lateness(
      "one that hangs, and then refuses", ["serverUnanswered 20", "serverRefused 19", "queue 1"]
    ) {
      let hung = Attempt(begunAt: at(1), endedAt: at(3), outcome: .deferred, reply: "timeout")
      $0.letters[0].attempts.insert(contentsOf: [hung, refused(21)], at: 0)
    },
    Lateness("a slow one", ["serverSlow 30", "queue 10"]) {
      $0.letters[0].attempts[0].begunAt = at(10)
    },
    Lateness("the office's hour", ["hour 35", "queue 5"]) {
      $0.letters[0].leaving = LeavingTime(at: Sample.monday + .minutes(35), reason: .hour)
    },
    Lateness("a daemon that was down", ["daemonDown 36", "queue 4"]) {
      $0.blindness = [
        WindowFacts.Blindness(
          isOurs: true, from: Sample.monday + .minutes(2), to: Sample.monday + .minutes(38),
          reason: Phrase(zh: "停", en: "down"))
      ]
    },
  ])
  func `lays lateness at the door of what took the time`(lateness: Lateness) {
    let use = Self.use(Self.facts(sent: 40, lateness.change))
    #expect(use.lateBy == .minutes(10))
    #expect(Self.words(use.delays) == lateness.expected)
    #expect(use.delays.reduce(.zero) { $0 + $1.span } == use.used, "every minute has its cause")
  }

  @Test func `runs on where nobody can be reached, and says so`() {
    let refused = Self.facts(sent: nil) {
      $0.letters[0].state = .failed
      $0.letters[0].attempts = [
        Attempt(
          begunAt: Self.at(1), endedAt: Self.at(1), outcome: .failed, reply: "550 no", code: 550)
      ]
    }
    #expect(Self.use(refused).lateBy == .minutes(30) && !Self.use(refused).isTold)
    #expect(Self.words(Self.use(refused).delays) == ["failed 59", "queue 1"])
    let nobody = Self.facts { $0.letters = [] }
    #expect(Self.words(Self.use(nobody).delays) == ["nobody 60"])
  }

  @Test func `ends where it was closed before anybody had it, and not where somebody had`() {
    let closed = Self.facts(sent: nil) { $0.closedAt = Self.at(20) }
    #expect(Self.use(closed).isClosed && Self.use(closed).used == .minutes(20))
    let late = Self.facts(sent: 6) { $0.closedAt = Self.at(20) }
    #expect(!Self.use(late).isClosed && Self.use(late).used == .minutes(6))
  }

  @Test func `counts attempts that ended alike, and says what was heard last`() {
    let facts = Self.facts(sent: 40) {
      $0.letters[0].attempts.insert(
        contentsOf: (1...3).map { Self.refused(Double($0), "451 no \($0)") }, at: 0)
    }
    let cause = Self.use(facts).delays.first?.cause
    #expect(cause == .refused(reply: "451 no 3", times: 3))
  }

  @Test(
    arguments: [
      (5, nil, [], []),
      (12, nil, [], []),
      (13, nil, [], ["feedSlow 13"]),
      (90, nil, [(false, 80, 10)], ["feedBlind 70", "feedSlow 20"]),
      (90, nil, [(true, 85, 5)], ["daemonDown 80"]),
      (300, 2, [], ["firstReading 298"]),
    ] as [(Int64, Int64?, [(Bool, Int64, Int64)], [String])])
  func `says why a page was found long after it was published`(
    minutes: Int64, firstRead: Int64?, blind: [(Bool, Int64, Int64)], expected: [String]
  ) {
    let facts = Self.facts {
      $0.published = .moment(Sample.monday - .minutes(minutes))
      $0.feedFirstReadAt = firstRead.map { Sample.instant(after: .minutes(-$0)) }
      $0.blindness = blind.map { isOurs, from, to in
        WindowFacts.Blindness(
          isOurs: isOurs, from: Sample.monday - .minutes(from), to: Sample.monday - .minutes(to),
          reason: Phrase(zh: "停", en: "down"))
      }
    }
    let use = Self.use(facts)
    #expect(use.beforeFinding == .minutes(minutes))
    #expect(Self.words(use.delaysBefore) == expected)
    #expect(use.used == .minutes(1), "no window runs before it was found")
  }

  @Test func `makes nothing of a day, or of a date in the future`() {
    let day = Self.facts {
      $0.published = .day(from: Sample.monday - .hours(9), to: Sample.monday + .hours(15))
    }
    #expect(Self.use(day).beforeFinding == nil && Self.use(day).delaysBefore.isEmpty)
    let later = Self.facts { $0.published = .moment(Sample.monday + .hours(1)) }
    #expect(Self.use(later).beforeFinding == .zero && Self.use(later).delaysBefore.isEmpty)
  }

  @Test func `counts on the ledger's line, and says where only the wall could know`() {
    var sent = Self.at(10)
    sent.wall = sent.wall - .hours(3)
    let stepped = Self.facts { facts in
      facts.letters[0].attempts = [Attempt(begunAt: sent, endedAt: sent, outcome: .sent)]
    }
    #expect(Self.use(stepped).used == .minutes(10))
    #expect(!Self.use(stepped).isUncertain)
    sent.boot = "boot-2"
    let booted = Self.facts { facts in
      facts.letters[0].attempts = [Attempt(begunAt: sent, endedAt: sent, outcome: .sent)]
    }
    #expect(Self.use(booted).isUncertain)
    #expect(Self.use(booted).steps.map(\.isUncertain) == [false, false, false, true])
  }
}
