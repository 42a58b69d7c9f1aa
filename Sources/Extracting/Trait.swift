/// What an element does to the text in it.
enum Trait {
  /// The text runs on.
  case inline
  /// It stands on lines of its own.
  case block
  /// It is parted from its neighbours by a space.
  case cell
  /// `br` and `hr`.
  case lineBreak
  /// A block whose own line breaks count.
  case preformatted
  /// Nobody reads it as text.
  case dropped

  /// The trait of an element by its name.
  static func of(_ node: Node) -> Trait {
    guard node.isElement else { return .inline }
    return byTag[node.tag] ?? .inline
  }

  private static let byTag: TagTable<Trait> = {
    var traits: [String: Trait] = [:]
    func add(_ trait: Trait, _ names: String) {
      for name in names.split(separator: " ") { traits[String(name)] = trait }
    }
    add(
      .block,
      """
      address article aside blockquote body center dd details dir div dl dt fieldset figcaption \
      figure footer form h1 h2 h3 h4 h5 h6 header hgroup legend li main menu nav ol p section \
      summary table tbody tfoot thead tr ul caption
      """)
    add(.cell, "td th")
    add(.lineBreak, "br hr")
    add(.preformatted, "pre listing plaintext xmp")
    add(
      .dropped,
      """
      script style noscript template iframe object embed svg math canvas select button \
      input textarea head title meta link audio video noframes applet datalist
      """)
    return TagTable(traits)
  }()
}

/// Parts of a page that nobody sees.
enum Hidden {
  /// Whether an element is marked as hidden on itself.
  static func isHidden(_ node: Node) -> Bool {
    guard node.hasAttributes else { return false }
    if let style = node.bytes(of: "style"), styles.isIn(style) { return true }
    if let name = node.bytes(of: "class"), fillers.isIn(name) { return true }
    return node.has("hidden")
  }

  /// Discuz! writes words between a message's own that only who copies it sees.
  private static let fillers = ByteWords(["jammer"])

  private static let styles = ByteWords([
    "display:none", "display: none", "display :none", "display : none", "visibility:hidden",
    "visibility: hidden",
  ])
}
