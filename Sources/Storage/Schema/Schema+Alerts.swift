extension Schema {
  /// Alerts, what they said and when, their deadlines, and what people said of them.
  static let alerts = [
    // The number last given in a year; a restored ledger goes on from the higher of two.
    """
    CREATE TABLE alert_number (
      year INTEGER NOT NULL PRIMARY KEY,
      last INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE alert (
      id TEXT NOT NULL PRIMARY KEY,
      year INTEGER NOT NULL,
      number INTEGER NOT NULL,
      item TEXT NOT NULL REFERENCES item (id),
      raised_at INTEGER NOT NULL,
      raised_boot TEXT NOT NULL,
      raised_since_boot INTEGER NOT NULL,
      UNIQUE (year, number)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE INDEX alert_by_item
    ON alert (item)
    """,
    """
    CREATE INDEX alert_by_raising
    ON alert (raised_at)
    """,
    // Each time an alert speaks is an edition of it, the raising the first.
    """
    CREATE TABLE alert_edition (
      alert TEXT NOT NULL REFERENCES alert (id),
      number INTEGER NOT NULL,
      verdict_item TEXT NOT NULL,
      verdict INTEGER NOT NULL,
      grade TEXT NOT NULL,
      audience TEXT NOT NULL,
      audience_of TEXT,
      unit TEXT,
      reason TEXT,
      spoken_at INTEGER NOT NULL,
      spoken_boot TEXT NOT NULL,
      spoken_since_boot INTEGER NOT NULL,
      PRIMARY KEY (alert, number),
      FOREIGN KEY (verdict_item, verdict) REFERENCES verdict (item, number)
    ) STRICT, WITHOUT ROWID
    """,
    // What an officer directed, where that is why an edition was spoken.
    """
    CREATE TABLE direction (
      alert TEXT NOT NULL,
      edition INTEGER NOT NULL,
      said_by TEXT NOT NULL,
      officer TEXT,
      reason TEXT,
      PRIMARY KEY (alert, edition),
      FOREIGN KEY (alert, edition) REFERENCES alert_edition (alert, number)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE decision (
      item TEXT NOT NULL,
      verdict INTEGER NOT NULL,
      word TEXT NOT NULL CHECK (word IN ('raise', 'update', 'merge', 'file')),
      alert TEXT REFERENCES alert (id),
      grade TEXT,
      audience TEXT,
      audience_of TEXT,
      purpose TEXT,
      started_at INTEGER,
      started_boot TEXT,
      started_since_boot INTEGER,
      window_length INTEGER,
      due_at INTEGER,
      reason TEXT,
      decided_at INTEGER NOT NULL,
      decided_boot TEXT NOT NULL,
      decided_since_boot INTEGER NOT NULL,
      PRIMARY KEY (item, verdict),
      FOREIGN KEY (item, verdict) REFERENCES verdict (item, number)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE INDEX decision_by_alert
    ON decision (alert)
    WHERE alert IS NOT NULL
    """,
    """
    CREATE TABLE deadline (
      alert TEXT NOT NULL REFERENCES alert (id),
      purpose TEXT NOT NULL,
      number INTEGER NOT NULL,
      started_at INTEGER NOT NULL,
      started_boot TEXT NOT NULL,
      started_since_boot INTEGER NOT NULL,
      window_length INTEGER NOT NULL,
      due_at INTEGER NOT NULL,
      PRIMARY KEY (alert, purpose, number)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE INDEX deadline_by_due
    ON deadline (purpose, due_at)
    """,
    """
    CREATE TABLE deadline_stop (
      alert TEXT NOT NULL,
      purpose TEXT NOT NULL,
      number INTEGER NOT NULL,
      why TEXT NOT NULL CHECK (why IN ('sent', 'replaced')),
      replaced_by INTEGER,
      stopped_at INTEGER NOT NULL,
      stopped_boot TEXT NOT NULL,
      stopped_since_boot INTEGER NOT NULL,
      PRIMARY KEY (alert, purpose, number),
      FOREIGN KEY (alert, purpose, number) REFERENCES deadline (alert, purpose, number),
      FOREIGN KEY (alert, purpose, replaced_by) REFERENCES deadline (alert, purpose, number)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE acknowledgement (
      alert TEXT NOT NULL,
      number INTEGER NOT NULL,
      edition INTEGER NOT NULL,
      by_unit INTEGER NOT NULL,
      closes INTEGER NOT NULL,
      false_alarm INTEGER NOT NULL,
      phoned INTEGER NOT NULL,
      said_by TEXT NOT NULL,
      officer TEXT,
      reason TEXT,
      said_at INTEGER NOT NULL,
      said_boot TEXT NOT NULL,
      said_since_boot INTEGER NOT NULL,
      PRIMARY KEY (alert, number),
      FOREIGN KEY (alert, edition) REFERENCES alert_edition (alert, number)
    ) STRICT, WITHOUT ROWID
    """,
    // Where each alert stands: a projection, written beside the facts it is read off.
    """
    CREATE TABLE standing (
      alert TEXT NOT NULL PRIMARY KEY REFERENCES alert (id),
      edition INTEGER NOT NULL,
      grade TEXT NOT NULL,
      audience TEXT NOT NULL,
      audience_of TEXT,
      unit TEXT,
      verdict_item TEXT NOT NULL,
      verdict INTEGER NOT NULL,
      due_at INTEGER NOT NULL,
      state TEXT NOT NULL,
      acknowledged_at INTEGER,
      awaits_unit INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE INDEX standing_by_state
    ON standing (state, due_at)
    """,
    """
    CREATE INDEX standing_awaiting_unit
    ON standing (awaits_unit, alert)
    WHERE awaits_unit = 1
    """,
    // What was said and counts: a return takes back what was acknowledged before it, and never what
    // closed the alert.
    """
    CREATE VIEW standing_word AS
    SELECT acknowledgement.*
    FROM acknowledgement
    WHERE acknowledgement.closes = 1
    OR acknowledgement.said_since_boot > (
      SELECT COALESCE(MAX(hearing.said_since_boot), -1)
      FROM hearing
      WHERE hearing.alert = acknowledgement.alert
      AND hearing.edition = acknowledgement.edition
      AND hearing.word = 'returned')
    """,
    // What was said of an edition does not count for the next: a rise in grade opens it again. An
    // officer's own word ends the officers' part: what was sent to the unit still waits for the
    // unit's word, or an officer's that it was told by telephone.
    """
    CREATE VIEW standing_by_facts AS
    SELECT
      alert.id AS alert,
      alert_edition.number AS edition,
      alert_edition.grade,
      alert_edition.audience,
      alert_edition.audience_of,
      alert_edition.unit,
      alert_edition.verdict_item,
      alert_edition.verdict,
      deadline.due_at,
      CASE
        WHEN EXISTS (
          SELECT 1
          FROM acknowledgement
          WHERE acknowledgement.alert = alert.id
          AND acknowledgement.edition = alert_edition.number
          AND acknowledgement.closes = 1
        ) THEN 'closed'
        WHEN EXISTS (
          SELECT 1
          FROM standing_word
          WHERE standing_word.alert = alert.id
          AND standing_word.edition = alert_edition.number
        ) THEN 'acknowledged'
        WHEN EXISTS (
          SELECT 1
          FROM hearing
          WHERE hearing.alert = alert.id
          AND hearing.edition = alert_edition.number
          AND hearing.word = 'returned'
        ) THEN 'returned'
        ELSE 'open'
      END AS state,
      (
        SELECT MIN(standing_word.said_at)
        FROM standing_word
        WHERE standing_word.alert = alert.id
        AND standing_word.edition = alert_edition.number
      ) AS acknowledged_at,
      (
        EXISTS (
          SELECT 1
          FROM standing_word
          WHERE standing_word.alert = alert.id
          AND standing_word.edition = alert_edition.number)
        AND NOT EXISTS (
          SELECT 1
          FROM standing_word
          WHERE standing_word.alert = alert.id
          AND standing_word.edition = alert_edition.number
          AND (standing_word.by_unit = 1 OR standing_word.closes = 1))
        AND EXISTS (
          SELECT 1
          FROM notice
          JOIN envelope
            ON envelope.notice = notice.id
          WHERE notice.alert = alert.id
          AND notice.edition = alert_edition.number
          AND notice.kind = 'contactSheet'
          AND envelope.part = 'unit')
      ) AS awaits_unit
    FROM alert
    JOIN alert_edition
      ON alert_edition.alert = alert.id
      AND alert_edition.number = (
        SELECT MAX(latest.number)
        FROM alert_edition AS latest
        WHERE latest.alert = alert.id)
    JOIN deadline
      ON deadline.alert = alert.id
      AND deadline.purpose = 'notify'
      AND deadline.number = (
        SELECT MAX(latest.number)
        FROM deadline AS latest
        WHERE latest.alert = alert.id
        AND latest.purpose = 'notify')
    """,
  ]
}
