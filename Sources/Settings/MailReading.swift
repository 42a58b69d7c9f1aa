import Vocabulary

extension Section {
  /// How mail leaves the office.
  func mailSettings() -> MailSettings? {
    let from = require("from", .mailAddress)
    let server = read("server", .server)
    let maildir = read("maildir", .path)
    let username = read("username", .text)
    let password = passwordFile()
    let fallback = read("fallback", .fallback)
    notYet("content", Form<Void>.content)
    close()
    checkCompany()
    guard let from, let way = way(server, username, password, maildir, fallback) else { return nil }
    return MailSettings(from: from, way: way)
  }

  private func way(
    _ server: SMTPServer?, _ username: String?, _ password: String?, _ maildir: String?,
    _ fallback: SMTPServer?
  ) -> MailSettings.Way? {
    guard has("server") != has("maildir") else {
      findings.error(
        at: place,
        Phrase(
          zh: "“mail”里 server 和 maildir 要写一个，且只写一个",
          en: "mail needs either a server or a maildir, and not both"))
      return nil
    }
    if has("maildir"), isGiven("fallback") {
      findings.error(
        at: keyPlace("fallback"),
        Phrase(
          zh: "“fallback”是第一台服务器不通时改用的，和 maildir 不能同时写",
          en: "a fallback stands in for a server; it does not go with a maildir"))
    }
    if let maildir { return .maildir(FilePath.absolute(maildir)) }
    guard var server else { return nil }
    server.username = username
    server.passwordFile = password
    return .server(server, fallback: fallback)
  }

  fileprivate func checkCompany() {
    guard isGiven("username") != isGiven("password_file") else { return }
    findings.error(
      at: keyPlace(isGiven("username") ? "username" : "password_file"),
      Phrase(
        zh: "username 和 password_file 要么都写，要么都不写",
        en: "username and password_file go together: write both or neither"))
  }

  /// A file that holds a password, which must be there before the daemon runs.
  func passwordFile() -> String? {
    guard let path = read("password_file", .path) else { return nil }
    if (try? Manuscript.bytes(of: path)) == nil {
      findings.absent(
        at: value("password_file")?.place ?? place,
        Phrase(zh: "口令文件“\(path)”不存在或打不开", en: "no password file \"\(path)\", or it cannot be read")
      )
    }
    return FilePath.absolute(path)
  }
}

extension Form where Result == SMTPServer {
  /// A second server by its address, or with a login of its own.
  fileprivate static var fallback: Form {
    .scalar(
      server,
      otherwise: Form { value in
        guard let section = value.section() else { return nil }
        let server = section.require("server", server)
        let username = section.read("username", .text)
        let password = section.passwordFile()
        section.close()
        section.checkCompany()
        guard var server else { return nil }
        server.username = username
        server.passwordFile = password
        return server
      })
  }
}

extension Form where Result == Void {
  /// `full` or `brief`, for all or by recipient.
  fileprivate static var content: Form {
    let choice = Form<MailContent>.choice(of: MailContent.allCases).map { _ in () }
    return .scalar(
      choice,
      otherwise: Form { value in
        guard let section = value.section() else { return nil }
        for name in section.names {
          section.read(name, choice)
        }
        return ()
      })
  }
}

/// How much of an item a mail may say (邮件内容).
private enum MailContent: String, CaseIterable {
  case full
  case brief
}
