import Vocabulary

/// A column of the roster, by the words that head it (值班表列名).
enum RosterColumn: String, CaseIterable {
  case from
  case to
  case officers
  case leaders
  /// Read by people alone.
  case note

  /// The words that an office may write at its head.
  var words: [String] {
    switch self {
    case .from: ["from", "起", "开始", "起始", "自", "开始时间", "起始时间", "起时间", "接班时间"]
    case .to: ["to", "止", "结束", "截止", "至", "结束时间", "终止时间", "截止时间", "止时间", "交班时间"]
    case .officers: ["officers", "officer", "值班员", "值班人员", "值班人", "值班员邮箱", "值班邮箱"]
    case .leaders: ["leaders", "leader", "带班领导", "带班", "领导", "值班领导", "带班领导邮箱"]
    case .note: ["note", "notes", "备注", "说明"]
    }
  }

  /// Whether a roster must have it.
  var isNeeded: Bool {
    switch self {
    case .from, .to, .officers: true
    case .leaders, .note: false
    }
  }

  /// The column that a heading means; what stands in brackets behind it is for people.
  init?(heading: String) {
    let bare = heading.prefix { !"（(".contains($0) }.filter { !$0.isWhitespace }.lowercased()
    guard let column = RosterColumn.allCases.first(where: { $0.words.contains(bare) }) else {
      return nil
    }
    self = column
  }

  /// `from（起）`
  var name: Phrase {
    Phrase(zh: "\(rawValue)（\(words.first { !$0.isASCIIWord } ?? rawValue)）", en: rawValue)
  }
}

extension String {
  fileprivate var isASCIIWord: Bool { unicodeScalars.allSatisfy(\.isASCII) }
}
