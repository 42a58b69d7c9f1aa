internal import Mustache

/// The templates, parsed (信笺).
///
/// They are Swift strings and no resource files: the daemon is one binary that an admin copies, and
/// a resource bundle left behind would be found missing only when the first alert is drafted.
struct Stationery: Sendable {
  let sheet: MustacheTemplate
  let digest: MustacheTemplate
  let batch: MustacheTemplate
  let handOver: MustacheTemplate
  private let partials: MustacheLibrary

  /// Parses the templates.
  init() throws(StationeryFault) {
    do {
      MustacheContentTypes.register(Markup(), named: Markup.name)
      var library = MustacheLibrary()
      for (name, text) in [
        "opening": Templates.opening, "closing": Templates.closing, "cell": Templates.cell,
        "line": Templates.line, "share": Templates.share, "digestOpening": Templates.digestOpening,
      ] {
        library.register(try Stationery.parsed(text), named: name)
      }
      partials = library
      sheet = try Stationery.parsed(Templates.sheet)
      digest = try Stationery.parsed(Templates.digest)
      batch = try Stationery.parsed(Templates.batch)
      handOver = try Stationery.parsed(Templates.handOver)
    } catch {
      throw StationeryFault(reason: "\(error)")
    }
  }

  /// A whole HTML document.
  func html(of view: some Sendable, on template: MustacheTemplate) -> String {
    template.render(view, library: partials)
  }

  private static func parsed(_ text: String) throws -> MustacheTemplate {
    try MustacheTemplate(string: "{{% CONTENT_TYPE: \(Markup.name)}}" + text)
  }
}

/// A template that does not parse: a fault of the program, found by its tests.
package struct StationeryFault: Error, Sendable {
  package let reason: String
}

/// Escaping for HTML text and quoted attributes, scalar by scalar.
///
/// swift-mustache 2.1 escapes by `Character`: a quotation mark under a combining accent is another
/// character to it, passes as it is, and ends the attribute in a browser.
struct Markup: MustacheContentType {
  static let name = "MARKUP"

  func escapeText(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
      case "'": result.append(contentsOf: "&#39;".unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
