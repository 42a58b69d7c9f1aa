import Foundation
import Settings
import Testing
import Vocabulary

@Suite struct `A set-up` {
  private func reading(_ change: (Scratch) throws -> Void = { _ in }) throws -> Settings.Outcome {
    let scratch = try Scratch()
    try scratch.copySound()
    try change(scratch)
    return try Settings.read(scratch.path("huiyin.yaml"), checks: .forTests)
  }

  @Test func `holds the office as the file has it`() throws {
    let office = try #require(try reading().setup?.office)
    #expect(office.name == "青川区信访局")
    #expect(office.zone == .shanghai)
    #expect(office.trial == .off)
    #expect(office.units.map(\.name.rawValue) == ["区水务局", "区住建局"])
    #expect(office.units.first?.deputy.map(\.address) == ["water-deputy@unit.example"])
    #expect(office.leadersHear == [.major])
    #expect(office.officers.map(\.address) == ["officer@letters.example"])
  }

  @Test func `holds the ways of mail, digests and manners`() throws {
    let setup = try #require(try reading().setup)
    #expect(setup.mail.from.name == "舆情值班室")
    #expect(
      setup.mail.way == .server(SMTPServer(protection: .smtp, host: "127.0.0.1", port: 25)))
    #expect(setup.digests.daily == DigestHours.TimeOfDay(hour: 8, minute: 0))
    let half = DigestHours.TimeOfDay(hour: 8, minute: 30)
    #expect(setup.digests.weekly == DigestHours.Weekly(weekday: 1, at: half))
    #expect(setup.fetch.pause == .seconds(2))
    #expect(setup.folder.hasPrefix("/") && setup.folder.hasSuffix("/data"))
  }

  @Test func `holds each feed under its file's name`() throws {
    let feed = try #require(try reading().setup?.feeds.first)
    #expect(feed.id.rawValue == "board")
    #expect(feed.kind == .board && feed.pages == 3 && feed.every == .minutes(10))
    #expect(feed.items == Selector("//ul[@class='threads']/li"))
    guard case .selectors(_, let body, _) = feed.article else {
      Issue.record("the article has no selectors")
      return
    }
    #expect(body?.notation == .css && body?.expression == ".content")
    #expect(feed.firstRun == .recent && feed.oldest == .days(30) && !feed.off)
  }

  @Test func `spells out word lists and resolves roles`() throws {
    let rule = try #require(try reading().setup?.ruleBook.rules.first)
    #expect(rule.unit?.rawValue == "区水务局")
    #expect(rule.condition.any == ["停水", "断水", "没有水", "水压不足"])
    #expect(rule.raises.map(\.grade) == [.major])
    #expect(rule.place.line == 2 && rule.place.column == 9)
  }

  @Test func `holds a rule's groups, numbers and contexts`() throws {
    let rule = try reading { scratch in
      try scratch.write(
        """
        rules:
          - id: one
            grade: general
            any: [停水, {all: [水压, 小]}]
            none: [{all: [检修, 通知]}]
            count: {of: [户], at_least: 50}
            not_after: [听说, "@context-drill", {words: ["@context-not"], within: 2}]

        """, to: "Rules/water.yaml")
    }.setup?.ruleBook.rules.first
    let condition = try #require(rule?.condition)
    #expect(condition.any == ["停水"])
    #expect(condition.groups.map(\.part) == [.any, .none])
    #expect(condition.groups.map(\.condition.all) == [["水压", "小"], ["检修", "通知"]])
    #expect(condition.count == Rule.Count(of: ["户"], atLeast: 50))
    #expect(condition.contexts.map(\.within) == [8, 8, 2])
    #expect(condition.contexts.first?.words == ["听说"])
    #expect(condition.contexts.dropFirst().first?.words.contains("演习") == true)
    #expect(condition.contexts.last?.words.contains("没有发生") == true)
  }

  @Test func `spells out word lists within a pattern, as the words stand`() throws {
    func reading(_ pattern: String) throws -> Settings.Outcome {
      try self.reading { scratch in
        try scratch.write("孩子\nA+\n# 注释\n", to: "Rules/lists/who.txt")
        try scratch.write(
          "rules:\n  - {id: one, grade: general, pattern: '\(pattern)'}\n", to: "Rules/water.yaml")
      }
    }
    let rule = try reading("{@who}[^。]{0,8}(走失|{@who})").setup?.ruleBook.rules.first
    #expect(rule?.condition.patterns == [#"(?:孩子|A\+)[^。]{0,8}(走失|(?:孩子|A\+))"#])
    let missing = try reading("{@whom}走失")
    #expect(missing.setup == nil)
    #expect(missing.diagnostics.map(\.sentence.zh).contains { $0.contains("没有词表“whom”") })
  }

  @Test func `gives another version to another condition, and the same to the same`() throws {
    func version(_ condition: String) throws -> RuleBook.Version? {
      try reading { scratch in
        try scratch.write(
          "rules:\n  - {id: one, grade: general, any: [停水], \(condition)}\n",
          to: "Rules/water.yaml")
      }.setup?.ruleBook.version
    }
    let conditions = [
      "all: []", "count: {of: [户], at_least: 50}", "count: {of: [户], at_least: 51}",
      "not_after: [户]", "not_after: [{words: [户], within: 2}]", "all: [户]", "all: [{any: [户]}]",
      "none: [{any: [户]}]", "examples: {match: [停水]}",
    ]
    let versions = try conditions.filter { $0 != "all: []" }.map(version)
    #expect(versions.allSatisfy { $0 != nil })
    #expect(Set(versions).count == versions.count)
    #expect(try version("examples: {skip: [停电]}") == versions.last)
  }

  @Test func `holds the office's places with their aliases, units and what they lie in`() throws {
    let setup = try reading { scratch in
      let sound = try String(contentsOfFile: scratch.path("huiyin.yaml"), encoding: .utf8)
      let places = "places: [青川区, {name: 竹园镇, aliases: [竹园], unit: 供水, in: 青川区}]\narea: [湖南, 青江市]"
      try scratch.write(
        sound.replacingOccurrences(of: "places: [青川区, 竹园镇, 青溪村]", with: places),
        to: "huiyin.yaml")
    }.setup
    let unit = UnitName(rawValue: "区水务局")
    #expect(
      setup?.ruleBook.places
        == [Locality("青川区"), Locality("竹园镇", aliases: ["竹园"], unit: unit, in: "青川区")])
    #expect(setup?.ruleBook.area == ["湖南省", "青江市"])
    #expect(setup?.ruleBook.version != (try reading().setup?.ruleBook.version))
  }

  @Test func `holds who leads by a rule, what is for those above, and what is for ours alone`()
    throws
  {
    func rule(_ keys: String) throws -> (rule: Rule?, version: RuleBook.Version?) {
      let book = try reading { scratch in
        try scratch.write(
          "rules:\n  - {id: one, grade: general, any: [停水], \(keys)}\n", to: "Rules/water.yaml")
      }.setup?.ruleBook
      return (book?.rules.first { $0.id.rawValue == "one" }, book?.version)
    }
    let plain = try rule("unit: 供水")
    #expect(plain.rule?.leads == .department && plain.rule?.isForAbove == false)
    #expect(try rule("unit: 供水, leads: department, place: any").version == plain.version)
    let town = try rule("unit: 供水, leads: place")
    let above = try rule("unit: 上级")
    let ours = try rule("unit: 供水, place: ours")
    #expect(town.rule?.leads == .place && ours.rule?.wantsOurs == true)
    #expect(above.rule?.isForAbove == true && above.rule?.unit == nil)
    #expect(Set([plain.version, town.version, above.version, ours.version]).count == 4)
  }

  @Test func `holds a rule's examples with their places`() throws {
    let rule = try reading { scratch in
      try scratch.write(
        """
        rules:
          - id: one
            grade: general
            any: [停水]
            examples:
              match: [小区停水三天]
              skip:
                - 今天不停水

        """, to: "Rules/water.yaml")
    }.setup?.ruleBook.rules.first
    let examples = try #require(rule?.examples)
    #expect(examples.map(\.text) == ["小区停水三天", "今天不停水"])
    #expect(examples.map(\.mustMatch) == [true, false])
    #expect(examples.map { "\($0.place.line):\($0.place.column)" } == ["6:15", "8:11"])
  }

  @Test func `gives an unheld role to the default unit`() throws {
    let setup = try reading { scratch in
      try scratch.append("default_unit: 区住建局\n", to: "huiyin.yaml")
      try scratch.write(
        "rules:\n  - {id: gas, grade: general, unit: 燃气, any: [燃气]}\n", to: "Rules/gas.yaml")
    }.setup
    #expect(setup?.ruleBook.rules.first?.unit?.rawValue == "区住建局")
    #expect(setup?.ruleBook.defaultUnit?.rawValue == "区住建局")
  }

  @Test func `can be in trial unit by unit, by name or role`() throws {
    let setup = try reading { try $0.append("trial: [住建]\n", to: "huiyin.yaml") }.setup
    #expect(setup?.office.trial == .units([UnitName(rawValue: "区住建局")]))
  }

  @Test func `takes what an anchor and a merge bring`() throws {
    let setup = try reading { scratch in
      try scratch.write(
        """
        rules:
          - &base {id: one, grade: general, any: [甲]}
          - {<<: *base, id: two, all: [乙]}

        """, to: "Rules/water.yaml")
    }.setup
    #expect(setup?.ruleBook.rules.map(\.id.rawValue) == ["one", "two"])
    #expect(setup?.ruleBook.rules.last?.condition.any == ["甲"])
  }

  @Test func `is read alike with a mark at its beginning and with CRLF`() throws {
    let plain = try reading().setup
    let marked = try reading { scratch in
      for name in ["huiyin.yaml", "Feeds/board.yaml", "Rules/water.yaml", "Rules/lists/water.txt"] {
        let text = try String(contentsOfFile: scratch.path(name), encoding: .utf8)
        let windows = "\u{FEFF}" + text.replacingOccurrences(of: "\n", with: "\r\n")
        try scratch.write(windows, to: name)
      }
    }
    #expect(marked.diagnostics == [])
    #expect(marked.setup?.office == plain?.office)
    #expect(marked.setup?.ruleBook.version == plain?.ruleBook.version)
  }

  @Test func `names what must be there before the daemon runs`() throws {
    let reading = try reading { try $0.remove("data") }
    #expect(reading.setup != nil)
    #expect(reading.absent.map(\.place.line) == [3])
    #expect(reading.absent == reading.diagnostics)
  }

  @Test func `that cannot be opened says why`() throws {
    let scratch = try Scratch()
    let absent = #expect(throws: Unreadable.self) {
      try Settings.read(scratch.path("huiyin.yaml"), checks: .forTests)
    }
    #expect(absent?.sentence.en == "there is no such file")
    #expect(throws: Unreadable.self) {
      try Settings.read(scratch.path("data"), checks: .forTests)
    }
    #expect(throws: Unreadable.self) { try Settings.read("/dev/zero", checks: .forTests) }
  }

  @Test(arguments: [
    ("language: en\n", Language.en), ("office: x\nlanguage: \"en\" # here\n", .en),
    ("\u{FEFF}language: en\r\noffice: x\r\n", .en), ("  language: en\n", .zh),
    ("language: fr\n", .zh), ("office：坏\nlanguage: en\n", .en), ("", .zh),
  ])
  func `shows its language at a glance`(_ text: String, _ language: Language) throws {
    let scratch = try Scratch()
    try scratch.write(text, to: "huiyin.yaml")
    #expect(Settings.language(of: scratch.path("huiyin.yaml")) == language)
    #expect(Settings.language(of: scratch.path("absent.yaml")) == .zh)
  }
}

