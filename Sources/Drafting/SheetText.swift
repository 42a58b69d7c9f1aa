import Vocabulary

extension Sheet {
  /// The sheet as plain text, for programs and telephones that show no HTML.
  var plainText: String {
    let parts = [leads, boxed, notes.map { "※ \($0)" }, titled, paragraphs, verbatim, foot]
    return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
      .joined(separator: "\n\n") + "\n"
  }

  private var boxed: [String] {
    guard let box else { return [] }
    return ["┃ \(box.heading)"] + box.lines.map { "┃ \($0)" }
  }

  private var titled: [String] {
    let head = heading.line(lang)
    guard let form else { return [head] }
    return [head, ""] + form.rows.flatMap(\.cells).flatMap { $0.plainLines(lang) }
  }
}

extension Cell {
  /// `编号：2026-0017`, further lines set in; a blank box is a rule to write on.
  fileprivate func plainLines(_ lang: String) -> [String] {
    let colon = lang == "en" ? ": " : "："
    let address = link.map { [$0.address] } ?? []
    let told = aside.map { [lines.joined() + (lang == "en" ? " " : "") + $0] } ?? lines
    let all = told + address + (blank == nil || !lines.isEmpty ? [] : ["________________"])
    guard all.count > 1 else { return ["\(label)\(colon)\(all.first ?? "")"] }
    return [label + (lang == "en" ? ":" : "：")] + all.map { "  \($0)" }
  }
}
