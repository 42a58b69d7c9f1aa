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
    var draftedAt: Int64
    /// Its subject; of a call, all that it says.
    var line: String
    /// Whether its alert was judged on a title alone and has spoken again with the full text.
    var isOvertaken: Bool
    /// Whether what a reminder asks for happened before it left.
    var isAnswered: Bool
    /// Whether it did not leave any more, because the full text or the answer came first.
    var isWithdrawn: Bool { (isOvertaken || isAnswered) && state == "failed" }
  }

  var integrity: [String]
  var alerts: [AlertFacts]
  /// What is for mail.
  var envelopes: [EnvelopeFacts]
  /// What is for the second channel.
  var calls: [EnvelopeFacts] = []
  /// The alerts that a post led to, its own or those it joined, by what its address ends in.
  var alertsByPath: [String: Set<String>]
  /// What the admins have been told of and is not over.
  package var troubles: [String]
  /// How many pages were asked for and have not come.
  var openLeads: Int
  /// What came of each attempt; none where the program runs.
  var receipts: [ReceiptFacts] = []

  /// Reads a district's ledger beside the program that runs.
  package init(beside district: District) throws {
    self = try district.look { db in try Snapshot(db, isWhole: false) }
  }

  /// Reads a district's ledger as it lies while no program runs; where there is none yet, nothing is
  /// in it.
  package init(of district: District) throws {
    let place = try Folder()
    let copy = place.path("ledger.sqlite")
    guard FileManager.default.fileExists(atPath: district.data + "/ledger.sqlite") else {
      (integrity, alerts, envelopes, alertsByPath) = (["ok"], [], [], [:])
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
    let all = try Row.fetchAll(db, sql: Snapshot.envelopeFacts).map { row in
      EnvelopeFacts(
        notice: row["notice"], kind: row["kind"], alert: row["alert"],
        recipient: row["recipient"], part: row["part"], messageID: row["carrier"],
        isCarried: row["is_carried"], state: row["state"], attempts: row["attempts"],
        isDoubtful: row["doubtful"], doubts: row["doubts"], sentAt: row["sent_on_line"],
        leavesBy: row["leaves_by"], draftedAt: row["drafted_since_boot"],
        line: row["subject"] ?? "",
        isOvertaken: row["is_overtaken"], isAnswered: row["is_answered"])
    }
    envelopes = all.filter { $0.part != "channel" }
    calls = all.filter { $0.part == "channel" }
    let joined = try Row.fetchAll(db, sql: Snapshot.joined)
    alertsByPath = joined.reduce(into: [:]) { alerts, row in
      alerts[Post.path(in: row["url"]), default: []].insert(row["alert"])
    }
    troubles = try String.fetchAll(db, sql: "SELECT what FROM standing_trouble ORDER BY what")
    openLeads =
      try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM lead WHERE state = 'open'") ?? 0
    receipts = isWhole ? try ReceiptFacts.all(db) : []
  }

  /// Whether nothing waits to leave or is on its way, and no page that was asked for is missing.
  package var isSettled: Bool {
    openLeads == 0 && (envelopes + calls).allSatisfy { ["sent", "failed"].contains($0.state) }
  }

  /// Whether each of some posts that must has led to an alert.
  package func knows(_ posts: [Post]) -> Bool {
    posts.allSatisfy { !$0.speaks || alertsByPath[$0.path] != nil }
  }

  /// What is not as it should be in the end, for who looks into it.
  func left(of posts: [Post]) -> String {
    let unknown = posts.filter { !knows([$0]) }.map(\.path)
    let waiting = (envelopes + calls).filter { $0.state != "sent" && !$0.isCarried }
      .map { "\($0.notice) to \($0.recipient) \($0.state) after \($0.attempts)" }
    return "unknown \(unknown), \(openLeads) pages to come, \(waiting)"
  }

  /// Mails that were begun and of which nobody knows whether they arrived.
  var open: Set<String> {
    Set(envelopes.filter { $0.state == "sending" && !$0.isCarried }.map(\.messageID))
  }
}
