internal import CLibXML2

/// One node of a `Document`, valid as long as that is.
struct Node: Hashable {
  let pointer: xmlNodePtr

  /// A node of a tree.
  init(_ pointer: xmlNodePtr) { self.pointer = pointer }

  var isElement: Bool { pointer.pointee.type == XML_ELEMENT_NODE }
  var isText: Bool {
    pointer.pointee.type == XML_TEXT_NODE || pointer.pointee.type == XML_CDATA_SECTION_NODE
  }
  var isAttribute: Bool { pointer.pointee.type == XML_ATTRIBUTE_NODE }
  var parent: Node? { pointer.pointee.parent.map(Node.init) }
  var next: Node? { pointer.pointee.next.map(Node.init) }
  var previous: Node? { pointer.pointee.prev.map(Node.init) }
  var firstChild: Node? { isElement || isAttribute ? pointer.pointee.children.map(Node.init) : nil }

  /// The element's name without prefix, `text` and the like for other nodes.
  var name: String { pointer.pointee.name.map { String(cString: $0) } ?? "" }

  /// The name without a prefix that nobody has declared.
  var localName: String {
    let name = name
    return name.lastIndex(of: ":").map { String(name[name.index(after: $0)...]) } ?? name
  }

  /// The first eight bytes of the name in one number, which is quick to compare.
  var tag: Tag { Tag(pointer.pointee.name) }

  /// The address of the namespace an element of XML is in.
  var namespace: String? {
    pointer.pointee.ns.flatMap { $0.pointee.href }.map { String(cString: $0) }
  }

  var hasAttributes: Bool { isElement && pointer.pointee.properties != nil }

  /// The text of a text node, as bytes.
  func withText(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    guard isText, let content = pointer.pointee.content else { return }
    var count = 0
    while content[count] != 0 { count += 1 }
    body(UnsafeBufferPointer(start: content, count: count))
  }

  /// An attribute's value by its name.
  func attribute(_ name: StaticString) -> String? {
    guard hasAttributes else { return nil }
    guard let found = xmlHasProp(pointer, name.utf8Start) else { return nil }
    return Node.value(of: found)
  }

  /// Whether an element has an attribute, be it empty.
  func has(_ name: StaticString) -> Bool {
    hasAttributes && xmlHasProp(pointer, name.utf8Start) != nil
  }

  /// An attribute's value as bytes, without making a string; nil where there is none or it is empty.
  func bytes(of name: StaticString) -> UnsafeBufferPointer<UInt8>? {
    guard hasAttributes, let found = xmlHasProp(pointer, name.utf8Start),
      let child = found.pointee.children, let content = child.pointee.content
    else { return nil }
    return UnsafeBufferPointer(start: content, count: Int(xmlStrlen(content)))
  }

  /// The text of an attribute node.
  var attributeValue: String? {
    guard isAttribute else { return nil }
    return pointer.withMemoryRebound(to: xmlAttr.self, capacity: 1) { Node.value(of: $0) }
  }

  private static func value(of attribute: UnsafeMutablePointer<xmlAttr>) -> String {
    var text = ""
    var child = attribute.pointee.children.map(Node.init)
    while let node = child {
      if let content = node.pointer.pointee.content, node.isText {
        text += String(cString: content)
      } else if node.pointer.pointee.type == XML_ENTITY_REF_NODE {
        text += node.entity
      }
      child = node.next
    }
    return text
  }

  /// What an entity that HTML names stands for; nothing for those a page declares itself.
  var entity: String {
    guard pointer.pointee.type == XML_ENTITY_REF_NODE, let name = pointer.pointee.name else {
      return ""
    }
    return Unicode.Scalar(huiyin_html_entity(name)).map { $0.value == 0 ? "" : String($0) } ?? ""
  }

  /// Whether an element is this node or has it somewhere inside.
  func contains(_ other: Node) -> Bool {
    var node: Node? = other
    while let here = node {
      if here == self { return true }
      node = here.parent
    }
    return false
  }

  /// The node after this one in the order of the page, inside a root; below it unless told to skip.
  func following(within root: Node, skippingChildren: Bool = false) -> Node? {
    if !skippingChildren, let child = firstChild { return child }
    var node = self
    while node != root {
      if let next = node.next { return next }
      guard let parent = node.parent else { return nil }
      node = parent
    }
    return nil
  }
}

/// An element's name as a number: its first eight bytes, small letters.
struct Tag: Hashable {
  let code: UInt64

  /// The tag of a name of libxml2's.
  init(_ name: UnsafePointer<UInt8>?) {
    var code: UInt64 = 0
    var index = 0
    while let byte = name?[index], byte != 0, index < 8 {
      code = code << 8 | UInt64(ASCII.lowered(byte))
      index += 1
    }
    self.code = code
  }

  /// The tag of a name as it stands in markup.
  init(bytes: Slice<UnsafeBufferPointer<UInt8>>) {
    code = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64(ASCII.lowered($1)) }
  }

  /// The tag of a name we write.
  init(_ name: String) {
    code = name.utf8.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }
}

/// What is known of some tags, found without hashing: it is asked for every element of every page.
struct TagTable<Value: Sendable>: Sendable {
  private static var size: Int { 256 }
  private var codes = [UInt64](repeating: 0, count: size)
  private var values = [Value?](repeating: nil, count: size)

  /// What is known, at most a hundred tags so that places stay free.
  init(_ known: [String: Value]) {
    for (name, value) in known.sorted(by: { $0.key < $1.key }) {
      let tag = Tag(name)
      var place = TagTable.place(of: tag)
      while codes[place] != 0, codes[place] != tag.code { place = (place + 1) % TagTable.size }
      (codes[place], values[place]) = (tag.code, value)
    }
  }

  subscript(_ tag: Tag) -> Value? {
    var place = TagTable.place(of: tag)
    while codes[place] != 0 {
      if codes[place] == tag.code { return values[place] }
      place = (place + 1) % TagTable.size
    }
    return nil
  }

  private static func place(of tag: Tag) -> Int {
    Int(truncatingIfNeeded: (tag.code &* 0x9E37_79B9_7F4A_7C15) >> 56)
  }
}

/// Some tags.
struct TagSet: Sendable, ExpressibleByArrayLiteral {
  private let table: TagTable<Bool>

  /// Tags by their names.
  init(arrayLiteral names: String...) {
    table = TagTable(Dictionary(names.map { ($0, true) }, uniquingKeysWith: { first, _ in first }))
  }

  /// Whether a tag is one of them.
  func contains(_ tag: Tag) -> Bool { table[tag] != nil }
}
