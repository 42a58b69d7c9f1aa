internal import Mustache

/// What the templates may name (模板栏位), spelled out.
///
/// Without this swift-mustache finds names by reflection, which takes some ten milliseconds a paper.
extension Sheet: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "lang": lang
    case "subject": subject
    case "zoom": zoom
    case "tint": tint
    case "leads": leads
    case "box": box
    case "notes": notes
    case "heading": heading
    case "form": form
    case "paragraphs": paragraphs
    case "verbatim": verbatim
    case "foot": foot
    default: nil
    }
  }
}

extension Sheet.Heading: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "office": office
    case "name": self.name
    default: nil
    }
  }
}

extension Sheet.Box: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "heading": heading
    case "lines": lines
    default: nil
    }
  }
}

extension Form: MustacheParent {
  func child(named name: String) -> Any? { name == "rows" ? rows : nil }
}

extension Row: MustacheParent {
  func child(named name: String) -> Any? { name == "cells" ? cells : nil }
}

extension Cell: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "label": label
    case "lines": lines
    case "aside": aside
    case "link": link
    case "isGrade": isGrade
    case "span": span
    case "blank": blank
    default: nil
    }
  }
}

extension Link: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "href": href
    case "host": host
    case "address": address
    default: nil
    }
  }
}
