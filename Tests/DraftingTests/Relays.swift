import Vocabulary

/// Letters that the officers must read, and what waits for their word.
enum Relays {
  private static func relay(
    _ alertCase: AlertCase, _ cause: Relay.Cause, from part: Part?, saying text: String
  ) -> Relay {
    Relay(
      alertCase, cause, letter: Letter.ID(rawValue: "0a1b2c"), part: part,
      domain: "mail.example", text: text, at: Town.morning + .minutes(6))
  }

  static let returned = relay(
    Town.alertCase(), .returned, from: .unit,
    saying: "退回，该处阀门井属区水务局管网。\n联系人 王工，电话 [电话]")

  static let stranger = relay(
    Town.alertCase(), .doubt(.stranger), from: nil, saying: "收到，\u{202E}<b>马上处理</b>")

  static let conduct = relay(
    Town.alertCase(.considerable, to: .supervision, kind: .conduct), .returned, from: .unit,
    saying: "退回，被举报人系市管干部")

  /// A major alert that an officer is to sign off.
  static let held = Town.alertCase {
    $0.leaving = LeavingTime(at: Town.morning + .minutes(11), reason: .release)
  }

  static let mailboxUnread = Trouble.mailboxUnread(
    Phrase(zh: "邮箱服务器拒绝登录：授权码有误", en: "the server refused the login: wrong password"),
    at: Town.morning + .hours(1))
  static let mailboxRead = Trouble.mailboxRead(
    since: Town.morning, at: Town.morning + .hours(1))
}
