import Storage
import Vocabulary

/// How everything stands, as `status --json` prints it.
struct StatusLine: Encodable {
  struct FeedLine: Encodable {
    var id: String
    var state: Standing.FeedWord
    var lastSuccessAt: Lines.Nullable<String>
    var reason: Lines.Nullable<String>
    var permission: Lines.Nullable<String>
  }

  var healthy: Bool
  var problems: [String]
  var feeds: [FeedLine]
  var open: [String]
  var waiting: Int
  var trial: Bool

  init(_ standing: Standing) {
    let office = standing.setup.office
    let sentences = standing.problems.map { $0[office.language] }
    healthy = sentences.isEmpty
    problems = sentences
    feeds = standing.setup.feeds.map { feed in
      FeedLine(
        id: feed.id.rawValue, state: standing.word(for: feed),
        lastSuccessAt: Lines.Nullable(
          standing.state(of: feed)?.lastSuccessAt.map(office.zone.rfc3339)),
        reason: Lines.Nullable(standing.lastMiss(of: feed)?.reason[office.language]),
        permission: Lines.Nullable(feed.permission))
    }
    open = standing.open.map(\.id.description)
    waiting = standing.waiting
    trial = office.trial.isOn
  }
}
