/// Who wrote a letter, as the ledger knows it (往来): the alert that it is about, and the part in which
/// the address it is from was written to. The address itself is nowhere in it.
package struct Correspondence: Sendable, Hashable {
  package var alert: Alert.ID
  /// The part in which its sender was written to of this alert; nil where they never were.
  package var part: Part?
  /// Whether it carries the Message-ID of one of our notices, and not the alert's number alone.
  package var isReply: Bool
  /// Whether what it answers is what the alert says now, and no earlier notice of it.
  package var isCurrent: Bool
  /// Whether what it answers speaks of several alerts, and the letter names none of them.
  package var isOfMany: Bool
  /// Whether its sender was written to as the unit before an officer gave it to another.
  package var isFormer: Bool

  /// Who wrote a letter about an alert.
  package init(
    alert: Alert.ID, part: Part?, isReply: Bool, isCurrent: Bool = true, isOfMany: Bool,
    isFormer: Bool = false
  ) {
    self.alert = alert
    self.part = part
    self.isReply = isReply
    self.isCurrent = isCurrent
    self.isOfMany = isOfMany
    self.isFormer = isFormer
  }
}

/// What a letter does to its alert (来信处理), and why no more.
package enum Hearing: Sendable, Hashable {
  /// The unit has it, or the officers do (签收); the officers also read it where `relay` says why.
  case acknowledge(byUnit: Bool, relay: Doubt?)
  /// It is not theirs (退回): nothing is acknowledged, the clock runs on, the officers hear at once.
  case returned
  /// An officer gives it to another unit, or another grade (改派、调级), and why.
  case direct(Direction.Order, reason: String?)
  /// An officer has told the unit by telephone (已电话通知).
  case phoned
  /// An officer signs it off, so that it leaves now (签发).
  case release
  /// Nothing is left to be done (办结); a false alarm (误报) is one that never was.
  case close(isFalseAlarm: Bool)
  /// It does nothing by itself; the officers read it and decide (转值班员核实).
  case relay(Doubt)
  /// The notice came back undelivered (退信).
  case bounced
  /// A machine answered, which acknowledges nothing (自动回复).
  case automatic

  /// Why officers must look at a letter themselves (存疑原因).
  package enum Doubt: String, Sendable, Codable, CaseIterable {
    /// It has the alert's number, and not the Message-ID of a notice.
    case numberAlone
    /// The address it is from was never written to of this alert.
    case stranger
    /// The unit wrote it that had the alert before.
    case formerUnit
    /// A leader wrote it.
    case leader
    /// It may say that the matter is not theirs, and does not begin with 退回.
    case mayBeReturn
    /// It answers an earlier notice of an alert that has spoken again.
    case earlierNotice
    /// The notice came back, and nobody is left to be reminded.
    case cameBack
    /// It is a question, or does not say plainly what it says.
    case question
    /// It answers a mail of several alerts and does not say which.
    case whichOne
    /// It names no unit of the office, or more than one.
    case unknownUnit
    /// It names no grade.
    case unknownGrade
    /// A unit says what is an officer's to say.
    case officersWord
    /// What it says is not done: the alert is closed, or the supervising office's alone.
    case refused

    /// The reason as people read it.
    package var name: Phrase {
      switch self {
      case .numberAlone:
        Phrase(zh: "只在主题写有编号，不是对通知的回复", en: "it has the number alone and answers no notice")
      case .stranger:
        Phrase(zh: "来自未曾发送的邮箱", en: "it is from an address that was never written to")
      case .formerUnit:
        Phrase(zh: "来自改派前的承办单位", en: "it is from the unit that had it before")
      case .leader: Phrase(zh: "领导来信", en: "a leader wrote it")
      case .mayBeReturn:
        Phrase(
          zh: "似称不属本单位，但未以“退回”开头", en: "it may say that it is not theirs, without 退回 at its head")
      case .earlierNotice:
        Phrase(zh: "回复的是较早的通知，其后已再次通知", en: "it answers an earlier notice")
      case .cameBack:
        Phrase(zh: "发给承办单位的通知被退信", en: "the notice to the unit came back")
      case .question:
        Phrase(zh: "来信是询问，或说法不确定", en: "it asks something, or is not plain")
      case .whichOne:
        Phrase(zh: "回复的是汇总件，未写明编号", en: "it answers a batch and names no number")
      case .unknownUnit:
        Phrase(zh: "改派的单位在设置中找不到或不唯一", en: "the unit it names is not one of the office's")
      case .unknownGrade: Phrase(zh: "未写明调为何等级", en: "it names no grade")
      case .officersWord:
        Phrase(zh: "承办单位使用了值班员口令", en: "a unit says what is an officer's to say")
      case .refused:
        Phrase(
          zh: "预警已办结或只由监督单位办理，未予执行", en: "the alert is closed, or the supervising office's alone")
      }
    }
  }

  /// What was done, in one word for the ledger.
  package enum Word: String, Sendable, Codable, CaseIterable {
    case acknowledged, returned, assigned, regraded, phoned, released, closed, falseAlarm, relayed
    case bounced, automatic
  }

  /// What is done, in one word.
  package var word: Word {
    switch self {
    case .acknowledge: .acknowledged
    case .returned: .returned
    case .direct(.assign, _): .assigned
    case .direct(.regrade, _): .regraded
    case .phoned: .phoned
    case .release: .released
    case .close(let isFalseAlarm): isFalseAlarm ? .falseAlarm : .closed
    case .relay: .relayed
    case .bounced: .bounced
    case .automatic: .automatic
    }
  }

  /// Why the officers must look at it; nil where they need not.
  package var doubt: Doubt? {
    switch self {
    case .acknowledge(_, let doubt): doubt
    case .relay(let doubt): doubt
    case .returned, .direct, .phoned, .release, .close, .bounced, .automatic: nil
    }
  }
}
