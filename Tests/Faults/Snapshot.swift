import Foundation
import GRDB
import TestSupport

/// What a ledger says at one moment (台账快照), read with SQLite and nothing of Huiyin's own: from a copy of
/// its files, so that looking changes nothing, or beside the running program.
package struct Snapshot: Sendable {
  /// An alert with its window.
  struct AlertFacts: Sendable {
    var id: String
    var item: String
    var url: String
    var foundAt: Int64
    var window: Int64
  }

  /// A notice made out to one recipient.
  struct EnvelopeFacts: Sendable {
    var notice: String
    var kind: String
    var alert: String?
    var recipient: String
    var part: String
    /// Of the mail that carries it: its own, or its batch's.
    var messageID: String
    var isCarried: Bool
    var state: String
    var attempts: Int
    var isDoubtful: Bool
    /// How often the ledger itself says that it may have left unseen.
    var doubts: Int
    /// On the ledger's line: when it was accepted, and by when it had to be; nil where it was not.
    var sentAt: Int64?
    var leavesBy: Int64
  }

  var integrity: [String]
  var alerts: [AlertFacts]
  var envelopes: [EnvelopeFacts]
  /// The alerts that an address led to, its own or those it joined.
  var alertsByURL: [String: Set<String>]
  /// What the admins have been told of and is not over.
  package var troubles: [String]
  /// How many pages were asked for and have not come.
  var openLeads: Int

  /// Reads a district's ledger beside the program that runs.
  package init(beside district: District) throws {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(5)
    let queue = try DatabaseQueue(
      path: district.data + "/ledger.sqlite", configuration: configuration)
    defer { try? queue.close() }
    self = try queue.read { db in try Snapshot(db, isWhole: false) }
  }

  /// Reads a district's ledger as it lies while no program runs; where there is none yet, nothing is
  /// in it.
  package init(of district: District) throws {
    let place = try Folder()
    let copy = place.path("ledger.sqlite")
    guard FileManager.default.fileExists(atPath: district.data + "/ledger.sqlite") else {
      (integrity, alerts, envelopes, alertsByURL) = (["ok"], [], [], [:])
      (troubles, openLeads) = ([], 0)
      return
    }
    for ending in ["", "-wal"] {
      let original = district.data + "/ledger.sqlite" + ending
      guard FileManager.default.fileExists(atPath: original) else { continue }
      try FileManager.default.copyItem(atPath: original, toPath: copy + ending)
    }
    let queue = try DatabaseQueue(path: copy)
    defer { try? queue.close() }
    self = try queue.read { db in try Snapshot(db, isWhole: true) }
  }

  private init(_ db: Database, isWhole: Bool) throws {
    integrity = isWhole ? try String.fetchAll(db, sql: "PRAGMA integrity_check") : ["ok"]
    alerts = try Row.fetchAll(db, sql: Snapshot.alertFacts).map { row in
      AlertFacts(
        id: row["id"], item: row["item"], url: row["url"], foundAt: row["found_at"],
        window: row["window_length"])
    }
    envelopes = try Row.fetchAll(db, sql: Snapshot.envelopeFacts).map { row in
      EnvelopeFacts(
        notice: row["notice"], kind: row["kind"], alert: row["alert"],
        recipient: row["recipient"], part: row["part"], messageID: row["carrier"],
        isCarried: row["is_carried"], state: row["state"], attempts: row["attempts"],
        isDoubtful: row["doubtful"], doubts: row["doubts"], sentAt: row["sent_on_line"],
        leavesBy: row["leaves_by"])
    }
    let joined = try Row.fetchAll(db, sql: Snapshot.joined)
    alertsByURL = joined.reduce(into: [:]) { $0[$1["url"], default: []].insert($1["alert"]) }
    troubles = try String.fetchAll(db, sql: "SELECT what FROM standing_trouble ORDER BY what")
    openLeads =
      try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM lead WHERE state = 'open'") ?? 0
  }

  /// Whether nothing waits to leave or is on its way, and no page that was asked for is missing.
  package var isSettled: Bool {
    openLeads == 0
      && envelopes.allSatisfy { ["sent", "failed"].contains($0.state) || $0.isCarried }
  }

  /// Whether each of some posts that must has led to an alert.
  package func knows(_ posts: [Post]) -> Bool {
    posts.filter(\.speaks).allSatisfy { post in
      alertsByURL.keys.contains { $0.hasSuffix(post.path) }
    }
  }

  /// What is not as it should be in the end, for who looks into it.
  func left(of posts: [Post]) -> String {
    let unknown = posts.filter { !knows([$0]) }.map(\.path)
    let waiting = envelopes.filter { $0.state != "sent" && !$0.isCarried }
      .map { "\($0.notice) to \($0.recipient) \($0.state) after \($0.attempts)" }
    return "unknown \(unknown), \(openLeads) pages to come, \(waiting)"
  }

  /// Mails that were begun and of which nobody knows whether they arrived.
  var open: Set<String> {
    Set(envelopes.filter { $0.state == "sending" && !$0.isCarried }.map(\.messageID))
  }

  private static let alertFacts = """
    SELECT alert.id, alert.item, item.url, item.found_at, deadline.window_length
    FROM alert
    JOIN item
      ON item.id = alert.item
    JOIN deadline
      ON deadline.alert = alert.id
      AND deadline.purpose = 'notify'
      AND deadline.number = (
        SELECT MIN(number)
        FROM deadline AS earliest
        WHERE earliest.alert = alert.id
        AND earliest.purpose = 'notify')
    ORDER BY alert.id
    """

  private static let envelopeFacts = """
    SELECT
      envelope.notice, notice.kind, notice.alert, envelope.recipient, envelope.part,
      COALESCE(carrier.message_id, envelope.message_id) AS carrier,
      carrier.message_id IS NOT NULL AS is_carried,
      outbox.state, outbox.attempts, outbox.doubtful, outbox.leaves_by,
      (
        SELECT COUNT(*)
        FROM doubt
        WHERE doubt.notice = envelope.notice
        AND doubt.recipient = envelope.recipient
      ) + (
        SELECT COUNT(*)
        FROM receipt
        WHERE receipt.notice = envelope.notice
        AND receipt.recipient = envelope.recipient
        AND receipt.may_have_been_sent = 1
      ) AS doubts,
      (
        SELECT MIN(received_since_boot)
        FROM receipt
        WHERE receipt.notice = envelope.notice
        AND receipt.recipient = envelope.recipient
        AND receipt.outcome = 'sent'
      ) AS sent_on_line
    FROM envelope
    JOIN notice
      ON notice.id = envelope.notice
    JOIN outbox
      ON outbox.notice = envelope.notice
      AND outbox.recipient = envelope.recipient
    LEFT JOIN gathering
      ON gathering.notice = envelope.notice
      AND gathering.recipient = envelope.recipient
    LEFT JOIN envelope AS carrier
      ON carrier.notice = gathering.batch
      AND carrier.recipient = gathering.recipient
    ORDER BY envelope.notice, envelope.recipient
    """

  // Whoever raised an alert has it; whoever joined one has decided so.
  private static let joined = """
    SELECT shown.url, led.alert
    FROM (
      SELECT url, id AS item FROM item
      UNION
      SELECT url, item FROM sighting) AS shown
    JOIN (
      SELECT item, id AS alert FROM alert
      UNION
      SELECT item, alert FROM decision WHERE alert IS NOT NULL) AS led
      ON led.item = shown.item
    """
}
