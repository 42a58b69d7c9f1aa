import Alerting
import Drafting
import Extracting
import Fetching
import Foundation
import Judging
import Logging
import Mailing
import Pipeline
import Settings
import Storage
import Synchronization
import TestSupport
import Testing
import Vocabulary

@testable import huiyin

/// Takes a walk through the real program: nginx for the web, libcurl, libxml2, a ledger on disk,
/// a Maildir for the mail; only the clock is the walk's own.
final class Walker {
  private let web: WebServer
  private let home: Folder
  private let clock = WalkClock()
  private let course = Course()
  private var surroundings: Surroundings?
  private var workshop: Workshop?

  init() async throws {
    web = try await WebServer()
    home = try Folder()
    try home.write(Walker.office, to: "huiyin.yaml")
    try home.write("", to: "Rules/.keep")
  }

  /// What came of the walk, a line for each thing that happened.
  func walk(_ file: WalkFile) async throws -> String {
    for step in file.steps {
      switch step {
      case .setup(let name, let text):
        try home.write(text.replacingOccurrences(of: "HOST", with: web.host), to: name)
      case .page(let path, let charset, let text): try put(text, charset, at: path)
      case .gone(let path): try FileManager.default.removeItem(atPath: web.pages.path(path))
      case .ack(let id, let word): try await acknowledge(id, word)
      case .later(let duration): clock.advance(by: duration)
      case .round: try await round()
      }
    }
    await workshop?.close()
    surroundings?.ledger.close()
    return course.text.replacingOccurrences(of: web.host, with: "HOST")
  }

  private func put(_ text: String, _ charset: String, at path: String) throws {
    let page = text.replacingOccurrences(of: "HOST", with: web.host)
    try web.pages.write(try encoded(page, charset), to: path)
  }

  private func encoded(_ text: String, _ charset: String) throws -> Data {
    let encodings: [String: UInt32] = ["GBK": 0x0632, "BIG5": 0x0A03]
    guard let number = encodings[charset.uppercased()] else { return Data(text.utf8) }
    let encoding = String.Encoding(rawValue: UInt(0x8000_0000 | number))
    guard let bytes = text.data(using: encoding) else {
      throw CocoaError(.fileWriteInapplicableStringEncoding)
    }
    return bytes
  }

  private func round() async throws {
    let surroundings = try await begun()
    course.say("round at \(clock.shown)")
    await Rounds(surroundings).once()
    await Leads(surroundings).once()
    await Revisits(surroundings).once()
    await Reminders(surroundings).once()
    try await Outbox(surroundings).once()
    try await tellAnswers(surroundings)
    course.endRound()
  }

  /// What became of public answers, as the ledger has it.
  private func tellAnswers(_ surroundings: Surroundings) async throws {
    for item in course.items {
      let changes = try await surroundings.ledger.read { ledger in
        try ledger.answerChanges(of: item.id).map { ($0.change, $0.unit, $0.seenAt) }
      }
      for (change, unit, seenAt) in changes where seenAt == clock.now().wall {
        course.note(.answer, "  answer \(change.rawValue): \(item.title), \(unit ?? "nobody")")
      }
    }
  }

  /// What `huiyin ack` does.
  private func acknowledge(_ written: String, _ word: String?) async throws {
    let (surroundings, now) = (try await begun(), clock.now())
    let setup = surroundings.inForce.current.setup
    let id = try #require(Alert.ID(written))
    let alert = try #require(try await surroundings.ledger.read { try $0.alert(id) }).alert
    let askAgain = Live.escalation(setup).askingAgain(of: alert, byUnit: word != nil, at: now)
    try await surroundings.ledger.write { ledger in
      try ledger.acknowledge(
        id, unit: word == "--unit", phoned: word == "--phoned", falseAlarm: false, by: "walk",
        reason: nil, askAgain: askAgain, at: now)
    }
    course.say("at \(clock.shown) \(word ?? "an officer") acknowledges \(id)")
  }

  private func begun() async throws -> Surroundings {
    if let surroundings { return surroundings }
    let reading = try Settings.read(home.path("huiyin.yaml"), checks: Live.checks)
    for diagnostic in reading.diagnostics where diagnostic.weight == .error {
      course.say(diagnostic.line(in: .zh))
    }
    guard var setup = reading.setup else { throw CocoaError(.fileReadCorruptFile) }
    // One page after another, so that a walk comes out the same each time.
    setup.fetch.pause = .milliseconds(60)
    let ledger = try Ledger.open(folder: setup.folder, now: clock.now())
    var config = Config()
    config.config = home.path("huiyin.yaml")
    let workshop = try await Workshop(config: config, setup: setup, ledger: ledger, now: clock.now)
    var generation = try await workshop.generation(of: setup)
    generation.steps = course.watched(generation.steps, zone: setup.office.zone)
    var log = Logger(label: "walk")
    log.logLevel = .critical
    let surroundings = Surroundings(
      ledger: ledger, inForce: InForce(generation), now: clock.now, log: log, incarnation: "walk")
    _ = try await Presence.begin(surroundings)
    self.workshop = workshop
    self.surroundings = surroundings
    return surroundings
  }

  private static let office = """
    office: 青川区信访局
    data: ./data
    feeds: Feeds
    rules: Rules
    telephone: 0800-0000
    mail: {from: 舆情值班室 <duty@letters.example>, maildir: ./outbox}
    units:
      - {name: 区水务局, roles: [供水], mail: [swj@unit.example], deputy: [swj2@unit.example]}
      - {name: 区住建局, roles: [住建, 燃气], mail: [zjj@unit.example], deputy: [zjj2@unit.example]}
      - {name: 区纪委监委, roles: [监督], mail: [jw@unit.example], deputy: [jw2@unit.example]}
    supervision: 区纪委监委
    default_unit: 区住建局
    places: [青川区, 竹园镇]
    officers: [officer@letters.example]
    leaders: [leaders@letters.example]
    admins: [admin@letters.example]
    fetch: {pause: 0s, allow_private: [127.0.0.0/8]}
    """
}

/// The walk's own time: Monday, 2 March 2026, 09:00, and on from there.
private final class WalkClock: Sendable {
  private let passed = Mutex(Duration.zero)

  var now: @Sendable () -> Instant {
    { Sample.instant(after: self.passed.withLock(\.self)) }
  }

  var shown: String {
    String(OfficeZone.shanghai.rfc3339(now().wall).dropFirst(5).prefix(11))
  }

  func advance(by duration: Duration) {
    passed.withLock { $0 += duration }
  }
}
