import Vocabulary

/// Digests of the invented town.
enum Days {
  /// 2026-03-02 08:00 in Beijing.
  static let issue = Town.morning - .hours(1)

  static let quiet: Digest = {
    var digest = Digest(period: Digest.Period(.daily, from: issue - .days(1), to: issue))
    digest.feedsWatched = 12
    digest.itemsRead = 340
    return digest
  }()

  /// A day with alerts of every state, an allegation, undated items and blind spots.
  static let busy: Digest = {
    var digest = quiet
    digest.counts = Digest.Counts(
      byGrade: [.considerable: 2, .general: 14], byTopic: topics([6, 4, 3, 2, 1, 0, 0, 0]),
      byUnit: units([7, 5, 4]))
    digest.before = Digest.Counts(
      byGrade: [.major: 1, .considerable: 1, .general: 9],
      byTopic: topics([3, 3, 2, 1, 0, 1, 1, 0]),
      byUnit: units([5, 4, 2]))
    digest.weekAgo = Digest.Counts(
      byGrade: [.considerable: 3, .general: 11], byTopic: topics([5, 2, 2, 1, 1, 1, 1, 1]),
      byUnit: units([6, 6, 2]))
    digest.awaiting = [
      line(15, .general, .open, "公交 3 路末班车能不能晚一点", sent: false),
      line(16, .considerable, .open, "竹园镇幼儿园门口红绿灯坏了半个月没人修", sent: true),
    ]
    var withAnOfficer = line(13, .considerable, .acknowledged, titles[2], sent: true)
    withAnOfficer.awaitsUnit = true
    digest.awaiting.append(withAnOfficer)
    digest.awaitingUnit = 1
    digest.lines =
      [line(14, .considerable, .acknowledged, "青溪村河水发黑发臭，井水不敢喝", sent: true)]
      + (1...12).map {
        line($0, .general, $0 % 3 == 0 ? .closed : .acknowledged, titles[$0 % 4], sent: true)
      }
    digest.unacknowledged = 1
    digest.conduct = [Alert.ID(year: 2026, number: 18)]
    digest.undated = [
      Digest.Undated(
        title: "关于青溪村道路硬化的建议", url: "https://town.example/suggest/3", feedName: "竹园镇门户")
    ]
    digest.blindSpots = [
      Digest.BlindSpot(
        feed: Feed.ID(rawValue: "zhuyuan"), feedName: "竹园镇门户", from: issue - .minutes(590),
        to: issue - .minutes(405), reason: "网站 20 秒内没有答复")
    ]
    digest.feedNames = [
      Feed.ID(rawValue: "board"): "青川区领导留言板", Feed.ID(rawValue: "zhuyuan"): "竹园镇门户",
    ]
    digest.counts.byFeed = [Feed.ID(rawValue: "board"): 16]
    digest.before.byFeed = [Feed.ID(rawValue: "board"): 9, Feed.ID(rawValue: "zhuyuan"): 2]
    digest.weekAgo.byFeed = [Feed.ID(rawValue: "board"): 14]
    digest.punctuality = [
      .considerable: Digest.Punctuality(kept: 2, used: [0.02, 0.1]),
      .general: Digest.Punctuality(kept: 11, unsent: 1, used: spread),
    ]
    digest.late = [
      Digest.Late(
        line(15, .general, .open, "公交 3 路末班车能不能晚一点", sent: false), by: .hours(3), isTold: false)
    ]
    digest.course = days(7, [12, 9, 14, 11, 3, 11, 16])
    digest.course[6].blindFeeds = 1
    return digest
  }()

  /// The busy day's week, with what a week says of its own.
  static let week: Digest = {
    var digest = busy
    digest.period = Digest.Period(.weekly, from: issue - .days(7), to: issue)
    figure(&digest)
    digest.course = days(7, [1, 0, 4, 2, 3, 0, 6])
    digest.course[5].blind = .hours(20)
    digest.course[6].blindFeeds = 1
    return digest
  }()

