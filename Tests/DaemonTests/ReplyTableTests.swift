import Foundation
import TestSupport
import Testing

@Suite(.serialized) struct `Replies as people write them` {
  /// Mail that is none of ours, as any mailbox has it.
  private static let others = (1...300).map { number in
    "From: news@else.example\r\nSubject: 每周要闻第\(number)期\r\n"
      + "Message-ID: <n\(number)@else.example>\r\n\r\n退回、误报、签发\r\n"
  }

  @Test(.enabled(if: DutyMailbox.isPossible, "needs root, Postfix and Dovecot"))
  func `each do what they say, through real servers, and the mailbox is left as it was`()
    async throws
  {
    let rows = ReplyRow.all
    let office = try await ReplyOffice(rows.map(\.matter))
    try office.mailbox.put(Self.others)
    try await office.mailbox.flag(2...4)
    try await office.round()
    let before = try await shown(office, count: rows.count)
    let heldBefore = try #require(rows.firstIndex { $0.matter == .cover })
    #expect(
      before[heldBefore].notices.contains { $0.kind == "contactSheet" && $0.state == "held" })
    let first = Set(try await office.post.letters(in: "officer").map(\.messageID))

    for turn in 1...2 {
      let alerts = try await shown(office, count: rows.count)
      let letters = try zip(rows, alerts).flatMap { row, alert in
        turn == 1
          ? try ReplyRow.sent(row.letters, of: alert, from: 0)
          : try ReplyRow.sent(row.later, of: alert, from: row.letters.count)
      }
      try await office.send(letters.filter { $0.program != "huge" })
      try office.mailbox.put(letters.filter { $0.program == "huge" }.map(\.huge))
      let mailbox = try await office.mailbox.state()
      try await office.round()
      #expect(try await office.mailbox.state() == mailbox, "a flag or a name is another")
    }

    let alerts = try await shown(office, count: rows.count)
    let heard = try await office.heard()
    let told = try await office.post.letters(in: "officer").filter { !first.contains($0.messageID) }
    for (row, alert) in zip(rows, alerts) {
      try judge(row, alert, heard[alert.id] ?? [], told)
    }
    try await judgeTheRest(office, rows)
    try print(rows, alerts, heard, told)
  }

  /// The alerts in the order of the rows.
  private func shown(_ office: ReplyOffice, count: Int) async throws -> [ShownAlert] {
    let all = try await office.town.alerts()
    try #require(all.count == count)
    return try (1...count).map { number in
      try #require(all.first { $0.url.hasSuffix("/t/\(number)") })
    }
  }

  private func openings(_ told: [Letter], of alert: ShownAlert) -> [String] {
    told.filter { $0.subject.contains("】\(alert.id) ") }
      .map { String($0.subject.prefix { $0 != "】" }) + "】" }.sorted()
  }

  private func judge(
    _ row: ReplyRow, _ alert: ShownAlert, _ heard: [ReplyOffice.Heard], _ told: [Letter]
  ) throws {
    #expect(alert.state == row.state, "\(row.what)")
    #expect(alert.grade == row.grade && alert.awaitsUnit == row.awaitsUnit, "\(row.what)")
    if let unit = row.unit { #expect(alert.unit == unit, "\(row.what)") }
    #expect(
      heard.count == row.heard.count && zip(heard, row.heard).allSatisfy { $0.isLike($1) },
      "\(row.what): \(heard.map { "\($0) \($0.text ?? "-")" })")
    #expect(openings(told, of: alert) == row.officers, "\(row.what)")
    let reminders = alert.notices.filter { $0.kind == "reminder" }
    #expect(
      reminders.map(\.recipient) == [row.reminded].compactMap(\.self), "\(row.what)")
    let isWritten = alert.notices.filter { $0.kind == "contactSheet" || $0.kind == "reminder" }
    let states = isWritten.map { $0.state == ($0.isRefused(row) ? "failed" : "sent") }
    #expect(!states.contains(false), "\(row.what)")
  }

  private func judgeTheRest(_ office: ReplyOffice, _ rows: [ReplyRow]) async throws {
    let count = rows.map { $0.heard.count }.reduce(0, +)
    #expect(try await office.town.sql("SELECT COUNT(*) FROM letter") == "\(count)")
    let admin = try await office.post.letters(in: "admin").map(\.subject)
    for address in ["moved", "full", "quota", "nobody", "chengguan"] {
      #expect(admin.count { $0.contains("\(address)@unit.example") } == 1, "\(address): \(admin)")
    }
    // Two officers who said different things: both stand in the course.
    let place = try #require(rows.firstIndex { $0.state == "closed" && !$0.later.isEmpty })
    let id = try await shown(office, count: rows.count)[place].id
    let course = try await Program.run(["alerts", id, "--config", office.town.config]).output
    #expect(course.contains("来信（值班员）：误报") && course.contains("来信（值班员）：未作签收"), "\(course)")
    for file in office.town.home.names(in: "data") {
      let bytes = try Data(contentsOf: URL(filePath: office.town.home.path("data/\(file)")))
      for secret in ["13912345678", "gongjiang", "nobody@elsewhere"] {
        #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(file): \(secret)")
      }
    }
  }

  /// Writes the table where the environment says; `make replies` does.
  private func print(
    _ rows: [ReplyRow], _ alerts: [ShownAlert], _ heard: [String: [ReplyOffice.Heard]],
    _ told: [Letter]
  ) throws {
    guard let path = ProcessInfo.processInfo.environment["REPLY_TABLE"], !path.isEmpty else {
      return
    }
    let lines = zip(rows, alerts).map { row, alert in
      let kept = (heard[alert.id] ?? []).map { $0.text.map { "“\($0)”" } ?? "—" }
      let officers = openings(told, of: alert)
      let states = [
        "open": "待签收", "acknowledged": "已签收", "returned": "退回，时限照走", "closed": "已办结",
      ]
      let cells = [
        row.what, (states[alert.state] ?? "") + (alert.awaitsUnit ? "，待单位签收" : ""),
        (heard[alert.id] ?? []).map(\.description).joined(separator: "；"),
        (officers + [row.reminded.map { "提前催办 \($0)" }].compactMap(\.self))
          .joined(separator: "、"), kept.joined(separator: "；"),
      ]
      return "| "
        + cells.map { $0.isEmpty ? "—" : $0.replacing(/\s+/, with: " ") }
        .joined(separator: " | ") + " |"
    }
    let head = "| 来信 | 预警状态 | 处理 | 另行发出 | 台账留下的话 |\n| --- | --- | --- | --- | --- |\n"
    try Data((head + lines.joined(separator: "\n") + "\n").utf8)
      .write(to: URL(fileURLWithPath: path))
  }
}

extension ShownAlert.Notice {
  /// Whether no mail server takes it.
  fileprivate func isRefused(_ row: ReplyRow) -> Bool { row.isRefused && kind == "contactSheet" }
}
