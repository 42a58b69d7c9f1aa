import Foundation
import TestSupport
import Testing

/// What people answer by mail, through the real program: its mails lie in one Maildir, what comes back
/// in another.
@Suite struct `What comes back by mail` {
  @Test func `a unit's reply acknowledges, and its words are kept without a telephone`()
    async throws
  {
    let town = try await Town.thatReadsMail()
    let id = try await town.onlyAlert()
    let sheet = try #require(town.mails(to: "zjj@unit.example").first)
    let file = try town.reply(
      to: sheet, from: "张工 <ZJJ@unit.example>",
      saying: "收到，已安排抢修，联系人张工13912345678。\r\n\r\n> 青川区信访局　舆情联系单\r\n> 退回请写明理由")
    let before = try town.home.read("inbox/new/\(file)")
    _ = try await town.run("run", "--once")
    let alert = try await town.run("alerts", id, "--json").object
    #expect(alert["state"] as? String == "acknowledged")
    #expect(alert["awaitsUnit"] as? Bool == false)
    let course = try await town.run("alerts", id).output
    #expect(course.contains("来信（承办单位）：签收：收到，已安排抢修，联系人张工[电话]。"), "\(course)")
    #expect(!course.contains("退回请写明"))
    #expect(tooWide(course) == [])
    for name in town.home.names(in: "data") {
      let bytes = try Data(contentsOf: URL(filePath: town.home.path("data/\(name)")))
      #expect(bytes.range(of: Data("13912345678".utf8)) == nil, "\(name)")
    }
    // Nothing is moved, renamed or rewritten in the mailbox.
    #expect(town.home.names(in: "inbox/new") == [file] && town.home.names(in: "inbox/cur") == [])
    #expect(try town.home.read("inbox/new/\(file)") == before)
  }

