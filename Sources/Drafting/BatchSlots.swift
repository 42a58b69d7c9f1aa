internal import Mustache

/// What the batch's template may name (模板栏位).
extension BatchLetter: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "lang": lang
    case "subject": subject
    case "zoom": zoom
    case "tint": tint
    case "leads": leads
    case "heading": heading
    case "mentions": mentions
    case "foot": foot
    default: nil
    }
  }
}

extension BatchLetter.Mention: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "head": head
    case "gist": gist
    case "times": times
    case "link": link
    default: nil
    }
  }
}
