import Foundation
import Synchronization
import TestSupport

/// A district that is lived in for hours while everything goes wrong at random (浸泡测试).
///
/// New posts come all the time. Every few minutes all that must leave has left, the program is
/// stopped, and the inquest is closed as after any fault; then life goes on with the same ledger.
package final class Soak {
  /// How often the inquest is closed.
  private let rhythm: Duration
  private let length: Duration
  private var chance: Chance
  let district: District
  let inquest: Inquest
  let mail = MailMoods()
  private var program: Program
  private var report: SoakReport
  private var lastPost = 0
  private let tell: (String) -> Void

  /// A soak of so long; what it does is drawn from the seed, when it does it depends on the machine.
  package init(for length: Duration, seed: UInt64, tell: @escaping (String) -> Void) async throws {
    self.length = length
    self.tell = tell
    rhythm = min(.seconds(300), max(.seconds(30), length / 6))
    chance = Chance(state: seed)
    report = SoakReport(seed: seed)
    district = try await District(Post.mixture(), cues: mail.cues)
    district.list(200)
    lastPost = 5
    inquest = Inquest(district)
    program = try district.start()
  }

  /// Goes on until its time is over or somebody says so, and returns what was found.
  package func run(until isOver: () -> Bool) async throws -> SoakReport {
    let began = ContinuousClock.now
    var closedAt = began
    while ContinuousClock.now - began < length, !isOver() {
      try await step()
      guard ContinuousClock.now - closedAt >= rhythm else { continue }
      try await close(after: ContinuousClock.now - began)
      closedAt = .now
      try await start()
    }
    try await close(after: ContinuousClock.now - began)
    return report
  }

  private func step() async throws {
    let mood = Mood.allCases.randomElement(using: &chance) ?? .well
    let misfortune = Misfortune.allCases.randomElement(using: &chance) ?? .nothing
    mail.become(mood, &chance)
    report.count(misfortune, mood)
    try post()
    try await happen(misfortune)
    try await revive()
    try await live(.random(in: 500...3000, using: &chance))
    calm(after: mood)
  }

  private func calm(after mood: Mood) {
    mail.calm()
    if mood.isSilent { district.board.letMailWait(.seconds(121)) }
  }

  /// Citizens post one to four posts, and now and then somebody repeats one.
  private func post() throws {
    var posts: [Post] = []
    for _ in 1...Int.random(in: 1...4, using: &chance) {
      lastPost += 1
      posts.append(Post(lastPost, Post.Matter.allCases.randomElement(using: &chance) ?? .gas))
    }
    if let first = posts.first, first.speaks, Int.random(in: 1...5, using: &chance) == 1 {
      lastPost += 1
      posts.append(Post(lastPost, first.matter, repeats: first.number))
    }
    try district.put(posts)
  }

  private func live(_ milliseconds: Int) async throws {
    try await Task.sleep(for: .milliseconds(milliseconds))
  }
}

// MARK: What goes wrong

extension Soak {
  private func happen(_ misfortune: Misfortune) async throws {
    if let fault = misfortune.fault(&chance) { return try await strike(fault) }
    switch misfortune {
    case .kill:
      try await live(.random(in: 0...2000, using: &chance))
      try await program.end(by: SIGKILL)
    case .restart: try await stop()
    case .clockSet:
      let steps = [3600, -3600, 86_400, -86_400, 1, -1]
      district.board.shift(wall: .seconds(steps.randomElement(using: &chance) ?? 1))
    case .suspension:
      program.signal(SIGSTOP)
      let length = Duration.seconds(Int.random(in: 20...120, using: &chance))
      district.board.shift(wall: length, boot: length)
      program.signal(SIGCONT)
    case .locked:
      let lock = try OpenTransaction(on: district, writing: true)
      try await live(.random(in: 500...6000, using: &chance))
      try lock.end()
    case .slowPages:
      district.web.standStill(true)
      try await live(.random(in: 1000...6000, using: &chance))
      district.web.standStill(false)
    case .killAtStep, .powerCut, .diskFull, .diskFails, .nothing: break
    }
  }

  /// Gives the shim its order and waits a while for it to be carried out.
  private func strike(_ fault: Fault) async throws {
    let end = ContinuousClock.now + .seconds(4)
    district.board.order(fault)
    while program.isRunning, ContinuousClock.now < end {
      try await live(50)
    }
    district.board.callOff()
  }

  /// Starts the program again where it has ended, as a service manager would.
  private func revive() async throws {
    guard !program.isRunning else { return }
    guard program.wasKilled || [0, 3].contains(program.code) else {
      throw Broken("ended with \(program.code): \(program.errors.suffix(600))")
    }
    try inquest.see(the: program)
    try await start()
  }

  /// Starts it, and waits until it has ears for signals.
  private func start() async throws {
    let asked = district.web.requests.count
    program = try district.start()
    try await district.patiently {
      district.web.requests.count > asked || !program.isRunning
    }
  }

  private func stop() async throws {
    try await program.end(by: SIGTERM)
    guard program.code == 0, !program.wasKilled else {
      throw Broken("it did not end well: \(program.code) \(program.errors.suffix(300))")
    }
  }
}

// MARK: Closing

extension Soak {
  /// All leaves that must; the program is stopped and what it left is examined.
  private func close(after elapsed: Duration) async throws {
    mail.calm()
    district.board.callOff()
    district.board.letMailWait(.seconds(121))
    try await revive()
    // Whoever starts it may have mended what was wrong: all is tried at once.
    try await stop()
    try inquest.see(the: program)
    try await start()
    try await district.drained(within: .seconds(300))
    report.sample(memory: try program.memory, descriptors: try program.descriptors)
    try await stop()
    try inquest.see(the: program)
    report.add(try await inquest.close(byLine: true), of: district, after: elapsed)
    tell(report.line)
    for fault in report.findings.losses + report.findings.forbidden { tell("  " + fault) }
  }
}

extension District {
  /// Waits until all is known, all has left and no trouble stands.
  fileprivate func drained(within longest: Duration) async throws {
    try await patiently(within: longest) {
      guard
        try count("outbox WHERE state NOT IN ('sent', 'failed')") == 0,
        try count("lead WHERE state = 'open'") == 0, try count("standing_trouble") == 0
      else { return false }
      let now = try Snapshot(beside: self)
      return now.knows(posts) && now.isSettled
    }
  }
}

/// How the mail server of a soak behaves just now.
final class MailMoods: Sendable {
  private let current = Mutex<Reluctance?>(nil)

  func become(_ mood: Mood, _ chance: inout Chance) {
    let next = mood.reluctance(&chance)
    current.withLock { $0 = next }
  }

  func calm() {
    current.withLock { $0 = nil }
  }

  var cues: @Sendable (Sink.Cue) -> Sink.Act? {
    { [self] cue in current.withLock { $0 }?.cues(cue) }
  }
}
