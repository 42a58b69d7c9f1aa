import Foundation
import Testing
import Vocabulary

@testable import Settings

@Suite struct `The shipped set-up` {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static var config: String { root.path + "/deploy/huiyin.yaml" }

  @Test func `is valid as it stands`() throws {
    let reading = try Settings.read(Self.config, checks: .forTests)
    let errors = reading.diagnostics.filter { $0.weight == .error }.map { $0.line(in: .en) }
    #expect(errors == [])
    let setup = try #require(reading.setup)
    #expect(setup.office.trial == .everyone)
    #expect(setup.office.windows == .regulation)
    #expect(setup.office.supervision != nil)
    #expect(setup.feeds.count >= 5)
  }

  @Test func `knows the public holidays of 2026 and the weekend days worked for them`() throws {
    let office = try #require(try Settings.read(Self.config, checks: .forTests).setup).office
    #expect(office.hours == .usual)
    let year = try #require(office.calendar.years[2026])
    #expect(year.holidays.count == 33)
    #expect(year.makeUpDays.count == 6)
    #expect(year.makeUpDays.allSatisfy { $0.weekday > 5 })
  }

  @Test func `names a way that mails nobody`() throws {
    let setup = try #require(try Settings.read(Self.config, checks: .forTests).setup)
    guard case .maildir = setup.mail.way else {
      Issue.record("the shipped set-up mails")
      return
    }
  }

  @Test func `keeps every unchecked feed switched off`() throws {
    let setup = try #require(try Settings.read(Self.config, checks: .forTests).setup)
    for feed in setup.feeds {
      let path = Self.root.path + "/Feeds/\(feed.id).yaml"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(text.contains("核对情况："), "\(feed.id) says what it was checked against")
      #expect(feed.off || !text.contains("尚未核对"), "\(feed.id)")
    }
  }

  @Test func `documents every key that the reader knows`() throws {
    let findings = Findings()
    let scratch = try Scratch()
    try scratch.copySound()
    for (name, text) in EveryKey.files { try scratch.write(text, to: name) }
    let path = scratch.path("huiyin.yaml")
    let root = try #require(Manuscript.open(path, findings: findings)?.section(findings))
    _ = SetupReading(root: root, checks: .forTests, findings: findings).setup()
    let unknown = findings.all.filter { $0.sentence.en.contains("unknown key") }
    #expect(unknown == [], "the sample writes no key that the reader does not know")

    let shipped = EveryKey.keys(in: try String(contentsOfFile: Self.config, encoding: .utf8))
    for key in findings.known.sorted() where !EveryKey.isFree(key) {
      let last = key.split(separator: ".").last.map(String.init) ?? key
      #expect(shipped.contains(last), "\(key) is not documented")
    }
  }

  @Test func `is read by a sample that leaves no known key out`() throws {
    let findings = Findings()
    let scratch = try Scratch()
    try scratch.copySound()
    for (name, text) in EveryKey.files { try scratch.write(text, to: name) }
    let path = scratch.path("huiyin.yaml")
    let root = try #require(Manuscript.open(path, findings: findings)?.section(findings))
    _ = SetupReading(root: root, checks: .forTests, findings: findings).setup()
    let written = EveryKey.keys(in: EveryKey.files.map(\.text).joined())
    for key in findings.known.sorted() where !EveryKey.isFree(key) {
      let last = key.split(separator: ".").last.map(String.init) ?? key
      #expect(written.contains(last), "the sample lacks \(key)")
    }
  }
}

/// A set-up that writes every key there is, so that the reader meets each of its sections.
enum EveryKey {
  static let files: [(name: String, text: String)] = [
    ("huiyin.yaml", config), ("Feeds/board.yaml", feed), ("Feeds/api.yaml", api),
    ("Feeds/exports.yaml", exports), ("Rules/water.yaml", rules),
    ("roster.csv", "from,to,officers,leaders,note\n"),
    ("calendar.yaml", "2026:\n  holidays: [2026-10-01]\n  working: [2026-10-10]\n"),
  ]

  /// Keys whose names the office chooses: recipients and header lines, and the calendar's years.
  static func isFree(_ key: String) -> Bool {
    key.hasPrefix("mail.content.") || key.hasPrefix("headers.") || key.hasPrefix("form.")
      || Int(key) != nil
  }

