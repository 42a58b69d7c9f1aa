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
      raise: { verdict, _, precedents, at in
        guard let standing = precedents.first else {
          return .raise(
            grade: verdict.grade, audience: .unit(Sample.unit("区水务局")),
            deadline: Deadline(.notify, from: at, window: .hours(24)))
        }
        return .merge(into: standing.alert, .sameItem)
      },
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
      deliver: { _ in Receipt(.sent, reply: "250 ok", at: Sample.instant()) }
    )
  }
}

/// Time as a test lets it pass.
final class TestClock: Sendable {
  private let passed = Mutex(Duration.zero)

  var now: @Sendable () -> Instant {
    { Sample.instant(after: self.passed.withLock(\.self)) }
  }

  func advance(by duration: Duration) {
    passed.withLock { $0 += duration }
  }
}

/// A clock on which nobody waits: what would sleep goes on at once.
struct Hurried: Clock {
  var now: ContinuousClock.Instant { ContinuousClock.now }
  var minimumResolution: Duration { .nanoseconds(1) }
  func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) async throws {}
}
