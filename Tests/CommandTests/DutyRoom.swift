import Foundation
import TestSupport
import Testing

/// An office's set-up in a folder of a test's own, and the real program run on it.
struct DutyRoom {
  let home: Folder
  let config: String

  /// An office that has never run; `extra` goes at the end of its `huiyin.yaml`.
  init(language: String = "zh", maildir: Bool = true, extra: String = "") throws {
    home = try Folder()
    config = home.path("huiyin.yaml")
    try home.write(DutyRoom.office(language, maildir: maildir) + extra, to: "huiyin.yaml")
    try home.write(DutyRoom.rules, to: "Rules/all.yaml")
    try home.write(DutyRoom.board, to: "Feeds/board.yaml")
    try home.write(DutyRoom.paper, to: "Feeds/paper.yaml")
  }

  /// Runs a command of `huiyin` to its end.
  func run(_ arguments: String..., input: String? = nil) async throws -> Program.Outcome {
    try await Program.run(arguments + ["--config", config], input: input)
  }

  /// Whether anything has made the ledger's folder.
  var hasData: Bool { FileManager.default.fileExists(atPath: home.path("data")) }

  private static func office(_ language: String, maildir: Bool) -> String {
    """
    office: 青川区信访局
    language: \(language)
    data: ./data
    feeds: Feeds
    rules: Rules
    mail: {from: 舆情值班室 <duty@letters.example>\(maildir ? ", maildir: ./outbox" : "")}
    units:
      - {name: 区水务局, roles: [供水], mail: [swj@unit.example], deputy: [swj2@unit.example]}
      - {name: 区住建局, roles: [住建], mail: [zjj@unit.example], deputy: [zjj2@unit.example]}
      - {name: 区纪委监委, mail: [jw@unit.example], deputy: [jw2@unit.example]}
    supervision: 区纪委监委
    places: [青川区, 竹园镇]
    officers: [officer@letters.example]
    leaders: [leaders@letters.example]
    admins: [admin@letters.example]
    fetch: {pause: 0s, allow_private: [127.0.0.0/8]}

    """
  }

  /// Rules about water, homes and misconduct.
  static let rules = """
    rules:
      - id: water-cut
        name: 停水断水
        topic: 城乡建设
        unit: 供水
        assist: [区水务局, 区住建局]
        grade: general
        any: [停水, 断水]
        none: [计划检修]
        raise:
          - {grade: considerable, any: [全小区]}
      - id: gas-leak
        name: 燃气泄漏
        topic: 安全生产
        unit: 住建
        grade: major
        all: [燃气, 泄漏]
      - id: bribe
        name: 收受贿赂
        topic: 党风廉政
        kind: conduct
        grade: considerable
        any: [收受红包]
    """

  private static let board = """
    name: 青川区领导留言板
    kind: board
    url: http://board.example/list
    every: 10m
    items: //li
    title: ./a
    link: ./a/@href
    date: ./span
    article: {title: //h1, body: "css:.content", date: "css:.time"}
    answer: {body: "css:.reply", unit: "css:.dept"}
    place: 青川区
    """

  private static let paper = """
    name: 晚报
    kind: rss
    url: http://paper.example/rss
    every: 10m
    """
}

extension Program.Outcome {
  /// The lines of the result.
  var lines: [String] { output.split(separator: "\n").map(String.init) }

  /// The result as one JSON object a line.
  var objects: [[String: Any]] {
    get throws { try lines.map { try #require(try json($0) as? [String: Any]) } }
  }

  /// The result as one JSON object.
  var object: [String: Any] {
    get throws { try #require(try objects.first) }
  }
}

/// A value of JSON.
func json(_ text: String) throws -> Any {
  try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
}

/// How many columns a line takes where an ideograph takes two; written down for the tests alone.
func columns(_ line: some StringProtocol) -> Int {
  line.unicodeScalars.reduce(0) { $0 + (("\u{2E80}"..."\u{FFEF}").contains($1) ? 2 : 1) }
}

/// The lines of a text that do not fit into 80 columns.
func tooWide(_ text: String) -> [String] {
  text.split(separator: "\n").map(String.init).filter { columns($0) > 80 }
}
