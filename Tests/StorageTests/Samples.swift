import Foundation
import Testing
import Vocabulary

@testable import Storage

/// A folder of its own for one test, gone when the test is over.
final class Desk: Sendable {
  let folder: String

  init() throws {
    let place = FileManager.default.temporaryDirectory
      .appendingPathComponent("huiyin-storage-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    folder = place.path
  }

  deinit {
    try? FileManager.default.removeItem(atPath: folder)
  }

  var data: String { folder + "/data" }
  var file: String { data + "/ledger.sqlite" }

  func ledger() throws -> Ledger {
    try Ledger.open(folder: data, now: .sample)
  }
}

extension WallTime {
  /// 2026-03-02 09:00 in Beijing.
  static let sample = WallTime(seconds: 1_772_413_200)
}

extension SteadyTime {
  static let sample = Instant.sample.steady
}

extension Instant {
  static let sample = Instant(wall: .sample, boot: "boot-1", sinceBoot: 1_000_000)

  static func + (instant: Instant, duration: Duration) -> Instant {
    Instant(
      wall: instant.wall + duration, boot: instant.boot,
      sinceBoot: instant.sinceBoot + duration.inMilliseconds)
  }
}

extension Feed.ID {
  static let board = Feed.ID(rawValue: "qingchuan-board")
  static let portal = Feed.ID(rawValue: "qingchuan-portal")
}

extension Alert.ID {
  static let first = Alert.ID(year: 2026, number: 1)
}

extension UnitName {
  static let water = UnitName(rawValue: "区水务局")
  static let housing = UnitName(rawValue: "区住建局")
}

extension MailAddress {
  static let unit = MailAddress(name: "区水务局", address: "water@unit.example")
  static let deputy = MailAddress(address: "water-deputy@unit.example")
  static let officer = MailAddress(address: "officer@letters.example")
  static let leader = MailAddress(address: "leader@letters.example")
}

extension Item {
  static func sample(
    _ id: String = "a1", title: String = "竹园镇青溪村停水三天", body: String = "全村已停水三天。",
    feed: Feed.ID = .board, foundAt: Instant = .sample, basis: Basis = .full,
    fingerprint: String? = nil
  ) -> Item {
    Item(
      id: Item.ID(rawValue: id), feed: feed, url: "https://board.example/\(id)", title: title,
      body: body, published: .moment(foundAt.wall - .minutes(10)), foundAt: foundAt, basis: basis,
      fingerprint: fingerprint.map(Fingerprint.init(rawValue:)))
  }
}

extension Lead {
  static func sample(_ id: String = "a1", feed: Feed.ID = .board, at: Instant = .sample) -> Lead {
    Lead(
      id: Item.ID(rawValue: id), feed: feed, url: "https://board.example/\(id)",
      title: "竹园镇青溪村停水三天", published: .absent, foundAt: at)
  }
}

extension Verdict {
  static func sample(
    _ item: Item.ID, grade: Grade = .considerable, kind: Kind = .complaint,
    topic: String? = "城乡建设", unit: UnitName? = .water
  ) -> Verdict {
    Verdict(
      item: item, ruleBook: RuleBook.Version(rawValue: "0123456789ab"), basis: .full,
      grade: grade, topic: topic.map(Topic.init(rawValue:)), kind: kind, unit: unit,
      assist: [.housing],
      evidence: [
        Evidence(
          rule: Rule.ID(rawValue: "water-cut"), ruleName: "停水断水", keyword: "停水", field: .title,
          start: 6, end: 8, grade: grade)
      ],
      nearMisses: [NearMiss(rule: Rule.ID(rawValue: "gas-leak"), missing: ["泄漏"])])
  }
}

extension Deadline {
  static func sample(_ from: Instant = .sample, _ window: Duration = .hours(2)) -> Deadline {
    Deadline(.notify, from: from, window: window)
  }
}

extension Writing {
  /// An item, its verdict, the decision to raise it and the alert, as one page would bring them.
  @discardableResult
  func raise(
    _ item: Item = .sample(), grade: Grade = .considerable, kind: Kind = .complaint,
    audience: Alert.Audience = .unit(.water), unit: UnitName? = .water
  ) throws -> Alert {
    try insert(item, admission: .new)
    let verdict = Verdict.sample(item.id, grade: grade, kind: kind, unit: unit)
    let number = try insert(verdict, at: item.foundAt)
    let deadline = Deadline.sample(item.foundAt)
    let decision = Decision.raise(grade: grade, audience: audience, deadline: deadline)
    try insert(decision, item: item.id, verdict: number, at: item.foundAt)
    let alert = Alert(
      id: try nextAlertID(year: 2026), item: item.id, grade: grade, audience: audience,
      raisedAt: item.foundAt, deadline: deadline)
    try insert(alert, verdict: number, unit: unit)
    return alert
  }

  /// A contact sheet to the unit and a bulletin to the officer.
  @discardableResult
  func draft(
    _ alert: Alert, edition: Int = 1, to recipients: [Recipient]? = nil
  ) throws -> Notice.ID {
    let recipients = recipients ?? [Recipient(.unit, as: .unit), Recipient(.officer, as: .officer)]
    let notice = Notice(
      id: Notice.ID(rawValue: "\(alert.id)/contactSheet/\(edition)"), kind: .contactSheet,
      alert: alert.id, grade: alert.grade, subject: "【较大舆情】\(alert.id) 停水", text: "正文",
      html: "<p>正文</p>", recipients: recipients, dueAt: alert.deadline.dueAt)
    let envelopes = recipients.map {
      (
        recipient: $0, messageID: "<\(alert.id).\(edition).\($0.address.address)>",
        inReplyTo: String?.none
      )
    }
    try insert(notice, envelopes: envelopes, at: alert.raisedAt)
    return notice.id
  }

  /// One attempt and how it ended.
  func deliver(
    _ notice: Notice.ID, to recipient: MailAddress, _ outcome: Receipt.Outcome = .sent,
    by incarnation: String = "one", at time: Instant = .sample, nextTryAt: SteadyTime? = nil
  ) throws {
    let attempt = try beginAttempt(
      notice: notice, recipient: recipient, incarnation: incarnation, at: time)
    let receipt = Receipt(outcome, reply: "250 2.0.0 Ok", code: 250, at: time)
    try record(
      receipt, notice: notice, recipient: recipient, attempt: attempt, nextTryAt: nextTryAt)
  }
}
