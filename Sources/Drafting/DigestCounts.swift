import Vocabulary

/// The part of a digest that counts (统计), against the period before and the same weekday a week ago.
extension DigestFacts {
  private static let most = 5

  var counts: DigestView.Section? {
    let spans = spans
    guard spans.contains(where: { !$0.isEmpty }) else { return nil }
    let groups = [byGrade(spans), byTopic(spans), byUnit(spans)].filter { !$0.rows.isEmpty }
    return DigestView.Section(
      heading: say("统计", "Counts"), table: DigestView.Table(columns: columns, groups: groups))
  }

  private var spans: [Digest.Counts] {
    let earlier = [digest.counts, digest.before]
    return digest.period.rhythm == .daily ? earlier + [digest.weekAgo] : earlier
  }

  private var columns: [String] {
    switch digest.period.rhythm {
    case .daily:
      [say("本期", "now"), say("前一日", "day before"), say("上周同日", "week ago")]
    case .weekly: [say("本周", "now"), say("上周", "week before")]
    case .monthly: [say("本月", "now"), say("上月", "month before")]
    }
  }

  private func byGrade(_ spans: [Digest.Counts]) -> DigestView.Group {
    let rows = [Grade.major, .considerable, .general].map { grade in
      (grade.name[office.language], spans.map { $0.byGrade[grade] ?? 0 })
    }
    return group(say("等级", "By grade"), rows)
  }

  private func byTopic(_ spans: [Digest.Counts]) -> DigestView.Group {
    let topics = Set(spans.flatMap(\.byTopic.keys))
    let rows = topics.map { topic in
      (topic.rawValue.onOneLine, spans.map { $0.byTopic[topic] ?? 0 })
    }
    return group(say("问题类别", "By topic"), greatest(rows))
  }

  private func byUnit(_ spans: [Digest.Counts]) -> DigestView.Group {
    let units = Set(spans.flatMap(\.byUnit.keys))
    let rows = units.map { unit in
      (unit.rawValue.onOneLine, spans.map { $0.byUnit[unit] ?? 0 })
    }
    return group(say("承办单位", "By unit"), greatest(rows))
  }

  /// The rows with the most now, the rest in one row.
  private func greatest(_ rows: [(String, [Int])]) -> [(String, [Int])] {
    let sorted = rows.sorted {
      $0.1 != $1.1 ? $1.1.lexicographicallyPrecedes($0.1) : $0.0 < $1.0
    }
    guard sorted.count > DigestFacts.most else { return sorted }
    let rest = sorted[DigestFacts.most...]
    let sums = columns.indices.map { column in rest.map { $0.1[column] }.reduce(0, +) }
    return sorted.prefix(DigestFacts.most)
      + [(say("其他 \(rest.count) 项", "\(rest.count) others"), sums)]
  }

  private func group(_ name: String, _ rows: [(String, [Int])]) -> DigestView.Group {
    let greatest = max(1, rows.compactMap(\.1.first).max() ?? 1)
    return DigestView.Group(
      name: name,
      rows: rows.map { label, numbers in
        DigestView.Count(
          label: label, numbers: numbers, share: (numbers.first ?? 0) * 100 / greatest)
      })
  }
}

extension Digest.Counts {
  fileprivate var isEmpty: Bool {
    byGrade.values.allSatisfy { $0 == 0 } && byTopic.isEmpty && byUnit.isEmpty
  }
}