  @Test func `a return goes to the officers, who give it to another unit by replying`()
    async throws
  {
    let town = try await Town.thatReadsMail()
    let id = try await town.onlyAlert()
    let sheet = try #require(town.mails(to: "zjj@unit.example").first)
    try town.reply(to: sheet, from: "zjj@unit.example", saying: "您好，退回。该处管线属区水务局。")
    _ = try await town.run("run", "--once")
    #expect(try await town.run("alerts", id, "--json").object["state"] as? String == "returned")
    #expect(try await town.rungEnds(of: id).allSatisfy { $0 == "-" })
    let returned = try #require(
      try await town.decoded(to: "officer@letters.example").first { $0.subject.contains("退回") })
    #expect(returned.subject.hasPrefix("【退回·重大舆情】\(id) "))
    #expect(returned.text.contains("该处管线属区水务局"))
    try town.reply(
      to: returned.raw, from: "officer@letters.example", saying: "改派 区水务局，管线归其维护")
    _ = try await town.run("run", "--once")
    let alert = try await town.run("alerts", id, "--json").object
    #expect(alert["unit"] as? String == "区水务局" && alert["state"] as? String == "open")
    let next = try #require(try await town.decoded(to: "swj@unit.example").first)
    #expect(next.text.contains("值班员改派：由区住建局改由区水务局承办。理由：管线归其维护"))
    // Its former unit's late word is not the new one's.
    try town.reply(to: sheet, from: "zjj@unit.example", saying: "收到")
    _ = try await town.run("run", "--once")
    #expect(try await town.run("alerts", id, "--json").object["state"] as? String == "open")
  }

  @Test func `a stranger, or the number alone, acknowledges nothing and is read by the officers`()
    async throws
  {
    let town = try await Town.thatReadsMail()
    let id = try await town.onlyAlert()
    let sheet = try #require(town.mails(to: "zjj@unit.example").first)
    try town.reply(to: sheet, from: "某人 <someone@elsewhere.example>", saying: "收到，误报")
    try town.drop(
      """
      From: zjj@unit.example
      Subject: \(id) 已处理
      Message-ID: <number-alone@unit.example>
      Content-Type: text/plain; charset=utf-8

      已处理完毕
      """)
    try town.drop(
      """
      From: shop@elsewhere.example
      Subject: 发票
      Message-ID: <other@elsewhere.example>
      Content-Type: text/plain; charset=utf-8

      请查收
      """)
    _ = try await town.run("run", "--once")
    #expect(try await town.run("alerts", id, "--json").object["state"] as? String == "open")
    let letters = try await town.decoded(to: "officer@letters.example")
      .filter { $0.subject.contains("来信") }
    #expect(letters.count == 2)
    #expect(
      letters.contains { $0.text.contains("来自未曾发送的邮箱") && $0.text.contains("elsewhere.example") })
    #expect(letters.contains { $0.text.contains("只在主题写有编号") && $0.text.contains("已处理完毕") })
    #expect(letters.allSatisfy { !$0.text.contains("someone") && !$0.text.contains("某人") })
    // Read again, it does nothing twice.
    _ = try await town.run("run", "--once")
    let again = try await town.decoded(to: "officer@letters.example")
    #expect(again.filter { $0.subject.contains("来信") }.count == 2)
  }

  @Test func `a bounce tells the admins and has the unit's deputy reminded at once`() async throws {
    let town = try await Town.thatReadsMail()
    let id = try await town.onlyAlert()
    let sheet = try #require(town.mails(to: "zjj@unit.example").first)
    try town.bounce(sheet, of: "zjj@unit.example")
    _ = try await town.run("run", "--once")
    #expect(try await town.rungEnds(of: id).contains("hastened"))
    let trouble = try #require(try await town.decoded(to: "admin@letters.example").first)
    #expect(trouble.subject.contains("zjj@unit.example"))
    #expect(trouble.text.contains("5.1.1"))
    let reminder = try await town.decoded(to: "zjj2@unit.example")
    #expect(reminder.contains { $0.subject.hasPrefix("【催办·重大舆情】\(id)") })
    let status = try await town.run("status")
    #expect(status.output.contains("zjj@unit.example 收不到邮件"))
    // Whoever has mended it tries it, as the line asks: then it stands no longer.
    #expect(try await town.run("mail-test", "zjj@unit.example").code == 0)
    #expect(!(try await town.run("status")).output.contains("zjj@unit.example 收不到邮件"))
  }

  @Test func `an automatic answer acknowledges nothing`() async throws {
    let town = try await Town.thatReadsMail()
    let id = try await town.onlyAlert()
    let sheet = try #require(town.mails(to: "zjj@unit.example").first)
    try town.reply(
      to: sheet, from: "zjj@unit.example", subject: "自动回复", also: "Auto-Submitted: auto-replied",
      saying: "您的邮件已收到，我正在休假。")
    _ = try await town.run("run", "--once")
    #expect(try await town.run("alerts", id, "--json").object["state"] as? String == "open")
    #expect(try await town.run("alerts", id).output.contains("自动回复，不作签收"))
  }

  @Test func `an officer signs off by replying`() async throws {
    let town = try await Town.thatReadsMail("release: {major: officer}\n")
    let draft = try #require(try await town.decoded(to: "officer@letters.example").first)
    #expect(draft.text.contains("回复“签发”后立即送出"))
    #expect(town.mails(to: "zjj@unit.example").isEmpty)
    try town.reply(to: draft.raw, from: "officer@letters.example", saying: "签发")
    _ = try await town.run("run", "--once")
    #expect(town.mails(to: "zjj@unit.example").count == 1)
  }

  @Test func `a mailbox that cannot be read stops nothing else`() async throws {
    let town = try await Town.thatReadsMail()
    try FileManager.default.removeItem(atPath: town.home.path("inbox"))
    try town.put(threads: 2)
    let round = try await town.run("run", "--once")
    #expect(round.code == 0)
    #expect(round.errors.contains("mailbox not read"))
    #expect(try await town.alerts().count == 2)
  }
}

