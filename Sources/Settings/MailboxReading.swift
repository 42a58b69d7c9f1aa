import Foundation
import Vocabulary

extension Section {
  /// Where replies and bounces come in: an address, a folder, or a section with a password file.
  func mailboxSettings() -> MailboxSettings? {
    guard let value = value("mailbox") else { return nil }
    guard value.bareText == nil else { return inbox(value) }
    guard let section = value.section() else { return nil }
    defer { section.close() }
    return section.mailbox()
  }

  /// One word: `imaps://…`, `maildir:./inbox`, or a path.
  private func inbox(_ value: Value) -> MailboxSettings? {
    guard let words = Form<String>.text.read(value) else { return nil }
    guard words.contains("://") else {
      let path = words.hasPrefix("maildir:") ? String(words.dropFirst(8)) : words
      guard !path.isEmpty else { return value.refuse(expected: MailboxReading.expected) }
      return maildir(FilePath.reached(path, from: value.file), at: value.place)
    }
    guard let server = Form<IMAPServer>.inbox.read(value) else { return nil }
    warnOfNoPassword(for: server, at: value.place)
    return .server(server)
  }

  private func mailbox() -> MailboxSettings? {
    let server = read("url", Form<IMAPServer>.inbox)
    let path = read("maildir", .path)
    let password = passwordFile()
    guard has("url") != has("maildir") else {
      findings.error(
        at: place,
        Phrase(
          zh: "“mailbox”里 url 和 maildir 要写一个，且只写一个",
          en: "mailbox needs either a url or a maildir, and not both"))
      return nil
    }
    if let path { return maildir(path, at: value("maildir")?.place ?? place) }
    guard var server else { return nil }
    server.passwordFile = password
    if !isGiven("password_file") {
      warnOfNoPassword(for: server, at: value("url")?.place ?? place)
    }
    return .server(server)
  }

  /// A mail server makes the folder when its first mail comes: that it is not there yet is no error.
  private func maildir(_ path: String, at place: Place) -> MailboxSettings {
    if !FilePath.isFolder(path) {
      findings.warning(
        at: place,
        Phrase(
          zh: "邮件目录“\(path)”还不存在：建好之前收不到回信",
          en: "no maildir \"\(path)\" yet: until it is there no reply is read"))
    }
    return .maildir(FilePath.absolute(path))
  }

  /// No server lets anybody in without one, so the daemon does not begin.
  private func warnOfNoPassword(for server: IMAPServer, at place: Place) {
    findings.absent(
      at: place,
      Phrase(
        zh: "收件箱没有口令文件：写成 mailbox: {url: …, password_file: …}",
        en: "the mailbox has no password file: write mailbox: {url: …, password_file: …}"))
  }
}

/// What a mailbox looks like.
private enum MailboxReading {
  static let expected = Phrase(
    zh: "收件箱，如 imaps://duty@imap.example/INBOX，或一个 Maildir 目录",
    en: "a mailbox such as imaps://duty@imap.example/INBOX, or a Maildir")
}

extension Form where Result == IMAPServer {
  /// `imaps://USER@HOST[:PORT]/INBOX`, `imap://` or `imap+starttls://`; the password never in it.
  fileprivate static var inbox: Form {
    Form { value in
      guard let server = parsed(MailboxReading.expected, server).read(value) else { return nil }
      if server.protection == .imap, !isLoopback(server.host) {
        value.findings.warning(
          at: value.place,
          Phrase(
            zh: "imap:// 以明文传送口令，只宜用于单位内网；能用 imaps:// 就用 imaps://",
            en: "imap:// sends the password in the clear; use imaps:// wherever it is to be had"))
      }
      return server
    }
  }

  private static func server(_ words: String) -> IMAPServer? {
    guard let parts = WebAddress.parts(words),
      let protection = IMAPServer.Protection(rawValue: parts.scheme),
      let written = parts.user, !written.contains(":"),
      let user = written.removingPercentEncoding, !user.isEmpty, user.isOneLine,
      let folder = parts.rest.dropFirst().description.removingPercentEncoding,
      folder.isEmpty || (folder.isOneLine && folder.allSatisfy(\.isASCII))
    else { return nil }
    return IMAPServer(
      protection: protection, host: parts.host, port: parts.port ?? usualPort(protection),
      username: user, folder: folder.isEmpty ? "INBOX" : folder)
  }

  private static func usualPort(_ protection: IMAPServer.Protection) -> Int {
    switch protection {
    case .imap, .starttls: 143
    case .imaps: 993
    }
  }

  private static func isLoopback(_ host: String) -> Bool {
    host == "localhost" || host == "[::1]" || IPText.bytes(host)?.first == 127
  }
}
