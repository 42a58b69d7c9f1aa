import CFaultBoard
import Foundation
import Synchronization
package import TestSupport

/// An office under faults: a board that citizens post on, the real program that watches it, and the
/// mail server that its mails end in (试验区).
///
/// What it knows, it knows by design: which posts there are and who must hear of each.
package final class District: Sendable {
  /// The server of the board.
  package let web: WebServer
  /// Where the mails end.
  package let sink: Sink
  /// The set-up, and the ledger in `data`.
  package let home: Folder
  /// Orders to the shim.
  package let board: Board
  /// The program that a script of the sink may kill.
  package let victim: Victim
  private let state = Mutex(State())

  private struct State {
    var posts: [Post] = []
    var officers: Set<String> = []
    var listed = Int.max
    var trust = ""
    var heard: (@Sendable () -> [String])?
  }

  /// A district with some posts; `script` is how the mail server behaves, `every` how often the board
  /// is read.
  package convenience init(
    _ posts: [Post], every: String = "1s", victim: Victim = Victim(),
    script: @escaping @Sendable (Sink.Moment, Int) -> Sink.Act? = { _, _ in nil }
  ) async throws {
    try await self.init(
      posts, every: every, victim: victim, cues: { script($0.moment, $0.connection) })
  }

  /// A district whose mail server has a script that knows recipients, and offers more than it must.
  package init(
    _ posts: [Post], every: String = "1s", victim: Victim = Victim(), offers: [String] = [],
    cues script: @escaping @Sendable (Sink.Cue) -> Sink.Act?
  ) async throws {
    web = try await WebServer()
    sink = try Sink(offers: offers, cues: script)
    home = try Folder()
    board = try Board(in: home)
    self.victim = victim
    try FileManager.default.createDirectory(
      atPath: home.path("data"), withIntermediateDirectories: true)
    try home.write(UUID().uuidString, to: "boot_id")
    try home.write(District.setup(mail: sink.port), to: "huiyin.yaml")
    try home.write(District.rules, to: "Rules/rules.yaml")
    try home.write(District.feed(web.host, every: every), to: "Feeds/board.yaml")
    try put(posts)
  }

  deinit {
    sink.stop()
  }

  /// The path of the set-up.
  package var config: String { home.path("huiyin.yaml") }
  /// The folder of the ledger.
  package var data: String { home.path("data") }
  /// All that was posted.
  package var posts: [Post] { state.withLock(\.posts) }

  /// The board shows so many of the latest posts.
  package func list(_ count: Int) { state.withLock { $0.listed = count } }

  /// All that was said by the second channel, in order; nil where the office has none.
  var heard: [String]? { state.withLock(\.heard)?() }

  /// Has major alerts said by a second channel as well, and knows what arrived there.
  func ring(_ settings: String, heard: @escaping @Sendable () -> [String]) throws {
    try home.write(try home.read("huiyin.yaml") + "\n\(settings)\n", to: "huiyin.yaml")
    state.withLock { $0.heard = heard }
  }

  /// The program trusts these certificates in place of the system's.
  func trust(_ authority: String) { state.withLock { $0.trust = authority } }

  /// The office has so many officers more, each with an address of their own.
  func hire(_ count: Int) throws {
    let more = (1...count).map { "officer-\($0)@letters.example" }
    try change(
      "officers: [officer@letters.example]",
      to: "officers: [officer@letters.example, \(more.joined(separator: ", "))]")
    state.withLock { $0.officers.formUnion(more) }
  }

  /// Who hears of a post.
  func audience(of post: Post) -> Set<String> {
    let usual = post.audience
    return usual.isEmpty ? [] : usual.union(state.withLock(\.officers))
  }

  /// Citizens post more: the pages first, then the listing.
  package func put(_ more: [Post]) throws {
    let (all, listed) = state.withLock { state in
      state.posts += more
      return (state.posts, state.listed)
    }
    for post in more { try web.pages.write(post.page, to: String(post.path.dropFirst())) }
    let rows = all.suffix(listed).reversed().map(\.row).joined(separator: "\n")
    try web.pages.write(
      "<html><meta charset=utf-8><body><ul>\(rows)</ul></body></html>", to: "list")
  }
}

