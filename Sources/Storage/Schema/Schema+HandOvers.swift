extension Schema {
  /// Which changes of shifts have their list, so that each has one; see `digests` for `untimely`.
  static let handOvers = [
    """
    CREATE TABLE hand_over (
      to_at INTEGER NOT NULL,
      number INTEGER NOT NULL,
      drafted_at INTEGER NOT NULL,
      drafted_boot TEXT NOT NULL,
      drafted_since_boot INTEGER NOT NULL,
      untimely INTEGER NOT NULL,
      PRIMARY KEY (to_at, number)
    ) STRICT, WITHOUT ROWID
    """
  ]
}
