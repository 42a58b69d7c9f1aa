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
  private let posted = Mutex<[Post]>([])

  /// A district with some posts; `script` is how the mail server behaves, `every` how often the board
  /// is read.
  package init(
    _ posts: [Post], every: String = "1s", victim: Victim = Victim(),
    script: @escaping @Sendable (Sink.Moment, Int) -> Sink.Act? = { _, _ in nil }
  ) async throws {
    web = try await WebServer()
    sink = try Sink(script: script)
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
  package var posts: [Post] { posted.withLock(\.self) }

  /// Citizens post more: the pages first, then the listing.
  package func put(_ more: [Post]) throws {
    let all = posted.withLock { posts in
      posts += more
      return posts
    }
    for post in more { try web.pages.write(post.page, to: String(post.path.dropFirst())) }
    let rows = all.reversed().map(\.row).joined(separator: "\n")
    try web.pages.write(
      "<html><meta charset=utf-8><body><ul>\(rows)</ul></body></html>", to: "list")
  }

  /// Changes one place of a file of the set-up.
  package func change(_ from: String, to: String, in file: String = "huiyin.yaml") throws {
    let text = try home.read(file)
    guard text.contains(from) else { throw CocoaError(.fileReadCorruptFile) }
    try home.write(text.replacingOccurrences(of: from, with: to), to: file)
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
    try await program.waitForEnd(within: .seconds(60))
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
      try put([Post(1000 + posts.count, .water)])
    }
    throw Broken("nothing ended the program at \(board.steps) steps")
  }

  /// How many writes the last cut of power lost or tore.
  package var lostWrites: Int { board[FAULT_LOST] }

  /// Waits until all that must leave has left, while the program runs.
  package func settled(within longest: Duration) async throws {
    try await patiently(within: longest) {
      guard let now = try? Snapshot(beside: self) else { return false }
      return now.knows(posts) && now.isSettled
    }
  }

  /// Waits until something holds that is dear to look at; what stands in the way is said.
  package func patiently(
    within longest: Duration, _ holds: () async throws -> Bool
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

// MARK: The set-up

extension District {
  // Windows that are too short to wait for an hour: what is general is gathered and leaves at once.
  private static func setup(mail port: Int) -> String {
    """
    office: 青川区信访局
    data: ./data
    feeds: Feeds
    rules: Rules
    windows: {major: 10m, considerable: 20m, general: 25m}
    mail: {from: 舆情值班室 <duty@letters.example>, server: "smtp://127.0.0.1:\(port)"}
    units:
      - {name: 区住建局, roles: [燃气], mail: [zjj@unit.example], deputy: [zjj2@unit.example]}
      - {name: 区水务局, roles: [供水], mail: [swj@unit.example], deputy: [swj2@unit.example]}
      - {name: 区环保局, roles: [环保], mail: [hbj@unit.example], deputy: [hbj2@unit.example]}
    officers: [officer@letters.example]
    leaders: [leaders@letters.example]
    admins: [admin@letters.example]
    fetch: {pause: 0s, allow_private: [127.0.0.0/8]}
    """
  }

  private static func feed(_ host: String, every: String) -> String {
    """
    name: 青川区领导留言板
    kind: board
    url: http://\(host)/list
    every: \(every)
    items: //li
    title: ./a
    link: ./a/@href
    date: ./span
    article: {title: //h1, body: "css:.content"}
    place: 青川区
    """
  }

  private static let rules = """
    rules:
      - {id: gas, name: 燃气泄漏, topic: 安全生产, unit: 燃气, grade: major, any: [燃气泄漏]}
      - {id: water, name: 停水, topic: 城乡建设, unit: 供水, grade: considerable, any: [停水]}
      - {id: noise, name: 噪声, topic: 生态环境, unit: 环保, grade: general, any: [夜间噪声]}
    """
}
