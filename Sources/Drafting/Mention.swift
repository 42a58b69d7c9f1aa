internal import Mustache
import Vocabulary

/// One alert or item among others (提要), in two lines and an address.
struct Mention: Sendable {
  let head: String
  let tint: String
  let title: String
  let state: String
  var link: Link?

  /// For a terminal of 80 columns and for mail programs without HTML.
  var plainLines: [String] {
    let first = head.isEmpty ? title : "\(head)  \(title)"
    let address = link.map { ["    \($0.address)"] } ?? []
    return ["  " + first.fitting(78)] + state.folded(76).map { "    \($0)" } + address
  }
}

extension Mention: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "head": head
    case "tint": tint
    case "title": title
    // A line never begins with the dot between two facts.
    case "state": state.replacing(" · ", with: "\u{a0}· ")
    case "link": link
    default: nil
    }
  }
}
