import Vocabulary

/// What the admins are told (运行告警): what is broken, since when, why, and what to do.
struct TroubleLetter: Sendable {
  let office: Office
  let trouble: Trouble

  /// The letter's subject and sheet.
  var sheet: Sheet {
    Sheet(
      lang: office.language.tag, subject: subject, tint: tint, leads: Array(sentences.prefix(2)),
      heading: Sheet.Heading(
        office: office.name.onOneLine, name: isNews ? say("设置变更", "Set-up") : say("运行告警", "Trouble")
      ),
      form: Form(rows), paragraphs: remedy, verbatim: verbatim)
  }

  /// `trouble/feedBlind/qingchuan-board/1772411400000`
  var noticeID: Notice.ID {
    let path =
      switch trouble {
      case .feedBlind(let feed, _, _, _, _, let at): "feedBlind/\(feed)/\(at.milliseconds)"
      case .feedSeesAgain(let feed, _, _, let at): "feedSeesAgain/\(feed)/\(at.milliseconds)"
      case .feedOdd(let feed, _, _, _, let at): "feedOdd/\(feed)/\(at.milliseconds)"
      case .feedUsual(let feed, _, _, let at): "feedUsual/\(feed)/\(at.milliseconds)"
      case .mailFailing(let address, _, _, let at):
        "mailFailing/\(address.address.onOneLine)/\(at.milliseconds)"
      case .channelFailing(let name, _, _, let at):
        "channelFailing/\(name.onOneLine)/\(at.milliseconds)"
      case .lineDown(_, _, _, let at): "lineDown/\(at.milliseconds)"
      case .lineUp(_, let at): "lineUp/\(at.milliseconds)"
      case .mailLate(_, _, _, _, let at): "mailLate/\(at.milliseconds)"
      case .mailOnTime(_, let at): "mailOnTime/\(at.milliseconds)"
      case .mailByFallback(_, _, _, let at): "mailByFallback/\(at.milliseconds)"
      case .mailByFirst(_, _, let at): "mailByFirst/\(at.milliseconds)"
      case .auditFailed(_, let at): "auditFailed/\(at.milliseconds)"
      case .auditPasses(_, let at): "auditPasses/\(at.milliseconds)"
      case .mailboxUnread(_, let at): "mailboxUnread/\(at.milliseconds)"
      case .mailboxRead(_, let at): "mailboxRead/\(at.milliseconds)"
      case .heartbeatUnheard(_, _, let at): "heartbeatUnheard/\(at.milliseconds)"
      case .heartbeatHeard(_, _, let at): "heartbeatHeard/\(at.milliseconds)"
      case .rosterOpen(_, let at): "rosterOpen/\(at.milliseconds)"
      case .setupRefused(_, let at): "setupRefused/\(at.milliseconds)"
      case .setupChanged(_, _, let at): "setupChanged/\(at.milliseconds)"
      }
    return Notice.ID(rawValue: "trouble/\(path)")
  }

  var dates: Dates { Dates(office, asOf: at) }

  var at: WallTime {
    switch trouble {
    case .feedBlind(_, _, _, _, _, let at), .feedSeesAgain(_, _, _, let at),
      .feedOdd(_, _, _, _, let at), .feedUsual(_, _, _, let at),
      .mailFailing(_, _, _, let at), .channelFailing(_, _, _, let at), .setupRefused(_, let at),
      .lineDown(_, _, _, let at),
      .lineUp(_, let at), .mailLate(_, _, _, _, let at), .mailOnTime(_, let at),
      .auditFailed(_, let at), .auditPasses(_, let at), .heartbeatUnheard(_, _, let at),
      .heartbeatHeard(_, _, let at), .mailboxUnread(_, let at), .mailboxRead(_, let at),
      .rosterOpen(_, let at), .setupChanged(_, _, let at), .mailByFallback(_, _, _, let at),
      .mailByFirst(_, _, let at):
      at
    }
  }

  private var tint: String {
    switch trouble {
    case .feedSeesAgain, .feedUsual, .lineUp, .mailOnTime, .mailByFirst, .auditPasses,
      .heartbeatHeard,
      .mailboxRead:
      "#2e7d4f"
    case .setupChanged: Grade.general.tint
    case .feedBlind, .feedOdd, .mailFailing, .channelFailing, .setupRefused, .lineDown, .mailLate,
      .mailByFallback, .auditFailed, .heartbeatUnheard, .mailboxUnread, .rosterOpen:
      Grade.considerable.tint
    }
  }

  private var subject: String {
    let tag =
      switch trouble {
      case .feedSeesAgain, .feedUsual, .lineUp, .mailOnTime, .mailByFirst, .auditPasses,
        .heartbeatHeard,
        .mailboxRead:
        Phrase(zh: "运行恢复", en: "recovered")
      case .setupChanged: Phrase(zh: "设置变更", en: "set-up")
      case .feedBlind, .feedOdd, .mailFailing, .channelFailing, .setupRefused, .lineDown, .mailLate,
        .mailByFallback, .auditFailed, .heartbeatUnheard, .mailboxUnread, .rosterOpen:
        Phrase(zh: "运行告警", en: "trouble")
      }
    return Subject(language: office.language).of(tag, sentences.first ?? "")
  }

  /// Whether nothing is wrong: the admins should only know.
  private var isNews: Bool {
    guard case .setupChanged = trouble else { return false }
    return true
  }

  func say(_ zh: String, _ en: String) -> String {
    Phrase(zh: zh, en: en)[office.language]
  }

  private var verbatim: [String] {
    switch trouble {
    case .feedBlind, .feedSeesAgain, .feedOdd, .feedUsual, .mailFailing, .channelFailing, .lineDown,
      .lineUp, .mailLate,
      .mailOnTime, .mailByFallback, .mailByFirst,
      .auditFailed, .auditPasses, .heartbeatUnheard, .heartbeatHeard, .mailboxUnread,
      .mailboxRead, .rosterOpen:
      []
    case .setupRefused(let diagnostics, _): listed(diagnostics)
    case .setupChanged(let changes, _, _): listed(changes)
    }
  }

  /// The first fifty; `huiyin check` has them all.
  private func listed(_ diagnostics: [Diagnostic]) -> [String] {
    let rest = diagnostics.count - 50
    return diagnostics.prefix(50).map { $0.line(in: office.language).onOneLine.clipped(to: 400) }
      + (rest > 0
        ? [say("另有 \(rest) 处，见 huiyin check。", "and \(rest) more, see huiyin check.")] : [])
  }
}