/// The running program, as a script of the sink knows it.
package final class Victim: Sendable {
  private let program = Mutex<Program?>(nil)

  /// Nobody yet.
  package init() {}

  /// Kills it, as the kernel would that has run out of memory.
  package func kill() { program.withLock { $0?.signal(SIGKILL) } }

  func become(_ program: Program) { self.program.withLock { $0 = program } }
}

// MARK: Running the program

extension District {
  /// Starts the program under the shim, or another one of which the set-up is not asked.
  package func start(
    _ arguments: [String] = ["run"], _ fault: Fault = .none, environment: [String: String] = [:],
    path: String? = nil
  ) throws -> Program {
    board.order(fault)
    let shim = [
      "LD_PRELOAD": Program.beside("libFaultShim.so").path, "FAULT_BOARD": board.path,
      "FAULT_FOLDER": URL(fileURLWithPath: data).resolvingSymlinksInPath().path,
      "FAULT_AFTER": fault.after ?? "", "FAULT_BOOT_ID": home.path("boot_id"),
      "FAULT_TRUST": state.withLock(\.trust),
    ]
    let program = try Program(
      path == nil ? arguments + ["--config", config] : arguments,
      environment: environment.merging(shim) { $1 }, path: path)
    victim.become(program)
    return program
  }

  /// Does one round, and waits for its end.
  package func round(_ fault: Fault = .none) async throws -> Program {
    let program = try start(["run", "--once"], fault)
    try await program.waitForEnd()
    guard board.isLoaded else { throw Broken("the shim is not in the program") }
    return program
  }

  /// Rounds without a fault until nothing waits any more, as a service manager would start them.
  package func runToTheEnd() async throws {
    for _ in 1...5 {
      let program = try await round()
      guard program.code == 0, !program.wasKilled else {
        throw Broken("a round without a fault ended with \(program.code): \(program.errors)")
      }
      let now = try Snapshot(of: self)
      if now.knows(posts), now.isSettled { return }
    }
  }

  /// Rounds until the fault has ended the program. Where a round did not come to the step, something
  /// new is posted and an earlier step taken.
  package func fatalRound(_ fault: Fault) async throws -> Program {
    var fault = fault
    for _ in 1...8 {
      let program = try await round(fault)
      if program.wasKilled { return program }
      fault.nth = max(1, fault.nth / 2)
      fault.afterNth = max(1, fault.afterNth - 1)
      // One that is said as well as written: the step may be a call's.
      try put([Post(1000 + posts.count, .gas)])
    }
    throw Broken("nothing ended the program at \(board.steps) steps")
  }

  /// How many writes the last cut of power lost or tore.
  package var lostWrites: Int { board[FAULT_LOST] }

  /// Waits until all that must leave has left, while the program runs.
  package func settled(within longest: Duration = patience) async throws {
    try await patiently(within: longest) {
      guard let now = try? Snapshot(beside: self) else { return false }
      return now.knows(posts) && now.isSettled
    }
  }

  /// Waits until something holds that is dear to look at; what stands in the way is said.
  package func patiently(
    within longest: Duration = patience, _ holds: () async throws -> Bool
  ) async throws {
    let end = ContinuousClock.now + longest
    while try await !holds() {
      guard ContinuousClock.now < end else {
        throw Broken(
          "in vain for \(longest): \((try? Snapshot(beside: self))?.left(of: posts) ?? "")")
      }
      try await Task.sleep(for: .milliseconds(100))
    }
  }
}

/// Something in the suite itself went wrong, so that nothing was shown.
package struct Broken: Error, CustomStringConvertible {
  package var description: String

  /// What went wrong.
  package init(_ description: String) { self.description = description }
}
