internal import Crypto
internal import Foundation
internal import Vocabulary

/// What is said to a group robot and how its answers are read (群机器人协议).
///
/// All three take a text as JSON and answer HTTP 200 with `errcode` and `errmsg`, whatever came of it:
/// only `errcode` 0 is a receipt.
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
    default:
      Ending(.deferred, zh: "对方出错（HTTP \(status)）", en: "its error (HTTP \(status))", code: status)
    }
  }

  /// The codes that come again however often one asks: a wrong address, a robot that is gone, a rule of
  /// the group that the text does not meet. What is not known here is tried again.
  private static func hopeless(_ robot: Channel.Robot) -> Set<Int> {
    switch robot {
    case .wecom, .govwecom: [40008, 40035, 40058, 44004, 45002, 48002, 93000, 93004, 93008, 300001]
    case .dingtalk:
      [
        40035, 43004, 300001, 300005, 310000, 400013, 400101, 400102, 400105, 400106, 430101,
        430102,
        430103, 430104,
      ]
    }
  }

  private static func hint(of code: Int, _ robot: Channel.Robot) -> Phrase? {
    switch (robot, code) {
    case (.wecom, 93000), (.govwecom, 93000), (.dingtalk, 300001), (.dingtalk, 300005),
      (.dingtalk, 400101), (.dingtalk, 400106):
      Phrase(
        zh: "机器人地址无效，请重新复制到 url_file", en: "no such robot: copy its address into url_file again")
    case (.wecom, 45009), (.govwecom, 45009), (.dingtalk, 130101):
      Phrase(zh: "发送太快，稍后再发", en: "too many a minute: later")
    case (.dingtalk, 310000):
      Phrase(
        zh: "不合机器人的安全设置：关键词请设“回音”，加签请写 secret_file，并核对本机时间",
        en:
          "against the robot's security settings: let its keyword be Huiyin, or name its secret_file, "
          + "and see whether this machine's clock is right")
    default: nil
    }
  }
}
