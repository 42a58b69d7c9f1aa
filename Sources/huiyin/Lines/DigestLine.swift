import Vocabulary

/// A digest as `digest --json` prints it.
struct DigestLine: Encodable {
  var rhythm: Digest.Rhythm
  var from: String
  var to: String
  var itemsRead: Int
  var feedsWatched: Int
  var unacknowledged: Int
  /// How many an officer has acknowledged and their unit has not.
  var awaitingUnit: Int
  /// The period's alerts by number, gravest first.
  var alerts: [String]
  /// Allegations of misconduct, by number alone.
  var conduct: [String]
  /// As it is printed without `--json`.
  var text: String

  init(_ digest: Digest, text: String, zone: OfficeZone) {
    rhythm = digest.period.rhythm
    from = zone.rfc3339(digest.period.from)
    to = zone.rfc3339(digest.period.to)
    itemsRead = digest.itemsRead
    feedsWatched = digest.feedsWatched
    unacknowledged = digest.unacknowledged
    awaitingUnit = digest.awaitingUnit
    alerts = digest.lines.map(\.alert.description)
    conduct = digest.conduct.map(\.description)
    self.text = text
  }
}
