import Storage
import Vocabulary

/// How everything stands, as `status --json` prints it.
struct StatusLine: Encodable {
  struct FeedLine: Encodable {
    var id: String
    var state: Standing.FeedWord
    var lastSuccessAt: Lines.Nullable<String>
    var reason: Lines.Nullable<String>
    /// In which its listing was read last, and why; null until then.
    var charset: Lines.Nullable<String>
    /// How it differs from its own past though it can be read.
    var odd: Lines.Nullable<String>
    /// In seconds; null for the office's.
    var pause: Lines.Nullable<Double>
    var proxy: Lines.Nullable<String>
    /// The names of header lines that the feed adds; their values may be secret.
    var headers: [String]
    var acceptsExpiredCertificate: Bool
    var permission: Lines.Nullable<String>
  }

  /// Notices that wait for their hour.
  struct LeavingLine: Encodable {
    var at: String
    var reason: LeavingTime.Reason
    var notices: Int
  }

  var healthy: Bool
  var problems: [String]
  var warnings: [String]
  var feeds: [FeedLine]
  var open: [String]
  /// Alerts that an officer has acknowledged and their unit has not.
  var awaitingUnit: [String]
  var waiting: Int
  var leaving: [LeavingLine]
  var trial: Bool

  init(_ standing: Standing) {
    let office = standing.setup.office
    let sentences = standing.problems.map { $0[office.language] }
    healthy = sentences.isEmpty
    problems = sentences
    warnings = standing.warnings.map { $0[office.language] }
    feeds = standing.setup.feeds.map { feed in
      FeedLine(
        id: feed.id.rawValue, state: standing.word(for: feed),
        lastSuccessAt: Lines.Nullable(
          standing.state(of: feed)?.lastSuccessAt.map(office.zone.rfc3339)),
        reason: Lines.Nullable(standing.lastMiss(of: feed)?.reason[office.language]),
        charset: Lines.Nullable(standing.state(of: feed)?.charset),
        odd: Lines.Nullable(standing.oddities(of: feed)?[office.language]),
        pause: Lines.Nullable(feed.pause.map { Double($0.inMilliseconds) / 1000 }),
        proxy: Lines.Nullable(feed.proxy), headers: feed.headers.keys.sorted(),
        acceptsExpiredCertificate: feed.acceptsExpiredCertificate,
        permission: Lines.Nullable(feed.permission))
    }
    open = standing.awaiting.filter { !$0.awaitsUnit }.map(\.id.description)
    awaitingUnit = standing.awaiting.filter(\.awaitsUnit).map(\.id.description)
    waiting = standing.waiting
    leaving = standing.leavings.map {
      LeavingLine(
        at: office.zone.rfc3339($0.leaving.at), reason: $0.leaving.reason, notices: $0.envelopes)
    }
    trial = office.trial.isOn
  }
}
