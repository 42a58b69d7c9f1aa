import Testing
import Vocabulary

@testable import Drafting

@Suite struct `A subject` {
  @Test func `says grade, number and title`() throws {
    #expect(
      try subjects(.raised(Town.alertCase()))
        == Array(
          repeating: "【重大舆情】2026-0017 青溪小区停水三天，两位老人住院", count: 3))
  }

  @Test func `says what changed`() throws {
    let risen = Occasion.updated(Town.alertCase(), from: .considerable, .risen, edition: 2)
    #expect(try subjects(risen)[0] == "【升级·重大舆情】2026-0017 青溪小区停水三天，两位老人住院")
    let completed = Occasion.updated(
      Town.alertCase(.general), from: .general, .completed, edition: 2)
    #expect(try subjects(completed)[0].hasPrefix("【补全·一般舆情】2026-0017 "))
  }

  @Test func `is cut by characters`() throws {
    var item = Town.item
    item.title = String(repeating: "停水👩‍👩‍👧", count: 40)
    let subject = try subjects(.raised(Town.alertCase(item: item)))[0]
    #expect(subject.hasSuffix("👩‍👩‍👧…"))
    #expect(subject.count == "【重大舆情】2026-0017 ".count + 40)
  }

  @Test func `counts for the leaders`() throws {
    #expect(try subjects(.digest(Days.busy)) == ["【日报】3月2日 重大0 较大2 一般14 未签收1 盲区1"])
    let trial = Town.office { $0.trial = .everyone }
    #expect(
      try subjects(.digest(Days.busy), trial) == [
        "【试运行】【日报】3月2日 重大0 较大2 一般14 未签收1 盲区1"
      ])
  }

  private func subjects(_ occasion: Occasion, _ office: Office = Town.office) throws -> [String] {
    try Desk(office: office).notices(for: occasion).map(\.subject)
  }
}

@Suite struct `An allegation of misconduct` {
  static let raised = Town.alertCase(.considerable, to: .supervision, kind: .conduct)

  @Test func `shows no title in its subject or on a telephone's first lines`() throws {
    for office in [Town.office, Town.office { $0.supervision = nil }] {
      for notice in try Desk(office: office).notices(
        for: .raised(`An allegation of misconduct`.raised))
      {
        #expect(notice.subject.hasPrefix("【检举控告】2026-0017 请"))
        let preview = notice.text.split(separator: "\n").prefix(2).joined()
        #expect(!preview.contains("停水"))
        #expect(notice.text.contains("青溪小区停水三天"))
      }
    }
  }

  @Test(arguments: Language.allCases)
  func `shows number and grade alone in trial`(_ language: Language) throws {
    let office = Town.office {
      $0.trial = .everyone
      $0.language = language
    }
    let notices = try Desk(office: office).notices(
      for: .raised(`An allegation of misconduct`.raised))
    #expect(notices.count == 1)
    for text in notices.flatMap({ [$0.subject, $0.text, $0.html] }) {
      for word in ["停水", "住院", "board.example", "留言板", "城乡建设", "居民"] {
        #expect(!text.contains(word))
      }
      #expect(text.contains("2026-0017"))
    }
  }

  @Test func `is a number in a digest, even if a line of it slips in`() throws {
    var digest = Days.busy
    digest.conduct = [Alert.ID(year: 2026, number: 16)]
    let notice = try #require(try Desk(office: Town.office).notices(for: .digest(digest)).first)
    #expect(!notice.text.contains("红绿灯"))
    #expect(!notice.html.contains("红绿灯"))
    #expect(notice.text.contains("1 件：2026-0016"))
  }
}

@Suite struct `What was drafted before its time` {
  @Test(arguments: [Occasion.digest(Days.quiet), .handOver(HandOvers.busy)])
  func `is another notice when its time has come, and that says so`(first: Occasion) throws {
    let again: Occasion
    switch first {
    case .digest(var digest):
      digest.number = 2
      again = .digest(digest)
    case .handOver(var list):
      list.number = 2
      again = .handOver(list)
    case .raised, .updated, .batch, .reminder, .relay, .unsent, .trouble, .probe, .channelProbe:
      return
    }
    let desk = try Desk(office: HandOvers.office)
    let notices = desk.notices(for: first) + desk.notices(for: again)
    #expect(notices.count == 2 && notices[1].id.rawValue == notices[0].id.rawValue + "/2")
    #expect(notices.map { $0.text.contains("以本件为准") } == [false, true])
    #expect(notices[1].html.contains("以本件为准"))
  }
}

