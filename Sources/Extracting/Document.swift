internal import CArena
internal import CLibXML2

/// A page as a tree, with its memory.
///
/// Used by one thread and never handed to another, so it is not Sendable: tree, selectors' findings
/// and all are in that thread's arena, which is free again when its last document is gone.
final class Document {
  let root: Node
  /// The page itself, above its first element: from here selectors look at all of it.
  let top: Node
  let xpath: xmlXPathContextPtr
  /// Where XML breaks off; nil where it is whole, and for HTML.
  private(set) var cut: MarkupCut?

  /// HTML as libxml2 mends it, or nil where there is not one element in it.
  convenience init?(html bytes: [UInt8]) {
    self.init(MarkupGuard.html(bytes), huiyin_html_read)
  }

  /// XML, mended where it is broken, or nil where there is not one element in it.
  convenience init?(xml bytes: [UInt8]) {
    self.init(FeedMending.mended(bytes), huiyin_xml_read)
    cut = root.firstChild == nil ? nil : MarkupCut.of(bytes, root: root.name)
  }

  private init?(
    _ guarded: [UInt8], _ parse: (UnsafePointer<CChar>?, Int32) -> UnsafeMutablePointer<xmlDoc>?
  ) {
    Document.begin
    huiyin_arena_hold()
    let handle = guarded.withUnsafeBytes { raw in
      parse(raw.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(raw.count))
    }
    guard let handle, let root = xmlDocGetRootElement(handle),
      let xpath = xmlXPathNewContext(handle)
    else {
      huiyin_arena_release()
      return nil
    }
    huiyin_xpath_silence(xpath)
    xpath.pointee.opLimit = UInt(Expression.mostLooks)
    self.root = Node(root)
    self.top = Node(UnsafeMutableRawPointer(handle).assumingMemoryBound(to: xmlNode.self))
    self.xpath = xpath
  }

  // Nothing is freed piece by piece: the arena has it all.
  deinit { huiyin_arena_release() }

  /// libxml2's memory and its own tables, made once before the first thread needs them.
  static let begin: Void = huiyin_arena_install()
}
