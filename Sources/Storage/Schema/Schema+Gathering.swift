extension Schema {
  /// Notices that wait for their hour, and those that leave together with others.
  static let gathering = [
    // A notice that is not here leaves as soon as it is drafted.
    """
    CREATE TABLE leaving (
      notice TEXT NOT NULL PRIMARY KEY REFERENCES notice (id),
      leaves_at INTEGER NOT NULL,
      leaves_since_boot INTEGER NOT NULL,
      reason TEXT NOT NULL CHECK (reason IN ('hour', 'dayOff', 'window'))
    ) STRICT, WITHOUT ROWID
    """,
    neverUpdated("leaving"),
    neverDeleted("leaving"),
    // What a batch lists a notice by; one that is not here is gathered with no other.
    """
    CREATE TABLE notice_listing (
      notice TEXT NOT NULL PRIMARY KEY REFERENCES notice (id),
      title TEXT NOT NULL,
      gist TEXT NOT NULL,
      url TEXT NOT NULL,
      found_at INTEGER NOT NULL,
      in_trial INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    neverUpdated("notice_listing"),
    // An envelope is gathered once: where its batch is given up, it leaves by itself.
    """
    CREATE TABLE gathering (
      notice TEXT NOT NULL,
      recipient TEXT NOT NULL,
      batch TEXT NOT NULL,
      gathered_at INTEGER NOT NULL,
      gathered_boot TEXT NOT NULL,
      gathered_since_boot INTEGER NOT NULL,
      PRIMARY KEY (notice, recipient),
      FOREIGN KEY (notice, recipient) REFERENCES envelope (notice, recipient),
      FOREIGN KEY (batch, recipient) REFERENCES envelope (notice, recipient)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE INDEX gathering_by_batch
    ON gathering (batch, recipient)
    """,
    neverUpdated("gathering"),
    neverDeleted("gathering"),
    "DROP VIEW outbox_by_facts",
    outboxByFactsWithGathering,
    // No notice waits for an hour yet, but the view's word is what is kept.
    "DELETE FROM outbox",
    "INSERT INTO outbox SELECT * FROM outbox_by_facts",
  ]

  // As before, and: a notice waits for its hour; one that is gathered has no next try of its own
  // until its batch is given up, and its attempt and receipt are written with its batch's.
  private static let outboxByFactsWithGathering = """
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
        WHEN attempt.number IS NULL AND gathering.batch IS NOT NULL THEN (
          SELECT MAX(given_up.received_since_boot)
          FROM receipt AS given_up
          WHERE given_up.notice = gathering.batch
          AND given_up.recipient = gathering.recipient
          AND given_up.outcome <> 'sent'
          AND given_up.next_try_at IS NULL)
        WHEN attempt.number IS NULL
          THEN COALESCE(leaving.leaves_since_boot, notice.drafted_since_boot)
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
    LEFT JOIN leaving
      ON leaving.notice = envelope.notice
    LEFT JOIN gathering
      ON gathering.notice = envelope.notice
      AND gathering.recipient = envelope.recipient
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
