import Foundation
import TestSupport
import Testing

/// Lists that are JSON, files that are dropped and mails that officers send, through the real program.
@Suite struct `A feed of another kind` {
  private func town(_ feed: String, _ more: String = "") async throws -> Town {
    let town = try await Town()
    try town.home.write(feed, to: "Feeds/other.yaml")
    try FileManager.default.removeItem(atPath: town.home.path("Feeds/board.yaml"))
    try town.home.write(more + (try town.home.read("huiyin.yaml")), to: "huiyin.yaml")
    return town
  }

  /// One round, and the alerts' titles after it.
  private func round(_ town: Town) async throws -> [String] {
    let round = try await town.run("run", "--once")
    #expect(round.code == 0, "\(round.errors)")
    return try await town.alerts().compactMap { $0["title"] as? String }.sorted()
  }

  private func keepsNothing(of name: String, in town: Town) throws {
    for file in town.home.names(in: "data") {
      let bytes = try Data(contentsOf: URL(filePath: town.home.path("data/\(file)")))
      #expect(bytes.range(of: Data(name.utf8)) == nil, "\(file) has \(name)")
    }
    #expect(!town.mails.contains { $0.contains(name) })
  }

  @Test func `json is checked, tried and read page after page`() async throws {
    let town = try await town("")
    try town.home.write(
      """
      name: 接口留言板
      kind: json
      url: http://\(town.web.host)/api1
      items: data.list
      title: title
      text: content
      link: http://\(town.web.host)/show?id={tid}
      date: createTime
      cursor: {from: data.last, url: "http://\(town.web.host)/api{cursor}"}
      pages: 5
      first_run: all
      place: 青川区
      oldest: 36500d
      """, to: "Feeds/other.yaml")
    for (page, last) in [(1, "\"2\""), (2, "null")] {
      try town.web.pages.write(
        """
        {"data": {"last": \(last), "list": [{"tid": \(page), "title": "第\(page)页燃气泄漏",
        "createTime": 1772445600000, "nickname": "夜航的猫",
        "content": "<p>幸福路\(page)号燃气泄漏，联系人13800138000</p>"}]}}
        """, to: "api\(page)")
    }
    #expect(try await town.run("check").code == 0)
    let tried = try await town.run("try", "other")
    #expect(tried.code == 0, "\(tried.errors)")
    for line in ["items：1 处（data.list）", "title：1 行中 1 行有（title）", "UTF-8"] {
      #expect(tried.errors.contains(line), "\(tried.errors)")
    }
    #expect(tried.output.contains("第1页燃气泄漏") && tried.output.contains("第2页燃气泄漏"))
    #expect(town.mails.isEmpty)
    #expect(try await round(town) == ["第1页燃气泄漏", "第2页燃气泄漏"])
    #expect(try await round(town).count == 2)
    try keepsNothing(of: "夜航", in: town)
    try keepsNothing(of: "13800138000", in: town)
    #expect(
      try await town.alerts().contains {
        $0["url"] as? String == "http://\(town.web.host)/show?id=2"
      })
  }

  @Test func `file takes a dropped export in once, and leaves it where it lies`() async throws {
    let town = try await town(
      """
      name: 工单导出
      kind: file
      folder: ../in
      columns: {title: 标题, body: 诉求内容, date: 登记时间, id: 工单编号}
      place: 青川区
      oldest: 36500d
      """)
    try town.home.write("", to: "in/.keep")
    #expect(try await round(town) == [])
    let head = "工单导出,,,,\n工单编号,来电人,标题,诉求内容,登记时间\n"
    let first = head + "A1,夜航的猫,幸福路1号燃气泄漏,闻到煤气味,2026-03-01 08:30\n"
    try town.drop(first, as: "二月.csv")
    #expect(try await town.run("try", "other").output.contains("幸福路1号燃气泄漏"))
    #expect(try await round(town) == ["幸福路1号燃气泄漏"])
    try town.drop(first + ",,,,\n,,,,2026-03-02\nA2,王五,幸福路2号燃气泄漏,又漏了,46083.5\n", as: "三月.csv")
    #expect(try await round(town) == ["幸福路1号燃气泄漏", "幸福路2号燃气泄漏"])
    #expect(
      town.home.names(in: "in").filter { !$0.hasPrefix(".") } == ["三月.csv", "二月.csv"].sorted())
    try keepsNothing(of: "夜航", in: town)
    try keepsNothing(of: "王五", in: town)
    let tried = try await town.run("try", "other")
    #expect(tried.errors.contains("无标题或链接的行：5\n"), "\(tried.errors)")
    #expect(!tried.errors.contains("王五"))
  }

  @Test func `file deletes what is done where it is told to, and keeps what it could not read`()
    async throws
  {
    let town = try await town(
      """
      name: 工单导出
      kind: file
      folder: ../in
      done: delete
      place: 青川区
      """)
    try town.drop("标题,内容\n幸福路1号燃气泄漏,煤气味\n", as: "好.csv")
    try town.drop("标题,内容,时间\n幸福路2号燃气泄漏,煤气味,\n,,2026-03-02\n", as: "坏.csv")
    #expect(try await round(town) == ["幸福路1号燃气泄漏", "幸福路2号燃气泄漏"])
    #expect(town.home.names(in: "in") == ["坏.csv"])
  }

  @Test func `reads nothing of who wrote, however its file asks for it`() async throws {
    let town = try await town(
      """
      name: 工单导出
      kind: file
      folder: ../in
      columns: {title: 标题, body: [诉求内容, 来电人]}
      """)
    try town.drop("标题,诉求内容\n幸福路1号燃气泄漏,煤气味\n", as: "好.csv")
    let check = try await town.run("check")
    #expect(check.code == 1 && check.output.contains("Feeds/other.yaml:4:"), "\(check.output)")
    #expect(check.output.contains("“来电人”是留言人本人的信息"), "\(check.output)")
    let extracted = try await town.run(
      "extract", "--kind", "file", town.home.path("in/好.csv"))
    #expect(extracted.output.contains("幸福路1号燃气泄漏"), "\(extracted.errors)")
  }

  @Test func `mail takes in what an officer sends, and nobody else`() async throws {
    let town = try await town(
      "name: 电话来访\nkind: mail\nplace: 青川区\n", "mailbox: {maildir: ./inbox}\n")
    for name in ["new", "cur", "tmp"] { try town.home.write("", to: "inbox/\(name)/.keep") }
    #expect(try await town.run("status").output.contains("尚无录入"))
    func send(_ from: String, _ subject: String, _ text: String) throws {
      try town.home.write(
        "From: \(from)\nSubject: \(subject)\nMessage-ID: <\(subject.hashValue)@x.example>\n"
          + "Content-Type: text/plain; charset=utf-8\n\n\(text)\n",
        to: "inbox/new/\(UUID().uuidString).host")
    }
    let text =
      "站点：短视频平台\n链接：https://video.example/v/7\n时间：2026-03-02 08:20\n正文：幸福路9号燃气泄漏，联系人13800138000"
    try send("夜航的猫 <officer@letters.example>", "录入：幸福路燃气泄漏", text)
    try send("someone@elsewhere.example", "录入：别人燃气泄漏", text)
    try send("officer@letters.example", "录入燃气泄漏的说明", text)
    #expect(try await round(town) == ["[短视频平台] 幸福路燃气泄漏"])
    #expect(try await round(town).count == 1)
    let alert = try #require(try await town.alerts().first)
    #expect(alert["url"] as? String == "https://video.example/v/7")
    #expect(alert["feed"] as? String == "other")
    try keepsNothing(of: "夜航", in: town)
    try keepsNothing(of: "13800138000", in: town)
    #expect(try await town.run("status").output.contains("前录入"))
    let sheet = try await town.run("alerts", alert["id"] as? String ?? "").output
    #expect(sheet.contains("https://video.example/v/7"))
    try send(
      "officer@letters.example", "录入：市局交办幸福路10号燃气泄漏",
      """
      请录入。

      ------------------ 原始邮件 ------------------
      发件人: "王小明" <wang@superior.example>
      发送时间: 2026年3月2日 9:00
      收件人: "李小红" <li@letters.example>
      主题: 转办单

      幸福路10号燃气泄漏，请于今日办结。
      """)
    #expect(try await round(town) == ["[短视频平台] 幸福路燃气泄漏", "市局交办幸福路10号燃气泄漏"])
    try keepsNothing(of: "王小明", in: town)
    try keepsNothing(of: "李小红", in: town)
    try keepsNothing(of: "转办单", in: town)
    let bytes = try town.home.names(in: "data").map {
      try Data(contentsOf: URL(filePath: town.home.path("data/\($0)")))
    }
    #expect(bytes.contains { $0.range(of: Data("请于今日办结".utf8)) != nil }, "what was handed down")
  }
}

extension Town {
  /// Drops a file that nobody writes to any more.
  fileprivate func drop(_ text: String, as name: String) throws {
    try home.write(text, to: "in/\(name)")
    try FileManager.default.setAttributes(
      [.modificationDate: Date.now.addingTimeInterval(-60)], ofItemAtPath: home.path("in/\(name)"))
  }
}
