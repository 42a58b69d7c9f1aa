import Vocabulary

extension Section {
  /// How mail leaves the office.
  func mailSettings() -> MailSettings? {
    let from = require("from", .mailAddress)
    let server = read("server", .server)
    let maildir = read("maildir", .path)
    let username = read("username", .text)
    let password = passwordFile()
    notYet("fallback", Form<SMTPServer>.server)
    notYet("content", Form<Void>.content)
    close()
    checkCompany()
    guard let from, let way = way(server, username, password, maildir) else { return nil }
    return MailSettings(from: from, way: way)
  }

  private func way(
    _ server: SMTPServer?, _ username: String?, _ password: String?, _ maildir: String?
  ) -> MailSettings.Way? {
    guard has("server") != has("maildir") else {
      findings.error(
        at: place,
        Phrase(
          zh: "“mail”里 server 和 maildir 要写一个，且只写一个",
          en: "mail needs either a server or a maildir, and not both"))
      return nil
    }
    if let maildir { return .maildir(FilePath.absolute(maildir)) }
    guard var server else { return nil }
    server.username = username
    server.passwordFile = password
    return .server(server)
  }

  private func checkCompany() {
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
