package import Vocabulary

/// Values that tests begin from: an invented office, its feeds, its items.
package enum Sample {
  /// Monday, 2 March 2026, 09:00 in Beijing.
  package static let monday = OfficeZone.shanghai.wallTime(civil(2026, 3, 2, 9, 0))

  /// A civil time; tests name only such as exist.
  package static func civil(
    _ year: Int, _ month: Int, _ day: Int, _ hour: Int = 0, _ minute: Int = 0
  ) -> CivilTime {
    guard let time = CivilTime(year: year, month: month, day: day, hour: hour, minute: minute)
    else { preconditionFailure("no such civil time: \(year)-\(month)-\(day) \(hour):\(minute)") }
    return time
  }

  /// A moment in Beijing.
  package static func time(
    _ year: Int, _ month: Int, _ day: Int, _ hour: Int = 0, _ minute: Int = 0
  ) -> WallTime {
    OfficeZone.shanghai.wallTime(civil(year, month, day, hour, minute))
  }

  /// An instant so long after Monday 09:00, within one boot.
  package static func instant(after duration: Duration = .zero) -> Instant {
    Instant(
      wall: monday + duration, boot: "boot-1", sinceBoot: 1_000_000 + duration.inMilliseconds)
  }

  /// A mail address that is one.
  package static func address(_ written: String) -> MailAddress {
    guard let address = MailAddress(written) else {
      preconditionFailure("no mail address: \(written)")
    }
    return address
  }

  /// A unit by its name.
  package static func unit(_ name: String) -> UnitName { UnitName(rawValue: name) }

  /// 青川区信访局 with a water bureau, a housing bureau and a supervising office.
  package static var office: Office {
    var office = Office(
      name: "青川区信访局",
      units: [
        ResponsibleUnit(
          name: unit("区水务局"), roles: ["供水"], mail: [address("swj@unit.example")],
          deputy: [address("swj-deputy@unit.example")]),
        ResponsibleUnit(
          name: unit("区住建局"), roles: ["住建"], mail: [address("zjj@unit.example")]),
        ResponsibleUnit(
          name: unit("区纪委监委"), roles: ["监督"], mail: [address("jw@unit.example")]),
      ])
    office.telephone = "0800-0000"
    office.supervision = unit("区纪委监委")
    office.officers = [address("officer@letters.example")]
    office.leaders = [address("leaders@letters.example")]
    office.admins = [address("admin@letters.example")]
    return office
  }

  /// A message board of the office's own area.
  package static func feed(_ id: String = "board", kind: Feed.Kind = .board) -> Feed {
    var feed = Feed(
      id: Feed.ID(rawValue: id), name: "青川区领导留言板", kind: kind,
      url: "http://board.example/list", every: .minutes(10))
    feed.place = "青川区"
    return feed
  }

  /// An item of that board.
  package static func item(
    _ id: String = "item-1", title: String = "小区停水三天", body: String = "",
    published: PublicationTime = .moment(monday - .minutes(5)), basis: Item.Basis = .full,
    fingerprint: String? = nil, foundAt: Instant = instant()
  ) -> Item {
    Item(
      id: Item.ID(rawValue: id), feed: Feed.ID(rawValue: "board"),
      url: "http://board.example/thread/\(id)", title: title, body: body, published: published,
      foundAt: foundAt, basis: basis,
      fingerprint: fingerprint.map(Fingerprint.init(rawValue:)))
  }

  /// A verdict on an item.
  package static func verdict(
    on item: String = "item-1", grade: Grade = .general, kind: Kind = .complaint,
    unit: String? = "区水务局", basis: Item.Basis = .full, ground: Ground = .ours
  ) -> Verdict {
    Verdict(
      item: Item.ID(rawValue: item), ruleBook: RuleBook.Version(rawValue: "0123456789ab"),
      basis: basis, grade: grade, topic: Topic(rawValue: "城乡建设"), kind: kind,
      unit: unit.map(UnitName.init(rawValue:)), ground: ground)
  }
}
