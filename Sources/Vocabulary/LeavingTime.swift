/// When a notice leaves, and why then (送出时间).
package struct LeavingTime: Sendable, Hashable {
  /// Why a notice leaves when it does.
  package enum Reason: String, Sendable, Codable, CaseIterable {
    /// The next of the office's hours on a working day.
    case hour
    /// No working day's hour comes before its window ends: the last of the hours before that, to
    /// whoever is on duty.
    case dayOff
    /// None of the hours comes before its window ends: at once, or when the quiet time is over.
    case window
    /// A general draft that an officer is to sign off: when the quiet time is over.
    case quiet
    /// The duty officer signs it off first; without their word it leaves then as it stands.
    case release

    /// The reason as people read it.
    package var name: Phrase {
      switch self {
      case .hour: Phrase(zh: "工作日集中发送", en: "gathered at the office's hour")
      case .dayOff:
        Phrase(
          zh: "休息日，时限前最后一个集中发送时刻", en: "a day off: the last of the hours before its window ends")
      case .window:
        Phrase(zh: "时限前没有集中发送时刻", en: "none of the hours comes before its window ends")
      case .quiet:
        Phrase(zh: "静默时间结束后送值班员签发", en: "to the officer when the quiet time is over")
      case .release:
        Phrase(zh: "待值班员签发，逾期自动送出", en: "held for an officer's sign-off until then")
      }
    }
  }

  package var at: WallTime
  package var reason: Reason

  /// A moment and its reason.
  package init(at: WallTime, reason: Reason) {
    self.at = at
    self.reason = reason
  }
}
