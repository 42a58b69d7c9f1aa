extension Schema {
  /// The chains of alerts of which nothing is heard: each step, fixed when the alert speaks, and how
  /// it ended.
  static let rungs = [
    """
    CREATE TABLE rung (
      alert TEXT NOT NULL,
      number INTEGER NOT NULL,
      edition INTEGER NOT NULL,
      audience TEXT NOT NULL,
      purpose TEXT NOT NULL,
      ends_with_officer INTEGER NOT NULL,
      due_at INTEGER NOT NULL,
      due_boot TEXT NOT NULL,
      due_since_boot INTEGER NOT NULL,
      planned_at INTEGER NOT NULL,
      planned_boot TEXT NOT NULL,
      planned_since_boot INTEGER NOT NULL,
      PRIMARY KEY (alert, number),
      FOREIGN KEY (alert, edition) REFERENCES alert_edition (alert, number)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE rung_end (
      alert TEXT NOT NULL,
      number INTEGER NOT NULL,
      why TEXT NOT NULL CHECK (
        why IN (
          'sent', 'acknowledged', 'phoned', 'closed', 'superseded', 'hastened', 'nobody', 'old')),
      ended_at INTEGER NOT NULL,
      ended_boot TEXT NOT NULL,
      ended_since_boot INTEGER NOT NULL,
      PRIMARY KEY (alert, number),
      FOREIGN KEY (alert, number) REFERENCES rung (alert, number)
    ) STRICT, WITHOUT ROWID
    """,
    // Steps that have no end yet: a projection, written beside the facts it is read off.
    """
    CREATE TABLE waiting_rung (
      alert TEXT NOT NULL,
      number INTEGER NOT NULL,
      due_since_boot INTEGER NOT NULL,
      PRIMARY KEY (alert, number),
      FOREIGN KEY (alert, number) REFERENCES rung (alert, number)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE INDEX waiting_rung_by_due
    ON waiting_rung (due_since_boot)
    """,
    """
    CREATE VIEW waiting_rung_by_facts AS
    SELECT rung.alert, rung.number, rung.due_since_boot
    FROM rung
    WHERE NOT EXISTS (
      SELECT 1
      FROM rung_end
      WHERE rung_end.alert = rung.alert
      AND rung_end.number = rung.number)
    """,
  ]
}
