import Vocabulary

/// The parts of a digest that say what was seen and what was not (监测情况与盲区).
extension DigestFacts {
  private static let most = 5

  /// Items that nobody could date, found when their feed was first read.
  var undated: DigestView.Section? {
    guard !digest.undated.isEmpty else { return nil }
    let mentions = digest.undated.prefix(3).map { item in
      Mention(
        head: "", tint: Grade.none.tint, title: item.title.onOneLine.clipped(to: 60),
        state: item.feedName.onOneLine.clipped(to: 30), link: Link(item.url))
    }
    let rest = digest.undated.count - mentions.count
    let count = digest.undated.count
    return DigestView.Section(
      heading: say("首次采集无发布时间（\(count) 条，未预警）", "Undated on first reading (\(count), no alert)"),
      mentions: mentions, lines: rest > 0 ? [say("另有 \(rest) 条。", "and \(rest) more.")] : [])
  }

  /// What was older than its feed's cap when it was found, and raised nothing.
  var foundLate: DigestView.Section? {
    guard !digest.foundLate.isEmpty else { return nil }
    let mentions = digest.foundLate.prefix(DigestFacts.most).map { item in
      Mention(
        head: say("发现时已逾 \(item.days) 天", "found after \(item.days) days"),
        tint: Grade.none.tint, title: item.title.onOneLine.clipped(to: 60),
        state: item.feedName.onOneLine.clipped(to: 30), link: Link(item.url))
    }
    let count = digest.foundLate.count
    let rest = count - mentions.count
    return DigestView.Section(
      heading: say("发现时已超过时限（\(count) 条，未预警）", "Found past the cap on age (\(count), no alert)"),
      mentions: mentions, lines: rest > 0 ? [say("另有 \(rest) 条。", "and \(rest) more.")] : [])
  }

  /// What was watched, and what could not be watched and when.
  var watched: DigestView.Section? {
    DigestView.Section(
      heading: say("监测情况与盲区", "What was watched, and what was not"),
      lines: [reading] + unread + blindLines)
  }

  /// `未能监测：竹园镇门户 3 小时 5 分钟；全部信源 1 小时。`
  var blindness: String? {
    guard !blind.isEmpty else { return nil }
    let first = blind.prefix(2).map { "\($0.name) \(dates.span($0.whole))" }
    let rest = blind.count - first.count
    let more = rest > 0 ? [say("另 \(rest) 个信源", "\(rest) more feeds")] : []
    let list = (first + more).joined(separator: say("；", "; "))
    return say("未能监测：\(list)。", "Not watched: \(list).")
  }

  private var unread: [String] {
    let names = digest.feedsUnread
    guard !names.isEmpty else { return [] }
    let first = names.prefix(DigestFacts.most).map { $0.onOneLine.clipped(to: 30) }
      .joined(separator: say("、", ", "))
    let others = names.count > DigestFacts.most ? say(" 等", " and others") : ""
    return [
      say(
        "一次也未采到的信源 \(names.count) 个：\(first)\(others)。",
        "Feeds that were not read once: \(names.count) (\(first)\(others)).")
    ]
  }

  private var blindLines: [String] {
    guard !blind.isEmpty else {
      return [say("监测时段内无盲区。", "No blind spots in this period.")]
    }
    let most = isCrowded ? 3 : DigestFacts.most
    let rest = blind.count - most
    let more = rest > 0 ? [say("另有 \(rest) 个信源有盲区。", "and \(rest) more blind feeds.")] : []
    return blind.prefix(most).map(line) + more + [
      say(
        "盲区内“未发现”是“未能采集”，不等于没有，请人工补看。",
        "In a blind spot nothing found means could not look: please look by hand.")
    ]
  }

  /// All blind spots of a feed, or of everything.
  private struct Blindness {
    let feed: Feed.ID?
    let name: String
    let spots: [Digest.BlindSpot]
    let whole: Duration
  }

  /// All feeds first, then the longest.
  private var blind: [Blindness] {
    let byName = Dictionary(grouping: digest.blindSpots, by: \.feedName)
    return byName.map { name, spots in
      Blindness(
        feed: spots.first?.feed,
        name: name?.onOneLine.clipped(to: 30) ?? say("全部信源", "all feeds"),
        spots: spots, whole: whole(spots))
    }.sorted {
      let ours = ($0.spots[0].feedName == nil, $1.spots[0].feedName == nil)
      guard ours.0 == ours.1 else { return ours.0 }
      return $0.whole != $1.whole ? $0.whole > $1.whole : $0.name < $1.name
    }
  }

  /// How long they are together within the period; what two have in common counts once.
  private func whole(_ spots: [Digest.BlindSpot]) -> Duration {
    var (sum, end) = (Duration.zero, digest.period.from)
    for spot in spots.sorted(by: { $0.from < $1.from }) {
      let to = min(spot.to ?? digest.period.to, digest.period.to)
      guard to > end else { continue }
      sum += to - max(spot.from, end)
      end = to
    }
    return sum
  }

  /// `盲区：竹园镇门户，3月1日 22:10 至 3月2日 01:15（3 小时 5 分钟），网站无响应；本期该信源预警 0 件`.
  /// Of many the three longest are named, of a crowded digest's the longest.
  private func line(_ blind: Blindness) -> String {
    let longest = blind.spots.sorted { length($0) > length($1) }
    let named = longest.prefix(isCrowded ? 1 : 3).sorted { $0.from < $1.from }
    let spans = named.map(span).joined(separator: say("、", "; "))
    let many =
      blind.spots.count == 1
      ? ""
      : say(
        "，共 \(blind.spots.count) 次 \(dates.span(blind.whole))",
        ", \(blind.spots.count) in all, \(dates.span(blind.whole))")
    let reason = longest[0].reason.onOneLine.firstSentence.clipped(to: 60)
    return say("盲区：\(blind.name)，\(spans)\(many)", "Blind spot: \(blind.name), \(spans)\(many)")
      + (reason.isEmpty ? "" : say("，\(reason)", ", \(reason)")) + found(by: blind.feed)
  }

  /// What the rest of the period brought of a feed, so that a zero is not taken for quiet.
  private func found(by feed: Feed.ID?) -> String {
    guard let feed else { return "" }
    let count = digest.counts.byFeed[feed] ?? 0
    return say("；看得到时预警 \(count) 件", "; alerts while it was seen: \(count)")
  }

  private func length(_ spot: Digest.BlindSpot) -> Duration {
    (spot.to ?? digest.period.to) - spot.from
  }

  private func span(_ spot: Digest.BlindSpot) -> String {
    let from = dates.moment(spot.from)
    guard let to = spot.to else { return say("\(from) 起至今", "since \(from), still") }
    let span = dates.span(to - spot.from)
    return say("\(from) 至 \(dates.moment(to))（\(span)）", "\(from) to \(dates.moment(to)) (\(span))")
  }
}
