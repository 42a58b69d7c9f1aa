import Foundation
import GRDB
import TestSupport

// Items 5 to 9: a ledger that others hold, that is damaged, foreign or out of reach, whose log grows, or
// that two daemons want.

extension Scenario {
  /// Another process holds the write lock for a while.
  static let lockedLedgers: [Scenario] = [
    locked(for: .seconds(1), runs: 10, shortRuns: 1),
    locked(for: .seconds(12), runs: 3, shortRuns: 0),
    locked(for: .seconds(60), runs: 2, shortRuns: 0),
    Scenario(5, "locked by another process for ever", runs: 2, shortRuns: 0, isSlow: true) { _ in
      let district = try await District(Post.mixture())
      let inquest = Inquest(district)
      try await district.runToTheEnd()
      let lock = try OpenTransaction(on: district, writing: true)
      let refused = try district.start(["run"])
      try await refused.waitForEnd()
      try expectRefusal(refused)
      try lock.end()
      try await district.runToTheEnd()
      return try await inquest.close()
    },
  ]

  private static func locked(for length: Duration, runs: Int, shortRuns: Int) -> Scenario {
    Scenario(
      5, "locked by another process for \(length.components.seconds) s", runs: runs,
      shortRuns: shortRuns, isSlow: true
    ) { _ in
      let district = try await District([Post(1, .gas)])
      let inquest = Inquest(district)
      let program = try district.start()
      try await district.settled()
      let lock = try OpenTransaction(on: district, writing: true)
      try district.put(Post.mixture(from: 2))
      try await Task.sleep(for: length)
      try lock.end()
      return try await finish(district, inquest, program)
    }
  }
}

/// A transaction that this process holds open on the program's ledger.
struct OpenTransaction {
  private let queue: DatabaseQueue

  /// Holds the write lock, or only what it has read.
  init(on district: District, writing: Bool) throws {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.allowsUnsafeTransactions = true
    queue = try DatabaseQueue(
      path: district.data + "/ledger.sqlite", configuration: configuration)
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: writing ? "BEGIN IMMEDIATE" : "BEGIN")
      _ = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM item")
    }
  }

  func end() throws {
    try queue.writeWithoutTransaction { db in try db.execute(sql: "ROLLBACK") }
    try queue.close()
  }
}

/// What has happened to a ledger's files while nobody used them (损坏情形).
private enum Harm: String, CaseIterable {
  case emptied
  case cutShort = "cut short"
  case cutInsidePage = "cut inside a page"
  case firstPage = "page 1 overwritten"
  case leaves = "leaves overwritten"
  case foreign
  case newer
  case logInItsPlace = "its log in its place"
  case logAlone = "its log left alone"

  func happen(to district: District) throws {
    let url = URL(fileURLWithPath: district.data + "/ledger.sqlite")
    var bytes = try Data(contentsOf: url)
    let page = 4096
    switch self {
    case .emptied: bytes = Data()
    case .cutShort: bytes = bytes.prefix(bytes.count / page / 2 * page)
    case .cutInsidePage: bytes = bytes.prefix(bytes.count - 100)
    case .firstPage:
      bytes.replaceSubrange(100..<page, with: Data(repeating: 0x5A, count: page - 100))
    case .leaves:
      for number in 10..<bytes.count / page {
        bytes.replaceSubrange(
          number * page..<number * page + 100, with: Data(repeating: 0xFF, count: 100))
      }
    case .foreign: bytes = Data("收件登记.xlsx".utf8) + bytes
    case .newer:
      let queue = try DatabaseQueue(path: url.path)
      try queue.write { db in
        try db.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('a later one')")
      }
      return try queue.close()
    case .logInItsPlace: bytes = Data([0x37, 0x7F, 0x06, 0x82]) + bytes.dropFirst(4)
    case .logAlone:
      try bytes.write(to: URL(fileURLWithPath: url.path + "-wal"))
      return try FileManager.default.removeItem(at: url)
    }
    try bytes.write(to: url)
  }
}

