import Logging
import Storage
import Vocabulary

/// Reading what was dropped into a folder (读导出文件).
extension Poll {
  /// How many rows are written in one go: behind a year of letters no page is to wait.
  private static let batch = 200

  /// Reads every file of the folder, unless nothing in it has changed since it was last read.
  ///
  /// What is known already is no news, so a file that is read again, after a kill or because another
  /// was dropped beside it, brings nothing twice. A file that cannot be read holds up none behind it;
  /// that the folder was read is then not remembered, and it is tried again.
  func harvestExports(_ state: inout FeedState) async throws -> Harvest {
    let pile = try steps.exports.pile(feed)
    let readAt = surroundings.now()
    if state.firstReadAt != nil, state.validators.digest == pile.digest {
      return Harvest(validators: state.validators, rows: nil, readAt: readAt)
    }
    let isFirstRun = state.firstReadAt == nil
    var rows = 0
    var news = 0
    var first: Miss?
    for export in pile.exports {
      do {
        let tally = try await take(export, onFirstRun: isFirstRun, &state)
        rows += tally.rows
        news += tally.news
      } catch let miss as Miss {
        surroundings.log.warning(
          "export not read", metadata: ["feed": "\(feed.id)", "cause": "\(miss.cause.rawValue)"])
        first = first ?? miss
      }
    }
    if let first { throw first }
    return Harvest(
      validators: Validators(digest: pile.digest), rows: rows, readAt: readAt,
      hasNews: news > 0 && !isFirstRun)
  }

  /// Takes in what is new of a file, and says how many rows it has and how many were news.
  private func take(
    _ export: Export, onFirstRun: Bool, _ state: inout FeedState
  ) async throws -> (rows: Int, news: Int) {
    var news = 0
    let page = try steps.exports.page(export)
    let extract = try steps.extract(page, feed)
    let items = extract.items
    for start in stride(from: 0, to: items.count, by: Self.batch) {
      var part = extract
      part.items = Array(items[start...].prefix(Self.batch))
      // Leads and the numbers of bad rows go with the first.
      if start > 0 { (part.leads, part.brokenRows) = ([], []) }
      let tally = try await take(part, readAt: page.fetchedAt, onFirstRun: onFirstRun, &state)
      news += tally?.news ?? 0
    }
    if items.isEmpty {
      _ = try await take(extract, readAt: page.fetchedAt, onFirstRun: onFirstRun, &state)
    }
    if let cut = extract.cut { throw cut }
    if feed.export?.afterwards == .delete, extract.brokenRows.isEmpty {
      steps.exports.discard(export)
    }
    return (items.count + extract.leads.count, news)
  }

  /// Numbers of rows, the first of them where they are many.
  static func listed(_ rows: [Int]) -> String {
    let shown = rows.prefix(50).map(String.init).joined(separator: " ")
    return rows.count > 50 ? "\(shown) … (\(rows.count))" : shown
  }
}
