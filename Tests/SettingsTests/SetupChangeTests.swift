import Foundation
import Settings
import Testing
import Vocabulary

@Suite struct `What a new set-up changes` {
  private func rule(_ id: String, any: [String], _ change: (inout Rule) -> Void = { _ in }) -> Rule
  {
    var rule = Rule(
      id: Rule.ID(rawValue: id), name: "停水", grade: .general,
      condition: Rule.Condition(any: any), place: Place(file: "Rules/a.yaml", line: 1, column: 1))
    change(&rule)
    return rule
  }

  private func setup(
    _ rules: [Rule] = [], _ change: (inout Setup) -> Void = { _ in }
  ) throws -> Setup {
    let scratch = try Scratch()
    try scratch.copySound()
    var setup = try #require(
      try Settings.read(scratch.path("huiyin.yaml"), checks: .forTests).setup)
    setup.ruleBook.rules = rules
    // Each scratch folder is another.
    setup.folder = "/ledger"
    change(&setup)
    return setup
  }

  /// Changes as an admin reads them.
  private func lines(_ changes: [SetupChange]) -> [String] {
    changes.flatMap { change -> [String] in
      let subject =
        switch change.subject {
        case .rule(let id, _): "rule \(id)"
        case .feed(let id, _): "feed \(id)"
        case .unit(let name): "unit \(name)"
        case .setting(let key): key
        }
      return change.details.isEmpty
        ? ["\(change.turn) \(subject)"]
        : change.details.map { "\(change.turn) \(subject): \($0.zh)" }
    }
  }

  private func drill(within: Int) -> Rule {
    rule("drill", any: ["着火"]) {
      $0.condition.contexts = [Rule.Context(words: ["演练"], within: within)]
    }
  }

  @Test func `is nothing where the same is said`() throws {
    let rules = [rule("water", any: ["停水"])]
    var moved = rules
    moved[0].place.line = 40
    moved[0].examples = [Rule.Example("小区停水", mustMatch: true, place: moved[0].place)]
    #expect(try setup(moved).changes(since: setup(rules)).isEmpty)
  }

  @Test func `names rules that came, went and changed, with their words`() throws {
    let raise = Rule.Raise(grade: .major, condition: Rule.Condition(any: ["中毒"]))
    let old = [
      rule("water", any: ["停水", "断水"]) { $0.raises = [raise] }, rule("gone", any: ["断气"]),
      drill(within: 8),
    ]
    var stronger = raise
    stronger.condition.any = ["中毒", "住院"]
    let new = [
      drill(within: 4),
      rule("water", any: ["停水", "没水"]) {
        $0.grade = .considerable
        $0.unit = UnitName(rawValue: "区水务局")
        $0.raises = [stronger]
      }, rule("come", any: ["停电"]),
    ]
    #expect(
      try lines(setup(new).changes(since: setup(old))) == [
        "changed rule drill: not_after within 8 → 4",
        "changed rule water: unit （无） → 区水务局",
        "changed rule water: grade 一般舆情 → 较大舆情",
        "changed rule water: any 增加 1 个：没水，删去 1 个：断水",
        "changed rule water: raise major any 增加 1 个：住院", "added rule come", "removed rule gone",
      ])
  }

  @Test func `names feeds, units and settings, and no secret`() throws {
    let old = try setup()
    let new = try setup {
      $0.feeds[0].off = true
      $0.feeds[0].headers = ["Cookie": "token-5f3b"]
      $0.feeds[0].proxy = "http://user:token-5f3b@proxy.example"
      $0.office.units[0].deputy = []
      $0.office.admins = [MailAddress(address: "new@letters.example")]
      $0.office.windows.major = .minutes(15)
      $0.ruleBook.places.append(Locality("金山镇"))
      $0.heartbeat = HeartbeatAddress(url: "https://beat.example/token-5f3b")
    }
    let lines = lines(new.changes(since: old))
    #expect(!lines.contains { $0.contains("token-5f3b") })
    #expect(
      lines == [
        "changed feed board: 停用，不再采集", "changed feed board: 改动了 proxy、headers",
        "changed unit 区水务局: deputy 删去 1 个：water-deputy@unit.example",
        "changed admins: admins 增加 1 个：new@letters.example，删去 1 个：admin@letters.example",
        "changed places: places 增加 1 个：金山镇", "changed windows: major 30m → 15m",
        "changed heartbeat",
      ])
  }
}
