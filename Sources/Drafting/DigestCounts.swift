import Vocabulary

/// The part of a digest that counts (统计), against the period before and the same weekday a week ago.
extension DigestFacts {
  private var most: Int { digest.period.rhythm == .daily ? 3 : 5 }

  var counts: DigestView.Section? {
    let spans = spans
    let isEmpty = spans.allSatisfy(\.isEmpty)
    let counts =
      isEmpty ? [] : [byTopic(spans), byGrade(spans), byUnit(spans), byFeed(spans)]
    let tables = [course].compactMap(\.self) + counts.filter { !$0.rows.isEmpty }
    let lines = [isEmpty || !hasBlindRow ? nil : blindNote, conduct].compactMap(\.self)
    guard !tables.isEmpty || !lines.isEmpty else { return nil }
    return DigestView.Section(heading: say("统计", "Counts"), tables: tables, lines: lines)
  }

  private var blindNote: String {
    say("※ 有盲区的信源：看不到时的不在其中，见下。", "※ could not be watched for some of the period: see below.")
  }

  private var hasBlindRow: Bool {
    let counted = Set(spans.flatMap(\.byFeed.keys))
    return digest.blindSpots.contains { $0.feed.map(counted.contains) ?? false }
  }

  private var spans: [Digest.Counts] {
    let earlier = [digest.counts, digest.before]
    return digest.period.rhythm == .daily ? earlier + [digest.weekAgo] : earlier
  }

  private var columns: [String] {
    switch digest.period.rhythm {
    case .daily:
      [say("本期", "now"), say("前一日", "day before"), say("上周同日", "week ago")]
    case .weekly: [say("本周", "now"), say("上周", "week before"), say("增减", "change")]
    case .monthly: [say("本月", "now"), say("上月", "month before"), say("增减", "change")]
    }
  }

  private func byGrade(_ spans: [Digest.Counts]) -> DigestView.Table {
    let rows = [Grade.major, .considerable, .general].map { grade in
      (grade.name[office.language], spans.map { $0.byGrade[grade] ?? 0 })
    }
    let all = (say("合计", "all"), columnSums(rows.map(\.1), of: spans.count))
    return table(say("等级", "By grade"), digest.period.rhythm == .daily ? rows : rows + [all])
  }

  private func byTopic(_ spans: [Digest.Counts]) -> DigestView.Table {
    let topics = Set(spans.flatMap(\.byTopic.keys))
    let rows = topics.map { topic in
      (topic.rawValue.onOneLine, spans.map { $0.byTopic[topic] ?? 0 })
    }
    return table(say("问题类别", "By topic"), greatest(rows))
  }

  private func byUnit(_ spans: [Digest.Counts]) -> DigestView.Table {
    let units = Set(spans.flatMap(\.byUnit.keys))
    let rows = units.map { unit in
      (unit.rawValue.onOneLine, spans.map { $0.byUnit[unit] ?? 0 })
    }
    return table(say("承办单位", "By unit"), greatest(rows))
  }

  /// A feed that could not be watched for some of the period is marked, whatever it brought.
  private func byFeed(_ spans: [Digest.Counts]) -> DigestView.Table {
    let feeds = Set(spans.flatMap(\.byFeed.keys))
    let blind = Set(digest.blindSpots.compactMap(\.feed))
    let rows = feeds.map { feed in
      let name = (digest.feedNames[feed] ?? feed.rawValue).onOneLine.clipped(to: 30)
      return (
        blind.contains(feed) ? "\(name)※" : name,
        spans.map { $0.byFeed[feed] ?? 0 }
      )
    }
    return table(say("信源", "By feed"), greatest(rows))
  }

  /// The rows with the most now, the rest in one row.
  private func greatest(_ rows: [(String, [Int])]) -> [(String, [Int])] {
    let sorted = rows.sorted {
      $0.1 != $1.1 ? $1.1.lexicographicallyPrecedes($0.1) : $0.0 < $1.0
    }
    guard sorted.count > most + 1, let width = sorted.first?.1.count else { return sorted }
    let rest = sorted[most...]
    return sorted.prefix(most)
      + [(say("其他 \(rest.count) 项", "\(rest.count) others"), columnSums(rest.map(\.1), of: width))]
  }

  private func columnSums(_ rows: [[Int]], of width: Int) -> [Int] {
    (0..<width).map { column in rows.map { $0[column] }.reduce(0, +) }
  }

  private func table(_ name: String, _ rows: [(String, [Int])]) -> DigestView.Table {
    let greatest = rows.compactMap(\.1.first).max() ?? 0
    return DigestView.Table(
      name: name, columns: columns,
      rows: rows.map { label, numbers in
        DigestView.Count(
          label: label, cells: numbers.map(String.init) + change(numbers),
          bar: DigestView.Bar(numbers.first ?? 0, of: greatest))
      }, isCharted: true)
  }

  /// `+3`, `-2`, `0`; daily digests have two earlier days beside theirs, and no room.
  private func change(_ numbers: [Int]) -> [String] {
    guard digest.period.rhythm != .daily, numbers.count == 2 else { return [] }
    let change = numbers[0] - numbers[1]
    return [change > 0 ? "+\(change)" : "\(change)"]
  }
}

extension Digest.Counts {
  fileprivate var isEmpty: Bool {
    byGrade.values.allSatisfy { $0 == 0 } && byTopic.isEmpty && byUnit.isEmpty
  }
}
