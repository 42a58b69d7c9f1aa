import Foundation
import TestSupport
import Testing

@Suite(.serialized) struct `The first run of a feed` {
  /// One of each kind of date, by its thread's number.
  private static var threads: [BoardThread] {
    let hour = 3600.0
    let day = 24 * hour
    let dates = [
      "刚刚", Town.time("yyyy-MM-dd HH:mm", after: -2 * hour),
      Town.time("yyyy-MM-dd HH:mm", after: -3 * day),
      Town.time("yyyy-MM-dd HH:mm", after: -40 * day),
      // Some minutes less than a day, lest midnight pass between writing and reading.
      Town.time("yyyy-MM-dd", after: 600 - day), Town.time("yyyy-MM-dd", after: -3 * day), "",
      Town.time("yyyy-MM-dd HH:mm", after: 2 * day), "某日某时",
    ]
    return dates.enumerated().map { .gas($0.offset + 1, date: $0.element) }
  }

  @Test(
    arguments: [
      // Yesterday's day still lies in the last 24 hours; a future time counts as found now; a date
      // that cannot be read is new, and one that is not there is not.
      ("recent", [1, 2, 5, 8, 9]), ("baseline", []),
      // Forty days are beyond the cap whatever is asked for.
      ("all", [1, 2, 3, 5, 6, 7, 8, 9]),
    ] as [(String, [Int])])
  func `tells of what counts as new`(firstRun: String, numbers: [Int]) async throws {
    let town = try await Town()
    try town.put(Self.threads)
    let board = try town.home.read("Feeds/board.yaml")
    try town.home.write(board + "\nfirst_run: \(firstRun)\n", to: "Feeds/board.yaml")
    for _ in 0..<2 {
      let round = try await Program.run(["run", "--once", "--config", town.config])
      #expect(round.code == 0, "\(round.errors)")
    }
    let titles = numbers.map { "幸福路\($0)号燃气泄漏" }
    #expect(try await town.alerts().map(\.title).sorted() == titles.sorted())
    #expect(town.mails(to: "zjj@unit.example").count == numbers.count)

    // What is posted afterwards is new in every case.
    try town.put(Self.threads + [.gas(20)])
    _ = try await Program.run(["run", "--once", "--config", town.config])
    #expect(try await town.alerts().count == numbers.count + 1)
  }

  @Test func `lists in the digest what has no date`() async throws {
    let town = try await Town()
    try town.put(Self.threads)
    // The digest whose 24 hours hold this moment leaves in two hours, whatever day that is.
    let date = Town.time("yyyy-MM-dd", after: 2 * 3600)
    try town.add("digests: {daily: \"\(Town.time("HH:mm", after: 2 * 3600))\"}")
    _ = try await Program.run(["run", "--once", "--config", town.config])
    let digest = try await Program.run(["digest", "--date", date, "--config", town.config])
    #expect(digest.code == 0, "\(digest.errors)")
    #expect(digest.output.contains("幸福路7号燃气泄漏"), "\(digest.output)")
  }
}

@Suite(.serialized) struct `A daily digest` {
  @Test func `leaves once, however often the daemon is started`() async throws {
    let town = try await Town()
    try town.add("digests: {daily: \"\(Town.time("HH:mm", after: -3600))\"}")
    // An office that began to watch half a day ago.
    _ = try await Program.run(["run", "--once", "--config", town.config])
    #expect(try await digests(town).isEmpty, "an office that has just begun has nothing to tell")
    let began = Int(Date(timeIntervalSinceNow: -86_400 / 2).timeIntervalSince1970) * 1000
    try await town.sql("INSERT INTO incarnation VALUES ('earlier', \(began), 'boot', 1, NULL)")
    for run in 1...3 {
      let daemon = try Program(["run", "--config", town.config])
      try await eventually { try await digests(town).count >= 1 }
      let visits = town.visits(of: "/list")
      try await eventually { town.visits(of: "/list") > visits + 1 }
      try await daemon.end(by: run == 2 ? SIGKILL : SIGTERM)
    }
    let letters = try await digests(town)
    #expect(letters.map(\.to) == ["leaders@letters.example"])
  }

  private func digests(_ town: Town) async throws -> [Letter] {
    try await town.letters().filter { $0.subject.contains("日报") }
  }
}
