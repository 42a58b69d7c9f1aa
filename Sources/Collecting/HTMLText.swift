internal import CArena
internal import CLibXML2
internal import Foundation

/// The text of a mail in HTML (网页格式邮件的文字), a line for each block.
///
/// What a mail program marks as a quotation comes out with `>` before it, as in plain text, so that
/// there is one way to tell a person's own words. Signatures that are marked as such are left out.
struct HTMLText {
  private static let mostBytes = 262_144
  private static let longestTag = 4096
  private static let begin: Void = huiyin_arena_install()

  private var lines: [String] = []
  private var line = ""
  private var depth = 0
  private var preformatted = 0

  /// The text of a page that is not empty; nothing where there is none.
  static func of(_ html: String) -> String {
    begin
    let bytes = guarded(Array(html.utf8.prefix(mostBytes)))
    let document = bytes.withUnsafeBytes {
      huiyin_html_read($0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32($0.count))
    }
    guard let document else { return "" }
    defer { xmlFreeDoc(document) }
    var text = HTMLText()
    if let root = xmlDocGetRootElement(document) { text.add(root) }
    text.endLine()
    return text.lines.joined(separator: "\n")
  }

  /// libxml2 compares each attribute of a tag with all before it: a tag without end, or of such a
  /// length, is a picture or a trap, and goes.
  private static func guarded(_ bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var (index, end) = (0, -1)
    while index < bytes.count {
      if bytes[index] == 0x3C {
        if end < index { end = bytes[index...].firstIndex(of: 0x3E) ?? bytes.count }
        // After the last tag that ends there is nothing but a tag that was cut.
        if end == bytes.count { break }
        if end - index > longestTag {
          index = end + 1
          continue
        }
      }
      if bytes[index] != 0 { output.append(bytes[index]) }
      index += 1
    }
    return output
  }

  /// Adds a tree, without recursion: mails nest as deep as they please.
  private mutating func add(_ root: xmlNodePtr) {
    var node = root
    while true {
      let isLeft = enter(node)
      if !isLeft, node.pointee.type == XML_ELEMENT_NODE, let child = node.pointee.children {
        node = child
        continue
      }
      if !isLeft { leave(node) }
      while node != root, node.pointee.next == nil, let parent = node.pointee.parent {
        node = parent
        leave(node)
      }
      guard node != root, let next = node.pointee.next else { return }
      node = next
    }
  }

  /// Whether nothing in the node is to be read.
  private mutating func enter(_ node: xmlNodePtr) -> Bool {
    switch node.pointee.type {
    case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
      if let content = node.pointee.content { add(String(cString: content)) }
      return false
    case XML_ENTITY_REF_NODE:
      let named = node.pointee.name.map { huiyin_html_entity($0) } ?? 0
      if named > 0, let scalar = Unicode.Scalar(named) { add(String(scalar)) }
      return true
    case XML_ELEMENT_NODE: break
    default: return true
    }
    let element = HTMLElement(node)
    if element.isUnread { return true }
    if element.isQuote {
      endLine()
      depth += 1
    }
    if element.isPreformatted { preformatted += 1 }
    open(element)
    return false
  }

  private mutating func open(_ element: HTMLElement) {
    switch element.name {
    case "br": breakLine()
    case "hr":
      endLine()
      line = "--------------------"
      endLine()
    case "td", "th": add(" ")
    case "li":
      endLine()
    default: if element.isBlock { endLine() }
    }
  }

  private mutating func leave(_ node: xmlNodePtr) {
    guard node.pointee.type == XML_ELEMENT_NODE else { return }
    let element = HTMLElement(node)
    if element.isPreformatted { preformatted -= 1 }
    if element.isBlock { endLine() }
    if element.name == "p" { breakLine() }
    if element.isQuote {
      endLine()
      depth -= 1
    }
  }

  private mutating func add(_ text: String) {
    for (index, part) in MailText.cleaned(text).split(
      separator: "\n", omittingEmptySubsequences: false
    ).enumerated() {
      if index > 0, preformatted > 0 { breakLine() }
      if index > 0, preformatted == 0 { space() }
      for character in part {
        if character.isWhitespace, preformatted == 0 { space() } else { line.append(character) }
      }
    }
  }

  /// Chinese has no blank where a line of the mail's text ends, but a blank more does no harm.
  private mutating func space() {
    if let last = line.last, last != " " { line.append(" ") }
  }

  private mutating func endLine() {
    guard line.contains(where: { $0 != " " }) else {
      line = ""
      return
    }
    breakLine()
  }

  private mutating func breakLine() {
    while line.last == " " { line.removeLast() }
    let mark = depth > 0 ? String(repeating: ">", count: min(depth, 9)) + " " : ""
    lines.append(mark + line)
    line = ""
  }
}

/// An element of a mail by what mail programs mean with it.
private struct HTMLElement {
  let name: String
  private let node: xmlNodePtr

  init(_ node: xmlNodePtr) {
    self.node = node
    name = node.pointee.name.map { String(cString: $0).lowercased() } ?? ""
  }

  var isPreformatted: Bool { name == "pre" }
  var isBlock: Bool { HTMLElement.blocks.contains(name) }

  /// Scripts, styles, what is hidden, and signatures that are marked as such.
  var isUnread: Bool {
    if HTMLElement.unread.contains(name) { return true }
    guard node.pointee.properties != nil else { return false }
    let style = attribute("style").filter { $0 != " " }.lowercased()
    if style.contains("display:none") { return true }
    let marks = (attribute("class") + " " + attribute("id")).lowercased()
    return marks.contains("signature") || marks.contains("gmail_attr")
      || marks.contains("moz-cite-prefix")
  }

  /// What is quoted, by the marks of mail programs. A `blockquote` that has no border is how some
  /// indent a paragraph of their own.
  var isQuote: Bool {
    if name == "blockquote" {
      let style = attribute("style").filter { $0 != " " }.lowercased()
      return !(style.contains("border:none") && attribute("type").isEmpty)
    }
    guard name == "div", node.pointee.properties != nil else { return false }
    let marks = (attribute("class") + " " + attribute("id")).lowercased()
    return HTMLElement.quotes.contains { marks.contains($0) }
  }

  private func attribute(_ name: String) -> String {
    guard let value = xmlGetNoNsProp(node, name) else { return "" }
    defer { huiyin_xml_free(value) }
    return String(cString: value)
  }

  private static let quotes = [
    "isreplycontent", "isforwardcontent", "ntes-mailmaster-quote", "yahoo_quoted",
    "protonmail_quote", "alimail-quote", "mail-editor-reference-message-container",
  ]
  private static let unread: Set = [
    "script", "style", "head", "title", "noscript", "template", "object", "svg", "select", "button",
    "input", "textarea", "iframe",
  ]
  private static let blocks: Set = [
    "address", "article", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "li", "main", "nav", "ol", "p",
    "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul",
  ]
}
