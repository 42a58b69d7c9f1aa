import Pipeline
import Storage
import Vocabulary

/// How everything stands at one moment (现状): what the ledger has, beside what the set-up wants.
struct Standing {
  /// Whether a daemon is there.
  enum Watch {
    case never
    case stopped(at: WallTime)
    /// It holds the ledger and writes nothing into it.
    case silent(since: WallTime)
    case running

    /// What a daemon's hold on the ledger and its last sign of life come to.
    init(isHeld: Bool?, alive: Instant?, now: Instant) {
      guard let alive else {
        self = .never
        return
      }
      let isFresh = now.elapsed(since: alive) < Watch.longestSilence
      switch (isHeld, isFresh) {
      case (true, true), (nil, true): self = .running
      case (true, false): self = .silent(since: alive.wall)
      case (false, _), (nil, false): self = .stopped(at: alive.wall)
      }
    }

    /// The daemon says every 20 s that it is alive; with four of them missing something is wrong.
    private static let longestSilence = Duration.seconds(90)
  }

  let setup: Setup
  let now: Instant
  /// Alerts that wait for somebody's word, by the time that is left: nobody has acknowledged them,
  /// or an officer has and their unit has not.
  let awaiting: [AlertRow]
  /// How many envelopes have still to leave.
  let waiting: Int
  /// What nobody sees to, though it is open.
  let astray: [AuditFinding]
  /// What the daemon has told the admins of and what is not over.
  let troubles: [String: Instant]
  /// How many of them wait for which hour.
  let leavings: [(leaving: LeavingTime, envelopes: Int)]
  private let states: [Feed.ID: FeedState]
  let watch: Watch

  /// How things stand where no daemon has ever run.
  init(neverRun setup: Setup, at now: Instant) {
    self.setup = setup
    self.now = now
    awaiting = []
    waiting = 0
    astray = []
    troubles = [:]
    leavings = []
    states = [:]
    watch = .never
  }

  /// Reads how things stand.
  init(_ books: Books) async throws {
    let now = try await books.now()
    let isHeld = books.ledger.isHeldByDaemon
    let found = try await books.ledger.read { ledger in
      (
        states: try ledger.feedStates(), open: try ledger.alerts(AlertFilter(awaiting: true)),
        waiting: try ledger.waitingCount(), leavings: try ledger.leavings(),
        alive: try ledger.lastAlive()?.at, troubles: try ledger.standingTroubles(),
        astray: try ledger.audit(
          limit: 200, remindedBy: try Standing.remindedBy(ledger, isHeld: isHeld, at: now))
      )
    }
    setup = books.setup
    self.now = now
    awaiting = found.open.sorted { $0.alert.deadline.endsAt < $1.alert.deadline.endsAt }
    waiting = found.waiting
    astray = found.astray
    troubles = found.troubles
    leavings = found.leavings
    states = Dictionary(found.states.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    watch = Watch(isHeld: isHeld, alive: found.alive, now: now)
  }

  /// The steps of chains that were due before this moment must have been taken: none where no daemon
  /// is there to take them, or has only just come.
  private static func remindedBy(
    _ ledger: Reading, isHeld: Bool?, at now: Instant
  ) throws -> SteadyTime {
    let by = now.steady - Auditor.reminding
    guard isHeld == true, let began = try ledger.lastBegan(), began.steady < by else {
      return .beginning
    }
    return by
  }
}

extension Standing {
  /// How the watching of a feed stands, in one word; the raw value is what JSON says.
  enum FeedWord: String, Encodable {
    /// Switched off (停用).
    case off
    /// Not polled yet (未采集).
    case new
    /// 正常
    case ok
    /// It missed lately (有失败).
    case failing
    /// Nobody knows what is there (盲区).
    case blind
  }

  /// What the ledger has of a feed; nothing where the feed has moved to another address since.
  func state(of feed: Feed) -> FeedState? {
    states[feed.id].flatMap { $0.url == feed.url ? $0 : nil }
  }

  /// The word for a feed.
  func word(for feed: Feed) -> FeedWord {
    guard !feed.off else { return .off }
    if feed.kind == .mail { return troubles[Mailroom.trouble] == nil ? .ok : .failing }
    guard let state = state(of: feed), state.lastPolledAt != nil else { return .new }
    if state.reportedBlind { return .blind }
    return state.misses > 0 ? .failing : .ok
  }

  /// How a feed differs from its own past, where the admins were told so.
  func oddities(of feed: Feed) -> Phrase? {
    guard !feed.off, let past = state(of: feed)?.past.map({ FeedPast($0) }), past.isOdd else {
      return nil
    }
    let clauses = past.oddities.map(\.sentence)
    return Phrase(
      zh: "与以往不同：" + clauses.map(\.zh).joined(separator: "；"),
      en: "not what it was: " + clauses.map(\.en).joined(separator: "; "))
  }

  /// The failure that a feed has not yet got over.
  func lastMiss(of feed: Feed) -> FeedState.LastMiss? {
    state(of: feed).flatMap { $0.misses > 0 ? $0.lastMiss : nil }
  }

  /// Whether the unit should have been told by now and has not been.
  func isLate(_ row: AlertRow) -> Bool {
    row.sentAt == nil && row.alert.deadline.isPast(at: now)
  }
}