@Suite struct `A digest` {
  @Test(arguments: [Days.busy, Days.quiet])
  func `fits a terminal of 80 columns`(_ digest: Digest) throws {
    for language in Language.allCases {
      let office = Town.office { $0.language = language }
      for line in try Desk(office: office).text(of: digest).split(separator: "\n") {
        #expect(String(line).columns <= 80, "\(line)")
      }
    }
  }

  @Test func `aligns its numbers whatever the script`() throws {
    let text = try Desk(office: Town.office).text(of: Days.busy)
    let rows = text.split(separator: "\n").map { $0.replacing(/\s+▇+$/, with: "") }
      .filter { $0.hasPrefix("    ") && $0.contains(/\d$/) && !$0.contains("http") }
    #expect(rows.count >= 9)
    #expect(Set(rows.map { String($0).columns }) == [65])
  }

  @Test func `lists at most eight alerts however many there are`() throws {
    var digest = Days.busy
    digest.lines = (100...400).map { Days.line($0, .general, .closed, "停水", sent: true) }
    let text = try Desk(office: Town.office).text(of: digest)
    #expect(text.matches(of: /2026-\d{4} (一般|较大)舆情/).count == 8)
    #expect(text.contains("另有 296 件"))
  }

  @Test func `puts the gravest first, then what was late, then what awaits action`() throws {
    var digest = Days.busy
    digest.lines = [
      Days.line(1, .general, .closed, "一般的事", sent: true),
      Days.line(2, .major, .closed, "重大的事", sent: true),
    ]
    let text = try Desk(office: Town.office).text(of: digest)
    let places = ["重大的事", "末班车", "红绿灯", "一般的事", "■ 统计"].map { word in
      text.firstRange(of: word)?.lowerBound
    }
    #expect(places.allSatisfy { $0 != nil })
    #expect(places.compactMap { $0 } == places.compactMap { $0 }.sorted())
  }

  @Test func `says so when nothing happened, and what was watched`() throws {
    let text = try Desk(office: Town.office).text(of: Days.quiet)
    #expect(text.hasPrefix("本期无预警。监测信源 12 个，采集信息 340 条。"))
    #expect(text.contains("监测时段内无盲区。"))
  }

  @Test func `numbers at most ten allegations of misconduct, and counts all of them`() throws {
    var digest = Days.quiet
    digest.conduct = (101...130).map { Alert.ID(year: 2026, number: $0) }
    let text = try Desk(office: Town.office).text(of: digest).filter { !$0.isWhitespace }
    #expect(text.contains("30件：2026-0101、"))
    #expect(text.contains("2026-0110等（不列内容"))
    #expect(!text.contains("2026-0111"))
  }

  @Test func `says once why nothing could be watched`() throws {
    var digest = Days.quiet
    let from = digest.period.from
    digest.blindSpots = [
      Digest.BlindSpot(feedName: nil, from: from, to: from + .hours(1), reason: "本系统停止运行")
    ]
    let text = try Desk(office: Town.office).text(of: digest)
    #expect(text.contains("盲区：全部信源，"))
    #expect(text.matches(of: /本系统停止运行/).count == 1)
  }

  @Test func `says that trial is on`() throws {
    let office = Town.office { $0.trial = .units([UnitName(rawValue: "区住建局")]) }
    #expect(try Desk(office: office).text(of: Days.quiet).contains("试运行单位（通知仅发值班员）：区住建局"))
    #expect(try !Desk(office: Town.office).text(of: Days.quiet).contains("试运行"))
  }
}

@Suite struct `Times on paper` {
  @Test(arguments: [
    (WallTime(milliseconds: 1_772_413_200_000), "3月2日 09:00", "2 Mar 09:00"),
    (WallTime(milliseconds: 1_767_196_799_000), "2025年12月31日 23:59", "31 Dec 2025 23:59"),
    (WallTime(milliseconds: 1_767_196_800_000), "1月1日 00:00", "1 Jan 00:00"),
  ])
  func `show the year only when it is another`(_ time: WallTime, _ zh: String, _ en: String) {
    #expect(Dates(Town.office, asOf: Town.morning).moment(time) == zh)
    let abroad = Town.office { $0.language = .en }
    #expect(Dates(abroad, asOf: Town.morning).moment(time) == en)
  }

