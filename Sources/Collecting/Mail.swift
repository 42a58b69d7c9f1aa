internal import CGMime
internal import Foundation

/// A mail as a tree (邮件), with its memory.
///
/// Used by one thread and never handed to another: a class, because GMime's objects are freed when
/// the last who knows the mail is gone.
final class Mail {
  private let mail: OpaquePointer
  /// Its headers, but for those that say what it is made of.
  let root: MailPart
  /// What it is made of; nil where there is nothing after its headers.
  var top: MailPart? { g_mime_message_get_mime_part(mail).map { MailPart($0) } }

  /// A mail by its first bytes, or all of them; nil where they are none.
  init?(_ bytes: [UInt8]) {
    Mail.begin
    let read = bytes.withUnsafeBytes {
      huiyin_mime_read($0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count)
    }
    guard let read else { return nil }
    mail = read
    root = MailPart(huiyin_mime_object(read))
  }

  deinit { huiyin_mime_free(mail) }

  /// Its parts in order, that of a forwarded or returned mail included but not what is in it.
  ///
  /// No more than a person's mail ever has: a mail can be made of nothing but boundaries.
  var parts: [MailPart] {
    var found: [MailPart] = []
    var waiting = [top].compactMap { $0 }
    while let part = waiting.popLast(), found.count < 200 {
      found.append(part)
      waiting += part.children.reversed()
    }
    return found
  }

  private static let begin: Void = g_mime_init()
}

/// One part of a mail (邮件部分), valid as long as the mail is.
struct MailPart {
  private let object: OpaquePointer
  /// How deep it stands.
  private let depth: Int
  private static let deepest = 20

  /// A part of a mail.
  init(_ object: OpaquePointer, depth: Int = 0) {
    self.object = object
    self.depth = depth
  }

  /// `text/plain`, in small letters.
  var kind: String {
    guard let type = g_mime_object_get_content_type(object),
      let kind = g_mime_content_type_get_mime_type(type)
    else { return "" }
    defer { g_free(kind) }
    return String(cString: kind).lowercased()
  }

  /// A parameter of its type, such as `charset`.
  func parameter(_ name: String) -> String? {
    guard g_mime_object_get_content_type(object) != nil else { return nil }
    return g_mime_object_get_content_type_parameter(object, name).map { String(cString: $0) }
  }

  /// Whether it is a file that came with the mail, whatever is in it.
  var isAttached: Bool {
    let isNamed = g_mime_object_get_content_disposition_parameter(object, "filename") != nil
    let says = g_mime_object_get_disposition(object).map { String(cString: $0).lowercased() }
    return says == "attachment" || isNamed
  }

  /// The first header of a name as it came, on one line; nil where there is none.
  func header(_ name: String) -> [UInt8]? {
    guard let raw = huiyin_mime_header(object, name) else { return nil }
    let bytes = UnsafeRawBufferPointer(start: raw, count: min(strlen(raw), 65_536))
    return HeaderText.unfolded(bytes)
  }

  /// The same, read.
  func text(of name: String) -> String? {
    header(name).map(HeaderText.decoded)
  }

  /// The parts that it is made of.
  var children: [MailPart] {
    guard depth < MailPart.deepest, let multipart = huiyin_mime_multipart(object) else { return [] }
    return (0..<max(0, g_mime_multipart_get_count(multipart))).compactMap {
      g_mime_multipart_get_part(multipart, $0)
    }.map { MailPart($0, depth: depth + 1) }
  }

  /// What stands before its first part: where it has none, as somebody's program forgot the
  /// boundary, all of the text.
  var prologue: [UInt8] {
    guard let multipart = huiyin_mime_multipart(object),
      let text = g_mime_multipart_get_prologue(multipart)
    else { return [] }
    return Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
  }

  /// The headers of the mail that is this part, forwarded or returned.
  var inner: MailPart? {
    huiyin_mime_inner(object).map { MailPart(huiyin_mime_object($0)) }
  }

  /// Its content with the transfer encoding undone; nothing where other parts are in it.
  var content: [UInt8] {
    guard let leaf = huiyin_mime_leaf(object) else { return [] }
    var count = 0
    guard let bytes = huiyin_mime_content(leaf, &count) else { return [] }
    defer { free(bytes) }
    return Array(UnsafeRawBufferPointer(start: bytes, count: count))
  }
}
