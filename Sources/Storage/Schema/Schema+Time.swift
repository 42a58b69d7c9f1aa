extension Schema {
  /// Times that no step of the wall clock moves: what is tried next, and by when a notice leaves,
  /// are kept on the ledger's own line, `…_since_boot`.
  static let time = [
    // How far the line runs ahead of the time since a boot; fixed once a boot.
    """
    CREATE TABLE boot (
      id TEXT NOT NULL PRIMARY KEY,
      ahead INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    neverUpdated("boot"),
    neverDeleted("boot"),
    """
    CREATE INDEX incarnation_by_line
    ON incarnation (begun_since_boot)
    """,
    // What was written as wall time is due at once: it may be, and nothing is lost by it.
    "UPDATE lead SET next_try_at = 0 WHERE state = 'open'",
    "UPDATE feed_state SET next_poll_at = 0",
    "DROP INDEX lead_title_waiting",
    """
    CREATE INDEX lead_title_waiting
    ON lead (found_since_boot)
    WHERE state = 'open'
    AND title_judged_at IS NULL
    """,
    "ALTER TABLE feed_state ADD COLUMN reported_with_line INTEGER NOT NULL DEFAULT 0",
    // What the admins have been told of and what is not over: a row while it stands.
    """
    CREATE TABLE standing_trouble (
      what TEXT NOT NULL PRIMARY KEY,
      began_at INTEGER NOT NULL,
      began_boot TEXT NOT NULL,
      began_since_boot INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    "DROP VIEW outbox_by_facts",
    "DROP TABLE outbox",
    // Where each envelope stands: a projection, written beside the facts it is read off. Only an
    // envelope whose time will come has a next_try_at.
    """
    CREATE TABLE outbox (
      notice TEXT NOT NULL,
      recipient TEXT NOT NULL,
      state TEXT NOT NULL,
      next_try_at INTEGER,
      attempts INTEGER NOT NULL,
      urgency INTEGER NOT NULL,
      leaves_by INTEGER NOT NULL,
      incarnation TEXT,
      last_reply TEXT,
      sent_at INTEGER,
      doubtful INTEGER NOT NULL,
      PRIMARY KEY (notice, recipient),
      FOREIGN KEY (notice, recipient) REFERENCES envelope (notice, recipient)
    ) STRICT, WITHOUT ROWID
    """,
    // Two queues, so that ten thousand that were put off stand before no new one.
    """
    CREATE INDEX outbox_in_order_first
    ON outbox (urgency DESC, leaves_by, next_try_at)
    WHERE next_try_at IS NOT NULL
    AND attempts = 0
    """,
    """
    CREATE INDEX outbox_in_order_again
    ON outbox (urgency DESC, leaves_by, next_try_at)
    WHERE next_try_at IS NOT NULL
    AND attempts > 0
    """,
    """
    CREATE INDEX outbox_by_next_try
    ON outbox (next_try_at)
    WHERE next_try_at IS NOT NULL
    """,
    """
    CREATE INDEX outbox_by_state
    ON outbox (state, incarnation)
    """,
    """
    CREATE INDEX outbox_unsent_by_leaving
    ON outbox (leaves_by)
    WHERE state NOT IN ('sent', 'failed')
    """,
    outboxByFacts,
    "INSERT INTO outbox SELECT * FROM outbox_by_facts",
  ]

  // A notice without a window leaves after all that have one. A daemon that begins tries what is
  // deferred at once: it may be there because somebody has mended what was wrong. A window is the
  // one of the deadline that stands on the paper, from the moment it started.
  private static let outboxByFacts = """
    CREATE VIEW outbox_by_facts AS
    SELECT
      envelope.notice,
      envelope.recipient,
      CASE
        WHEN attempt.number IS NULL THEN 'waiting'
        WHEN receipt.outcome = 'deferred' AND receipt.next_try_at IS NULL THEN 'failed'
        WHEN receipt.outcome IS NOT NULL THEN receipt.outcome
        WHEN EXISTS (
          SELECT 1
          FROM doubt
          WHERE doubt.notice = attempt.notice
          AND doubt.recipient = attempt.recipient
          AND doubt.attempt = attempt.number
        ) THEN 'deferred'
        ELSE 'sending'
      END AS state,
      CASE
        WHEN attempt.number IS NULL THEN notice.drafted_since_boot
        WHEN receipt.outcome = 'deferred' THEN COALESCE(
          (
            SELECT MIN(incarnation.begun_since_boot)
            FROM incarnation
            WHERE incarnation.begun_since_boot > receipt.received_since_boot
            AND incarnation.begun_since_boot < receipt.next_try_at),
          receipt.next_try_at)
        WHEN receipt.outcome IS NULL THEN (
          SELECT MAX(doubt.doubted_since_boot)
          FROM doubt
          WHERE doubt.notice = attempt.notice
          AND doubt.recipient = attempt.recipient
          AND doubt.attempt = attempt.number)
      END AS next_try_at,
      COALESCE(attempt.number, 0) AS attempts,
      CASE notice.grade
        WHEN 'major' THEN 3
        WHEN 'considerable' THEN 2
        WHEN 'general' THEN 1
        ELSE 0
      END AS urgency,
      COALESCE(
        (
          SELECT MIN(deadline.started_since_boot + deadline.window_length)
          FROM deadline
          WHERE deadline.alert = notice.alert
          AND deadline.purpose = 'notify'
          AND deadline.due_at = notice.due_at),
        notice.drafted_since_boot + notice.due_at - notice.drafted_at,
        9223372036854775807) AS leaves_by,
      attempt.incarnation,
      (
        SELECT earlier.reply
        FROM receipt AS earlier
        WHERE earlier.notice = envelope.notice
        AND earlier.recipient = envelope.recipient
        ORDER BY earlier.attempt DESC
        LIMIT 1
      ) AS last_reply,
      CASE WHEN receipt.outcome = 'sent' THEN receipt.received_at END AS sent_at,
      (
        EXISTS (
          SELECT 1
          FROM doubt AS earlier
          WHERE earlier.notice = envelope.notice
          AND earlier.recipient = envelope.recipient)
        OR EXISTS (
          SELECT 1
          FROM receipt AS earlier
          WHERE earlier.notice = envelope.notice
          AND earlier.recipient = envelope.recipient
          AND earlier.may_have_been_sent = 1)
      ) AS doubtful
    FROM envelope
    JOIN notice
      ON notice.id = envelope.notice
    LEFT JOIN attempt
      ON attempt.notice = envelope.notice
      AND attempt.recipient = envelope.recipient
      AND attempt.number = (
        SELECT MAX(latest.number)
        FROM attempt AS latest
        WHERE latest.notice = envelope.notice
        AND latest.recipient = envelope.recipient)
    LEFT JOIN receipt
      ON receipt.notice = attempt.notice
      AND receipt.recipient = attempt.recipient
      AND receipt.attempt = attempt.number
    """
}
