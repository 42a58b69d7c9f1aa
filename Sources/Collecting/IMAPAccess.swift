internal import Foundation
internal import Vocabulary

/// A server that keeps our mail and how we are known to it (收信服务器及登录), ready for libcurl.
struct IMAPAccess: Sendable {
  /// `imaps://host:port/`
  let url: String
  let requiresStartTLS: Bool
  let username: String
  let password: String
  /// As it stands in a command: a quoted string (RFC 9051, section 4.3).
  let folder: String

  /// The server of the set-up, with the password read from its file.
  init(_ server: IMAPServer) throws(MailboxFault) {
    let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:")
    guard !server.host.isEmpty, server.host.allSatisfy(allowed.contains),
      (1...65_535).contains(server.port)
    else {
      throw MailboxFault(
        zh: "mailbox 不是有效的服务器地址", en: "mailbox names no server")
    }
    guard let file = server.passwordFile else {
      throw MailboxFault(
        zh: "mailbox 缺少 password_file，读不了收件箱",
        en: "mailbox has no password_file: it cannot be read")
    }
    let host = server.host.contains(":") ? "[\(server.host)]" : server.host
    url = "\(server.protection == .imaps ? "imaps" : "imap")://\(host):\(server.port)/"
    requiresStartTLS = server.protection == .starttls
    username = server.username
    password = try IMAPAccess.password(in: file)
    folder = IMAPAccess.quoted(server.folder)
  }

  private static func password(in file: String) throws(MailboxFault) -> String {
    let content = try? Data(contentsOf: URL(fileURLWithPath: file))
    guard let content else {
      throw MailboxFault(
        zh: "读不到收件箱口令文件 \(file)：文件不存在或没有读取权限",
        en: "cannot read the mailbox's password file \(file): it does not exist or may not be read")
    }
    let password = String(data: content, encoding: .utf8)?
      .trimmingCharacters(in: .whitespacesAndNewlines)
    guard let password, !password.isEmpty,
      !password.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
    else {
      throw MailboxFault(
        zh: "收件箱口令文件 \(file) 应只有一行 UTF-8 文字，即密码或授权码",
        en: "the mailbox's password file \(file) must hold one line of UTF-8, the password")
    }
    return password
  }

  private static func quoted(_ text: String) -> String {
    "\""
      + text.filter { $0.isASCII && !$0.isNewline }
      .replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"")
      + "\""
  }

  /// What the server said without the password, as it is or as the login puts it.
  func withoutSecrets(_ text: String) -> String {
    let plain = "\0\(username)\0\(password)"
    let secrets = [password] + [password, plain].map { Data($0.utf8).base64EncodedString() }
    return secrets.reduce(text) { $0.replacingOccurrences(of: $1, with: "***") }
  }
}
