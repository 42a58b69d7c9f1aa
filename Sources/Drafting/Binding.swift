import Vocabulary

/// Binds papers in behind the front of a batch (装订), each as it was drafted and on a page of its
/// own when it is printed.
///
/// The only place where markup is put into a document that no template has escaped: it is markup of
/// ours, out of the ledger, and whatever came from outside was escaped when the paper was drafted.
/// Papers stand outside every table, because browsers break pages between blocks and not reliably
/// inside a table.
struct Binding {
  let papers: [Batch.Paper]

  /// A whole HTML document: the front's, with the papers at the end of its body.
  func html(behind front: String) -> String {
    let pages = papers.map { Binding.page(of: $0) }.joined()
    guard let end = front.ranges(of: "</body>").last?.lowerBound else { return front + pages }
    return String(front[..<end]) + pages + String(front[end...])
  }

  /// The front's text, with those of the papers after it.
  func text(behind front: String) -> String {
    let rule = String(repeating: "─", count: 30)
    return front + papers.map { "\n\(rule)\n\n\($0.text)" }.joined()
  }

  private static func page(of paper: Batch.Paper) -> String {
    let plain = "<div style=\"white-space:pre-wrap\">\(Markup().escapeText(paper.text))</div>"
    return """
      <div style="page-break-before:always;break-before:page;border-top:3px double #767676;\
      margin:18px auto 0;padding:12px 0 0;max-width:640px">
      \(body(of: paper.html).map(String.init) ?? plain)
      </div>

      """
  }

  /// What stands in the body of a document of ours; nil where it has none.
  private static func body(of html: String) -> Substring? {
    guard let tag = html.firstRange(of: "<body"),
      let open = html[tag.upperBound...].firstIndex(of: ">"),
      let close = html[open...].ranges(of: "</body>").last
    else { return nil }
    return html[html.index(after: open)..<close.lowerBound]
  }
}
