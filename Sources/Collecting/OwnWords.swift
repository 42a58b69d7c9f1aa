internal import Foundation

/// What a person wrote in a reply, without what they quote and without their signature (回信正文).
///
/// Where a quotation is marked line by line, what stands between and below counts too. Where it is
/// not, as Foxmail, Outlook and QQ have it, it goes on to the end of the mail, but for what stands
/// below the last line of our own papers, and for what was filled into their blanks.
enum OwnWords {
  /// No reply is longer that anybody reads.
  private static let longest = 20_000
  private static let mostLines = 8000

  /// The own words of a text, first words first; empty where there are none.
  static func of(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).prefix(mostLines)
      .map(trimmed)
    let parted = part(lines)
    let own = parted.own.map(withoutSignature).flatMap { $0 + [""] }
    let below = withoutSignature(belowOurs(parted.tail))
    let filled = FilledForm.words(in: parted.quoted + parted.tail)
    let all = joined([own, below, filled])
    return String(all.prefix(longest))
  }

  /// All that somebody hands on in a mail: their own words, and what they forward or quote without the
  /// lines that name who wrote to whom.
  static func handedOn(in text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).prefix(mostLines)
      .map(trimmed)
    let parted = part(lines)
    let own = parted.own.map(withoutSignature)
    let all = joined(own + [withoutEnvelopes(parted.quoted), withoutEnvelopes(parted.tail)])
    return String(all.prefix(longest))
  }

  private static func withoutEnvelopes(_ lines: [String]) -> [String] {
    var kept: [String] = []
    var index = 0
    while index < lines.count {
      let line = lines[index]
      if QuoteMarks.isDivider(line) || QuoteMarks.isAdvertisement(line) {
        index += 1
      } else if let length = attribution(lines[index...]) {
        index += length
      } else if QuoteMarks.beginsBlock(lines[index...]) {
        index += lines[index...].prefix { QuoteMarks.label(of: $0) != nil }.count
      } else {
        kept.append(line)
        index += 1
      }
    }
    return kept
  }

  /// A mail in parts: runs of own lines, what is marked as quoted, and an unmarked quotation.
  private struct Parted {
    var own: [[String]] = [[]]
    var quoted: [String] = []
    var tail: [String] = []

    mutating func endRun() {
      if own.last?.isEmpty == false { own.append([]) }
    }

    mutating func take(_ line: String) {
      own[own.count - 1].append(line)
    }
  }

  private static func part(_ lines: [String]) -> Parted {
    var parted = Parted()
    var index = 0
    while index < lines.count {
      let line = lines[index]
      if line.hasPrefix(">") || line.hasPrefix("＞") {
        parted.endRun()
        parted.quoted.append(String(line.drop { ">＞ ".contains($0) }))
      } else if let length = attribution(lines[index...]) {
        guard isMarked(lines[(index + length)...]) else {
          parted.tail = Array(lines[(index + length)...])
          break
        }
        parted.endRun()
        index += length - 1
      } else if QuoteMarks.isDivider(line) || QuoteMarks.beginsBlock(lines[index...]) {
        guard isMarked(lines[(index + 1)...]) else {
          parted.tail = Array(lines[index...])
          break
        }
        parted.endRun()
      } else {
        parted.take(line)
      }
      index += 1
    }
    return parted
  }

  /// How many lines an attribution takes that begins in the first; nil where none does.
  private static func attribution(_ lines: ArraySlice<String>) -> Int? {
    guard let first = lines.first, !first.isEmpty else { return nil }
    if QuoteMarks.isAttribution(first) { return 1 }
    guard QuoteMarks.beginsAttribution(first) else { return nil }
    var whole = first
    for (offset, line) in lines.dropFirst().prefix(2).enumerated() {
      guard !line.isEmpty, !line.hasPrefix(">") else { return nil }
      whole += " " + line
      if QuoteMarks.isAttribution(whole) { return offset + 2 }
    }
    return nil
  }

  /// Whether the next line that says something is marked as quoted.
  private static func isMarked(_ lines: ArraySlice<String>) -> Bool {
    lines.first { !$0.isEmpty }?.hasPrefix(">") == true
  }

  /// What stands below the last line of our own paper, where it is quoted without marks.
  private static func belowOurs(_ tail: [String]) -> [String] {
    guard let foot = tail.lastIndex(where: { line in ourFeet.contains { line.contains($0) } })
    else {
      return []
    }
    // Mail programs break a long line: what ends it belongs to it.
    let rest = tail[(foot + 1)...]
    let isWhole = tail[foot].last.map { "。.!".contains($0) } == true
    return Array(isWhole ? rest : rest.drop { !$0.isEmpty })
  }

  /// How the last line of a notice begins.
  private static let ourFeet = ["由系统自动生成", "Drawn up by program"]

  /// A run of own lines without the signature under it and the phone's advertisement.
  private static func withoutSignature(_ run: [String]) -> [String] {
    var lines = run
    if let cut = lines.firstIndex(of: "--") { lines = Array(lines[..<cut]) }
    lines.removeAll(where: QuoteMarks.isAdvertisement)
    while lines.last?.isEmpty == true { lines.removeLast() }
    if let rule = lines.lastIndex(where: QuoteMarks.isRule), isSignature(lines[(rule + 1)...]),
      lines[..<rule].contains(where: { !$0.isEmpty })
    {
      lines = Array(lines[..<rule])
    }
    while let last = lines.last, last.isEmpty || QuoteMarks.isRule(last) { lines.removeLast() }
    return lines
  }

  /// A few short lines without a sentence in them: name, office, telephone.
  private static func isSignature(_ lines: ArraySlice<String>) -> Bool {
    let words = lines.filter { !$0.isEmpty }
    return words.count <= 8
      && words.allSatisfy { line in line.count <= 40 && !line.contains { "。；！？".contains($0) } }
  }

  private static func trimmed(_ line: Substring) -> String {
    line.trimmingCharacters(in: .whitespaces)
  }

  /// One text, with at most one blank line anywhere and none at the ends.
  private static func joined(_ runs: [[String]]) -> String {
    var lines: [String] = []
    for run in runs {
      for line in run where !line.isEmpty || lines.last?.isEmpty == false { lines.append(line) }
      if lines.last?.isEmpty == false { lines.append("") }
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n")
  }
}
