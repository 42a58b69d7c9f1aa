import GRDB

// What a snapshot asks a ledger.

extension District {
  /// Looks at something in the ledger beside the program that runs.
  func look<Value>(_ look: (Database) throws -> Value) throws -> Value {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(5)
    let queue = try DatabaseQueue(path: data + "/ledger.sqlite", configuration: configuration)
    defer { try? queue.close() }
    return try queue.read(look)
  }

  /// How many rows of a table there are, beside the program that runs.
  func count(_ rows: String) throws -> Int {
    try look { db in try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM \(rows)") ?? 0 }
  }
}

extension Snapshot {
  static let alertFacts = """
    SELECT alert.id, alert.item, item.url, item.found_at, deadline.window_length
    FROM alert
    JOIN item
      ON item.id = alert.item
    JOIN deadline
      ON deadline.alert = alert.id
      AND deadline.purpose = 'notify'
      AND deadline.number = (
        SELECT MIN(number)
        FROM deadline AS earliest
        WHERE earliest.alert = alert.id
        AND earliest.purpose = 'notify')
    ORDER BY alert.id
    """

  static let envelopeFacts = """
    SELECT
      envelope.notice, notice.kind, notice.alert, notice.drafted_since_boot, notice_text.subject,
      envelope.recipient, envelope.part,
      COALESCE(carrier.message_id, envelope.message_id) AS carrier,
      carrier.message_id IS NOT NULL AS is_carried,
      outbox.state, outbox.attempts, outbox.doubtful, outbox.leaves_by,
      (
        SELECT COUNT(*)
        FROM doubt
        WHERE doubt.notice = envelope.notice
        AND doubt.recipient = envelope.recipient
      ) + (
        SELECT COUNT(*)
        FROM receipt
        WHERE receipt.notice = envelope.notice
        AND receipt.recipient = envelope.recipient
        AND receipt.may_have_been_sent = 1
      ) AS doubts,
      (
        SELECT MIN(received_since_boot)
        FROM receipt
        WHERE receipt.notice = envelope.notice
        AND receipt.recipient = envelope.recipient
        AND receipt.outcome = 'sent'
      ) AS sent_on_line,
      EXISTS (
        SELECT 1
        FROM alert_edition
        WHERE alert_edition.alert = notice.alert
        AND alert_edition.number > notice.edition
        AND alert_edition.reason = 'completed'
      ) AS is_overtaken,
      notice.kind = 'reminder' AND EXISTS (
        SELECT 1
        FROM acknowledgement
        WHERE acknowledgement.alert = notice.alert
        AND acknowledgement.said_since_boot > notice.drafted_since_boot
      ) AS is_answered
    FROM envelope
    JOIN notice
      ON notice.id = envelope.notice
    JOIN outbox
      ON outbox.notice = envelope.notice
      AND outbox.recipient = envelope.recipient
    LEFT JOIN notice_text
      ON notice_text.notice = notice.id
    LEFT JOIN gathering
      ON gathering.notice = envelope.notice
      AND gathering.recipient = envelope.recipient
    LEFT JOIN envelope AS carrier
      ON carrier.notice = gathering.batch
      AND carrier.recipient = gathering.recipient
    ORDER BY envelope.notice, envelope.recipient
    """

  // Whoever raised an alert has it; whoever joined one has decided so.
  static let joined = """
    SELECT shown.url, led.alert
    FROM (
      SELECT url, id AS item FROM item
      UNION
      SELECT url, item FROM sighting) AS shown
    JOIN (
      SELECT item, id AS alert FROM alert
      UNION
      SELECT item, alert FROM decision WHERE alert IS NOT NULL) AS led
      ON led.item = shown.item
    """
}
