import Vocabulary

/// What a feed's reader needs to know of the office (信源上下文).
struct FeedFrame {
  var windows: Windows
  /// The office's pause between two requests to one host.
  var pause: Duration
  var places: [Locality]
  var checks: Checks
}

/// Reads the feeds of a folder, one a file (信源目录).
struct FeedFolder {
  let frame: FeedFrame
  let findings: Findings

  func feeds(_ folder: Folder?) -> [Feed] {
    guard let folder else { return [] }
    let files = folder.files(findings)
    refuseTwins(in: files)
    let feeds = files.compactMap { id, path -> Feed? in
      let section = Manuscript.open(path, findings: findings)?.section(findings)
      return section?.feed(Feed.ID(rawValue: id), frame)
    }
    if !feeds.contains(where: { !$0.off }), !findings.hasErrors {
      findings.warning(
        at: folder.place,
        Phrase(zh: "没有启用的信源：什么也不会采集", en: "no feed is switched on: nothing is watched"))
    }
    return feeds
  }

  /// Two files that a folder copied to another system, or a person on the telephone, would mix up.
  private func refuseTwins(in files: [(id: String, path: String)]) {
    let byCase = Dictionary(grouping: files) { $0.id.lowercased() }.values.filter { $0.count > 1 }
    for twins in byCase {
      for twin in twins.dropFirst() {
        findings.error(
          at: Place(file: twin.path, line: 1, column: 1),
          Phrase(
            zh: "信源编号“\(twin.id)”与“\(twins[0].id)”只差大小写：请改文件名",
            en: "feed \"\(twin.id)\" differs from \"\(twins[0].id)\" in case alone: rename the file"
          ))
      }
    }
  }
}
