extension Schema {
  /// What people said of alerts by mail, and what they signed off: each letter once, what it did to
  /// which alert, and its masked text.
  static let letters = [
    """
    CREATE TABLE letter (
      id TEXT NOT NULL PRIMARY KEY,
      nature TEXT NOT NULL CHECK (nature IN ('reply', 'bounce', 'automatic')),
      heard_at INTEGER NOT NULL,
      heard_boot TEXT NOT NULL,
      heard_since_boot INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    // In which part its sender was written to, never who that is.
    """
    CREATE TABLE hearing (
      letter TEXT NOT NULL REFERENCES letter (id),
      alert TEXT NOT NULL,
      edition INTEGER NOT NULL,
      part TEXT,
      word TEXT NOT NULL,
      doubt TEXT,
      said_at INTEGER NOT NULL,
      said_boot TEXT NOT NULL,
      said_since_boot INTEGER NOT NULL,
      PRIMARY KEY (letter, alert),
      FOREIGN KEY (alert, edition) REFERENCES alert_edition (alert, number)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE INDEX hearing_by_alert
    ON hearing (alert, edition)
    """,
    """
    CREATE TABLE letter_text (
      letter TEXT NOT NULL PRIMARY KEY REFERENCES letter (id),
      text TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    // An officer has signed off what was held for them.
    """
    CREATE TABLE sign_off (
      alert TEXT NOT NULL,
      edition INTEGER NOT NULL,
      said_by TEXT NOT NULL,
      officer TEXT,
      reason TEXT,
      said_at INTEGER NOT NULL,
      said_boot TEXT NOT NULL,
      said_since_boot INTEGER NOT NULL,
      PRIMARY KEY (alert, edition),
      FOREIGN KEY (alert, edition) REFERENCES alert_edition (alert, number)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE INDEX envelope_by_message_id
    ON envelope (message_id)
    """,
  ]
}
