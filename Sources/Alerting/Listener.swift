package import Vocabulary

/// What a reply does to the alert it is about (来信处理).
///
/// Pure. What a person says by mail is neither lost nor believed too easily: a word counts where it
/// answers a notice, from an address that was written to, in the part whose word it is. Everything
/// else is for the officers to read, and acknowledges nothing.
package struct Listener: Sendable {
  private let office: Office

  /// A listener of an office.
  package init(office: Office) {
    self.office = office
  }

  /// What a person's own words do.
  package func hearing(of text: String, from sender: Correspondence) -> Hearing {
    guard sender.isReply else { return .relay(.numberAlone) }
    guard let part = sender.part else {
      return .relay(sender.isFormer ? .formerUnit : .stranger)
    }
    guard sender.isCurrent || part != .unit else { return .relay(.earlierNotice) }
    let words = ReplyWords(text)
    switch part {
    case .unit: return unitsWord(words.word, sender)
    case .officer: return officersWord(words, sender)
    case .leader: return .relay(.leader)
    case .admin, .channel: return .relay(.stranger)
    }
  }

  private func unitsWord(_ word: ReplyWords.Word, _ sender: Correspondence) -> Hearing {
    switch word {
    case .none, .phoned, .close, .unsure: .acknowledge(byUnit: true, relay: nil)
    case .returned: sender.isOfMany ? .relay(.whichOne) : .returned
    case .mayBeReturn: .relay(.mayBeReturn)
    case .question: .relay(.question)
    // To ask that another unit has it is to say that it is not theirs.
    case .assign: sender.isOfMany ? .relay(.whichOne) : .returned
    case .regrade, .falseAlarm, .release: .acknowledge(byUnit: true, relay: .officersWord)
    }
  }

  private func officersWord(_ words: ReplyWords, _ sender: Correspondence) -> Hearing {
    let word = words.word
    if word == .none || word == .mayBeReturn { return .acknowledge(byUnit: false, relay: nil) }
    guard !sender.isOfMany else { return .relay(.whichOne) }
    switch word {
    case .none, .mayBeReturn: return .acknowledge(byUnit: false, relay: nil)
    case .question, .unsure: return .relay(.question)
    case .returned: return .relay(.mayBeReturn)
    case .assign(let name):
      return unit(named: name).map { .direct(.assign($0), reason: words.reason) }
        ?? .relay(.unknownUnit)
    case .regrade(let name):
      return Listener.grade(named: name).map { .direct(.regrade($0), reason: words.reason) }
        ?? .relay(.unknownGrade)
    case .falseAlarm, .release, .close:
      // Nobody ends or lets go what they have not read.
      return sender.isCurrent ? Listener.ending(word) : .relay(.earlierNotice)
    case .phoned: return .phoned
    }
  }

  private static func ending(_ word: ReplyWords.Word) -> Hearing {
    word == .release ? .release : .close(isFalseAlarm: word == .falseAlarm)
  }

  /// The one unit that a name or a role means: 水务局 is 区水务局 where no other is called so.
  private func unit(named name: String) -> UnitName? {
    if let unit = office.unit(UnitName(rawValue: name)) { return unit.name }
    guard name.count >= 2 else { return nil }
    let meant = office.units.filter { unit in
      unit.roles.contains(name) || unit.name.rawValue.contains(name)
        || name.contains(unit.name.rawValue)
    }
    return meant.count == 1 ? meant[0].name : nil
  }

  private static func grade(named name: String) -> Grade? {
    let folded = name.lowercased()
    return [Grade.major, .considerable, .general].first { grade in
      folded.hasPrefix(grade.rawValue) || folded.hasPrefix(String(grade.name.zh.prefix(2)))
    }
  }
}
