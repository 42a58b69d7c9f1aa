import Foundation
import TestSupport
import Testing

/// An alert as `alerts --json` shows it.
struct ShownAlert: Decodable {
  struct Notice: Decodable {
    var kind: String
    var recipient: String
    var state: String
    var messageId: String
    var attempts: Int
    var mayHaveBeenSentTwice: Bool
  }

  var id: String
  var grade: String
  var state: String
  /// Whether an officer has it and its unit has not.
  var awaitsUnit: Bool
  var unit: String?
  var title: String
  var url: String
  var notices: [Notice]
}

/// One thread of a board: its page and its row in the listing.
struct BoardThread {
  var number: Int
  /// As HTML.
  var title: String
  /// As HTML.
  var body: String
  /// As the listing prints it.
  var date = "刚刚"

  /// A thread about a leak of gas at a number of 幸福路.
  static func gas(_ number: Int, date: String = "刚刚") -> BoardThread {
    BoardThread(
      number: number, title: "幸福路\(number)号燃气泄漏",
      body: "<p>幸福路\(number)号楼道里煤气味很重，\(number)单元有燃气泄漏，已有老人头晕，请尽快派人处置。</p>", date: date)
  }
}

extension Town {
  /// Changes one place of a file of the set-up; a test fails where it is not there.
  func change(_ from: String, to: String, in file: String = "huiyin.yaml") throws {
    let text = try home.read(file)
    try #require(text.contains(from), "\(file) has no \(from)")
    try home.write(text.replacingOccurrences(of: from, with: to), to: file)
  }

  /// Adds lines to the set-up.
  func add(_ lines: String) throws {
    try home.write(try home.read("huiyin.yaml") + "\n" + lines + "\n", to: "huiyin.yaml")
  }

  /// Has mail go to a server instead of the Maildir.
  func send(to server: MailServer) throws { try send(to: server.port) }

  /// Has mail go to whoever listens on a port of loopback.
  func send(to port: UInt16) throws {
    try change("maildir: ./outbox", to: "server: \"smtp://127.0.0.1:\(port)\"")
  }

  /// Puts threads of any kind on the board, in place of those that were there.
  func put(_ threads: [BoardThread]) throws {
    for thread in threads {
      let page =
        "<html><meta charset=utf-8><body><h1>\(thread.title)</h1>"
        + "<div class=content>\(thread.body)</div></body></html>"
      try web.pages.write(page, to: "t/\(thread.number)")
    }
    let rows = threads.map {
      "<li><a href='/t/\($0.number)'>\($0.title)</a> <span>\($0.date)</span></li>"
    }
    try web.pages.write(
      "<html><meta charset=utf-8><body><ul>\(rows.joined(separator: "\n"))</ul></body></html>",
      to: "list")
  }

  /// How often the web server was asked for a path.
  func visits(of path: String) -> Int {
    web.requests.count { $0.hasPrefix(path + " ") }
  }

  /// The mails in the Maildir, as an independent parser reads them.
  func letters() async throws -> [Letter] {
    try await Letter.read(home.names(in: "outbox/new").map { home.path("outbox/new/\($0)") })
  }

  /// Every alert there is.
  func alerts() async throws -> [ShownAlert] {
    let listed = try await Program.run(["alerts", "--json", "--config", config])
    #expect(listed.code == 0, "\(listed.errors)")
    return try JSONDecoder().decode([ShownAlert].self, from: Data(listed.output.utf8))
  }

  /// What SQLite itself says of the ledger's file, `ok` where it is whole.
  func integrity() async throws -> String {
    try await sql("PRAGMA integrity_check")
  }

  /// Runs a statement on the ledger's file with a SQLite that is not ours.
  @discardableResult
  func sql(_ statement: String) async throws -> String {
    let script = """
      import sqlite3, sys
      ledger = sqlite3.connect(sys.argv[1])
      print("\\n".join(str(row[0]) for row in ledger.execute(sys.argv[2])))
      ledger.commit()
      """
    let run = try await Program.run(
      "/usr/bin/env", ["python3", "-c", script, home.path("data/ledger.sqlite"), statement])
    #expect(run.code == 0, "\(run.errors)")
    return run.output.trimmingCharacters(in: .newlines)
  }

  /// Makes the last sign of life so much older.
  func letPass(minutes: Int) async throws {
    let passed = minutes * 60_000
    try await sql(
      """
      UPDATE pulse
      SET alive_at = alive_at - \(passed), alive_since_boot = alive_since_boot - \(passed)
      """)
  }

  /// How many spans without sight of anything the ledger has.
  func blindSpots() async throws -> Int? {
    Int(try await sql("SELECT COUNT(*) FROM blind_spot WHERE feed IS NULL"))
  }

  /// A time in the office's zone, so long from now.
  static func time(_ format: String, after seconds: TimeInterval) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(identifier: "Asia/Shanghai")
    formatter.dateFormat = format
    return formatter.string(from: Date(timeIntervalSinceNow: seconds))
  }
}
