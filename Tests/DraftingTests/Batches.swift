import Drafting
import Vocabulary

/// Batches of the invented town, made of papers that its desk has drafted.
enum Batches {
  /// 2026-03-02 16:00 in Beijing.
  static let hour = Town.morning + .hours(7)

  static let trial = Town.office { $0.trial = .everyone }

  static let contactSheets = batch(of: .contactSheet, for: Town.office)
  static let bulletins = batch(of: .bulletin, for: Town.office)
  static let english = batch(of: .contactSheet, for: Town.office { $0.language = .en })
  static let inTrial = batch(of: .contactSheet, for: trial)

  /// A general alert whose notices wait for their hour.
  static func alertCase(
    _ number: Int, _ title: String, leaving: LeavingTime = LeavingTime(at: hour, reason: .hour),
    kind: Kind = .complaint
  ) -> AlertCase {
    var item = Town.item
    item.title = title
    item.url = "https://board.example/thread/\(8800 + number)"
    item.foundAt = Town.instant(Town.morning + .minutes(Int64(number)))
    var changed = Town.alertCase(
      .general, to: kind == .conduct ? .supervision : .unit(UnitName(rawValue: "区水务局")),
      kind: kind, item: item)
    changed.alert.id = Alert.ID(year: 2026, number: number)
    changed.verdict.evidence =
      title.isEmpty ? [] : Town.evidence("停水", .general, in: title, field: .title)
    changed.leaving = leaving
    changed.feedback = Deadline(.feedback, from: Town.instant(leaving.at), window: .days(1))
    return changed
  }

  private static let titles = [
    "青溪小区停水三天", "竹园路停水通知没有说什么时候恢复", "楼上停水，楼下漏水", "学校附近停水", "停水一周",
  ]

  /// The notices of one kind, gathered for whoever they first go to.
  static func batch(of kind: Notice.Kind, for office: Office) -> Batch {
    let desk = try? Desk(office: office)
    let notices = titles.enumerated().compactMap { index, title in
      desk?.notices(for: .raised(alertCase(17 + index, title))).first { $0.kind == kind }
    }
    let recipient =
      notices.first?.recipients.first ?? Recipient(Town.address("nobody"), as: .unit)
    return Batch(
      to: recipient, of: kind, notices.compactMap(Batch.Paper.init(notice:)), at: hour,
      dueAt: Town.morning + .hours(24))
  }
}

extension Batch.Paper {
  /// A notice as the ledger would give it back.
  init?(notice: Notice) {
    guard let alert = notice.alert, let listing = notice.listing, let dueAt = notice.dueAt else {
      return nil
    }
    self.init(
      notice: notice.id, alert: alert, listing: listing, dueAt: dueAt, text: notice.text,
      html: notice.html)
  }
}
