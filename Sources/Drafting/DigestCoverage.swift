import Vocabulary

/// The parts of a digest that say what was seen and what was not (监测情况与盲区).
extension DigestFacts {
  private static let most = 5

  /// Items that nobody could date, found when their feed was first read.
  var undated: DigestView.Section? {
    guard !digest.undated.isEmpty else { return nil }
    let mentions = digest.undated.prefix(3).map { item in
      DigestView.Mention(
        head: "", tint: Grade.none.tint, title: item.title.onOneLine.clipped(to: 60),
        state: item.feedName.onOneLine.clipped(to: 30), link: Link(item.url))
    }
    let rest = digest.undated.count - mentions.count
    let count = digest.undated.count
    return DigestView.Section(
      heading: say("首次采集无发布时间（\(count) 条，未预警）", "Undated on first reading (\(count), no alert)"),
      mentions: mentions, lines: rest > 0 ? [say("另有 \(rest) 条。", "and \(rest) more.")] : [])
  }

  /// What was watched, and what could not be watched and when.
  var watched: DigestView.Section? {
    DigestView.Section(
      heading: say("监测情况与盲区", "What was watched, and what was not"),
      lines: [reading] + blindness)
  }

  private var blindness: [String] {
    guard !digest.blindSpots.isEmpty else {
      return [say("监测时段内无盲区。", "No blind spots in this period.")]
    }
    let rest = digest.blindSpots.count - DigestFacts.most
    let more = rest > 0 ? [say("另有 \(rest) 处盲区。", "and \(rest) more blind spots.")] : []
    return digest.blindSpots.prefix(DigestFacts.most).map(line) + more + [
      say(
        "盲区内“未发现”是“未能采集”，不等于没有，请人工补看。",
        "In a blind spot nothing found means could not look: please look by hand.")
    ]
  }

  /// `盲区：竹园镇门户，3月1日 22:10 至 3月2日 01:15（3 小时 5 分钟），网站无响应`. Where the daemon
  /// itself was down it is all feeds, and the reason says so.
  private func line(_ spot: Digest.BlindSpot) -> String {
    let name = spot.feedName?.onOneLine.clipped(to: 30) ?? say("全部信源", "all feeds")
    let from = dates.moment(spot.from)
    let span = spot.to.map { to in
      say(
        "\(from) 至 \(dates.moment(to))（\(dates.span(to - spot.from))）",
        "\(from) to \(dates.moment(to)) (\(dates.span(to - spot.from)))")
    }
    let still = say("\(from) 起至今", "since \(from), still")
    let reason = spot.reason.onOneLine.clipped(to: 80)
    return say("盲区：\(name)，\(span ?? still)", "Blind spot: \(name), \(span ?? still)")
      + (reason.isEmpty ? "" : say("，\(reason)", ", \(reason)"))
  }
}
