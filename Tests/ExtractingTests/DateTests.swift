import Testing
import Vocabulary

@testable import Extracting

@Suite struct `Dates as pages write them` {
  private let reader = DateReader(zone: .shanghai, now: now)

  @Test(arguments: [
    ("2026-03-02 08:55", "2026-03-02T08:55:00"), ("2026-03-02 08:55:07", "2026-03-02T08:55:07"),
    ("2026/3/2", "day 2026-03-02"), ("2026.3.2", "day 2026-03-02"),
    ("2026年3月2日", "day 2026-03-02"), ("2026年03月02日 8时55分", "2026-03-02T08:55:00"),
    ("2026年3月2日 下午3:05", "2026-03-02T15:05:00"), ("2026年3月1日上午12时", "2026-03-01T00:00:00"),
    ("2026年3月2日（星期一）08:55", "2026-03-02T08:55:00"),
    ("发布时间：2026-03-02 08:55 来源：青川网", "2026-03-02T08:55:00"),
    ("２０２６－０３－０２　０８：５５", "2026-03-02T08:55:00"), ("2026-03-0208:55", "2026-03-02T08:55:00"),
    ("26-03-02", "day 2026-03-02"), ("20260302", "day 2026-03-02"),
    ("20260302085500", "2026-03-02T08:55:00"), ("02/03/2026 9:05 AM", "2026-02-03T09:05:00"),
    ("2026-03-01 24:00", "2026-03-02T00:00:00"), ("[03-02]", "day 2026-03-02"),
  ])
  func `are read whole`(_ text: String, _ time: String) {
    #expect(shown(reader.read(text)) == time)
  }

  @Test(arguments: [
    ("03-02", "day 2026-03-02"), ("3月2日 08:55", "2026-03-02T08:55:00"),
    ("03-03 12:00", "2026-03-02T18:00:00"), ("03-05", "day 2025-03-05"),
    ("12-31", "day 2025-12-31"), ("2-29", "day 2024-02-29"), ("3/2 8:55", "2026-03-02T08:55:00"),
    ("发布时间：03-0208:55优质", "2026-03-02T08:55:00"),
  ])
  func `without a year are of the latest year that is not ahead`(_ text: String, _ time: String) {
    #expect(shown(reader.read(text)) == time)
  }

  @Test(arguments: [
    ("刚刚", "2026-03-02T18:00:00"), ("5分钟前", "2026-03-02T17:55:00"),
    ("3 小时前", "2026-03-02T15:00:00"), ("一小时前", "2026-03-02T17:00:00"),
    ("半小时前", "2026-03-02T17:30:00"), ("十二个小时前", "2026-03-02T06:00:00"),
    ("30秒前", "2026-03-02T17:59:30"), ("3天前", "day 2026-02-27"), ("两天前", "day 2026-02-28"),
    ("今天 08:55", "2026-03-02T08:55:00"), ("昨天 23:50", "2026-03-01T23:50:00"),
    ("前天", "day 2026-02-28"), ("昨天下午3点半", "2026-03-01T15:30:00"),
    ("08:55", "2026-03-02T08:55:00"), ("23:50", "2026-03-01T23:50:00"),
    ("2 hours ago", "2026-03-02T16:00:00"), ("昨晚8点", "2026-03-01T20:00:00"),
    ("今早7:30", "2026-03-02T07:30:00"), ("前天 20:15", "2026-02-28T20:15:00"),
    ("周三", "day 2026-02-25"), ("星期一 08:00", "2026-03-02T08:00:00"),
    ("上周五", "day 2026-02-27"), ("上星期日 9:05", "2026-03-01T09:05:00"),
    ("上周三下午3点", "2026-02-25T15:00:00"), ("下午3:05", "2026-03-02T15:05:00"),
    ("几分钟前", "2026-03-02T17:57:00"), ("1个月前", "day 2026-01-31"),
  ])
  func `count from the moment the page came`(_ text: String, _ time: String) {
    #expect(shown(reader.read(text)) == time)
  }

  @Test(arguments: [
    ("Mon, 02 Mar 2026 00:55:00 GMT", "2026-03-02T08:55:00"),
    ("Mon, 2 Mar 2026 08:55 +0800", "2026-03-02T08:55:00"),
    ("Mon Mar 02 08:55:00 CST 2026", "2026-03-02T08:55:00"),
    ("2026-03-02T00:55:00Z", "2026-03-02T08:55:00"),
    ("2026-03-02T08:55:00.123+08:00", "2026-03-02T08:55:00"),
    ("2026-03-01T19:55:00-05:00", "2026-03-02T08:55:00"),
    ("March 2, 2026", "day 2026-03-02"), ("1772412900", "2026-03-02T08:55:00"),
    ("1772412900000", "2026-03-02T08:55:00"), ("二〇二六年三月二日", "day 2026-03-02"),
    ("二○二五年十二月三十一日", "day 2025-12-31"), ("三月二日", "day 2026-03-02"),
    ("二〇二六年三月二日上午九时三十分", "2026-03-02T09:30:00"),
    ("17:07 2026-03-02", "2026-03-02T17:07:00"), ("2026-03-02 HKT 07:30", "2026-03-02T07:30:00"),
    ("3:05 PM, March 1, 2026", "2026-03-01T15:05:00"),
    ("Mar 1, 2026 3:05 PM", "2026-03-01T15:05:00"),
  ])
  func `of machines and of documents are read`(_ text: String, _ time: String) {
    #expect(shown(reader.read(text)) == time)
  }

