extension Schema {
  /// Public answers as they come, change and go, and the messages whose pages are read again.
  static let answers = [
    """
    CREATE TABLE answer_change (
      item TEXT NOT NULL REFERENCES item (id),
      number INTEGER NOT NULL,
      change TEXT NOT NULL,
      unit TEXT,
      published_as TEXT NOT NULL,
      published_from INTEGER,
      published_to INTEGER,
      seen_at INTEGER NOT NULL,
      seen_boot TEXT NOT NULL,
      seen_since_boot INTEGER NOT NULL,
      PRIMARY KEY (item, number)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE answer_text (
      item TEXT NOT NULL,
      number INTEGER NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (item, number),
      FOREIGN KEY (item, number) REFERENCES answer_change (item, number)
    ) STRICT
    """,
    // A projection: how the reading again of a message stands. It ends with a state and not with the
    // row, so that it is not begun anew.
    """
    CREATE TABLE revisit (
      item TEXT NOT NULL PRIMARY KEY REFERENCES item (id),
      feed TEXT NOT NULL REFERENCES feed (id),
      looks INTEGER NOT NULL,
      misses INTEGER NOT NULL,
      next_look_at INTEGER NOT NULL,
      ends_at INTEGER NOT NULL,
      is_over INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE INDEX revisit_due
    ON revisit (next_look_at)
    WHERE is_over = 0
    """,
  ]
}
