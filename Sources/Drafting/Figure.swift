internal import Mustache
import Vocabulary

/// One number of the line below a heading (要点数字), in its colour where it is not nought.
struct Figure: Sendable {
  let label: String
  let number: Int
  let tint: String

  /// A number and what it counts.
  init(_ label: String, _ number: Int, _ tint: String) {
    self.label = label
    self.number = number
    self.tint = number > 0 ? tint : Grade.none.tint
  }
}

extension Figure: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "label": label
    case "number": number
    case "tint": tint
    default: nil
    }
  }
}
