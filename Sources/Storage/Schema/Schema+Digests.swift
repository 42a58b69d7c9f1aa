extension Schema {
  /// What each digest that was drafted spoke of. A period is known by its end: digests of one rhythm
  /// end at different moments, and each begins where the one before ended.
  static let digests = [
    """
    CREATE TABLE digest_period (
      rhythm TEXT NOT NULL,
      to_at INTEGER NOT NULL,
      from_at INTEGER NOT NULL CHECK (from_at < to_at),
      drafted_at INTEGER NOT NULL,
      PRIMARY KEY (rhythm, to_at)
    ) STRICT, WITHOUT ROWID
    """
  ]
}
