import Vocabulary

/// An alert that speaks, for the first time or again (预警事由).
struct Occurrence: Sendable {
  /// What changed since it last spoke.
  struct Update: Sendable {
    let from: Grade
    let reason: Decision.UpdateReason

    func hasRisen(to grade: Grade) -> Bool { from < grade }
  }

  let alertCase: AlertCase
  var update: Update?
  /// 1 for the first time.
  var edition = 1

  /// `2026-0017/contactSheet/1`
  func noticeID(_ paper: Addressing.Paper) -> Notice.ID {
    let name =
      switch paper {
      case .contactSheet: "contactSheet"
      case .officersBulletin: "bulletin/officers"
      case .leadersBulletin: "bulletin/leaders"
      case .reassignment: "reassignment"
      }
    return Notice.ID(rawValue: "\(alertCase.alert.id)/\(name)/\(edition)")
  }
}

/// For whom a paper is written (阅件人).
enum Reader: Sendable {
  case unit
  case officers
  case leaders
  /// One that has it no more.
  case formerUnit
}

extension Addressing.Paper {
  var reader: Reader {
    switch self {
    case .contactSheet: .unit
    case .officersBulletin: .officers
    case .leadersBulletin: .leaders
    case .reassignment: .formerUnit
    }
  }

  /// Whether it may leave with others at the office's hours. Who need do no more about an alert is
  /// told at once.
  var mayWait: Bool {
    switch self {
    case .contactSheet, .officersBulletin, .leadersBulletin: true
    case .reassignment: false
    }
  }

  var kind: Notice.Kind {
    switch self {
    case .contactSheet: .contactSheet
    case .officersBulletin, .leadersBulletin: .bulletin
    case .reassignment: .reassignment
    }
  }
}
