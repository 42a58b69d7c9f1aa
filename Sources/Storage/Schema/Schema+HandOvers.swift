extension Schema {
  /// Which changes of shifts have their list, so that each has one.
  static let handOvers = [
    """
    CREATE TABLE hand_over (
      at INTEGER NOT NULL PRIMARY KEY,
      drafted_at INTEGER NOT NULL
    ) STRICT
    """
  ]
}
