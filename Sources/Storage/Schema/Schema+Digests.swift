extension Schema {
  /// What each digest that was drafted spoke of. A period is known by its end: digests of one rhythm
  /// end at different moments, and each begins where the one before ended. One that is `untimely` was
  /// drafted by a clock that was ahead: its period is drafted again, under the next number.
  static let digests = [
    """
    CREATE TABLE digest_period (
      rhythm TEXT NOT NULL,
      to_at INTEGER NOT NULL,
      number INTEGER NOT NULL,
      from_at INTEGER NOT NULL CHECK (from_at < to_at),
      drafted_at INTEGER NOT NULL,
      drafted_boot TEXT NOT NULL,
      drafted_since_boot INTEGER NOT NULL,
      untimely INTEGER NOT NULL,
      PRIMARY KEY (rhythm, to_at, number)
    ) STRICT, WITHOUT ROWID
    """
  ]
}
