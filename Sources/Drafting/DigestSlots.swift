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
    case "remarks": remarks
    case "leads": leads
    case "figures": figures
    case "sections": sections
    case "foot": foot
    default: nil
    }
  }
}

extension DigestView.Section: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "heading": heading
    case "mentions": mentions
    case "tables": tables
    case "lines": lines
    default: nil
    }
  }
}

extension DigestView.Table: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "name": self.name
    case "columns": columns
    case "rows": rows
    case "isCharted": isCharted
    default: nil
    }
  }
}

extension DigestView.Count: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "label": label
    case "cells": cells
    case "bar": bar
    default: nil
    }
  }
}

extension DigestView.Bar: MustacheParent {
  func child(named name: String) -> Any? {
    switch name {
    case "share": share
    case "rest": rest
    default: nil
    }
  }
}
