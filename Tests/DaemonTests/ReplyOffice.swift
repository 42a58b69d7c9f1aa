import Foundation
import TestSupport
import Testing

/// A town whose mail goes through a real Postfix into real mailboxes, and whose duty mailbox is read
/// from a real Dovecot.
final class ReplyOffice: Sendable {
  /// What one letter is and what came of it, as the ledger has it.
  struct Heard: Decodable, Hashable {
    /// The part in which its sender was written to; nil for a stranger.
    var part: String?
    var word: String
    var doubt: String?
    /// The sender's own words as they are kept.
    var text: String?
  }

  let town: Town
  let post: PostOffice
  let mailbox: DutyMailbox

  /// An office with a board of one thread for each matter.
  init(_ matters: [Matter]) async throws {
    post = try await PostOffice()
    mailbox = try await DutyMailbox(of: post)
    town = try await Town()
    try town.send(to: post.port)
    try town.change(
      "mail: [zjj@unit.example], deputy: [zjj2@unit.example]", to: ReplyOffice.housing)
    try town.change("officers: [officer@letters.example]", to: ReplyOffice.others)
    try town.add("release: {considerable: officer}\n\(mailbox.setting)")
    try town.home.write(
      "rules:\n" + Matter.allCases.map(\.rule).joined(separator: "\n"), to: "Rules/gas.yaml")
    try town.put(matters.enumerated().map { $1.thread($0 + 1) })
  }

  private static let housing = """
    mail: [zhujian@unit.example, zhujian-b@unit.example], deputy: [zhujian-deputy@unit.example]
    """
  private static let others = """
      - {name: 区水务局, roles: [供水], mail: [shuiwu@unit.example]}
      - {name: 区城管局, roles: [环卫], mail: [chengguan@unit.example], \
    deputy: [chengguan-deputy@unit.example]}
      - {name: 竹园镇, roles: [镇], mail: [moved@unit.example], deputy: [zhujian-deputy@unit.example]}
      - {name: 区教育局, roles: [学校], mail: [full@unit.example], deputy: [zhujian-deputy@unit.example]}
      - {name: 区卫健委, roles: [医院], mail: [quota@unit.example], deputy: [zhujian-deputy@unit.example]}
      - {name: 区水利局, roles: [水利], mail: [moved@unit.example, long@unit.example], \
    deputy: [zhujian-deputy@unit.example]}
      - {name: 区林业局, roles: [林业], mail: [moved@unit.example, full@unit.example], \
    deputy: [zhujian-deputy@unit.example]}
      - {name: 区气象局, roles: [气象], mail: [nobody@unit.example], deputy: [zhujian-deputy@unit.example]}
    officers: [officer@letters.example, officer2@letters.example]
    """

  /// One round: pages, letters, and all that follows sent.
  func round() async throws {
    let round = try await Program.run(["run", "--once", "--config", town.config])
    try #require(round.code == 0, "\(round.errors)")
    try await postIsQuiet()
  }

  /// Waits until Postfix has delivered or returned all that it has.
  private func postIsQuiet() async throws {
    let queue = post.folder.path("postfix/queue")
    try await eventually {
      try ["incoming", "active"].allSatisfy { name in
        try FileManager.default.contentsOfDirectory(atPath: "\(queue)/\(name)").isEmpty
      }
    }
  }

  /// Sends letters as people's mail programs write them, by SMTP.
  func send(_ letters: [SentLetter]) async throws {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Servers/replies.py")
    let sent = try await Program.run(
      "/usr/bin/env",
      ["python3", script.path, post.folder.path("postfix/mail"), "\(post.port)"],
      input: String(decoding: try JSONEncoder().encode(letters), as: UTF8.self))
    try #require(sent.code == 0, "\(sent.errors)")
    try await postIsQuiet()
  }

  /// What was heard of each alert, in order, by its number.
  func heard() async throws -> [String: [Heard]] {
    struct Line: Decodable {
      var alert: String
      var heard: Heard
    }
    let lines = try await town.sql(
      """
      SELECT json_object('alert', alert, 'heard', json_object(
        'part', part, 'word', word, 'doubt', doubt, 'text', letter_text.text))
      FROM hearing LEFT JOIN letter_text ON letter_text.letter = hearing.letter
      ORDER BY said_since_boot, hearing.letter
      """)
    let all = try lines.split(separator: "\n").map {
      try JSONDecoder().decode(Line.self, from: Data($0.utf8))
    }
    return Dictionary(grouping: all, by: \.alert).mapValues { $0.map(\.heard) }
  }
}

/// What a thread is about, and so whose it is.
enum Matter: String, CaseIterable {
  case gas = "燃气泄漏"
  case cover = "井盖缺失"
  case waste = "垃圾自燃"
  case moved = "桥面塌陷"
  case full = "校车超员"
  case quota = "医院停电"
  case refused = "雷击伤人"
  /// Of a unit with two addresses, one of which comes back, and of one with two that both do.
  case halfLost = "河水倒灌"
  case allLost = "山林冒烟"

  var rule: String {
    let unit =
      switch self {
      case .gas, .cover: "燃气"
      case .waste: "环卫"
      case .moved: "镇"
      case .full: "学校"
      case .quota: "医院"
      case .refused: "气象"
      case .halfLost: "水利"
      case .allLost: "林业"
      }
    return """
        - id: \(self)
          name: \(rawValue)
          topic: 安全生产
          unit: \(unit)
          grade: \(self == .cover ? "considerable" : "major")
          any: [\(rawValue)]
      """
  }

  func thread(_ number: Int) -> BoardThread {
    var thread = BoardThread.gas(number)
    thread.title = thread.title.replacingOccurrences(of: "燃气泄漏", with: rawValue)
    thread.body = thread.body.replacingOccurrences(of: "燃气泄漏", with: rawValue)
      .replacingOccurrences(of: "煤气", with: "烟")
    return thread
  }
}

/// A letter as `Servers/replies.py` reads it.
struct SentLetter: Encodable {
  var id: String
  var from: String
  var program: String
  var prefix: String
  var words: String
  var charset: String
  /// The alert's number.
  var number: String
  /// The Message-ID that it answers; empty where it answers none.
  var answers: String
  /// Whether the number in its subject is all that it has.
  var isBare: Bool
  var isBounce: Bool
  var fields: [String]
}
