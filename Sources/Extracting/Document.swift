internal import CLibXML2

/// A page as a tree, with its memory.
///
/// Used by one thread at a time and never handed to another, so it is not Sendable.
final class Document {
  private let handle: xmlDocPtr
  let root: Node
  /// The page itself, above its first element: from here selectors look at all of it.
  let top: Node
  let xpath: xmlXPathContextPtr

  /// HTML as libxml2 mends it, or nil where there is not one element in it.
  convenience init?(html bytes: [UInt8]) {
    Document.begin
    let guarded = MarkupGuard.html(bytes)
    self.init(
      guarded.withUnsafeBytes { raw in
        huiyin_html_read(raw.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(raw.count))
      })
  }

  /// XML, mended where it is broken, or nil where there is not one element in it.
  convenience init?(xml bytes: [UInt8]) {
    Document.begin
    let guarded = MarkupGuard.xml(bytes)
    self.init(
      guarded.withUnsafeBytes { raw in
        huiyin_xml_read(raw.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(raw.count))
      })
  }

  private init?(_ handle: xmlDocPtr?) {
    guard let handle else { return nil }
    guard let root = xmlDocGetRootElement(handle), let xpath = xmlXPathNewContext(handle) else {
      xmlFreeDoc(handle)
      return nil
    }
    huiyin_xpath_silence(xpath)
    // A selector that walks the page for every element of it ends instead of holding up the rest.
    xpath.pointee.opLimit = 50_000_000
    self.handle = handle
    self.root = Node(root)
    self.top = Node(UnsafeMutableRawPointer(handle).assumingMemoryBound(to: xmlNode.self))
    self.xpath = xpath
  }

  deinit {
    xmlXPathFreeContext(xpath)
    xmlFreeDoc(handle)
  }

  /// libxml2's own tables, made once before the first thread needs them.
  static let begin: Void = xmlInitParser()
}
