extension Schema {
  /// Notices, one envelope a recipient, each attempt and its receipt.
  static let outbox = [
    """
    CREATE TABLE notice (
      id TEXT NOT NULL PRIMARY KEY,
      kind TEXT NOT NULL,
      alert TEXT,
      edition INTEGER,
      grade TEXT,
      due_at INTEGER,
      drafted_at INTEGER NOT NULL,
      drafted_boot TEXT NOT NULL,
      drafted_since_boot INTEGER NOT NULL,
      FOREIGN KEY (alert, edition) REFERENCES alert_edition (alert, number)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE INDEX notice_by_alert
    ON notice (alert, drafted_at)
    WHERE alert IS NOT NULL
    """,
    """
    CREATE TABLE notice_text (
      notice TEXT NOT NULL PRIMARY KEY REFERENCES notice (id),
      subject TEXT NOT NULL,
      text TEXT NOT NULL,
      html TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE envelope (
      notice TEXT NOT NULL REFERENCES notice (id),
      recipient TEXT NOT NULL,
      recipient_name TEXT,
      part TEXT NOT NULL,
      message_id TEXT NOT NULL,
      in_reply_to TEXT,
      PRIMARY KEY (notice, recipient)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE attempt (
      notice TEXT NOT NULL,
      recipient TEXT NOT NULL,
      number INTEGER NOT NULL,
      incarnation TEXT NOT NULL,
      begun_at INTEGER NOT NULL,
      begun_boot TEXT NOT NULL,
      begun_since_boot INTEGER NOT NULL,
      PRIMARY KEY (notice, recipient, number),
      FOREIGN KEY (notice, recipient) REFERENCES envelope (notice, recipient)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE receipt (
      notice TEXT NOT NULL,
      recipient TEXT NOT NULL,
      attempt INTEGER NOT NULL,
      outcome TEXT NOT NULL CHECK (outcome IN ('sent', 'deferred', 'failed')),
      reply TEXT NOT NULL,
      code INTEGER,
      may_have_been_sent INTEGER NOT NULL,
      next_try_at INTEGER,
      received_at INTEGER NOT NULL,
      received_boot TEXT NOT NULL,
      received_since_boot INTEGER NOT NULL,
      PRIMARY KEY (notice, recipient, attempt),
      FOREIGN KEY (notice, recipient, attempt) REFERENCES attempt (notice, recipient, number)
    ) STRICT, WITHOUT ROWID
    """,
    // An attempt that nobody will write the receipt of; 0 stands for attempts that a restored
    // ledger has forgotten.
    """
    CREATE TABLE doubt (
      notice TEXT NOT NULL,
      recipient TEXT NOT NULL,
      attempt INTEGER NOT NULL,
      why TEXT NOT NULL CHECK (why IN ('taken over', 'restored')),
      doubted_at INTEGER NOT NULL,
      doubted_boot TEXT NOT NULL,
      doubted_since_boot INTEGER NOT NULL,
      PRIMARY KEY (notice, recipient, attempt, why),
      FOREIGN KEY (notice, recipient) REFERENCES envelope (notice, recipient)
    ) STRICT, WITHOUT ROWID
    """,
    // Where each envelope stands: a projection, written beside the facts it is read off. Only an
    // envelope whose time will come has a next_try_at.
    """
    CREATE TABLE outbox (
      notice TEXT NOT NULL,
      recipient TEXT NOT NULL,
      lane TEXT NOT NULL,
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
    // Two queues, so that ten thousand that were put off stand before no new one; a third, of what can still
    // be in time, is a part of the second. Each lane has its own, so that neither mail nor the second
    // channel waits for the other.
    """
    CREATE INDEX outbox_in_order_first
    ON outbox (lane, urgency DESC, leaves_by, next_try_at)
    WHERE next_try_at IS NOT NULL
    AND attempts = 0
    """,
    """
    CREATE INDEX outbox_in_order_again
    ON outbox (lane, urgency DESC, leaves_by, next_try_at)
    WHERE next_try_at IS NOT NULL
    AND attempts > 0
    """,
    """
    CREATE INDEX outbox_by_next_try
    ON outbox (lane, next_try_at)
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
    // A notice without a window leaves after all that have one; a window is the one of the deadline
    // that stands on the paper, from the moment it started. A daemon that begins tries what is
    // deferred at once: it may be there because somebody has mended what was wrong. A notice waits
    // for its hour, one that an officer is to sign off for their word or its hour; one that is gathered has no next try of its own until its batch is given up, and
    // its attempt and receipt are written with its batch's.
    """
    CREATE VIEW outbox_by_facts AS
    SELECT
      envelope.notice,
      envelope.recipient,
      CASE envelope.part WHEN 'channel' THEN 'call' ELSE 'mail' END AS lane,
      CASE
        WHEN attempt.number IS NULL AND leaving.reason = 'release' AND sign_off.alert IS NULL
          THEN 'held'
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
          THEN COALESCE(
            MIN(sign_off.said_since_boot, leaving.leaves_since_boot), leaving.leaves_since_boot,
            notice.drafted_since_boot)
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
    LEFT JOIN sign_off
      ON sign_off.alert = notice.alert
      AND sign_off.edition = notice.edition
      AND leaving.reason = 'release'
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
    """,
  ]
}