  /// A month with a major matter, late notices and returns.
  static let month: Digest = {
    var digest = week
    digest.period = Digest.Period(.monthly, from: issue - .days(28), to: issue)
    digest.counts.byGrade[.major] = 1
    digest.lines.insert(
      line(9, .major, .acknowledged, "青溪小区停水三天，两位老人住院", sent: true), at: 0)
    digest.course = (0..<4).map { week in
      let from = issue - .days(Int64(28 - 7 * week))
      return Digest.Stretch(
        from: from, to: from + .days(7), raised: [31, 12, 44, 17][week],
        major: week == 2 ? 1 : 0)
    }
    return digest
  }()

  /// A month of a busy district: more of everything than is named.
  static let fullMonth: Digest = {
    var digest = month
    digest.counts.byGrade[.major] = 6
    digest.lines =
      (20...25).map { line($0, .major, .acknowledged, titles[$0 % 4], sent: true) } + digest.lines
    digest.awaiting += (40...44).map { line($0, .considerable, .open, titles[$0 % 4], sent: true) }
    digest.acknowledging += (1...6).map { number in
      Digest.Acknowledging(
        unit: UnitName(rawValue: "第\(number)局"), raised: number, took: minutes(5, 9))
    }
    digest.course.append(
      Digest.Stretch(from: issue - .days(28), to: issue - .days(21), raised: 12, major: 2))
    digest.blindSpots.append(
      Digest.BlindSpot(
        feedName: nil, from: issue - .days(20), to: issue - .days(19), reason: "本系统停止运行"))
    return digest
  }()

  /// An ordinary week: a handful of alerts, all told in time, nothing blind.
  static let ordinaryWeek: Digest = {
    var digest = week
    digest.awaiting = Array(digest.awaiting.prefix(2))
    digest.lines = Array(digest.lines.prefix(4))
    (digest.conduct, digest.undated, digest.late) = ([], [], [])
    (digest.blindSpots, digest.feedsUnread) = ([], [])
    digest.punctuality[.considerable] = Digest.Punctuality(kept: 4, used: [0.02, 0.03, 0.05, 0.2])
    digest.course = days(7, [1, 0, 4, 2, 3, 1, 6])
    return digest
  }()

  /// A day after two days without Huiyin, and with more of everything than there is room for.
  static let outage: Digest = {
    var digest = busy
    digest.period.from = issue - .days(3)
    digest.caughtUpAt = issue + .hours(5)
    digest.counts.byGrade[.major] = 4
    digest.lines =
      (30...33).map { line($0, .major, .open, titles[$0 % 4], sent: true) } + digest.lines
    digest.awaiting += (40...60).map { line($0, .considerable, .open, titles[$0 % 4], sent: true) }
    digest.unacknowledged = 22
    figure(&digest)
    digest.late = (30...38).map { number in
      Digest.Late(
        line(number, .major, .open, titles[number % 4], sent: true), by: .minutes(48), isTold: true,
        delays: [WindowUse.Delay(.daemonDown, .minutes(46))])
    }
    digest.blindSpots.append(
      Digest.BlindSpot(
        feedName: nil, from: issue - .days(2), to: issue - .hours(1), reason: "本系统停止运行"))
    for number in 1...7 { digest.blindSpots += spots(of: number) }
    digest.feedsUnread = (1...9).map { "未采到的网站 \($0)" }
    return digest
  }()

  private static func spots(of number: Int) -> [Digest.BlindSpot] {
    (1...4).map { (time: Int) -> Digest.BlindSpot in
      let from = issue - .hours(Int64(6 * time))
      return Digest.BlindSpot(
        feed: Feed.ID(rawValue: "feed-\(number)"), feedName: "第 \(number) 号网站",
        from: from, to: from + .minutes(Int64(30 + number)), reason: "网站返回 503")
    }
  }

