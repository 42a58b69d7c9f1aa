import Foundation
import Vocabulary

/// A call in one line (通道提醒用语), as a group robot or a short message shows it.
///
/// What it is given is a call and a language, so that nothing else of an alert can come into it.
struct CallLine: Sendable {
  let call: Call
  let language: Language

  /// `【回音】重大 2026-0033 区水务局：请查收邮件并回复。`
  var text: String {
    let sentence = sentence[language]
    switch call.cause {
    case .probe: return Phrase(zh: "【回音】\(sentence)", en: "[Huiyin] \(sentence)")[language]
    case .raised, .reminder:
      let unit = unit.map { " \($0)" } ?? ""
      return head + unit + Phrase(zh: "：", en: ": ")[language] + sentence
    case .mailLate, .mailLost:
      return head + Phrase(zh: "：", en: ": ")[language] + sentence
    }
  }

  private var head: String {
    let (grade, number) = (grade, call.number ?? "")
    return Phrase(zh: "【回音】\(grade.zh) \(number)", en: "[Huiyin] \(grade.en) \(number)")[language]
  }

  private var sentence: Phrase {
    switch call.cause {
    case .raised where call.unit == nil:
      Phrase(zh: "请值班员查收邮件。", en: "duty officer, please read your mail.")
    case .raised: Phrase(zh: "请查收邮件并回复。", en: "please read your mail and reply.")
    case .reminder:
      Phrase(zh: "尚未签收，请查收邮件并回复。", en: "not acknowledged; please read your mail and reply.")
    case .mailLate:
      Phrase(zh: "发往 \(whom.zh) 的邮件尚未发出。", en: "the mail to \(whom.en) has not left yet.")
    case .mailLost:
      Phrase(zh: "发往 \(whom.zh) 的邮件未能发出。", en: "the mail to \(whom.en) could not be sent.")
    case .probe: Phrase(zh: "通道测试，无需处理。", en: "this is a test: there is nothing to do.")
    }
  }

  /// Short, for it is read on a telephone.
  private var grade: Phrase {
    switch call.grade {
    case .major: Phrase(zh: "重大", en: "major")
    case .considerable: Phrase(zh: "较大", en: "considerable")
    case .general, .some(.none), nil: Phrase(zh: "一般", en: "general")
    }
  }

  private var unit: String? { call.unit?.rawValue.onOneLine }

  private var whom: Phrase {
    switch call.part {
    case .unit: Phrase(zh: unit ?? "承办单位", en: unit ?? "the unit")
    case .officer: Phrase(zh: "值班员", en: "the officers")
    case .leader: Phrase(zh: "领导", en: "the leaders")
    case .admin, .channel, nil: Phrase(zh: "管理员", en: "the admins")
    }
  }
}

extension CallLine {
  /// The call as its envelope carries it: for people in one line, and as it is for whoever passes it on.
  func notice(
    _ id: Notice.ID, of alert: Alert?, to channels: [Channel], leaving: LeavingTime? = nil
  ) -> Notice {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let written = (try? encoder.encode(call)).map { String(decoding: $0, as: UTF8.self) }
    return Notice(
      id: id, kind: .call, alert: alert?.id, grade: call.grade, subject: text,
      text: written ?? "{}", html: "",
      recipients: channels.map { Recipient($0.address, as: .channel) },
      leaving: leaving)
  }
}