  /// The words before colons, those in comments among them.
  static func keys(in text: String) -> Set<String> {
    let words = text.split { !($0.isASCII && ($0.isLetter || "_-:".contains($0))) }
    return Set(words.filter { $0.hasSuffix(":") }.map { String($0.dropLast()) })
  }

  private static let config = """
    office: 青川区信访局
    telephone: 0800-0000000
    trial: [区水务局]
    language: zh
    time_zone: Asia/Shanghai
    places: [青川区, {name: 竹园镇, aliases: [竹园], unit: 区水务局, in: 青川区}]
    area: [川西省]
    data: ./data
    feeds: ./Feeds
    rules: ./Rules
    windows: {major: 20m, considerable: 1h, general: 12h}
    mail:
      from: duty@letters.example
      server: smtps://smtp.example
      maildir: ./outbox
      username: duty
      password_file: ./mail.password
      fallback: smtp://second.example
      content: {leaders@letters.example: brief}
    officers: [officer@letters.example]
    leaders: [leaders@letters.example]
    leaders_hear: [major, considerable]
    admins: [admin@letters.example]
    units:
      - {name: 区水务局, roles: [供水], mail: [water@unit.example], deputy: [d@unit.example], duty: [e@unit.example]}
    supervision: 区水务局
    default_unit: 区水务局
    digests: {daily: "08:00", weekly: "Mon 08:30", monthly: "1 09:00"}
    fetch: {pause: 2s, contact: duty@letters.example, allow_private: [10.20.0.0/16]}
    calendar: ./calendar.yaml
    hours: {batch: ["09:00"], duty: "08:30-18:00", quiet: "22:00-07:00"}
    release: {major: at_once, considerable: officer, general: at_once, wait: {considerable: 45m}}
    escalate: {major: 10m, considerable: 1h, general: 6h, ask_again: 8h}
    roster: ./roster.csv
    mailbox: {url: "imaps://duty@imap.example/INBOX", password_file: ./p, maildir: ./in}
    webhooks: [{kind: dingtalk, name: duty, url_file: ./ding.url, secret_file: ./ding.secret}]
    command: /usr/local/bin/ring
    heartbeat: https://beat.example/

    """

  private static let api = """
    name: 接口
    kind: json
    url: https://board.example/api
    method: post
    form: {fid: 12}
    items: data.list
    title: title
    text: content
    page: {into: page, first: 1, step: 1}
    cursor: {from: data.last, into: lastItem}
    pages: 2

    """

  private static let exports = """
    name: 导出文件
    kind: file
    folder: ./data
    done: keep
    columns:
      title: 标题
      body: 内容
      link: 链接
      date: 时间
      id: 编号
      answer: 答复
      unit: 答复单位
      answered: 答复时间

    """

  private static let feed = """
    name: 青川区领导留言板
    kind: board
    url: https://board.example/list?page=1
    every: 10m
    off: false
    charset: auto
    items: //li
    title: ./a
    link: ./a/@href
    date: ./span
    body: ./p
    next: //a/@href
    pages: 2
    budget: 500
    article: {title: //h1, body: "css:.content", date: "css:.time"}
    answer: {body: "css:.reply", unit: "css:.dept", date: "css:.time"}
    place: 青川区
    first_run: all
    outlet: 青川论坛
    national: false
    oldest: 7d
    empty: true
    pause: 5s
    proxy: http://10.20.0.5:3128
    headers: {Accept-Language: zh-CN}
    tls: {accept_expired: true}
    permission: 电话同意
    revisit: 1h..7d

    """

  private static let rules = """
    rules:
      - id: water-cut
        name: 停水断水
        topic: 城乡建设
        kind: complaint
        unit: 供水
        assist: [区水务局]
        leads: place
        grade: general
        any: [停水]
        all: [小区]
        none: [恢复供水]
        near: {words: [自来水, 发臭], within: 12}
        pattern: 停.*水
        count: {of: [受伤], at_least: 3}
        not_after: [演练]
        in: [title, body]
        raise:
          - {grade: major, any: [中毒], all: [水], none: [演练], near: {words: [水, 毒], within: 3}}
        weight: 2
        place: ours
        examples: {match: [停水了], skip: [来水了]}

    """
}
