/// Where replies and bounces come in (收信设置).
package enum MailboxSettings: Sendable, Hashable {
  /// A folder on a mail server.
  case server(IMAPServer)
  /// A folder in the format of qmail's maildir(5), absolute; only ever read.
  case maildir(String)
}

/// A mail server that keeps mail to be read, as the set-up names it (收信服务器, RFC 9051).
package struct IMAPServer: Sendable, Hashable {
  /// How the connection is protected.
  package enum Protection: String, Sendable, CaseIterable {
    /// In the clear, for servers inside an office's network.
    case imap
    /// TLS from the first byte (RFC 8314).
    case imaps
    /// TLS after STARTTLS, refused without it.
    case starttls = "imap+starttls"
  }

  package var protection: Protection
  package var host: String
  package var port: Int
  package var username: String
  /// The folder on the server, as a rule `INBOX`; ASCII.
  package var folder: String
  /// Read at each start and reload; never logged. Nil where the set-up names none, with which
  /// nothing can be read.
  package var passwordFile: String?

  /// A server by its address.
  package init(
    protection: Protection, host: String, port: Int, username: String, folder: String = "INBOX",
    passwordFile: String? = nil
  ) {
    self.protection = protection
    self.host = host
    self.port = port
    self.username = username
    self.folder = folder
    self.passwordFile = passwordFile
  }
}
