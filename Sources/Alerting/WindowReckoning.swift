package import Vocabulary

/// Reckons how an alert used its window (时限核算), and says what took the time.
///
/// Pure. Distances within the window are measured on the ledger's own line; what is between
/// publication and finding can only be as true as the page's own word.
package struct WindowReckoning: Sendable {
  private let facts: WindowFacts
  private let every: Duration?
  private let now: Instant

  /// The reckoning of an alert as things stand now; `every` is the pace of its feed.
  package init(_ facts: WindowFacts, every: Duration?, at now: Instant) {
    self.facts = facts
    self.every = every
    self.now = now
  }

  /// The whole of it.
  package var use: WindowUse {
    let end = told ?? facts.closedAt ?? now
    return WindowUse(
      deadline: facts.deadline, publishedAt: published, beforeFinding: beforeFinding, steps: steps,
      used: end.elapsed(since: start), isTold: told != nil,
      isClosed: told == nil && facts.closedAt != nil,
      isUncertain: end.isUncertain(since: start), delaysBefore: longestFirst(delaysBefore),
      delays: longestFirst(delays(until: end)))
  }

  private var start: Instant { facts.deadline.startedAt }

  /// Those to whom the window is owed: the unit, or the officers where no unit is written to.
  private var owed: [WindowFacts.Letter] {
    let units = facts.letters.filter { $0.part == .unit }
    return units.isEmpty ? facts.letters.filter { $0.part == .officer } : units
  }

  /// The letter that everything waited for: one that has still to leave, else the last accepted.
  private var decisive: WindowFacts.Letter? {
    owed.first(where: \.isToLeave) ?? owed.max { accepted($0) < accepted($1) }
  }

  private func accepted(_ letter: WindowFacts.Letter) -> SteadyTime {
    letter.acceptedAt?.steady ?? .beginning
  }

  /// When the last of them had it; nil while one still waits, and where none was reached.
  private var told: Instant? {
    owed.contains(where: \.isToLeave) ? nil : decisive?.acceptedAt
  }

  private func longestFirst(_ delays: [WindowUse.Delay]) -> [WindowUse.Delay] {
    delays.filter { $0.span > .zero }.sorted { $0.span > $1.span }
  }
}

extension WindowReckoning {
  private var steps: [WindowUse.Step] {
    beginning
      + facts.letters.map { letter in
        step(
          .letter(letter.recipient, letter.state), at: letter.acceptedAt, after: facts.raisedAt)
      }
      + facts.words.map { word in
        step(
          .acknowledged(byUnit: word.byUnit, phoned: word.phoned), at: word.at,
          after: delivery(before: word) ?? facts.raisedAt)
      }
  }

  /// What was judged before the window began took nothing of it.
  private var beginning: [WindowUse.Step] {
    guard start.steady <= facts.judgedAt.steady else {
      return [
        step(.directed, at: start, after: start), step(.raised, at: facts.raisedAt, after: start),
      ]
    }
    return [
      step(.found, at: start, after: start), step(.judged, at: facts.judgedAt, after: start),
      step(.raised, at: facts.raisedAt, after: facts.judgedAt),
    ]
  }

  private func step(
    _ work: WindowUse.Work, at moment: Instant?, after before: Instant
  ) -> WindowUse.Step {
    let at = moment ?? facts.closedAt ?? now
    return WindowUse.Step(
      work, at: moment?.wall, took: at.elapsed(since: before), used: at.elapsed(since: start),
      isUncertain: at.isUncertain(since: start))
  }

  /// When whoever speaks had first been told.
  private func delivery(before word: WindowFacts.Word) -> Instant? {
    let part: Part = word.byUnit && !word.phoned ? .unit : .officer
    return facts.letters.filter { $0.part == part }.compactMap(\.acceptedAt)
      .filter { $0.steady <= word.at.steady }.min { $0.steady < $1.steady }
  }
}

extension WindowReckoning {
  private var beforeFinding: Duration? {
    published.map { max(.zero, facts.foundAt.wall - $0) }
  }

  /// A day alone says too little.
  private var published: WallTime? {
    switch facts.published {
    case .moment(let time): time
    case .day, .absent, .unreadable: nil
    }
  }

  /// What a feed needs beside its pace: the page of an item may take two minutes.
  private static let reading = Duration.minutes(2)

