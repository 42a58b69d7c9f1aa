internal import CCurl
internal import Vocabulary

/// How a connection, or a letter on it, ended (结束情况), in libcurl's codes.
struct Ending: Sendable {
  var code = CURLE_OK
  /// libcurl's own sentence, which names hosts and certificates.
  var detail = ""
  /// Whether the server's port was reached.
  var isConnected = true
  /// Whether every byte of the content and its end went out.
  var isSentWhole = false
  /// Whether closing the mailer cut it off.
  var isCut = false
  /// Whether the content was kept back because it may not leave.
  var isWithheld = false
}

extension Attempt {
  /// What a session comes to: the server's own word where it gave one, else how the line broke.
  init(_ conversation: Conversation, _ ending: Ending) {
    guard !ending.isWithheld else {
      self = .withheld
      return
    }
    guard let answer = conversation.answer else {
      self = Attempt.broken(conversation, ending)
      return
    }
    let step = conversation.step
    switch answer.code {
    case 200..<300 where step == .end: self.init(.sent, answer: answer)
    case 400..<500: self.init(.deferred, answer: answer)
    case 500..<600: self = Attempt.refused(answer, at: step)
    case _ where step.isPassed(by: answer.code): self = Attempt.broken(conversation, ending)
    default: self = Attempt.unexpected(answer, at: step)
    }
  }

  private static func refused(_ answer: Answer, at step: SMTPStep) -> Attempt {
    let said = answer.text
    // 530, 534, 535, 538: our login (RFC 4954, RFC 3207), whenever it is said. What is said of the
    // sender is said of us, whoever the recipient is; but 552 there is this letter's size (RFC 1870).
    let isOurs = step.isBeforeAnyLetter || (step == .sender && answer.code != 552)
    if isOurs || [530, 534, 535, 538].contains(answer.code) {
      let name = step.name
      return Attempt(
        .deferred,
        Phrase(
          zh: "邮件服务器在“\(name.zh)”一步拒绝了本系统（与收件人无关，将重试）：\(said)",
          en: "the mail server refuses us at \(name.en), not this recipient; will be tried again: "
            + said),
        code: answer.code)
    }
    // RFC 5321, section 4.5.3.1.10: to RCPT, clients take 552 for the temporary 452.
    if step == .recipient, answer.code == 552 {
      return Attempt(
        .deferred,
        Phrase(zh: "收件人邮箱已满，将重试：\(said)", en: "mailbox full, will be tried again: \(said)"),
        code: answer.code)
    }
    return Attempt(.failed, answer: answer)
  }

  /// The content was not to leave: nothing of it did.
  static let withheld = Attempt(
    .deferred,
    Phrase(
      zh: "正文未发出：台账未能记下本次发送，或该通知已撤回",
      en: "no content was sent: the ledger did not take note of the attempt, or it is withdrawn"))

  private static func unexpected(_ answer: Answer, at step: SMTPStep) -> Attempt {
    let name = step.name
    return Attempt(
      .deferred,
      Phrase(
        zh: "邮件服务器在“\(name.zh)”一步答非所问：\(answer.text)",
        en: "the mail server gave an unexpected answer at \(name.en): \(answer.text)"),
      code: answer.code)
  }

  private static func broken(_ conversation: Conversation, _ ending: Ending) -> Attempt {
    var step = conversation.step
    if step == .connect, ending.isConnected { step = .greeting }
    guard step == .end, ending.isSentWhole else {
      return Attempt(.deferred, LineFault(ending, at: step).sentence)
    }
    let fault = LineFault(ending, at: step).sentence
    return Attempt(
      .deferred,
      Phrase(
        zh: "正文已全部送出，对方可能已收到；\(fault.zh)",
        en: "the whole content had been sent and may have been delivered; \(fault.en)"),
      mayHaveBeenSent: true)
  }
}

/// Why a session ended without an answer of the server (连接故障).
private enum LineFault {
  case nameUnknown(detail: String)
  case unreachable(detail: String)
  case timeout(SMTPStep)
  case untrusted(detail: String)
  case noEncryption
  case noLogin(detail: String)
  case closing
  case cutOff(SMTPStep, detail: String)

  init(_ ending: Ending, at step: SMTPStep) {
    switch ending.code {
    case _ where ending.isCut: self = .closing
    case CURLE_COULDNT_RESOLVE_HOST: self = .nameUnknown(detail: ending.detail)
    case CURLE_COULDNT_CONNECT: self = .unreachable(detail: ending.detail)
    case CURLE_OPERATION_TIMEDOUT: self = .timeout(step)
    case CURLE_USE_SSL_FAILED: self = .noEncryption
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
      CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER:
      self = .untrusted(detail: ending.detail)
    case CURLE_LOGIN_DENIED: self = .noLogin(detail: ending.detail)
    default: self = .cutOff(step, detail: ending.detail)
    }
  }

  var sentence: Phrase {
    switch self {
    case .nameUnknown(let detail):
      Phrase(
        zh: "找不到邮件服务器的域名，请检查 mail.server：\(detail)",
        en: "the mail server's name is unknown, see mail.server: \(detail)")
    case .unreachable(let detail):
      Phrase(zh: "连不上邮件服务器：\(detail)", en: "cannot connect to the mail server: \(detail)")
    case .timeout(let step):
      Phrase(
        zh: "邮件服务器超时未答复（\(step.name.zh)）",
        en: "the mail server did not answer in time (\(step.name.en))")
    case .untrusted(let detail):
      Phrase(
        zh: "与邮件服务器的加密连接未建立（证书或协议）：\(detail)",
        en: "no secure connection to the mail server (certificate or protocol): \(detail)")
    case .noEncryption:
      Phrase(
        zh: "邮件服务器不提供 STARTTLS，未发送：不以明文代替",
        en: "the mail server offers no STARTTLS; nothing was sent in the clear instead")
    case .noLogin(let detail):
      Phrase(
        zh: "与邮件服务器没有共同的登录方式：\(detail)",
        en: "no way of logging in that the mail server and we share: \(detail)")
    case .closing:
      Phrase(zh: "程序正在退出，发送被中断", en: "cut off because the program is closing")
    case .cutOff(let step, let detail):
      Phrase(
        zh: "与邮件服务器的连接中断（\(step.name.zh)）：\(detail)",
        en: "the connection to the mail server broke (\(step.name.en)): \(detail)")
    }
  }
}
