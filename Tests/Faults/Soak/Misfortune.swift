import Foundation
import TestSupport

/// What goes wrong with the program, its ledger, its clocks or its pages in a soak (意外).
enum Misfortune: String, CaseIterable {
  case kill = "kill -9"
  case killAtStep = "kill -9 at a write"
  case powerCut = "power cut"
  case restart = "restart"
  case clockSet = "clock set"
  case suspension = "suspension"
  case locked = "ledger locked"
  case diskFull = "disk full"
  case diskFails = "disk fails"
  case slowPages = "pages slow"
  case nothing = "nothing"

  /// The order for the shim; nil where it is none of its.
  func fault(_ chance: inout Chance) -> Fault? {
    switch self {
    case .killAtStep:
      Fault(.kill, at: .changes, of: .all, nth: .random(in: 1...60, using: &chance))
    case .powerCut:
      Fault(
        .cut, at: .changes, of: .all, nth: .random(in: 1...60, using: &chance),
        seed: chance.next())
    case .diskFull:
      Fault(
        .fail(ENOSPC, times: 0), at: [.write, .truncate], of: .log,
        nth: .random(in: 1...20, using: &chance))
    case .diskFails:
      Fault(
        .fail(EIO, times: .random(in: 1...3, using: &chance)), at: [.read, .write, .sync],
        of: .log, nth: .random(in: 1...30, using: &chance), seed: chance.next())
    case .kill, .restart, .clockSet, .suspension, .locked, .slowPages, .nothing: nil
    }
  }
}

/// How the mail server behaves for a while in a soak (邮件服务器脾气).
enum Mood: String, CaseIterable {
  case well = "well"
  case later = "4xx"
  case never = "5xx to us"
  case silent = "hangs"
  case slow = "a byte a second"
  case hangsUp = "hangs up"
  case choosy = "some recipients put off"
  case full = "two connections at most"

  /// As a script, at a step drawn by chance. Nothing is refused for good that is said of a letter:
  /// that would be a loss by rights.
  func reluctance(_ chance: inout Chance) -> Reluctance {
    let step = Mood.steps.randomElement(using: &chance) ?? .recipient
    switch self {
    case .well: return Reluctance { _ in nil }
    case .later: return Reluctance(.say("451 4.3.0 later"), at: step)
    case .never:
      let isEarly = Bool.random(using: &chance)
      return Reluctance(.say("554 5.7.1 not from you"), at: isEarly ? .greeting : .sender)
    case .silent: return Reluctance(.hang, at: step)
    case .slow: return Reluctance(.drip("250-one moment\r\n"), at: step)
    case .hangsUp: return Reluctance(.cut, at: step)
    case .choosy:
      return Reluctance { cue in
        cue.moment == .recipient && cue.recipient.hasSuffix("@unit.example")
          ? .say("450 4.2.1 busy") : nil
      }
    case .full:
      return Reluctance { cue in
        cue.moment == .greeting && cue.open > 2 ? .sayAndCut("421 4.7.0 too many") : nil
      }
    }
  }

  /// Whether somebody may wait for an answer that does not come.
  var isSilent: Bool { self == .silent || self == .slow }

  private static let steps: [Sink.Moment] = [
    .greeting, .hello, .sender, .recipient, .data, .content, .end,
  ]
}
