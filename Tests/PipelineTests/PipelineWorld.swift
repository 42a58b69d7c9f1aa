import Logging
import Pipeline
import Storage
import Synchronization
import TestSupport
import Vocabulary

/// A pipeline over a real ledger, with verbs that a test sets: a fake is one line.
final class PipelineWorld: Sendable {
  let folder: Folder
  let surroundings: Surroundings
  let clock = TestClock()

  init(feeds: [Feed] = [Sample.feed()], _ change: (inout Steps) -> Void) async throws {
    folder = try Folder()
    var steps = PipelineWorld.steps
    change(&steps)
    let setup = Setup(
      office: Sample.office, feeds: feeds,
      ruleBook: RuleBook(version: RuleBook.Version(rawValue: "0123456789ab"), rules: []),
      mail: MailSettings(
        from: Sample.address("duty@letters.example"), way: .maildir(folder.path("outbox"))),
      digests: DigestHours(), fetch: Manners(pause: .zero), folder: folder.path("data"))
    var log = Logger(label: "pipeline")
    log.logLevel = .critical
    surroundings = Surroundings(
      ledger: try Ledger.open(folder: folder.path("data"), now: clock.now()),
      inForce: InForce(Generation(setup: setup, steps: steps)), now: clock.now,
      clock: Hurried(), log: log, incarnation: "run-1")
    _ = try await Presence.begin(surroundings)
  }

  deinit { surroundings.ledger.close() }

  /// One round of everything.
  func round() async throws {
    await Rounds(surroundings).once()
    await Leads(surroundings).once()
    try await Outbox(surroundings).once()
  }

  /// Another run of the daemon on this ledger, by the ledger's clock.
  func restart(_ incarnation: String) async throws -> Surroundings {
    let now = try await surroundings.ledger.startClock(clock.read).now
    var log = Logger(label: "pipeline")
    log.logLevel = .critical
    let next = Surroundings(
      ledger: surroundings.ledger, inForce: surroundings.inForce, now: now, clock: Hurried(),
      log: log, incarnation: incarnation)
    _ = try await Presence.begin(next)
    return next
  }

  /// Every alert there is.
  func alerts() async throws -> [AlertRow] {
    try await surroundings.ledger.read { try $0.alerts(AlertFilter()) }
  }

  /// Verbs that bring nothing, judge everything general and deliver everything.
  private static var steps: Steps {
    Steps(
      fetch: { request throws(Miss) in
        .page(
          Page(
            feed: request.feed, requestedURL: request.url, url: request.url, bytes: [],
            fetchedAt: Sample.instant()))
      },
      extract: { _, _ throws(Miss) in Extract() },
      complete: { _, lead, _ throws(Miss) in Sample.item(lead.id.rawValue, body: "全文") },
      entitle: { Sample.item($0.id.rawValue, title: $0.title, basis: .titleOnly) },
      admit: { _, _, _, _ in .new },
      judge: { item, _ in
        Sample.verdict(on: item.id.rawValue, grade: .general, basis: item.basis)
      },
      sketch: { _ in nil },
      raise: { verdict, _, precedents, _, at in
        guard let standing = precedents.first else {
          return .raise(
            grade: verdict.grade, audience: .unit(Sample.unit("区水务局")),
            deadline: Deadline(.notify, from: at, window: .hours(24)))
        }
        return .merge(into: standing.alert, .sameItem)
      },
      leave: { _, _, _, _ in nil },
      draft: { occasion in
        guard case .raised(let papers) = occasion else { return [] }
        return [
          Notice(
            id: Notice.ID(rawValue: "\(papers.alert.id)/contactSheet/1"), kind: .contactSheet,
            alert: papers.alert.id, grade: papers.alert.grade, subject: "联系单", text: "联系单",
            html: "<p>联系单</p>",
            recipients: [Recipient(Sample.address("swj@unit.example"), as: .unit)],
            dueAt: papers.alert.deadline.dueAt)
        ]
      },
      messageID: { notice, recipient in "<\(notice.rawValue)/\(recipient.address)>" },
      deliver: { _, _ in Receipt(.sent, reply: "250 ok", at: Sample.instant()) }
    )
  }
}

/// Time as a test lets it pass, and the wall clock as somebody sets it.
final class TestClock: Sendable {
  private struct Face {
    var passed = Duration.zero
    var step = Duration.zero
    var boot: (name: String, at: Duration)?
  }

  private let face = Mutex(Face())

  /// What the clocks of the machine say.
  var read: @Sendable () -> ClockReading {
    {
      self.face.withLock { face in
        let booted = face.boot?.at ?? .zero
        let since = (face.passed - booted).inMilliseconds + (face.boot == nil ? 1_000_000 : 7)
        return ClockReading(
          wall: Sample.monday + face.passed + face.step, boot: face.boot?.name ?? "boot-1",
          sinceBoot: since)
      }
    }
  }

  /// What they say in the first boot, where the ledger's line is the time since boot.
  var now: @Sendable () -> Instant {
    let read = read
    return {
      let reading = read()
      return Instant(wall: reading.wall, boot: reading.boot, sinceBoot: reading.sinceBoot)
    }
  }

  func advance(by duration: Duration) {
    face.withLock { $0.passed += duration }
  }

  /// Somebody sets the wall clock, by so much.
  func step(by duration: Duration) {
    face.withLock { $0.step += duration }
  }

  /// The machine is booted anew.
  func boot(_ name: String) {
    face.withLock { $0.boot = (name, $0.passed) }
  }
}

/// A clock on which nobody waits: what would sleep goes on at once.
struct Hurried: Clock {
  var now: ContinuousClock.Instant { ContinuousClock.now }
  var minimumResolution: Duration { .nanoseconds(1) }
  func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) async throws {}
}

/// No stage to reckon with: nothing took any time.
let noReckoning: Reckoning = { facts, _, _ in
  WindowUse(
    deadline: facts.deadline, publishedAt: nil, beforeFinding: nil, steps: [], used: .zero,
    isTold: true, isClosed: false, isUncertain: false, delaysBefore: [], delays: [])
}
