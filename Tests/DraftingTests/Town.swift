import Vocabulary

/// An invented office and its invented town.
enum Town {
  /// 2026-03-02 09:00 in Beijing.
  static let morning = WallTime(milliseconds: 1_772_413_200_000)

  static func instant(_ wall: WallTime) -> Instant {
    Instant(
      wall: wall, boot: "a-boot", sinceBoot: 10_000_000_000 + (wall - morning).inMilliseconds)
  }

  static func address(_ name: String) -> MailAddress {
    MailAddress(address: "\(name)@unit.example")
  }

  /// The letters office of Qingchuan, with two units and a supervising office.
  static var office: Office {
    var office = Office(
      name: "青川区信访局",
      units: [
        ResponsibleUnit(
          name: UnitName(rawValue: "区水务局"), roles: ["供水"],
          mail: [address("water-1"), address("water-2")], deputy: [address("water-deputy")]),
        ResponsibleUnit(
          name: UnitName(rawValue: "区住建局"), roles: ["住建"], mail: [address("housing")]),
        ResponsibleUnit(
          name: UnitName(rawValue: "区纪委监委信访室"), roles: [], mail: [address("supervision")],
          deputy: [address("supervision-deputy")]),
      ])
    office.telephone = "0000-1234567"
    office.supervision = UnitName(rawValue: "区纪委监委信访室")
    office.officers = [address("officer")]
    office.leaders = [address("leaders")]
    office.admins = [address("admin")]
    return office
  }

  static func office(_ change: (inout Office) -> Void) -> Office {
    var changed = office
    change(&changed)
    return changed
  }

  static let body = """
    我们是竹园镇青溪小区的居民，小区从星期六早上开始停水，到今天已经三天了，全小区三百多户都没有水用。
    打过自来水公司的电话，每次都说在抢修，没有一个准话。六号楼两位老人因为没有水喝、没法吃药，昨天夜里住院了。
    请有关部门尽快派人来看一看，先安排送水车，再把管道修好，也请告诉大家什么时候能恢复。
    """

  static var item: Item {
    Item(
      id: Item.ID(rawValue: "item-1"), feed: Feed.ID(rawValue: "qingchuan-board"),
      url: "https://board.example/thread/8812?from=list", title: "青溪小区停水三天，两位老人住院",
      body: body, published: .moment(morning - .minutes(20)),
      foundAt: instant(morning - .minutes(5)),
      basis: .full)
  }

  /// The places of words in a text, as a judge would say them.
  static func evidence(
    _ keyword: String, _ grade: Grade, in text: String, field: Field = .body
  ) -> [Evidence] {
    let scalars = Array(text.unicodeScalars)
    let wanted = Array(keyword.unicodeScalars)
    guard
      let start = (0...(scalars.count - wanted.count)).first(where: {
        Array(scalars[$0..<($0 + wanted.count)]) == wanted
      })
    else { return [] }
    return [
      Evidence(
        rule: Rule.ID(rawValue: "water-cut"), ruleName: "停水断水", keyword: keyword, field: field,
        start: start, end: start + wanted.count, grade: grade)
    ]
  }

  static func verdict(
    _ grade: Grade, kind: Kind = .complaint, unit: String? = "区水务局", basis: Item.Basis = .full
  ) -> Verdict {
    Verdict(
      item: item.id, ruleBook: RuleBook.Version(rawValue: "0123456789ab"), basis: basis,
      grade: grade, topic: Topic(rawValue: "城乡建设"), kind: kind,
      unit: unit.map(UnitName.init(rawValue:)), assist: [UnitName(rawValue: "区住建局")],
      evidence: evidence("停水", .general, in: item.title, field: .title)
        + evidence("全小区", .considerable, in: body) + evidence("住院", .major, in: body))
  }

  /// An alert of the town.
  static func alertCase(
    _ grade: Grade = .major, to audience: Alert.Audience = .unit(UnitName(rawValue: "区水务局")),
    kind: Kind = .complaint, item: Item = item, isBoard: Bool = true
  ) -> AlertCase {
    let window = Windows.regulation.window(of: grade) ?? .hours(24)
    let alert = Alert(
      id: Alert.ID(year: 2026, number: 17), item: item.id, grade: grade, audience: audience,
      raisedAt: instant(morning - .minutes(4)),
      deadline: Deadline(.notify, from: item.foundAt, window: window))
    return AlertCase(
      alert: alert, item: item, verdict: verdict(grade, kind: kind, basis: item.basis),
      feedName: "青川区领导留言板", isBoard: isBoard,
      feedback: Deadline(.feedback, from: alert.raisedAt, window: .days(1)))
  }

  /// The same, with something changed.
  static func alertCase(_ change: (inout AlertCase) -> Void) -> AlertCase {
    var changed = alertCase()
    change(&changed)
    return changed
  }
}
