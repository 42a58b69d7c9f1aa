extension Schema {
  /// Verdicts with their evidence, and what was decided on each.
  static let verdicts = [
    """
    CREATE TABLE verdict (
      item TEXT NOT NULL REFERENCES item (id),
      number INTEGER NOT NULL,
      rule_book TEXT NOT NULL,
      basis TEXT NOT NULL,
      grade TEXT NOT NULL,
      topic TEXT,
      kind TEXT NOT NULL,
      unit TEXT,
      assist TEXT NOT NULL,
      ground TEXT NOT NULL,
      place TEXT,
      may_be_conduct INTEGER NOT NULL,
      judged_at INTEGER NOT NULL,
      judged_boot TEXT NOT NULL,
      judged_since_boot INTEGER NOT NULL,
      PRIMARY KEY (item, number)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE evidence (
      item TEXT NOT NULL,
      verdict INTEGER NOT NULL,
      number INTEGER NOT NULL,
      rule TEXT NOT NULL,
      rule_name TEXT NOT NULL,
      keyword TEXT NOT NULL,
      field TEXT NOT NULL,
      from_scalar INTEGER NOT NULL,
      to_scalar INTEGER NOT NULL,
      grade TEXT NOT NULL,
      PRIMARY KEY (item, verdict, number),
      FOREIGN KEY (item, verdict) REFERENCES verdict (item, number)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE near_miss (
      item TEXT NOT NULL,
      verdict INTEGER NOT NULL,
      number INTEGER NOT NULL,
      rule TEXT NOT NULL,
      missing TEXT NOT NULL,
      excluded_by TEXT NOT NULL,
      PRIMARY KEY (item, verdict, number),
      FOREIGN KEY (item, verdict) REFERENCES verdict (item, number)
    ) STRICT, WITHOUT ROWID
    """,
  ]
}
