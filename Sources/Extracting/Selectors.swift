internal import CArena
internal import CLibXML2
internal import Synchronization
internal import Vocabulary

/// What a selector found: a node of the page, or a string that the expression made.
enum Finding {
  case node(Node)
  case text(String)

  /// The node found, nil for a string.
  var node: Node? {
    switch self {
    case .node(let node): node
    case .text: nil
    }
  }
}

/// A selector that cannot be evaluated on a page.
struct SelectorFailure: Error {
  var selector: Selector
  var phrase: Phrase
}

/// Compiled selectors, lent to one thread at a time.
final class SelectorShelf: Sendable {
  /// More expressions than any office writes; past that the shelf is emptied.
  private static let capacity = 4096
  private let idle = Mutex<[Key: [Expression]]>([:])

  private struct Key: Hashable {
    var selector: Selector
    var isRelative: Bool
  }

  /// Evaluates a selector, seen from a node: on a row `//a` is an `a` of that row.
  func find(
    _ selector: Selector, from node: Node, in document: Document, isRelative: Bool = false
  ) throws(SelectorFailure) -> [Finding] {
    let key = Key(selector: selector, isRelative: isRelative)
    let expression = try borrow(key)
    defer { giveBack(expression, key) }
    guard let found = expression.evaluate(from: node, in: document) else {
      throw SelectorFailure(selector: selector, phrase: .tooCostly)
    }
    return found
  }

  private func borrow(_ key: Key) throws(SelectorFailure) -> Expression {
    if let idle = idle.withLock({ $0[key]?.popLast() }) { return idle }
    do {
      let xpath = try XPath.of(key.selector, isRelative: key.isRelative)
      return try Expression(xpath)
    } catch {
      throw SelectorFailure(selector: key.selector, phrase: error.phrase)
    }
  }

  private func giveBack(_ expression: Expression, _ key: Key) {
    idle.withLock { shelf in
      if shelf.count >= SelectorShelf.capacity, shelf[key] == nil { shelf.removeAll() }
      shelf[key, default: []].append(expression)
    }
  }
}

/// One compiled XPath expression (XPath 1.0).
///
/// `@unchecked`: the handle is never changed after it was made, and the shelf lends it to one
/// thread at a time, which is what libxml2 asks for.
final class Expression: @unchecked Sendable {
  /// More than a page can be worth: a selector that walks the page for every element of it ends
  /// instead of holding up the rest.
  static let mostLooks = 50_000_000
  private let handle: xmlXPathCompExprPtr
  private let plain: PlainPath?

  /// Compiles an expression, or says in plain words what is wrong with it.
  init(_ xpath: String) throws(SelectorFault) {
    Document.begin
    // A selector is kept longer than the page for which it is made.
    huiyin_arena_suspend()
    defer { huiyin_arena_resume() }
    guard let context = xmlXPathNewContext(nil) else { throw SelectorFault(phrase: .tooCostly) }
    defer { xmlXPathFreeContext(context) }
    huiyin_xpath_silence(context)
    guard let handle = xmlXPathCtxtCompile(context, xpath) else {
      let error = context.pointee.lastError
      throw SelectorFault(xpath, code: error.code, at: Int(error.int1))
    }
    self.handle = handle
    plain = PlainPath(xpath)
  }

  deinit { xmlXPathFreeCompExpr(handle) }

  /// What it finds from a node; nil where evaluating it costs too much or cannot be done.
  func evaluate(from node: Node, in document: Document) -> [Finding]? {
    guard let plain, node.isOfHTML else { return interpreted(from: node, in: document) }
    return PathWalk.find(plain, from: node, most: Expression.mostLooks)?.map(Finding.node)
  }

  /// What libxml2 finds, which is what there is to be found.
  func interpreted(from node: Node, in document: Document) -> [Finding]? {
    document.xpath.pointee.node = node.pointer
    document.xpath.pointee.opCount = 0
    guard let result = xmlXPathCompiledEval(handle, document.xpath) else { return nil }
    defer { xmlXPathFreeObject(result) }
    guard result.pointee.type == XPATH_NODESET else { return [.text(Expression.string(result))] }
    guard let set = result.pointee.nodesetval, let table = set.pointee.nodeTab else { return [] }
    return (0..<Int(set.pointee.nodeNr)).compactMap { index in
      table[index].flatMap { $0.pointee.type == XML_NAMESPACE_DECL ? nil : .node(Node($0)) }
    }
  }

  private static func string(_ object: xmlXPathObjectPtr) -> String {
    guard let text = xmlXPathCastToString(object) else { return "" }
    defer { huiyin_xml_free(text) }
    return String(cString: text)
  }
}
