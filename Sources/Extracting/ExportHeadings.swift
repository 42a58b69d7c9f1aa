internal import Vocabulary

/// Where the columns of an export stand, by their headings (表头).
enum ExportHeadings {
  /// The columns of a row of headings; nil where it is none. Each column that the feed maps must be
  /// there: one that was renamed would be lost without a word.
  static func places(
    in cells: [String], _ columns: [ExportFolder.Column: [String]]
  ) -> [ExportFolder.Column: Int]? {
    let headings = cells.map(folded)
    var places: [ExportFolder.Column: Int] = [:]
    for (column, names) in columns {
      let place = names.lazy.compactMap { headings.firstIndex(of: folded($0)) }.first
      if let place { places[column] = place }
    }
    guard places[.title] != nil || places[.body] != nil else { return nil }
    let isWhole = columns.allSatisfy { places[$0.key] != nil || $0.value.count > 1 }
    return isWhole ? places : nil
  }

  /// A heading without what people put around it: blanks, line breaks, stars and colons.
  private static func folded(_ heading: String) -> String {
    var folded = String.UnicodeScalarView()
    for scalar in heading.unicodeScalars {
      guard !scalar.properties.isWhitespace, !"*＊:：\u{FEFF}".unicodeScalars.contains(scalar) else {
        continue
      }
      let isWide = (0xFF01...0xFF5E).contains(scalar.value)
      folded.append(isWide ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar)
    }
    return String(folded).lowercased()
  }

  /// The miss for a file in which no row has the headings. What the file has instead is not said: it
  /// may be anybody's name.
  static func missing(_ page: Page, _ columns: [ExportFolder.Column: [String]]) -> Miss {
    let names = ExportFolder.Column.allCases.compactMap { columns[$0]?.joined(separator: "/") }
    return Miss(
      .nothingFound, url: page.url,
      reason: Phrase(
        zh: "文件里没有找到表头（\(names.joined(separator: "、"))）：请核对 columns 里写的列名",
        en: "no row of headings was found (\(names.joined(separator: ", "))): check columns"))
  }
}
