import Vocabulary

extension HearingRow {
  /// Who wrote, as the part in which they were written to.
  var sender: Phrase {
    switch part {
    case .unit: Phrase(zh: "承办单位", en: "the unit")
    case .officer: Phrase(zh: "值班员", en: "an officer")
    case .leader: Phrase(zh: "领导", en: "a leader")
    case nil where word == .bounced: Phrase(zh: "邮件服务器", en: "a mail server")
    case nil where doubt == .formerUnit:
      Phrase(zh: "改派前的承办单位", en: "the unit that had it before")
    case .admin, .channel, nil: Phrase(zh: "未登记的邮箱", en: "an address not on file")
    }
  }

  /// Its first words, on one line.
  var words: String {
    let words = (text ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return words.count > 200 ? words.prefix(200) + "…" : words
  }

  /// What it did.
  var outcome: Phrase {
    let done = did
    guard let doubt else { return done }
    return Phrase(
      zh: "\(done.zh)，转值班员核实（\(doubt.name.zh)）",
      en: "\(done.en), before the officers (\(doubt.name.en))")
  }

  private var did: Phrase {
    switch word {
    case .acknowledged: Phrase(zh: "签收", en: "acknowledged")
    case .returned: Phrase(zh: "退回", en: "returned")
    case .assigned: Phrase(zh: "改派", en: "assigned")
    case .regraded: Phrase(zh: "调级", en: "regraded")
    case .phoned: Phrase(zh: "已电话通知", en: "the unit was told by telephone")
    case .released: Phrase(zh: "签发", en: "released")
    case .falseAlarm: Phrase(zh: "误报", en: "false alarm")
    case .closed: Phrase(zh: "办结", en: "closed")
    case .relayed: Phrase(zh: "未作签收", en: "nothing acknowledged")
    case .bounced: Phrase(zh: "退信", en: "it came back")
    case .automatic: Phrase(zh: "自动回复，不作签收", en: "an automatic answer, which acknowledges nothing")
    }
  }
}
