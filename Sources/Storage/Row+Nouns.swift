internal import GRDB
internal import Vocabulary

// Nouns that take several columns, written and read in one place each.

extension PublicationTime {
  /// `…_as`, `…_from`, `…_to`.
  var columns: Reading.Values {
    switch self {
    case .absent: ["absent", nil, nil]
    case .unreadable: ["unreadable", nil, nil]
    case .day(let from, let to): ["day", from.milliseconds, to.milliseconds]
    case .moment(let time): ["moment", time.milliseconds, nil]
    }
  }
}

extension Alert.Audience {
  /// `audience`, `audience_of`.
  var columns: Reading.Values {
    switch self {
    case .unit(let unit): ["unit", unit.rawValue]
    case .officers(let reason): ["officers", reason.rawValue]
    case .supervision: ["supervision", nil]
    }
  }
}

extension Deadline {
  /// `started_at`, `started_boot`, `started_since_boot`, `window_length`, `due_at`.
  var columns: Reading.Values {
    startedAt.columns + [window.inMilliseconds, dueAt.milliseconds]
  }
}

extension Admission {
  /// How the ledger writes it.
  var word: String {
    switch self {
    case .new: "new"
    case .baseline: "baseline"
    case .undatedBaseline: "undatedBaseline"
    case .tooOld: "tooOld"
    }
  }
}

extension Row {
  func published(_ stem: String) throws(LedgerFault) -> PublicationTime {
    switch try text("\(stem)_as") {
    case "absent": return .absent
    case "unreadable": return .unreadable
    case "day": return .day(from: try time("\(stem)_from"), to: try time("\(stem)_to"))
    case "moment": return .moment(try time("\(stem)_from"))
    default: throw .damaged
    }
  }

  func audience() throws(LedgerFault) -> Alert.Audience {
    switch try text("audience") {
    case "unit": return .unit(UnitName(rawValue: try text("audience_of")))
    case "officers": return .officers(try word("audience_of"))
    case "supervision": return .supervision
    default: throw .damaged
    }
  }

  func deadline() throws(LedgerFault) -> Deadline {
    var deadline = Deadline(
      try word("purpose"), from: try instant("started"),
      window: .milliseconds(Int64(try number("window_length"))))
    deadline.dueAt = try time("due_at")
    return deadline
  }

  func alertID(_ column: String) throws(LedgerFault) -> Alert.ID {
    guard let id = Alert.ID(try text(column)) else { throw .damaged }
    return id
  }

  func alertIDIfAny(_ column: String) throws(LedgerFault) -> Alert.ID? {
    guard textIfAny(column) != nil else { return nil }
    return try alertID(column)
  }
}