extension Town {
  fileprivate struct Decoded {
    var raw: String
    var subject: String
    var text: String
  }

  /// A town of two units and one major alert that has been told, with a mailbox that is read.
  fileprivate static func thatReadsMail(_ more: String = "") async throws -> Town {
    let town = try await Town()
    let office = try town.home.read("huiyin.yaml").replacingOccurrences(
      of: "officers:", with: "  - {name: 区水务局, roles: [供水], mail: [swj@unit.example]}\nofficers:")
    try town.home.write(
      more + "mailbox: {maildir: ./inbox}\n" + office, to: "huiyin.yaml")
    for name in ["new", "cur", "tmp"] {
      try FileManager.default.createDirectory(
        atPath: town.home.path("inbox/\(name)"), withIntermediateDirectories: true)
    }
    let round = try await town.run("run", "--once")
    try #require(round.code == 0, "\(round.errors)")
    return town
  }

  /// Puts a mail into the mailbox; returns its file's name.
  @discardableResult
  fileprivate func drop(_ mail: String) throws -> String {
    let name = "\(Int(Date.now.timeIntervalSince1970)).\(UUID().uuidString).host"
    try home.write(mail, to: "inbox/new/\(name)")
    return name
  }

  /// Answers one of the office's mails.
  @discardableResult
  fileprivate func reply(
    to mail: String, from sender: String, subject: String = "回复",
    also header: String = "X-Mailer: Foxmail",
    saying text: String
  ) throws -> String {
    let id = try #require(mail.firstMatch(of: /(?i)\nMessage-ID:\s*(<[^>]+>)/)).output.1
    return try drop(
      """
      From: \(sender)
      To: duty@letters.example
      Subject: \(subject)
      In-Reply-To: \(id)
      References: \(id)
      Message-ID: <\(UUID().uuidString)@unit.example>
      \(header)
      MIME-Version: 1.0
      Content-Type: text/plain; charset=utf-8
      Content-Transfer-Encoding: 8bit

      \(text)
      """)
  }

  /// Returns one of the office's mails, as mail servers do (RFC 3464).
  fileprivate func bounce(_ mail: String, of recipient: String) throws {
    let id = try #require(mail.firstMatch(of: /(?i)\nMessage-ID:\s*(<[^>]+>)/)).output.1
    try drop(
      """
      From: MAILER-DAEMON@mx.unit.example (Mail Delivery System)
      To: duty@letters.example
      Subject: Undelivered Mail Returned to Sender
      Auto-Submitted: auto-replied
      Message-ID: <\(UUID().uuidString)@mx.unit.example>
      MIME-Version: 1.0
      Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

      --b1
      Content-Type: text/plain; charset=us-ascii

      I could not deliver your message.

      --b1
      Content-Type: message/delivery-status

      Reporting-MTA: dns; mx.unit.example

      Final-Recipient: rfc822; \(recipient)
      Action: failed
      Status: 5.1.1
      Diagnostic-Code: smtp; 550 5.1.1 User unknown

      --b1
      Content-Type: text/rfc822-headers

      From: duty@letters.example
      Message-ID: \(id)
      Subject: x

      --b1--
      """)
  }

  /// The mails to an address as an independent parser reads them, the oldest first.
  fileprivate func decoded(to address: String) async throws -> [Decoded] {
    let script = """
      import sys, json, email, email.policy
      mail = email.message_from_binary_file(sys.stdin.buffer, policy=email.policy.default)
      print(json.dumps([mail["Subject"], mail.get_body(("plain",)).get_content()]))
      """
    var mails: [Decoded] = []
    for raw in self.mails(to: address) {
      let read = try await Program.run("/usr/bin/env", ["python3", "-c", script], input: raw)
      let parts = try #require(
        try JSONSerialization.jsonObject(with: Data(read.output.utf8)) as? [String])
      mails.append(Decoded(raw: raw, subject: parts[0], text: parts[1]))
    }
    return mails
  }
}