  private var delaysBefore: [WindowUse.Delay] {
    guard let published, let whole = beforeFinding else { return [] }
    var rest = whole
    var delays: [WindowUse.Delay] = []
    if let first = facts.feedFirstReadAt?.wall, published < first {
      delays.append(WindowUse.Delay(.firstReading, min(rest, first - published)))
      rest -= delays[0].span
    }
    let from = facts.feedFirstReadAt.map { max(published, $0.wall) } ?? published
    for blindness in facts.blindness {
      let span = min(rest, overlap(blindness, from, facts.foundAt.wall))
      let cause: WindowUse.Cause = blindness.isOurs ? .daemonDown : .feedBlind(blindness.reason)
      delays.append(WindowUse.Delay(cause, span))
      rest -= span
    }
    guard let every, rest > every + WindowReckoning.reading else { return delays }
    return delays + [WindowUse.Delay(.feedSlow, rest)]
  }

  private func overlap(
    _ blindness: WindowFacts.Blindness, _ from: WallTime, _ to: WallTime
  ) -> Duration {
    max(.zero, min(to, blindness.to ?? now.wall) - max(from, blindness.from))
  }
}

extension WindowReckoning {
  /// What took the window's time, one stretch after the other, up to a moment.
  private func delays(until end: Instant) -> [WindowUse.Delay] {
    var sums = Sums()
    stretch(.awaitedText, from: start, to: facts.raisedAt, into: &sums)
    guard let letter = decisive else {
      sums.add(.nobody, end.elapsed(since: facts.raisedAt))
      return sums.delays
    }
    var at = facts.raisedAt
    if let leaving = letter.leaving {
      let leavesAt = facts.raisedAt.later(by: max(.zero, leaving.at - facts.raisedAt.wall))
      let until = leavesAt.steady < end.steady ? leavesAt : end
      sums.add(.hour(leaving), until.elapsed(since: at))
      at = until
    }
    let first = letter.attempts.first?.begunAt ?? end
    stretch(.queue, from: at, to: first, into: &sums)
    for (index, attempt) in letter.attempts.enumerated() {
      let isLast = index == letter.attempts.count - 1
      let next = isLast ? end : letter.attempts[index + 1].begunAt
      stretch(cause(of: attempt), from: attempt.begunAt, to: next, into: &sums)
    }
    return sums.delays
  }

  private func cause(of attempt: WindowFacts.Attempt) -> WindowUse.Cause {
    switch attempt.outcome {
    case .sent: .slowServer
    case .failed: .failed(reply: attempt.reply ?? "")
    case .deferred:
      attempt.code == nil
        ? .unanswered(reply: attempt.reply ?? "", times: 1)
        : .refused(reply: attempt.reply ?? "", times: 1)
    case nil: .unanswered(reply: "", times: 1)
    }
  }

  /// One stretch of time has one cause, but for what of it the daemon was not running.
  private func stretch(
    _ cause: WindowUse.Cause, from: Instant, to: Instant, into sums: inout Sums
  ) {
    let whole = to.elapsed(since: from)
    let down = facts.blindness.filter(\.isOurs)
      .reduce(Duration.zero) { $0 + overlap($1, from.wall, to.wall) }
    sums.add(.daemonDown, min(whole, down))
    sums.add(cause, whole - min(whole, down))
  }
}

extension WindowFacts.Letter {
  /// Whether somebody will still try.
  fileprivate var isToLeave: Bool {
    switch state {
    case .waiting, .sending, .deferred, .held: true
    case .sent, .failed: false
    }
  }
}

/// Spans by cause; attempts that ended alike are one.
private struct Sums {
  private(set) var delays: [WindowUse.Delay] = []

  mutating func add(_ cause: WindowUse.Cause, _ span: Duration) {
    guard let index = delays.firstIndex(where: { $0.cause.word == cause.word }) else {
      delays.append(WindowUse.Delay(cause, span))
      return
    }
    delays[index].span += span
    delays[index].cause = cause.again(after: delays[index].cause)
  }
}

extension WindowUse.Cause {
  /// The same once more: the last reply counts.
  fileprivate func again(after before: WindowUse.Cause) -> WindowUse.Cause {
    switch self {
    case .refused(let reply, let times): .refused(reply: reply, times: times + before.times)
    case .unanswered(let reply, let times): .unanswered(reply: reply, times: times + before.times)
    case .feedBlind, .firstReading, .feedSlow, .daemonDown, .awaitedText, .hour, .queue,
      .failed, .slowServer, .nobody:
      self
    }
  }

  private var times: Int {
    switch self {
    case .refused(_, let times), .unanswered(_, let times): times
    case .feedBlind, .firstReading, .feedSlow, .daemonDown, .awaitedText, .hour, .queue,
      .failed, .slowServer, .nobody:
      0
    }
  }
}
