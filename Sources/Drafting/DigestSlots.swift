internal import Mustache

/// What the digest's template may name (模板栏位).
extension DigestView: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "lang": lang
    case "subject": subject
    case "zoom": zoom
    case "heading": heading
    case "day": day
    case "period": period
    case "trial": trial
    case "leads": leads
    case "figures": figures
    case "sections": sections
    default: nil
    }
  }
}

extension DigestView.Figure: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "label": label
    case "number": number
    case "tint": tint
    default: nil
    }
  }
}

extension DigestView.Section: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "heading": heading
    case "mentions": mentions
    case "table": table
    case "lines": lines
    default: nil
    }
  }
}

extension DigestView.Mention: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "head": head
    case "tint": tint
    case "title": title
    case "state": state
    case "link": link
    default: nil
    }
  }
}

extension DigestView.Table: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "columns": columns
    case "groups": groups
    default: nil
    }
  }
}

extension DigestView.Group: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "name": self.name
    case "rows": rows
    default: nil
    }
  }
}

extension DigestView.Count: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "label": label
    case "numbers": numbers
    case "share": share
    default: nil
    }
  }
}
