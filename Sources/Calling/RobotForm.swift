internal import Crypto
internal import Foundation
internal import Vocabulary

/// What is said to a group robot and how its answers are read (群机器人协议).
///
/// All three take a text as JSON and answer HTTP 200 with `errcode` and `errmsg`, whatever came of it:
/// only `errcode` 0 is a receipt. 企业微信 documents its codes among those of all its interfaces
/// (developer.work.weixin.qq.com, 全局错误码), 钉钉 in the table of its custom robots (自定义机器人接入).
/// 政务微信 documents nothing in public: that its robots speak the protocol of 企业微信, on a host of the
/// government's own, is an assumption, which `huiyin mail-test --channel` proves or disproves.
enum RobotForm {
  private struct Content: Encodable {
    struct Text: Encodable { var content: String }
    var msgtype = "text"
    var text: Text
  }

  private struct Answer: Decodable {
    var errcode: Int
    var errmsg: String?
  }

  /// The body of a request that says a line.
  static func body(_ line: String) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let content = Content(text: Content.Text(content: line))
    return (try? encoder.encode(content)).map(Array.init) ?? []
  }

  /// The address with 钉钉's signature (加签): timestamp and secret, by HMAC-SHA256 under the secret,
  /// valid for an hour.
  static func signed(
    _ url: String, with secret: String, at now: WallTime
  ) -> (
    url: String, sign: String
  ) {
    let timestamp = String(now.milliseconds)
    let code = HMAC<SHA256>.authenticationCode(
      for: Data("\(timestamp)\n\(secret)".utf8), using: SymmetricKey(data: Data(secret.utf8)))
    let sign = Data(code).base64EncodedString()
    let plain = CharacterSet(
      charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
    let written = sign.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
    let mark = url.contains("?") ? "&" : "?"
    return ("\(url)\(mark)timestamp=\(timestamp)&sign=\(written)", written)
  }

  /// What the words of a robot's answer come to.
  static func ending(
    status: Int, answer: [UInt8], of robot: Channel.Robot, without secrets: [String]
  ) -> Ending {
    guard (200..<300).contains(status) else { return ending(status: status) }
    guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(answer)) else {
      // Something took the request, and nobody knows what.
      return Ending(
        .deferred, zh: "答复中没有 errcode（HTTP \(status)）",
        en: "no errcode in the answer (HTTP \(status))",
        code: status
      ).inDoubt
    }
    let said = (answer.errmsg ?? "").asReply(without: secrets)
    let words = "errcode \(answer.errcode)\(said.isEmpty ? "" : " \(said)")"
    guard answer.errcode != 0 else { return Ending(.sent, zh: words, en: words, code: 0) }
    let hint = hint(of: answer.errcode, robot)
    let isFinal = hopeless(robot).contains(answer.errcode)
    return Ending(
      isFinal ? .failed : .deferred, zh: words + (hint.map { "（\($0.zh)）" } ?? ""),
      en: words + (hint.map { " (\($0.en))" } ?? ""), code: answer.errcode)
  }

  /// A web server's own answer: what it refuses for good no second try changes.
  private static func ending(status: Int) -> Ending {
    switch status {
    case 300..<400:
      Ending(
        .failed, zh: "网址转向别处（HTTP \(status)），不跟随：请写最终的网址",
        en: "it redirects (HTTP \(status)), which is not followed: write the address it leads to",
        code: status)
    case 408, 425, 429:
      Ending(
        .deferred, zh: "对方请稍后再试（HTTP \(status)）", en: "later, it says (HTTP \(status))",
        code: status)
    case 400..<500:
      Ending(.failed, zh: "对方拒绝（HTTP \(status)）", en: "refused (HTTP \(status))", code: status)
    // What a gateway passed on it may have passed on in full (RFC 9110, sections 15.6.3 and 15.6.5).
    case 502, 504:
      Ending(
        .deferred, zh: "网关没有得到答复（HTTP \(status)）",
        en: "a gateway was not answered (HTTP \(status))", code: status
      ).inDoubt
    default:
      Ending(.deferred, zh: "对方出错（HTTP \(status)）", en: "its error (HTTP \(status))", code: status)
    }
  }

  /// The codes that come again however often one asks: a wrong address, a robot that is gone, a rule of
  /// the group that the text does not meet. What is not known here is tried again, for a day.
  ///
  /// Documented by 企业微信: the message's form (40008, 40035, 40058, 44004, 45002), a forbidden interface
  /// (48002), an address that is none or whose robot was put out of the group (93000), a robot that is
  /// switched off (93004) or not in the group (93008). By 钉钉: the message's form (40035, 43004, 400105),
  /// a group that is dissolved (400013), an address or a robot that is not there or switched off
  /// (300001, 400101, 400102, 400106), a text that is not to be said (430101 to 430104), and 310000 for
  /// a keyword, a signature or an address of ours that the robot's security settings do not take.
  /// 300005 is not documented; 钉钉 answers it to an address that was never given out.
  private static func hopeless(_ robot: Channel.Robot) -> Set<Int> {
    switch robot {
    case .wecom, .govwecom: [40008, 40035, 40058, 44004, 45002, 48002, 93000, 93004, 93008]
    case .dingtalk:
      [
        40035, 43004, 300001, 300005, 310000, 400013, 400101, 400102, 400105, 400106, 430101,
        430102, 430103, 430104,
      ]
    }
  }

  /// Too many in a minute: 45009 of 企业微信, 130101 and 410100 of 钉钉, all documented; or in a day,
  /// 90030, which people have met.
  private static func isTooMuch(_ code: Int, _ robot: Channel.Robot) -> Bool {
    switch robot {
    case .wecom, .govwecom: code == 45009
    case .dingtalk: [130_101, 410_100, 90030].contains(code)
    }
  }

  private static func hint(of code: Int, _ robot: Channel.Robot) -> Phrase? {
    switch (robot, code) {
    case (.wecom, 93000), (.govwecom, 93000), (.dingtalk, 300001), (.dingtalk, 300005),
      (.dingtalk, 400101), (.dingtalk, 400106):
      Phrase(
        zh: "机器人地址无效或已移出群，请重新复制到 url_file",
        en: "no such robot, or it was put out of the group: copy its address into url_file again")
    case (.wecom, 93004), (.govwecom, 93004), (.dingtalk, 400102):
      Phrase(zh: "机器人已停用，请在群里启用", en: "the robot is switched off: switch it on in the group")
    case (_, let code) where isTooMuch(code, robot):
      Phrase(zh: "发送太快或次数已满，稍后再发", en: "too many a minute, or a day: later")
    case (.dingtalk, 310000):
      Phrase(
        zh: "不合机器人的安全设置：关键词请设“回音”，加签请写 secret_file 并核对本机时间，限 IP 请加上本机出口地址",
        en:
          "against the robot's security settings: let its keyword be Huiyin, name its secret_file and "
          + "see whether this machine's clock is right, or allow the address that this machine goes out by"
      )
    default: nil
    }
  }
}
