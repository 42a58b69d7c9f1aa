import Drafting
import Testing
import Vocabulary

@Suite struct `A batch` {
  @Test func `says on a telephone how many there are, which, and by when`() throws {
    let mail = try mail(Batches.contactSheets)
    #expect(mail.subject == "【一般舆情】3月2日 下午 5件")
    let preview = mail.text.split(separator: "\n").prefix(2)
    #expect(preview.first == "联系单 5 件：2026-0017、2026-0018、2026-0019、2026-0020等")
    #expect(preview.last == "请逐件签收，最早一件时限 3月3日 09:17。")
    #expect(mail.kind == .batch && mail.grade == .general && mail.alert == nil)
    #expect(try self.mail(Batches.english).subject == "[general] 2 Mar, afternoon: 5 alerts")
    #expect(
      try self.mail(Batches.inTrial, Batches.trial).subject == "【试运行】【一般舆情】3月2日 下午 5件")
  }

  @Test func `has every paper in full, to the letter, and each on a page of its own`() throws {
    let batch = Batches.contactSheets
    let mail = try mail(batch)
    for paper in batch.papers {
      #expect(mail.text.contains(paper.text))
      let start = try #require(paper.html.firstRange(of: "<table"))
      let end = try #require(paper.html.firstRange(of: "</body>"))
      #expect(mail.html.contains(paper.html[start.lowerBound..<end.lowerBound]))
    }
    #expect(mail.html.ranges(of: "page-break-before:always").count == batch.papers.count)
    #expect(mail.html.ranges(of: "<body").count == 1)
    #expect(mail.html.ranges(of: "</body>").count == 1)
    #expect(mail.html.hasSuffix("</html>\n"))
  }

  @Test func `shows the text of a paper whose layout it cannot take over`() throws {
    var batch = Batches.contactSheets
    batch.papers[0].html = "<p>no document</p>"
    batch.papers[0].text = "<script>alert(1)</script>"
    let html = try mail(batch).html
    #expect(html.contains("&lt;script&gt;"))
    #expect(!html.contains("<script"))
    #expect(!html.contains("no document"))
  }

  @Test func `is the same notice when it is drafted twice, and another for another address`() throws
  {
    var batch = Batches.contactSheets
    let first = try mail(batch)
    #expect(try mail(batch) == first)
    batch.recipient = Recipient(Town.address("water-2"), as: .unit)
    #expect(try mail(batch).id != first.id)
  }

  @Test func `never holds an allegation of misconduct, nor what leaves at once`() throws {
    let desk = try Desk(office: Town.office)
    let conduct = Batches.alertCase(30, "停水", kind: .conduct)
    #expect(desk.notices(for: .raised(conduct)).allSatisfy { $0.listing == nil })
    #expect(desk.notices(for: .raised(conduct)).allSatisfy { $0.leaving != nil })
    let atOnce = desk.notices(for: .raised(Town.alertCase()))
    #expect(atOnce.allSatisfy { $0.listing == nil && $0.leaving == nil })
  }

  @Test func `goes to the duty address on a day off, where a unit has one`() throws {
    let office = Town.office { $0.units[0].duty = [Town.address("water-duty")] }
    let sheets = { (reason: LeavingTime.Reason) in
      try Desk(office: office).notices(
        for: .raised(
          Batches.alertCase(17, "停水", leaving: LeavingTime(at: Batches.hour, reason: reason)))
      )[0].recipients.map(\.address.address)
    }
    #expect(try sheets(.dayOff) == ["water-duty@unit.example"])
    #expect(try sheets(.hour) == ["water-1@unit.example", "water-2@unit.example"])
    #expect(try sheets(.window) == ["water-1@unit.example", "water-2@unit.example"])
  }

  private func mail(_ batch: Batch, _ office: Office? = nil) throws -> Notice {
    let english = batch == Batches.english ? Town.office { $0.language = .en } : Town.office
    return try #require(
      try Desk(office: office ?? english).notices(for: .batch(batch)).first)
  }
}

@Suite struct `A general draft that an officer is to sign off` {
  /// The papers of one that is found at an hour of 2 March and leaves by itself so much later.
  private func papers(at hour: Int64, leavesAfter wait: Duration) throws -> [Notice] {
    var alertCase = Town.alertCase(.general)
    alertCase.at = Town.morning + .hours(hour - 9)
    alertCase.leaving = LeavingTime(at: alertCase.at + wait, reason: .release)
    return try Desk(office: Town.office).notices(for: .raised(alertCase))
  }

  @Test func `of the night is with the officers in the morning, and each by itself`() throws {
    let papers = try papers(at: 23, leavesAfter: .hours(17))
    let draft = try #require(papers.first { $0.kind == .bulletin })
    #expect(draft.leaving == LeavingTime(at: Town.morning + .hours(22), reason: .quiet))
    #expect(draft.listing == nil)
    let sheet = try #require(papers.first { $0.kind == .contactSheet })
    #expect(sheet.leaving?.reason == .release && sheet.listing != nil)
  }

  @Test(arguments: [(Int64(15), Duration.hours(18)), (23, .hours(8))])
  func `of the day, or that leaves itself in the morning, is there at once`(
    hour: Int64, wait: Duration
  ) throws {
    let papers = try papers(at: hour, leavesAfter: wait)
    #expect(papers.contains { $0.kind == .bulletin && $0.leaving == nil })
    #expect(papers.contains { $0.kind == .contactSheet && $0.leaving?.reason == .release })
  }
}
