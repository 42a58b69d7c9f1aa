/// An office's whole set-up (设置), which exists only when every file of it is valid.
package struct Setup: Sendable {
  package var office: Office
  package var feeds: [Feed]
  package var ruleBook: RuleBook
  package var mail: MailSettings
  package var digests: DigestHours
  package var fetch: Manners
  /// The folder of the ledger, absolute.
  package var folder: String
  /// Who is told while the audit passes; nil for nobody.
  package var heartbeat: HeartbeatAddress?

  /// A set-up of parts that have been checked.
  package init(
    office: Office, feeds: [Feed], ruleBook: RuleBook, mail: MailSettings, digests: DigestHours,
    fetch: Manners, folder: String, heartbeat: HeartbeatAddress? = nil
  ) {
    self.office = office
    self.feeds = feeds
    self.ruleBook = ruleBook
    self.mail = mail
    self.digests = digests
    self.fetch = fetch
    self.folder = folder
    self.heartbeat = heartbeat
  }
}

/// How mail leaves the office (邮件设置).
package struct MailSettings: Sendable, Hashable {
  /// Where mail goes.
  package enum Way: Sendable, Hashable {
    /// A server, and a second one (备用服务器) for when it takes nothing.
    case server(SMTPServer, fallback: SMTPServer? = nil)
    /// A folder in the format of qmail's maildir(5), absolute.
    case maildir(String)
  }

  package var from: MailAddress
  package var way: Way

  /// A sender and a way.
  package init(from: MailAddress, way: Way) {
    self.from = from
    self.way = way
  }
}

/// A mail server as the set-up names it (邮件服务器).
package struct SMTPServer: Sendable, Hashable {
  /// How the connection is protected.
  package enum Protection: String, Sendable, CaseIterable {
    /// In the clear, for servers inside an office's network.
    case smtp
    /// TLS from the first byte (RFC 8314).
    case smtps
    /// TLS after STARTTLS, refused without it (RFC 3207).
    case starttls = "smtp+starttls"
  }

  package var protection: Protection
  package var host: String
  package var port: Int
  package var username: String?
  /// Read at each start and reload; never logged.
  package var passwordFile: String?

  /// A server by its address.
  package init(
    protection: Protection, host: String, port: Int, username: String? = nil,
    passwordFile: String? = nil
  ) {
    self.protection = protection
    self.host = host
    self.port = port
    self.username = username
    self.passwordFile = passwordFile
  }
}

/// When digests leave, in the office's zone (报送时间); nil for one that is not wanted.
package struct DigestHours: Sendable, Hashable {
  /// A time of day.
  package struct TimeOfDay: Sendable, Hashable {
    /// 0 to 23.
    package var hour: Int
    /// 0 to 59.
    package var minute: Int

    /// A time of day.
    package init(hour: Int, minute: Int) {
      self.hour = hour
      self.minute = minute
    }
  }

  /// A day of the week and a time.
  package struct Weekly: Sendable, Hashable {
    /// 1 for Monday to 7 for Sunday.
    package var weekday: Int
    package var at: TimeOfDay

    /// A day of the week and a time.
    package init(weekday: Int, at: TimeOfDay) {
      self.weekday = weekday
      self.at = at
    }
  }

  /// A day of the month and a time.
  package struct Monthly: Sendable, Hashable {
    /// 1 to 28.
    package var day: Int
    package var at: TimeOfDay

    /// A day of the month and a time.
    package init(day: Int, at: TimeOfDay) {
      self.day = day
      self.at = at
    }
  }

  package var daily: TimeOfDay?
  package var weekly: Weekly?
  package var monthly: Monthly?

  /// The hours of an office's digests.
  package init(daily: TimeOfDay? = nil, weekly: Weekly? = nil, monthly: Monthly? = nil) {
    self.daily = daily
    self.weekly = weekly
    self.monthly = monthly
  }
}

/// How Huiyin behaves toward other people's servers (采集礼仪).
package struct Manners: Sendable, Hashable {
  /// The pause between two requests to one host.
  package var pause: Duration
  /// Private networks that feeds may reach, loopback included only if said.
  package var allowPrivate: [Network]
  /// Goes into the User-Agent, so that a site's owner can write to us.
  package var contact: String?

  /// The office's manners.
  package init(
    pause: Duration = .seconds(2), allowPrivate: [Network] = [], contact: String? = nil
  ) {
    self.pause = pause
    self.allowPrivate = allowPrivate
    self.contact = contact
  }
}

/// A block of IP addresses, `10.20.0.0/16` or `fd00::/8` (网段, RFC 4632 and RFC 4291).
package struct Network: Sendable, Hashable {
  /// The address in network byte order: 4 bytes or 16.
  package var bytes: [UInt8]
  /// How many leading bits count.
  package var prefix: Int

  /// A block by its first address and its prefix.
  package init(bytes: [UInt8], prefix: Int) {
    self.bytes = bytes
    self.prefix = prefix
  }

  /// Whether an address, in network byte order, lies in the block.
  package func contains(_ address: [UInt8]) -> Bool {
    guard address.count == bytes.count else { return false }
    let whole = prefix / 8
    guard address[..<whole] == bytes[..<whole] else { return false }
    let rest = prefix % 8
    guard rest > 0 else { return true }
    let mask = UInt8(truncatingIfNeeded: 0xFF00 >> rest)
    return address[whole] & mask == bytes[whole] & mask
  }
}