  @Test func `are in the office's zone`() throws {
    let zone = try #require(OfficeZone("Asia/Urumqi"))
    let office = Town.office { $0.zone = zone }
    #expect(Dates(office, asOf: Town.morning).moment(Town.morning) == "3月2日 07:00")
  }

  @Test(arguments: [
    (Duration.minutes(30), "30 分钟", "30 minutes"), (.minutes(61), "1 小时 1 分钟", "1 hour 1 minute"),
    (.hours(24), "24 小时", "24 hours"), (.hours(73), "3 天", "3 days"),
    (.seconds(-5), "0 分钟", "0 minutes"),
  ])
  func `say spans in words`(_ span: Duration, _ zh: String, _ en: String) {
    #expect(Dates(Town.office, asOf: Town.morning).span(span) == zh)
    let abroad = Town.office { $0.language = .en }
    #expect(Dates(abroad, asOf: Town.morning).span(span) == en)
  }
}

@Suite struct `A gist` {
  @Test func `is the whole text where that is short`() {
    #expect(gist("停水了。\n三天了。", "三天", 50) == "停水了。三天了。")
  }

  @Test func `begins at the text's start where the hit is near`() {
    let body = "停水了。" + String(repeating: "别的事情。", count: 40)
    #expect(gist(body, "停水", 22) == "停水了。别的事情。别的事情。别的事情。……")
  }

  @Test func `moves to the sentence of the hit`() {
    let body =
      String(repeating: "别的事情。", count: 40) + "昨天停水了。" + String(repeating: "还有。", count: 40)
    #expect(gist(body, "停水", 20) == "……别的事情。昨天停水了。还有。还有。还有。……")
  }

  @Test func `cuts a sentence without end around the hit`() {
    let body = String(repeating: "长", count: 500) + "停水" + String(repeating: "句", count: 500)
    let text = gist(body, "停水", 60)
    #expect(text.contains("停水"))
    #expect(text.count <= 64)
  }

  @Test func `of a book is as short as that of a letter`() {
    let pages = String(repeating: "别的事情，还有别的事情。", count: 100_000)
    let text = gist(pages + "昨天停水了。" + pages, "停水", 40)
    #expect(text.hasPrefix("……") && text.hasSuffix("……") && text.contains("昨天停水了。"))
    #expect(text.count <= 44)
  }

  @Test func `keeps the gravest hit when there are several`() {
    let body = "有人问停水。" + String(repeating: "别的事情。", count: 60) + "有人住院。"
    var item = Town.item
    item.body = body
    let evidence = Town.evidence("停水", .general, in: body) + Town.evidence("住院", .major, in: body)
    #expect(Gist(limit: 30).text(of: item, evidence: evidence).contains("住院"))
  }

  @Test func `puts words of courtesy last among the reasons`() {
    let body = "尊敬的领导，我反映医院收费的事，护士说不清。"
    var item = Town.item
    item.body = body
    func hits(_ word: String, _ rule: String, _ grade: Grade) -> [Evidence] {
      Town.evidence(word, grade, in: body).map { hit in
        var hit = hit
        (hit.rule, hit.ruleName) = (Rule.ID(rawValue: rule), rule)
        return hit
      }
    }
    // A backstop that raises nothing by itself is lifted by 尊敬的 and 反映; 投诉 says 反映 as well.
    let evidence =
      hits("尊敬的", "医院", .general) + hits("反映", "医院", .general) + hits("反映", "投诉", .general)
      + hits("医院", "医院", .none) + hits("收费", "收费", .general)
    let lines = Reasons(item: item, evidence: evidence, language: .zh).lines(10)
    let words = lines.compactMap {
      $0.split(separator: "“").dropFirst().first?.prefix { $0 != "”" }
    }
    #expect(words.map(String.init) == ["收费", "医院", "尊敬的", "反映", "反映"])
  }

  private func gist(_ body: String, _ word: String, _ limit: Int) -> String {
    var item = Town.item
    item.body = body
    return Gist(limit: limit).text(of: item, evidence: Town.evidence(word, .general, in: body))
  }
}
