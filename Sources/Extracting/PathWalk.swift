internal import CLibXML2

/// Follows a plain path on a page of HTML: one look at each element that can matter, in the order
/// of the page.
struct PathWalk {
  /// Which steps an element's children are looked at for, one bit a step.
  private struct Marks {
    /// Steps that only its own children can take.
    var next: UInt64 = 0
    /// Steps that everything below it can take.
    var below: UInt64 = 0

    var isEmpty: Bool { next | below == 0 }
  }

  private let path: PlainPath
  private var found: [Node] = []
  private var looks = 0

  /// What a path finds, seen from a node; nil after more looks than a page can be worth.
  static func find(_ path: PlainPath, from node: Node, most: Int) -> [Node]? {
    var walk = PathWalk(path: path)
    let origin = path.isAbsolute ? node.top : node
    return walk.run(from: origin, most: most) ? walk.found : nil
  }

  private init(path: PlainPath) { self.path = path }

  private mutating func run(from origin: Node, most: Int) -> Bool {
    var marks = Marks()
    for start in path.starts { mark(start, in: &marks) }
    // The marks of the elements that are open around the one looked at.
    var open: [Marks] = []
    var next = origin.firstBelow
    while let node = next {
      if node.isElement {
        looks += 1
        guard looks <= most else { return false }
        let inside = look(at: node, marks)
        if !inside.isEmpty, let child = node.firstChild {
          open.append(marks)
          marks = inside
          next = child
          continue
        }
      }
      next = node.next
      var parent = node
      while next == nil, let outer = open.popLast(), let up = parent.parent {
        marks = outer
        parent = up
        next = up.next
      }
    }
    return true
  }

  /// Takes the steps that an element can take, and says for which its children are looked at.
  private mutating func look(at node: Node, _ marks: Marks) -> Marks {
    var inside = Marks(below: marks.below)
    var open = marks.next | marks.below
    let tag = node.tag
    var isFound = false
    while open != 0 {
      let index = open.trailingZeroBitCount
      open &= open - 1
      // Asked part by part: a copy of the step would be counted in and out.
      guard path.steps[index].name?.matches(tag, of: node) ?? true else { continue }
      guard path.steps[index].conditions.allSatisfy({ $0.holds(for: node) }) else { continue }
      if path.steps[index].isLast {
        isFound = true
      } else {
        mark(index + 1, in: &inside)
      }
    }
    if isFound { arrive(at: node) }
    return inside
  }

  private func mark(_ step: Int, in marks: inout Marks) {
    if path.steps[step].isDeep {
      marks.below |= 1 << UInt64(step)
    } else {
      marks.next |= 1 << UInt64(step)
    }
  }

  private mutating func arrive(at node: Node) {
    guard let name = path.attribute else { return found.append(node) }
    if let attribute = node.attributeNode(name) { found.append(attribute) }
  }
}

extension Node {
  /// The page that a node is on.
  fileprivate var top: Node {
    pointer.pointee.doc.map {
      Node(UnsafeMutableRawPointer($0).assumingMemoryBound(to: xmlNode.self))
    } ?? self
  }

  /// The first node right below an element or a page.
  fileprivate var firstBelow: Node? {
    pointer.pointee.type == XML_HTML_DOCUMENT_NODE
      ? pointer.pointee.children.map(Node.init) : firstChild
  }

  /// Whether the page is one of HTML.
  var isOfHTML: Bool { pointer.pointee.doc?.pointee.type == XML_HTML_DOCUMENT_NODE }

  fileprivate func attributeNode(_ name: [UInt8]) -> Node? {
    attribute(named: name).map {
      Node(UnsafeMutableRawPointer($0).assumingMemoryBound(to: xmlNode.self))
    }
  }

  /// An attribute's value, empty where it has none; nil where there is no such attribute.
  func value(ofAttribute name: [UInt8]) -> UnsafeBufferPointer<UInt8>? {
    guard let attribute = attribute(named: name) else { return nil }
    guard let content = attribute.pointee.children?.pointee.content else {
      return UnsafeBufferPointer(start: nil, count: 0)
    }
    return UnsafeBufferPointer(start: content, count: Int(xmlStrlen(content)))
  }

  private func attribute(named name: [UInt8]) -> UnsafeMutablePointer<xmlAttr>? {
    guard isElement else { return nil }
    var next = pointer.pointee.properties
    while let attribute = next {
      if Node.isName(attribute.pointee.name, name) { return attribute }
      next = attribute.pointee.next
    }
    return nil
  }

  private static func isName(_ text: UnsafePointer<UInt8>?, _ name: [UInt8]) -> Bool {
    guard let text else { return false }
    for (index, byte) in name.enumerated() where text[index] != byte { return false }
    return text[name.count] == 0
  }
}
