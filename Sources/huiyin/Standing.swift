import Pipeline
import Storage
import Vocabulary

/// How everything stands at one moment (现状): what the ledger has, beside what the set-up wants.
struct Standing {
  /// Whether a daemon is there.
  private enum Watch {
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
  private let astray: [AuditFinding]
  /// What the daemon has told the admins of and what is not over.
  private let troubles: [String: Instant]
  /// How many of them wait for which hour.
  let leavings: [(leaving: LeavingTime, envelopes: Int)]
  private let states: [Feed.ID: FeedState]
  private let watch: Watch

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
    guard let state = state(of: feed), state.lastPolledAt != nil else { return .new }
    if state.reportedBlind { return .blind }
    return state.misses > 0 ? .failing : .ok
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

extension Standing {
  /// Sentences for whoever must do something; empty where all is well.
  var problems: [Phrase] {
    watchProblems + idleness + standing + setup.feeds.compactMap(blindness(of:))
      + awaiting.filter(isLate).map(lateness(of:)) + awaiting.flatMap(failures(of:))
      + astray.map(oversight(of:)) + unreachable
  }

  /// What the daemon itself found and nothing else here shows.
  private var standing: [Phrase] {
    let audit = troubles[Auditor.trouble].map { since in
      Phrase(
        zh: "值守程序自查自 \(setup.office.short(since.wall)) 起不通过，详见发给管理员的邮件",
        en: "the daemon's audit fails since \(setup.office.short(since.wall)); the mail to the "
          + "admins says how")
    }
    let late = troubles[LateMail.trouble].map { since in
      Phrase(
        zh: "自 \(setup.office.short(since.wall)) 起有通知超过时限仍未发出",
        en: "since \(setup.office.short(since.wall)) there are notices past their time")
    }
    return [audit, late].compactMap(\.self)
  }

  /// Addresses that the last notice to them could not reach.
  private var unreachable: [Phrase] {
    setup.office.addresses.filter { troubles[MailTrouble.name(of: $0)] != nil }.map { address in
      Phrase(
        zh: "\(address.address) 收不到邮件：请核对后用 huiyin mail-test 验证",
        en: "mail to \(address.address) fails: mend it and try huiyin mail-test")
    }
  }

  private func oversight(of finding: AuditFinding) -> Phrase {
    switch finding {
    case .envelope(let notice, let recipient):
      Phrase(
        zh: "通知 \(notice) 发给 \(recipient.address)，无人负责发送",
        en: "nobody sends notice \(notice) to \(recipient.address)")
    case .alert(let alert):
      Phrase(zh: "预警 \(alert) 没有任何通知", en: "no notice was written of alert \(alert)")
    case .chain(let alert):
      Phrase(zh: "预警 \(alert) 的催办已到时仍未进行", en: "a reminder of alert \(alert) is overdue")
    }
  }

  /// What should be done soon, while all is still well.
  var warnings: [Phrase] {
    let office = setup.office
    let year = office.calendar.missingYear(on: office.zone.civil(now.wall)).map { year in
      Phrase(
        zh: "工作日历里没有 \(year) 年的安排，请补进 calendar 文件",
        en: "the calendar has no \(year): add it to the file that calendar: names")
    }
    let unheard = setup.heartbeat == nil ? nil : troubles[Heartbeat.trouble]
    let silence = unheard.map { since in
      Phrase(
        zh: "自 \(office.short(since.wall)) 起心跳网址收不到本系统的信号",
        en: "since \(office.short(since.wall)) the heartbeat is not heard")
    }
    return [year, silence].compactMap(\.self)
  }

  private var idleness: [Phrase] {
    guard setup.feeds.allSatisfy(\.off) else { return [] }
    return [
      Phrase(zh: "没有启用的信源：什么也没有采集", en: "no feed is switched on: nothing is watched")
    ]
  }

  private var watchProblems: [Phrase] {
    switch watch {
    case .running: []
    case .never:
      [
        Phrase(
          zh: "值守程序还没有运行过：请启动 huiyin run",
          en: "the daemon has never run: start huiyin run")
      ]
    case .stopped(let at):
      [
        Phrase(
          zh: "值守程序没有运行，最后在岗 \(setup.office.short(at))",
          en: "the daemon is not running; it was last there at \(setup.office.short(at))")
      ]
    case .silent(let since):
      [
        Phrase(
          zh: "值守程序没有反应，最后在岗 \(setup.office.short(since))：请看日志，必要时重启",
          en: "the daemon does not respond; its last sign was at \(setup.office.short(since)): see "
            + "its log, and restart it if need be")
      ]
    }
  }

  private func blindness(of feed: Feed) -> Phrase? {
    guard word(for: feed) == .blind, let miss = lastMiss(of: feed) else { return nil }
    return Phrase(
      zh: "信源 \(feed.id) 采集不到：\(miss.reasonZh)", en: "feed \(feed.id) is blind: \(miss.reasonEn)")
  }

  private func lateness(of row: AlertRow) -> Phrase {
    Phrase(zh: "预警 \(row.id) 已过通知时限仍未发出", en: "alert \(row.id) is late and not yet sent")
  }

  private func failures(of row: AlertRow) -> [Phrase] {
    row.notices.filter { $0.state == .failed && !$0.isReplaced }.map { notice in
      Phrase(
        zh: "预警 \(row.id) 发给 \(notice.recipient.address) 失败",
        en: "alert \(row.id) could not be sent to \(notice.recipient.address)")
    }
  }
}
