import TestSupport
import Testing
import Vocabulary

@testable import Pipeline

@Suite struct `A feed's own past` {
  private static let hour = Duration.hours(1)

  /// A listing of so many rows, newest first.
  private func shape(
    rows: Int = 20, dated: Bool = true, bodied: Bool = true, title: String = "竹园镇停水三天了",
    shuffled: Bool = false
  ) -> ListingShape? {
    let items = (0..<rows).map { row in
      let hours = Int64(shuffled ? row : rows - row)
      return Item(
        id: Item.ID(rawValue: "\(row)"), feed: Feed.ID(rawValue: "board"), url: "", title: title,
        body: bodied ? "停水" : "",
        published: dated ? .moment(Sample.monday + .hours(hours)) : .absent,
        foundAt: Sample.instant(), basis: .full)
    }
    return ListingShape(Extract(items: items))
  }

  /// A past of so many ordinary readings, an hour apart, each with news.
  private func usual(_ readings: Int = 30) -> (past: FeedPast, at: WallTime) {
    var past = FeedPast()
    var now = Sample.monday
    for _ in 0..<readings {
      past = past.after(shape(), hasNews: true, at: now).past
      now = now + Self.hour
    }
    return (past, now)
  }

  @Test(arguments: [
    "few rows", "no dates", "no texts", "long titles", "no order",
  ])
  func `tells once, after three odd readings, and once when it is itself again`(
    _ what: String
  ) throws {
    var (past, now) = usual()
    let odd =
      switch what {
      case "few rows": shape(rows: 2)
      case "no dates": shape(dated: false)
      case "no texts": shape(bodied: false)
      case "long titles": shape(title: String(repeating: "登录后查看更多内容", count: 9))
      default: shape(shuffled: true)
      }
    var changes: [String] = []
    for shape in [odd, odd, nil, odd, odd, odd, shape(), shape()] {
      let (after, change) = past.after(shape, hasNews: shape != nil, at: now)
      // As the ledger has it.
      past = FeedPast(after.text)
      #expect(past == after)
      now = now + Self.hour
      switch change {
      case .none: changes.append("-")
      case .becameOdd(let oddities, _): changes.append("odd \(oddities.count)")
      case .isItselfAgain: changes.append("usual")
      }
    }
    #expect(changes == ["-", "-", "-", "odd 1", "-", "-", "usual", "-"])
  }

  @Test func `tells of pages that cannot be read, whatever the listing says`() {
    var past = FeedPast()
    var changes: [FeedPast.Change] = []
    var now = Sample.monday
    func read(_ shape: ListingShape?, _ pages: PageTally) {
      let (after, change) = past.after(shape, hasNews: shape != nil, pages: pages, at: now)
      past = FeedPast(after.text)
      #expect(past == after)
      changes.append(change)
      now = now + Self.hour
    }
    for _ in 0..<3 { read(shape(), PageTally(unread: 3)) }
    #expect(!past.isOdd && past.oddities.isEmpty, "nine may be an accident")
    read(shape(), PageTally(unread: 1))
    read(nil, PageTally())
    read(nil, PageTally())
    #expect(past.oddities == [.pagesUnread(10)])
    #expect(changes.last == .becameOdd([.pagesUnread(10)], since: Sample.monday + .hours(3)))
    read(nil, PageTally(wasRead: true, unread: 2))
    #expect(changes.last == .isItselfAgain(since: Sample.monday + .hours(3)))
  }

  @Test func `takes nothing for odd before it knows what is usual`() {
    var (past, now) = usual(10)
    for _ in 0..<5 {
      let (after, change) = past.after(shape(rows: 1, dated: false), hasNews: true, at: now)
      #expect(change == .none)
      (past, now) = (after, now + Self.hour)
    }
  }

  @Test func `knows a silence that is longer than any before, and no night for one`() {
    var (past, now) = usual(60)
    var told: [Int] = []
    for hour in 1...120 {
      now = now + Self.hour
      let (after, change) = past.after(nil, hasNews: false, at: now)
      past = after
      if case .becameOdd(let oddities, _) = change {
        told.append(hour)
        #expect(oddities.map(\.sentence.zh).first?.contains("小时没有新内容") == true)
      }
    }
    #expect(told == [50], "two days, and three readings")
    let (_, change) = past.after(shape(), hasNews: true, at: now + Self.hour)
    guard case .isItselfAgain = change else {
      Issue.record("still silent")
      return
    }
  }

  @Test func `of a feed that writes once a week is no silence for nine days`() {
    var past = FeedPast()
    var now = Sample.monday
    for _ in 0..<30 {
      past = past.after(shape(), hasNews: true, at: now).past
      now = now + .days(7)
    }
    for _ in 0..<5 {
      let (after, change) = past.after(nil, hasNews: false, at: now + .days(2))
      #expect(change == .none)
      past = after
    }
  }

  @Test(arguments: ["", "2;1;1", "1;x;y;z", "1;1;1;1;1;1;1;1;1;1;1;1;1;rows 1,odd;"])
  func `is none where what is kept of it cannot be read`(_ text: String) {
    #expect(FeedPast(text).oddities.isEmpty)
    #expect(!FeedPast(text).isOdd)
  }
}