@Suite struct `A rule book's version` {
  private func version(_ change: (Scratch) throws -> Void = { _ in }) throws -> String {
    let scratch = try Scratch()
    try scratch.copySound()
    try change(scratch)
    let reading = try Settings.read(scratch.path("huiyin.yaml"), checks: .forTests)
    return try #require(reading.setup?.ruleBook.version.rawValue)
  }

  private func replacing(_ old: String, _ new: String, in name: String) throws -> String {
    try version { scratch in
      let text = try String(contentsOfFile: scratch.path(name), encoding: .utf8)
      try #require(text.contains(old))
      try scratch.write(text.replacingOccurrences(of: old, with: new), to: name)
    }
  }

  @Test func `is twelve hexadecimal digits, the same each time`() throws {
    let version = try version()
    #expect(version.count == 12 && version.allSatisfy(\.isHexDigit))
    #expect(try self.version() == version)
  }

  @Test(arguments: [
    (
      "[停水, 断水, \"@water\"]", "\n      - 停水 # 说明\n      - \"断水\"\n      - \"@water\"",
      "Rules/water.yaml"
    ),
    ("name: 停水断水", "name: 停水", "Rules/water.yaml"),
    ("# 供水", "# 别的说明", "Rules/lists/water.txt"),
    ("admin@", "admins@", "huiyin.yaml"), ("unit: 供水", "unit: 区水务局", "Rules/water.yaml"),
  ])
  func `does not move with what decides nothing`(
    _ old: String, _ new: String, _ file: String
  ) throws {
    #expect(try replacing(old, new, in: file) == version())
  }

  @Test(arguments: [
    ("水压不足", "水压低", "Rules/lists/water.txt"), ("grade: general", "grade: none", "Rules/water.yaml"),
    ("青溪村", "青溪", "huiyin.yaml"), ("[计划检修]", "[检修]", "Rules/water.yaml"),
    ("grade: major", "grade: considerable", "Rules/water.yaml"),
    ("unit: 供水", "unit: 住建", "Rules/water.yaml"), ("[停水, 断水,", "[断水, 停水,", "Rules/water.yaml"),
    ("topic: 城乡建设", "topic: 供水", "Rules/water.yaml"),
    ("id: water-cut", "id: water", "Rules/water.yaml"),
  ])
  func `moves with all that decides a verdict`(_ old: String, _ new: String, _ file: String) throws
  {
    #expect(try replacing(old, new, in: file) != version())
  }
}
