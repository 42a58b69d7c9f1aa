internal import GRDB

/// The tables of the ledger, migration by migration.
///
/// A migration is named by what it brings and never edited after a release. The arrows of the walk
/// are the foreign keys: a later noun names an earlier one, an earlier one never knows the later.
/// All foreign keys are immediate: a deferred one would fail at COMMIT, and with it everybody's
/// work that shares the transaction.
enum Schema {
  /// Tells a ledger from any other SQLite file (`PRAGMA application_id`): "回音", ideographs
  /// U+56DE and U+97F3, as one number.
  static let applicationID: Int64 = 0x56DE_97F3 & 0x7FFF_FFFF

  static let migrator: DatabaseMigrator = {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("the walk from feed to receipt") { db in
      for statement in feeds + items + answers + verdicts + alerts + likeness {
        try db.execute(sql: statement)
      }
      for statement in outbox + gathering + rungs + letters + digests + handOvers + health {
        try db.execute(sql: statement)
      }
      for fact in facts {
        try db.execute(sql: neverUpdated(fact))
        try db.execute(sql: neverDeleted(fact))
      }
      for text in texts {
        try db.execute(sql: neverUpdated(text))
      }
      for (fact, columns) in judged {
        try db.execute(sql: neverUpdated(fact, of: columns))
        try db.execute(sql: neverDeleted(fact))
      }
      try db.execute(sql: "PRAGMA application_id = \(applicationID)")
    }
    return migrator
  }()

  /// What happened, and therefore stays.
  static let facts = [
    "feed", "item", "item_version", "answer_change", "sighting", "verdict", "evidence", "near_miss",
    "decision",
    "alert", "alert_edition", "deadline", "deadline_stop", "acknowledgement", "notice", "envelope",
    "attempt", "receipt", "doubt", "leaving", "gathering", "rung", "rung_end", "sketch",
    "resemblance", "spread", "incarnation", "boot", "keepsake", "letter", "hearing", "sign_off",
  ]

  /// What happened and stays, and which columns say so; whether it was in time is judged later.
  static let judged = [
    (
      fact: "digest_period",
      columns: "rhythm, to_at, number, from_at, drafted_at, drafted_boot, drafted_since_boot"
    ),
    (fact: "hand_over", columns: "to_at, number, drafted_at, drafted_boot, drafted_since_boot"),
  ]

  /// What retention may take away, and nobody may change.
  static let texts = [
    "item_text", "answer_text", "sighting_text", "notice_text", "notice_listing", "letter_text",
  ]

  static func neverUpdated(_ table: String, of columns: String? = nil) -> String {
    """
    CREATE TRIGGER \(table)_is_never_updated
    BEFORE UPDATE \(columns.map { "OF \($0) " } ?? "")ON \(table)
    BEGIN
      SELECT RAISE(ABORT, '\(table) is append-only');
    END
    """
  }

  static func neverDeleted(_ table: String) -> String {
    """
    CREATE TRIGGER \(table)_is_never_deleted
    BEFORE DELETE ON \(table)
    BEGIN
      SELECT RAISE(ABORT, '\(table) is append-only');
    END
    """
  }
}
