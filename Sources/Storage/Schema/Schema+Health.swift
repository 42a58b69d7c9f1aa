extension Schema {
  /// Which daemon wrote, when it was last alive, how its time runs, what troubles it has told of, and
  /// what it keeps for itself.
  static let health = [
    """
    CREATE TABLE incarnation (
      id TEXT NOT NULL PRIMARY KEY,
      begun_at INTEGER NOT NULL,
      begun_boot TEXT NOT NULL,
      begun_since_boot INTEGER NOT NULL,
      ahead_before INTEGER
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE INDEX incarnation_by_beginning
    ON incarnation (begun_at)
    """,
    """
    CREATE INDEX incarnation_by_line
    ON incarnation (begun_since_boot)
    """,
    // How far the ledger's line of time runs ahead of the time since a boot, fixed once a boot; when
    // the first daemon of the boot began, and how long after the last sign of the boot before by
    // the wall, NULL for the first of all.
    """
    CREATE TABLE boot (
      id TEXT NOT NULL PRIMARY KEY,
      ahead INTEGER NOT NULL,
      began_at INTEGER NOT NULL,
      began_since_boot INTEGER NOT NULL,
      gap INTEGER
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE pulse (
      id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
      incarnation TEXT NOT NULL REFERENCES incarnation (id),
      alive_at INTEGER NOT NULL,
      alive_boot TEXT NOT NULL,
      alive_since_boot INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE keepsake (
      name TEXT NOT NULL PRIMARY KEY,
      bytes BLOB NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    // What the admins have been told of and what is not over: a row while it stands.
    """
    CREATE TABLE standing_trouble (
      what TEXT NOT NULL PRIMARY KEY,
      began_at INTEGER NOT NULL,
      began_boot TEXT NOT NULL,
      began_since_boot INTEGER NOT NULL,
      told_since_boot INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
  ]
}