extension Scenario {
  /// Files that are no ledger any more: refused in one line and left as they are; the backup is put
  /// in their place and all goes on.
  static let brokenLedgers: [Scenario] =
    Harm.allCases.map(broken) + [
      Scenario(6, "damaged: log overwritten, told again", runs: 20) { turn in
        var chance = turn.chance
        let district = try await District(Post.mixture())
        let inquest = Inquest(district)
        _ = try await district.fatalRound(
          Fault(.kill, at: .synced, of: .log, nth: .random(in: 4...12, using: &chance)))
        let url = URL(fileURLWithPath: district.data + "/ledger.sqlite-wal")
        var bytes = try Data(contentsOf: url)
        for _ in 1...3 {
          bytes[Int.random(in: 32..<bytes.count, using: &chance)] ^= 0x5A
        }
        try bytes.write(to: url)
        try await district.runToTheEnd()
        // What stood behind the damage never was; it is fetched and told again.
        var findings = try await inquest.close()
        findings.allowed += findings.forbidden.count
        findings.forbidden = []
        return findings
      }
    ]

  private static func broken(_ harm: Harm) -> Scenario {
    Scenario(harm == .newer ? 8 : 6, "damaged: " + harm.rawValue, runs: 5) { _ in
      let district = try await District(Post.mixture())
      let inquest = Inquest(district)
      try await district.runToTheEnd()
      let backup = district.home.path("backup.sqlite")
      try await done(["backup", backup], district)
      // What still stands in the log makes good what is damaged in the file.
      try district.foldLog()
      try harm.happen(to: district)
      let before = try contents(of: district)
      for command in [["run"], ["run", "--once"], ["alerts"]] {
        let refused = try district.start(command)
        try await refused.waitForEnd()
        try expectRefusal(refused)
        guard try contents(of: district) == before else {
          throw Broken("\(command.joined(separator: " ")) touched the file")
        }
      }
      if harm == .logAlone {
        try FileManager.default.removeItem(atPath: district.data + "/ledger.sqlite-wal")
      }
      try await done(["restore", backup], district)
      try district.put([Post(9, .gas)])
      try await district.runToTheEnd()
      return try await inquest.close()
    }
  }

  private static func done(_ command: [String], _ district: District) async throws {
    let program = try district.start(command)
    try await program.waitForEnd()
    guard program.code == 0 else {
      throw Broken("\(command[0]) ended with \(program.code): \(program.errors)")
    }
  }

  private static func contents(of district: District) throws -> [String: Data] {
    let names = district.home.names(in: "data").filter {
      $0.hasSuffix(".sqlite") || $0.hasSuffix("-wal")
    }
    let files = try names.map {
      ($0, try Data(contentsOf: URL(fileURLWithPath: district.data + "/" + $0)))
    }
    // Whoever looks at a ledger leaves an empty log beside it.
    return Dictionary(
      uniqueKeysWithValues: files.filter { $0.0.hasSuffix(".sqlite") || !$0.1.isEmpty })
  }
}

extension Scenario {
  /// Folders that cannot be used: refused in one line.
  static let outOfReach: [Scenario] = [
    Scenario(8, "folder's parent is not there", runs: 3) { _ in
      let district = try await District(Post.mixture())
      try district.change("data: ./data", to: "data: ./no/such")
      let refused = try district.start(["run", "--once"])
      try await refused.waitForEnd()
      guard [1, 3].contains(refused.code) else { throw Broken("ended with \(refused.code)") }
      try district.change("data: ./no/such", to: "data: ./data")
      let inquest = Inquest(district)
      try await district.runToTheEnd()
      return try await inquest.close()
    },
    Scenario(
      8, "read-only file system", runs: 3,
      obstacle: geteuid() == 0 ? nil : "needs root, to mount a small disk"
    ) { _ in
      let district = try await District(Post.mixture())
      let disk = try await SmallDisk(at: district.data, megabytes: 16)
      do {
        let inquest = Inquest(district)
        try await district.runToTheEnd()
        try await disk.allowWriting(false)
        let refused = try await district.round()
        try expectRefusal(refused)
        try await disk.allowWriting(true)
        try district.put([Post(9, .gas)])
        try await district.runToTheEnd()
        let findings = try await inquest.close()
        await disk.unmount()
        return findings
      } catch {
        await disk.unmount()
        throw error
      }
    },
    Scenario(
      8, "folder belongs to somebody else", runs: 3,
      obstacle: geteuid() == 0 ? nil : "needs root, to be somebody else"
    ) { _ in
      let district = try await District(Post.mixture())
      let inquest = Inquest(district)
      try await district.runToTheEnd()
      let refused = try Program(
        [
          "--reuid=65534", "--regid=65534", "--clear-groups", Program.url.path, "run", "--once",
          "--config", district.config,
        ], path: "/usr/bin/setpriv")
      try await refused.waitForEnd()
      try expectRefusal(refused)
      return try await inquest.close()
    },
  ]
}

