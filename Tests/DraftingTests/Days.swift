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
        feedName: "竹园镇门户", from: issue - .minutes(590), to: issue - .minutes(405),
        reason: "网站 20 秒内没有答复")
    ]
    return digest
  }()

  static let week: Digest = {
    var digest = busy
    digest.period = Digest.Period(.weekly, from: issue - .days(7), to: issue)
    return digest
  }()

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
