import Foundation
import TestSupport
import Testing

/// Rows whose verdicts by the rules of `DutyRoom` are plain: 停水 is general and 城乡建设, with 全小区
/// considerable; 燃气泄漏 is major and 安全生产.
private let labelled = """
  title\tbody\tgrade\ttopic\tkind\tnote
  停水\t\tgeneral\t城乡建设\tcomplaint\ta
  停水\t两天\tgeneral\t城乡建设\tcomplaint\tb
  全小区停水\t\tgeneral\t城乡建设\tcomplaint\tc
  燃气泄漏\t\tmajor\t安全生产\tcomplaint\td
  \t阀门坏了\\n整栋楼里都是燃气味\tmajor\t安全生产\tcomplaint\te
  路灯不亮\t\tgeneral\t交通运输\t\tf
  天晴\t\tnone\tnone\tother\tg

  """

/// An aspect's scores in JSON.
private func aspect(_ name: String, of outcome: Program.Outcome) throws -> [String: Any] {
  try #require(try outcome.object[name] as? [String: Any])
}

private func number(_ value: Any?, _ key: String) throws -> Double {
  try #require((value as? [String: Any])?[key] as? Double)
}

@Suite struct `huiyin evaluate` {
  @Test func `gives precision, recall and F1 by class, and both means`() async throws {
    let room = try DutyRoom()
    try room.home.write(labelled, to: "labelled.tsv")
    let outcome = try await room.run("evaluate", "--json", room.home.path("labelled.tsv"))
    #expect(outcome.code == 0, "\(outcome)")
    #expect(outcome.errors.isEmpty)
    #expect(try outcome.object["rows"] as? Int == 7)
    let grade = try aspect("grade", of: outcome)
    let classes = try #require(grade["classes"] as? [[String: Any]])
    #expect(
      classes.map { $0["name"] as? String } == ["major", "considerable", "general", "none"])
    #expect(classes.map { $0["labelled"] as? Int } == [2, 0, 4, 1])
    #expect(classes.map { $0["answered"] as? Int } == [1, 1, 2, 3])
    #expect(classes.map { $0["precision"] as? Double } == [1, 0, 1, 1.0 / 3])
    #expect(classes.map { $0["recall"] as? Double } == [0.5, 0, 0.5, 1])
    #expect(classes.map { $0["f1"] as? Double } == [2.0 / 3, 0, 2.0 / 3, 0.5])
    // As scikit-learn's f1_score with average="macro" has it, with labels= and without.
    #expect(abs(try number(grade["macro"], "f1") - 11.0 / 18) < 1e-12)
    #expect(abs(try number(grade["macroOfUnion"], "f1") - 11.0 / 24) < 1e-12)
    #expect(try number(grade["macro"], "classes") == 3)
    #expect(abs((grade["accuracy"] as? Double ?? 0) - 4.0 / 7) < 1e-12)
  }

  @Test func `counts a topic that nobody names, and passes over what has no label`() async throws {
    let room = try DutyRoom()
    try room.home.write(labelled, to: "labelled.tsv")
    let outcome = try await room.run("evaluate", "--json", room.home.path("labelled.tsv"))
    let topic = try aspect("topic", of: outcome)
    let classes = try #require(topic["classes"] as? [[String: Any]])
    #expect(
      classes.map { $0["name"] as? String } == ["城乡建设", "安全生产", "none", "交通运输"])
    #expect(classes.map { $0["right"] as? Int } == [3, 1, 1, 0])
    #expect(try aspect("kind", of: outcome)["rows"] as? Int == 6)
  }

  @Test func `shows what was taken for what, with lines to look at`() async throws {
    let room = try DutyRoom()
    try room.home.write(labelled, to: "labelled.tsv")
    let outcome = try await room.run("evaluate", "--json", room.home.path("labelled.tsv"))
    let confusions = try #require(
      try aspect("grade", of: outcome)["confusions"] as? [[String: Any]])
    let pairs = confusions.map { "\($0["label"] ?? "") \($0["answer"] ?? "") \($0["count"] ?? "")" }
    #expect(pairs == ["general considerable 1", "general none 1", "major none 1"])
    let examples = try #require(confusions.last?["examples"] as? [[String: Any]])
    #expect(examples.map { $0["line"] as? Int } == [6])
    // The escaped newline ended a line of the text.
    #expect(examples.map { $0["title"] as? String } == ["阀门坏了\n整栋楼里都是燃气味"])
    let none = try await room.run(
      "evaluate", "--json", "--examples", "0", room.home.path("labelled.tsv"))
    let bare = try #require(try aspect("grade", of: none)["confusions"] as? [[String: Any]])
    #expect(bare.allSatisfy { ($0["examples"] as? [Any])?.isEmpty == true })
  }

  @Test(arguments: ["zh", "en"])
  func `is read in 80 columns, and opens no ledger`(language: String) async throws {
    let room = try DutyRoom(language: language)
    let long = String(repeating: "青川区竹园镇的", count: 40)
    let rows = (1...15).map { "\(long)停水\t\(long)\(String(repeating: "甲", count: $0))\tmajor\n" }
    try room.home.write(
      "title\ttopic\tgrade\n" + rows.joined(), to: "labelled.tsv")
    let outcome = try await room.run("evaluate", room.home.path("labelled.tsv"))
    #expect(outcome.code == 0, "\(outcome)")
    #expect(tooWide(outcome.output) == [])
    #expect(outcome.output.contains(language == "zh" ? "另有 5 种" : "5 more kinds"))
    #expect(!room.hasData)
  }

  @Test func `names the rows that cannot be read, counts the others and exits 1`() async throws {
    let room = try DutyRoom()
    var bytes = Data("\u{FEFF}title\tgrade\r\n停水\tgeneral\r\n\r\n停水\r\n停水\tserious\r\n".utf8)
    bytes += Data([0xD0, 0xA1, 0xC7, 0xF8]) + Data("\tgeneral\r\n".utf8)
    bytes += Data("C:\\\\temp\\x停水\\t\tgeneral".utf8)
    try room.home.write(bytes, to: "labelled.tsv")
    let outcome = try await room.run("evaluate", "--json", room.home.path("labelled.tsv"))
    #expect(outcome.code == 1)
    #expect(
      outcome.errors == """
        第 4 行读不了：应有 2 列，实有 1 列
        第 5 行读不了：grade 列没有“serious”这个取值
        第 6 行读不了：应为 UTF-8 编码

        """)
    #expect(try outcome.object["rows"] as? Int == 2)
    #expect(try outcome.object["faults"] as? Int == 3)
    #expect(try aspect("grade", of: outcome)["accuracy"] as? Double == 1)
    #expect(try outcome.object["topic"] is NSNull)
  }

  @Test func `counts a kind that no verdict has as one that is always missed`() async throws {
    let room = try DutyRoom()
    let text = "title\tkind\n停水\tcomplaint\n停水\tnews\n停水\tnews\n"
    let outcome = try await room.run("evaluate", "--json", "-", input: text)
    #expect(outcome.code == 0)
    #expect(outcome.errors == "第 3 行：kind 列的“news”不是研判会给出的取值，照标注计为一类\n")
    let kind = try aspect("kind", of: outcome)
    let classes = try #require(kind["classes"] as? [[String: Any]])
    #expect(classes.map { $0["name"] as? String } == ["complaint", "news"])
    #expect(classes.map { $0["recall"] as? Double } == [1, 0])
    #expect(try number(kind["macro"], "f1") == 0.25)
  }

  @Test(arguments: [
    "", "title\tnote\n停水\tx\n", "grade\ttopic\ngeneral\t城乡建设\n", "title\ttitle\tgrade\n",
  ])
  func `refuses a file that holds nothing to compare, and exits 1`(text: String) async throws {
    let room = try DutyRoom()
    let outcome = try await room.run("evaluate", "-", input: text)
    #expect(outcome.code == 1)
    #expect(outcome.output.isEmpty)
    #expect(!outcome.errors.isEmpty)
    let absent = try await room.run("evaluate", room.home.path("no.tsv"))
    #expect(absent.code == 3)
  }

  @Test func `lets the feed's place decide where a row names one`() async throws {
    let room = try DutyRoom()
    let text = "title\tfeed\tgrade\n停水\tboard\tgeneral\n停水\tpaper\tnone\n停水\t\tgeneral\n"
    let outcome = try await room.run("evaluate", "--json", "-", input: text)
    #expect(try aspect("grade", of: outcome)["accuracy"] as? Double == 1)
  }
}
