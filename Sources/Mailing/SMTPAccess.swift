internal import Foundation
internal import Vocabulary

/// A mail server and how we are known to it (邮件服务器及登录), ready for libcurl.
struct SMTPAccess: Sendable {
  /// A name and a password (授权码 at the public mail services).
  struct Login: Sendable {
    var username: String
    var password: String
  }

  /// `smtp://host:port/ehlo-name`
  let url: String
  let requiresStartTLS: Bool
  let login: Login?

  /// The server of the set-up, with the password read from its file.
  init(_ server: SMTPServer, from: MailAddress) throws(MailFault) {
    url = try SMTPAccess.url(of: server, ehlo: from.domain)
    requiresStartTLS = server.protection == .starttls
    login = try SMTPAccess.login(to: server)
  }

  private static func url(of server: SMTPServer, ehlo: String) throws(MailFault) -> String {
    let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:")
    guard !server.host.isEmpty, server.host.allSatisfy(allowed.contains),
      (1...65_535).contains(server.port)
    else {
      throw MailFault(
        zh: "mail.server 不是有效的服务器地址：\(HeaderField.cleaned(server.host)):\(server.port)",
        en: "mail.server names no server: \(HeaderField.cleaned(server.host)):\(server.port)")
    }
    let scheme = server.protection == .smtps ? "smtps" : "smtp"
    let host = server.host.contains(":") ? "[\(server.host)]" : server.host
    // EHLO with the domain we write from: unlike this machine's own name, servers can look it up.
    return "\(scheme)://\(host):\(server.port)/\(ehlo)"
  }

  private static func login(to server: SMTPServer) throws(MailFault) -> Login? {
    guard let username = server.username else { return nil }
    guard let file = server.passwordFile else {
      throw MailFault(
        zh: "mail.username 已设置，但缺少 mail.password_file",
        en: "mail.username is set, but mail.password_file is missing")
    }
    return Login(username: username, password: try password(in: file))
  }

  private static func password(in file: String) throws(MailFault) -> String {
    let content: Data
    do {
      content = try Data(contentsOf: URL(fileURLWithPath: file))
    } catch {
      throw MailFault(
        zh: "读不到邮件密码文件 \(file)：文件不存在或没有读取权限",
        en: "cannot read the mail password file \(file): it does not exist or may not be read")
    }
    let password = String(data: content, encoding: .utf8)?
      .trimmingCharacters(in: .whitespacesAndNewlines)
    guard let password, !password.isEmpty, !password.unicodeScalars.contains(where: isControl)
    else {
      throw MailFault(
        zh: "邮件密码文件 \(file) 应只有一行 UTF-8 文字，即密码或授权码",
        en: "the mail password file \(file) must hold one line of UTF-8, the password")
    }
    return password
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .control
  }

  /// The text without the password, as it is or as AUTH puts it, which some servers repeat.
  func withoutSecrets(_ text: String) -> String {
    guard let login else { return text }
    let plain = "\0\(login.username)\0\(login.password)"
    let secrets =
      [login.password] + [login.password, plain].map { Data($0.utf8).base64EncodedString() }
    return secrets.reduce(text) { $0.replacingOccurrences(of: $1, with: "***") }
  }
}
