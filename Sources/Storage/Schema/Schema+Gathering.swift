extension Schema {
  /// Notices that wait for their hour, and those that leave together with others.
  static let gathering = [
    // A notice that is not here leaves as soon as it is drafted.
    """
    CREATE TABLE leaving (
      notice TEXT NOT NULL PRIMARY KEY REFERENCES notice (id),
      leaves_at INTEGER NOT NULL,
      leaves_since_boot INTEGER NOT NULL,
      reason TEXT NOT NULL CHECK (reason IN ('hour', 'dayOff', 'window', 'release'))
    ) STRICT, WITHOUT ROWID
    """,
    // What a batch lists a notice by; one that is not here is gathered with no other.
    """
    CREATE TABLE notice_listing (
      notice TEXT NOT NULL PRIMARY KEY REFERENCES notice (id),
      title TEXT NOT NULL,
      gist TEXT NOT NULL,
      url TEXT NOT NULL,
      found_at INTEGER NOT NULL,
      in_trial INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    // An envelope is gathered once: where its batch is given up, it leaves by itself.
    """
    CREATE TABLE gathering (
      notice TEXT NOT NULL,
      recipient TEXT NOT NULL,
      batch TEXT NOT NULL,
      gathered_at INTEGER NOT NULL,
      gathered_boot TEXT NOT NULL,
      gathered_since_boot INTEGER NOT NULL,
      PRIMARY KEY (notice, recipient),
      FOREIGN KEY (notice, recipient) REFERENCES envelope (notice, recipient),
      FOREIGN KEY (batch, recipient) REFERENCES envelope (notice, recipient)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE INDEX gathering_by_batch
    ON gathering (batch, recipient)
    """,
  ]
}