extension Scenario {
  /// Somebody reads for a long time, so that the log cannot be folded in.
  static let longReader = Scenario(7, "log under a long reader", runs: 5) { _ in
    let district = try await District([Post(1, .gas)])
    let inquest = Inquest(district)
    let program = try district.start()
    try await district.settled()
    let reader = try OpenTransaction(on: district, writing: false)
    try district.lengthenLog()
    try district.put(Post.mixture(from: 2))
    try await district.settled()
    try reader.end()
    let log = district.data + "/ledger.sqlite-wal"
    let most = try Scenario.size(of: log)
    // Once nobody reads it is folded in and written from its beginning again.
    for number in 1...3 {
      try district.lengthenLog()
      try district.put([Post(10 + number, .gas)])
      try await district.settled()
    }
    let grown = try Scenario.size(of: log) - most
    guard grown < 17 * 1_048_576 else { throw Broken("the log grew by \(grown) more") }
    return try await finish(district, inquest, program)
  }

  private static func size(of path: String) throws -> Int {
    let facts = try FileManager.default.attributesOfItem(atPath: path)
    return facts[.size] as? Int ?? 0
  }
}

extension Scenario {
  /// Several daemons on one ledger: one holds it, the others are refused; who dies leaves it free.
  static let manyDaemons = Scenario(9, "four daemons at once, the holder killed", runs: 20) { _ in
    let district = try await District(Post.mixture())
    let inquest = Inquest(district)
    try await district.runToTheEnd()
    try district.put([Post(9, .gas)])
    let daemons = try (1...4).map { _ in try district.start() }
    try await eventually { daemons.count { $0.isRunning } == 1 }
    for refused in daemons where !refused.isRunning { try expectRefusal(refused) }
    guard let holder = daemons.first(where: \.isRunning) else { throw Broken("nobody holds it") }
    try await holder.end(by: SIGKILL)
    try inquest.see(the: holder)
    return try await finish(district, inquest, try district.start())
  }
}

extension District {
  /// Makes the log so long, beside the program that runs, that its next commit folds it in.
  func lengthenLog() throws {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    let queue = try DatabaseQueue(path: data + "/ledger.sqlite", configuration: configuration)
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA wal_autocheckpoint = 0")
      try db.execute(sql: "PRAGMA synchronous = OFF")
      for number in 1...4000 {
        let step = number.isMultiple(of: 2) ? 1 : -1
        try db.execute(sql: "UPDATE pulse SET alive_at = alive_at + \(step)")
      }
    }
    try queue.close()
  }

  /// Folds the log in while no program runs, as whoever closes a ledger last.
  package func foldLog() throws {
    let queue = try DatabaseQueue(path: data + "/ledger.sqlite")
    try queue.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
    try queue.close()
  }

  /// The same while no program runs. Whoever closes a ledger last folds its log in, so the files are
  /// put back as they were before that.
  func lengthenLogAtRest() throws {
    let place = try Folder()
    let names = ["/ledger.sqlite", "/ledger.sqlite-wal"]
    let queue = try DatabaseQueue(path: data + names[0])
    try queue.read { db in _ = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM pulse") }
    try lengthenLog()
    for name in names {
      try FileManager.default.copyItem(atPath: data + name, toPath: place.path + name)
    }
    try queue.close()
    for name in names {
      try? FileManager.default.removeItem(atPath: data + name)
      try FileManager.default.copyItem(atPath: place.path + name, toPath: data + name)
    }
    try? FileManager.default.removeItem(atPath: data + "/ledger.sqlite-shm")
  }
}