  private static func figure(_ digest: inout Digest) {
    digest.punctuality = [
      .major: Digest.Punctuality(kept: 1, used: [0.12]),
      .considerable: Digest.Punctuality(kept: 3, late: 1, voided: 1, used: [0.02, 0.03, 0.1, 1.4]),
      .general: Digest.Punctuality(kept: 11, unsent: 1, voided: 1, used: spread),
    ]
    digest.running = 3
    digest.late = [
      Digest.Late(
        line(16, .considerable, .open, "竹园镇幼儿园门口红绿灯坏了半个月没人修", sent: true),
        by: .minutes(48), isTold: true,
        delays: [
          WindowUse.Delay(.unanswered(reply: "", times: 9), .minutes(46)),
          WindowUse.Delay(.awaitedText, .minutes(2)),
        ]),
      Digest.Late(
        line(15, .general, .open, "公交 3 路末班车能不能晚一点", sent: false), by: .hours(3), isTold: false),
    ]
    digest.acknowledging = [
      Digest.Acknowledging(
        unit: UnitName(rawValue: "区住建局"), raised: 7, waiting: 1,
        took: minutes(4, 9, 12, 38, 210)),
      Digest.Acknowledging(
        unit: UnitName(rawValue: "区交通运输局"), raised: 5, took: minutes(3, 5, 8)),
      Digest.Acknowledging(
        unit: UnitName(rawValue: "区水务局"), raised: 4, waiting: 1, took: [.hours(70)]),
      Digest.Acknowledging(unit: nil, raised: 2, took: [.seconds(20), .minutes(2)]),
    ]
    digest.outcomes = Digest.Outcomes(
      closed: 5, falseAlarms: 1, returned: 1, acknowledged: 9, open: 2, everReturned: 2)
  }

  private static func minutes(_ numbers: Int64...) -> [Duration] {
    numbers.map { Duration.minutes($0) }
  }

  private static let spread: [Double] = [
    0.01, 0.02, 0.05, 0.2, 0.35, 0.4, 0.42, 0.5, 0.61, 0.63, 0.7,
  ]

  /// Days that end with the issue.
  private static func days(_ count: Int64, _ raised: [Int]) -> [Digest.Stretch] {
    zip(0..<count, raised).map { day, number in
      let from = issue - .days(count - day)
      return Digest.Stretch(from: from, to: from + .days(1), raised: number)
    }
  }

  private static let titles = [
    "楼道灯不亮，物业说没钱修", "咨询居住证续签需要带什么材料", "菜市场门口占道摆摊，早上过不去人",
    "希望在二小对面增设一处公共厕所",
  ]

  private static func topics(_ counts: [Int]) -> [Topic: Int] {
    let names = ["城乡建设", "交通运输", "环境保护", "教育", "劳动保障", "卫生健康", "农业农村", "其他事项"]
    return Dictionary(
      uniqueKeysWithValues: zip(names.map(Topic.init(rawValue:)), counts).filter { $0.1 > 0 })
  }

  private static func units(_ counts: [Int]) -> [UnitName: Int] {
    let names = ["区住建局", "区交通运输局", "区水务局"].map(UnitName.init(rawValue:))
    return Dictionary(uniqueKeysWithValues: zip(names, counts))
  }

  static func line(
    _ number: Int, _ grade: Grade, _ state: Alert.State, _ title: String, sent: Bool
  ) -> Digest.Line {
    let found = issue - .hours(3) - .minutes(Int64(number))
    return Digest.Line(
      alert: Alert.ID(year: 2026, number: number), grade: grade, state: state,
      unit: UnitName(rawValue: "区住建局"), title: title,
      url: "https://board.example/thread/\(8000 + number)", feedName: "青川区领导留言板",
      foundAt: found, dueAt: found + .hours(2), sentAt: sent ? found + .minutes(1) : nil)
  }
}
