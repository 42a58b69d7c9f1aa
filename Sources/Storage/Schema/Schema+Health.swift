extension Schema {
  /// Which daemon wrote, when it was last alive, and what it keeps for itself.
  static let health = [
    """
    CREATE TABLE incarnation (
      id TEXT NOT NULL PRIMARY KEY,
      begun_at INTEGER NOT NULL,
      begun_boot TEXT NOT NULL,
      begun_since_boot INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE INDEX incarnation_by_beginning
    ON incarnation (begun_at)
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
  ]
}
