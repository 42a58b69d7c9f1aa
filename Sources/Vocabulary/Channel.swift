/// A way beside mail to say that there is something to be seen to (第二通道): a group robot (群机器人),
/// or a gateway on this machine that sends a short message or telephones.
package struct Channel: Sendable, Hashable {
  /// Which protocol a group robot speaks (群机器人类型).
  package enum Robot: String, Sendable, CaseIterable {
    /// 企业微信
    case wecom
    /// 政务微信: the protocol of 企业微信 on a host of the government's own.
    case govwecom
    /// 钉钉
    case dingtalk

    /// The service as people call it.
    package var name: Phrase {
      switch self {
      case .wecom: Phrase(zh: "企业微信", en: "WeCom")
      case .govwecom: Phrase(zh: "政务微信", en: "government WeCom")
      case .dingtalk: Phrase(zh: "钉钉", en: "DingTalk")
      }
    }
  }

  /// How it is reached.
  package enum Way: Sendable, Hashable {
    /// A robot whose address, which is a secret, stands in a file; so does what 钉钉 signs with
    /// (加签), where that is in use. Both paths are absolute.
    case robot(Robot, urlFile: String, secretFile: String?)
    /// A program and its arguments, run without a shell; its path is absolute.
    case command([String])
  }

  /// What the set-up calls it; no other channel of the office has that name.
  package var name: String
  package var way: Way

  /// A channel of the set-up.
  package init(name: String, way: Way) {
    self.name = name
    self.way = way
  }

  /// Where an envelope to it is made out to. It is no mail address: no mailer would take it.
  package var address: MailAddress { MailAddress(address: Channel.mark + name) }

  fileprivate static let mark = "channel:"
}

extension MailAddress {
  /// The name of the channel that an envelope is made out to; nil where it is for mail.
  package var channel: String? {
    guard address.hasPrefix(Channel.mark) else { return nil }
    return String(address.dropFirst(Channel.mark.count))
  }

  /// The recipient as people read it.
  package var shown: Phrase {
    guard let channel else { return Phrase(zh: address, en: address) }
    return Phrase(zh: "第二通道 \(channel)", en: "the second channel \(channel)")
  }
}

/// What is said by the second channel (通道提醒): number, grade and unit.
///
/// It has no room for anything else of an alert, neither title nor text nor address nor anybody's
/// name: whatever is said there is made of a call alone.
package struct Call: Sendable, Hashable, Codable {
  /// What it is about (提醒事由).
  package enum Cause: String, Sendable, Codable, CaseIterable {
    /// A major alert speaks.
    case raised
    /// Nothing has been heard of a major alert.
    case reminder
    /// Mail of a major alert has been tried and has not left (邮件尚未发出).
    case mailLate
    /// Mail of a major alert will not arrive (邮件未能发出).
    case mailLost
    /// An admin wants to see whether it arrives (通道测试).
    case probe
  }

  package var cause: Cause
  /// As people say it, `2026-0017`; nil for a probe.
  package var number: String?
  package var grade: Grade?
  /// Who must act; nil where the officers decide.
  package var unit: UnitName?
  /// To whom the mail was that has not arrived.
  package var part: Part?

  /// A call about an alert.
  package init(_ cause: Cause, of alert: Alert, mailTo part: Part? = nil) {
    self.cause = cause
    self.number = alert.id.description
    self.grade = alert.grade
    self.unit = alert.audience.unit
    self.part = part
  }

  private init(cause: Cause) {
    self.cause = cause
  }

  /// One that tells of nothing.
  package static let probe = Call(cause: .probe)
}

/// A mail of an alert that has not arrived (邮件未达).
package struct Unsent: Sendable, Hashable {
  package var alertCase: AlertCase
  package var notice: Notice.ID
  package var part: Part
  /// Whether it will not be tried again.
  package var isLost: Bool

  /// What the call that says it is called: the mail's name, and this behind it.
  package static func ending(isLost: Bool) -> String { isLost ? "/call/lost" : "/call/late" }

  /// A mail of an alert, as it was written to somebody in a part.
  package init(_ alertCase: AlertCase, _ notice: Notice.ID, to part: Part, isLost: Bool) {
    self.alertCase = alertCase
    self.notice = notice
    self.part = part
    self.isLost = isLost
  }
}
