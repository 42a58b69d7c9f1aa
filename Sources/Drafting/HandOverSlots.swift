internal import Mustache

/// What the hand-over list's template may name (模板栏位).
extension HandOverView: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "lang": lang
    case "subject": subject
    case "zoom": zoom
    case "leads": leads
    case "heading": heading
    case "shift": shift
    case "duty": duty
    case "figures": figures
    case "hasFigures": figures.isEmpty ? nil : true
    case "sections": sections
    case "action": action
    case "foot": foot
    default: nil
    }
  }
}

extension HandOverView.Section: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "heading": heading
    case "mentions": mentions
    case "lines": lines
    default: nil
    }
  }
}
