/// Paragraphs that a mail program has broken into lines to put together again (RFC 3676).
enum FlowedText {
  /// A text of `format=flowed` with its paragraphs whole.
  static func unfolded(_ text: String, deletesSpaces: Bool) -> String {
    var lines: [(depth: Int, text: String)] = []
    var flowing = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let depth = line.prefix { $0 == ">" }.count
      var words = line.dropFirst(depth)
      if words.first == " " { words = words.dropFirst() }
      let joins = flowing && lines.last?.depth == depth && words != "-- "
      flowing = words.last == " " && words != "-- "
      if flowing, deletesSpaces { words = words.dropLast() }
      if joins, let last = lines.indices.last {
        lines[last].text += words
      } else {
        lines.append((depth, String(words)))
      }
    }
    return lines.map {
      String(repeating: ">", count: $0.depth) + ($0.depth > 0 ? " " : "") + $0.text
    }
    .joined(separator: "\n")
  }
}
