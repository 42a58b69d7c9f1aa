internal import CCurl
internal import Foundation
internal import Vocabulary

/// What can go wrong on a connection (收信失败原因), in words for the admins.
extension IMAPConnection {
  func unreachable(_ code: CURLcode) -> MailboxFault {
    guard !cut.isMade else { return .stopped }
    let said = access.withoutSecrets(greeting.line)
    if code == CURLE_LOGIN_DENIED {
      return MailboxFault(
        zh: "收件箱登录被拒：请核对用户名和授权码（\(said)）",
        en: "the mailbox refused the login: check user and password (\(said))")
    }
    let own = MailText.onOneLine(String(cString: detail))
    let why = own.isEmpty ? String(cString: curl_easy_strerror(code)) : own
    return MailboxFault(
      zh: "收件箱连不上：\(why)", en: "the mailbox cannot be reached: \(why)")
  }

  func refused(_ command: String, _ line: IMAPLine) -> MailboxFault {
    let verb = command.split(separator: " ").prefix(command.hasPrefix("UID") ? 2 : 1)
      .joined(separator: " ")
    let said = String(access.withoutSecrets(line.text).prefix(300))
    return fatal(
      zh: "收件箱服务器拒绝了 \(verb)：\(said)", en: "the mailbox's server refused \(verb): \(said)")
  }

  /// What it said is not repeated: it may be the text of somebody's mail.
  var strange: MailboxFault {
    fatal(
      zh: "收件箱服务器的答复不合 IMAP 规范，下次再读",
      en: "the mailbox's server does not speak IMAP; it is read again")
  }

  var lost: MailboxFault {
    fatal(zh: "收件箱的连接断了，下次再读", en: "the mailbox's connection broke; it is read again")
  }

  var tooSlow: MailboxFault {
    fatal(
      zh: "收件箱服务器太久没有答完，下次再读",
      en: "the mailbox's server took too long to answer; it is read again")
  }

  var tooMuch: MailboxFault {
    fatal(zh: "收件箱服务器的答复长得不合理", en: "the mailbox's server answers with no end")
  }

  /// A fault after which the connection carries nothing more.
  private func fatal(zh: String, en: String) -> MailboxFault {
    isOpen = false
    return MailboxFault(zh: zh, en: en)
  }
}
