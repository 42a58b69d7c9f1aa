internal import Foundation

/// What a unit has written into the blanks of a contact sheet that it quotes (填写的联系单).
///
/// Who signed is not read: nothing here needs the name of a person.
enum FilledForm {
  private static let asked = ["核查情况", "属实程度", "处理措施", "Findings", "Substantiated", "Measures"]
  /// What else stands in the sheet after these, and ends their text.
  private static let others = [
    "领导批示", "签收人", "签收时间", "签收方式", "Leader’s note", "Received by", "Received at",
    "To acknowledge", "核查反馈", "通知时限",
  ]

  /// The blanks that are blank no more, a line each.
  static func words(in quoted: [String]) -> [String] {
    var found: [String] = []
    var open: String?
    for line in quoted.map(withoutMarks) {
      if let (label, words) = blank(in: line) {
        let isFilled = isFilled(words)
        if isFilled { found.append("\(label)：\(ticked(words))") }
        // In a table what was filled in stands on lines of its own.
        open = (isFilled || words.isEmpty) && !words.contains("□") ? label : nil
      } else if line.isEmpty || ends(line) {
        open = nil
      } else if let label = open, isFilled(line) {
        if found.last?.hasPrefix("\(label)：") == true {
          found[found.count - 1] += "\n" + line
        } else {
          found.append("\(label)：\(ticked(line))")
        }
      }
    }
    return found.map { String($0.prefix(2000)) }
  }

  private static func ends(_ line: String) -> Bool {
    others.contains(where: line.hasPrefix) || line.contains("由系统自动生成")
      || line.contains("Drawn up by program")
  }

  /// Whether somebody has written something there, or ticked a box.
  private static func isFilled(_ words: String) -> Bool {
    words.contains { !"_＿ 　□☐:：".contains($0) } && !isUnticked(words)
  }

  private static func withoutMarks(_ line: String) -> String {
    String(line.drop { ">＞| \u{3000}".contains($0) })
  }

  private static func blank(in line: String) -> (label: String, words: String)? {
    guard let label = asked.first(where: line.hasPrefix) else { return nil }
    let rest = line.dropFirst(label.count)
    guard rest.isEmpty || rest.first.map({ "：: |\t".contains($0) }) == true else { return nil }
    return (label, rest.drop { "：: |\t".contains($0) }.trimmingCharacters(in: .whitespaces))
  }

  /// The boxes of 属实程度 as they left.
  private static func isUnticked(_ words: String) -> Bool {
    words.contains("□") && !words.contains { ticks.contains($0) }
  }

  /// Of the boxes the one that is ticked.
  private static func ticked(_ words: String) -> String {
    guard words.contains("□") else { return words }
    return words.split(separator: " ").filter { $0.contains { ticks.contains($0) } }
      .joined(separator: " ")
  }

  private static let ticks: Set<Character> = ["☑", "√", "✓", "✔", "■", "☒", "×", "▣"]
}