  @Test(arguments: [
    ("", "absent"), ("　\u{A0}", "absent"), ("--", "absent"), ("发布时间：", "absent"),
    ("2026-02-30", "unreadable"), ("不详", "unreadable"), ("2026年13月2日", "unreadable"),
    ("abc", "unreadable"), ("99999999999999999999", "unreadable"),
    ("0000-00-00 00:00:00", "unreadable"), ("0000-00-00", "unreadable"),
    ("1970-01-01 08:00:00", "unreadable"), ("0001-01-01T00:00:00", "unreadable"),
    ("2026-00-10 08:00", "unreadable"), ("2099-12-31", "unreadable"),
    ("2026-03-04 08:00", "unreadable"), ("9999-12-31 23:59:59", "unreadable"),
  ])
  func `that are missing or wrong say so`(_ text: String, _ time: String) {
    #expect(shown(reader.read(text)) == time)
  }

  @Test(arguments: [
    ("关于水压不足的来信 [2026-03-02]", "day 2026-03-02"), ("投诉 浏览：128 03-02 08:55", "2026-03-02T08:55:00"),
    ("竹园镇青溪村 1-2 组", "absent"), ("编号 20260302", "absent"), ("水价每吨3.2元", "absent"),
    ("今天停水怎么办", "absent"), ("拨打0000-1234567", "absent"), ("2026-02-30 停水", "unreadable"),
  ])
  func `are told from other numbers in a running text`(_ text: String, _ time: String) {
    #expect(shown(reader.find(in: text)) == time)
  }

  /// What is ahead is no time of publication: a fast clock means now, a day that is far off belongs to
  /// what the text is about.
  @Test(arguments: [
    ("2026-03-02 18:04", "2026-03-02T18:00:00"), ("2026-03-03", "2026-03-02T18:00:00"),
    ("有效期至2026-12-31，发布于2026-03-01", "day 2026-03-01"),
    ("截止时间：2026年6月30日 08:00", "unreadable"),
  ])
  func `are never ahead`(_ text: String, _ time: String) {
    #expect(shown(reader.read(text)) == time)
  }

  @Test(arguments: [
    ("https://news.example/2026/03/02/17.html", "2026-03-02"),
    ("https://news.example/202603/t20260302_1234.shtml", "2026-03-02"),
    ("https://news.example/2026-03/02/content_17.htm", "2026-03-02"),
    ("https://news.example/202603/02/17.html", "2026-03-02"),
    ("https://news.example/2026/3/2/17.html", "2026-03-02"),
    ("https://board.example/thread-20261345-1.html", nil),
    ("https://board.example/show?day=20260302", nil), ("https://board.example/t/1234", nil),
  ])
  func `stand in addresses`(_ url: String, _ day: String?) {
    #expect(AddressDay.of(url) == day)
  }

  /// Half a million characters' worth of chopped and stirred dates: whatever comes of one is not
  /// ahead and not before there were pages.
  @Test func `read wrongly are never ahead and never ancient`() {
    var random = Stirring(seed: 4711)
    let seeds = [
      "2026-03-02 08:55:07", "发布时间：2026年3月2日 下午3:05", "昨天 20:15", "3小时前", "上周五 8点半",
      "Mon, 02 Mar 2026 00:55:00 GMT", "二〇二六年三月二日", "1772412900000", "20260302085500",
      "03-02 09:15",
      "2026-03-02T08:55:00.123+08:00", "26/3/2", "12-31 23:59", "2-29", "晚8点",
      "0000-00-00 00:00:00",
    ]
    let earliest = WallTime(milliseconds: 631_123_200_000)
    for round in 0..<20_000 {
      let text = random.stirred(seeds[round % seeds.count])
      for time in [reader.read(text), reader.find(in: text)] {
        guard let moment = time.moment else { continue }
        #expect(moment <= now && moment >= earliest, "\(text)")
      }
    }
  }
}

/// Texts changed at random, the same each time for a seed.
private struct Stirring {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  private mutating func next(_ count: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % max(1, count)
  }

  mutating func stirred(_ text: String) -> String {
    var signs = Array(text)
    let others = Array("0123456789年月日时分秒点:：-/. T+Z上下午昨前天周一二三十半小GMTPA")
    for _ in 0...next(4) where !signs.isEmpty {
      let place = next(signs.count)
      switch next(4) {
      case 0: signs.remove(at: place)
      case 1: signs[place] = others[next(others.count)]
      case 2: signs.insert(others[next(others.count)], at: place)
      default: signs.swapAt(place, next(signs.count))
      }
    }
    return String(signs)
  }
}
