/// In what part a recipient hears (发送方式).
package enum Part: String, Sendable, Codable, CaseIterable {
  /// The responsible unit, who must act (主送).
  case unit
  /// The duty officers (值班员).
  case officer
  /// The leadership group (报送).
  case leader
  /// Those who keep the daemon running (管理员).
  case admin
  /// No address of mail but the second channel (第二通道).
  case channel
}

/// One address a notice goes to (发送对象).
package struct Recipient: Sendable, Hashable {
  package var address: MailAddress
  package var part: Part

  /// An address and why it is written to.
  package init(_ address: MailAddress, as part: Part) {
    self.address = address
    self.part = part
  }
}

/// One outgoing message (通知), the same for each of its recipients.
package struct Notice: Sendable, Hashable, Identifiable {
  /// What a notice is for (通知类型).
  package enum Kind: String, Sendable, Codable, CaseIterable {
    /// Assigns an item to a unit (舆情联系单).
    case contactSheet
    /// Tells officers or leaders of one alert (快报).
    case bulletin
    /// Tells a unit that had an alert who has it now (改派告知).
    case reassignment
    /// Contact sheets or bulletins of general alerts that leave together (一般舆情汇总).
    case batch
    /// Asks again where nothing has been heard of an alert (催办单).
    case reminder
    /// Brings a letter before the officers (来信转告).
    case relay
    /// Many items on schedule (日报/周报/月报).
    case digest
    /// What those who come on duty take over (交接班清单).
    case handOver
    /// Tells admins that something needs their hand (运行告警).
    case trouble
    /// Says by the second channel that there is something to be seen to (通道提醒).
    case call
    /// Proves that an address can be reached (邮件测试).
    case probe

    /// The kind as people read it.
    package var name: Phrase {
      switch self {
      case .contactSheet: Phrase(zh: "舆情联系单", en: "contact sheet")
      case .bulletin: Phrase(zh: "快报", en: "bulletin")
      case .reassignment: Phrase(zh: "改派告知", en: "reassignment")
      case .batch: Phrase(zh: "一般舆情汇总", en: "batch")
      case .reminder: Phrase(zh: "催办单", en: "reminder")
      case .relay: Phrase(zh: "来信转告", en: "letter")
      case .digest: Phrase(zh: "日报周报月报", en: "digest")
      case .handOver: Phrase(zh: "交接班清单", en: "hand-over list")
      case .trouble: Phrase(zh: "运行告警", en: "trouble")
      case .call: Phrase(zh: "通道提醒", en: "call")
      case .probe: Phrase(zh: "邮件测试", en: "mail test")
      }
    }
  }

  /// Says what it is of, so that a notice drafted twice is the same notice:
  /// `2026-0017/contactSheet/1`, `digest/daily/2026-03-02T08:00:00+08:00`.
  package struct ID: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    package var rawValue: String
    /// An id as it stands in the ledger.
    package init(rawValue: String) { self.rawValue = rawValue }
    package var description: String { rawValue }
  }

  package var id: ID
  package var kind: Kind
  package var alert: Alert.ID?
  /// The grade it speaks of, which decides who goes first; nil for digests and troubles.
  package var grade: Grade?
  package var subject: String
  package var text: String
  /// A whole HTML document, styles inline, no outside resources.
  package var html: String
  package var recipients: [Recipient]
  /// When it must have left; nil where no window runs.
  package var dueAt: WallTime?
  /// When it leaves; nil for at once.
  package var leaving: LeavingTime?
  /// What a batch lists it by; nil for what must not be gathered with others.
  package var listing: Listing?

  /// A notice that is drafted.
  package init(
    id: ID, kind: Kind, alert: Alert.ID? = nil, grade: Grade? = nil, subject: String, text: String,
    html: String, recipients: [Recipient], dueAt: WallTime? = nil, leaving: LeavingTime? = nil,
    listing: Listing? = nil
  ) {
    self.id = id
    self.kind = kind
    self.alert = alert
    self.grade = grade
    self.subject = subject
    self.text = text
    self.html = html
    self.recipients = recipients
    self.dueAt = dueAt
    self.leaving = leaving
    self.listing = listing
  }
}

/// One notice for one recipient (信封): what an attempt delivers.
package struct Envelope: Sendable, Hashable {
  package var notice: Notice.ID
  package var recipient: MailAddress
  /// With its angle brackets, the same at every attempt (RFC 5322, section 3.6.4).
  package var messageID: String
  /// The Message-ID of the first notice of the same alert to this recipient, so that mail programs
  /// keep them together; nil for that first one.
  package var inReplyTo: String?
  package var subject: String
  package var text: String
  package var html: String
  /// When the notice was drafted, or was to leave where that is later: the `Date` header, the same at
  /// every attempt.
  package var draftedAt: WallTime

  /// A notice made out to one recipient.
  package init(
    notice: Notice.ID, recipient: MailAddress, messageID: String, inReplyTo: String? = nil,
    subject: String, text: String, html: String, draftedAt: WallTime
  ) {
    self.notice = notice
    self.recipient = recipient
    self.messageID = messageID
    self.inReplyTo = inReplyTo
    self.subject = subject
    self.text = text
    self.html = html
    self.draftedAt = draftedAt
  }
}

/// The outcome of one attempt to one recipient (投递回执); a server's 250 is 已发出, never 送达.
package struct Receipt: Sendable, Hashable {
  /// How an attempt ended.
  package enum Outcome: String, Sendable, Codable {
    /// The server said 250 after the end of the data, or the Maildir file is on disk (已发出).
    case sent
    /// It may go better later (待重发).
    case deferred
    /// This recipient will not be reached by trying again (发送失败).
    case failed
  }

  package var outcome: Outcome
  /// What the server said, or what kept us from asking; without any text of the notice.
  package var reply: String
  /// The number that came with the answer, where there was one: of SMTP, of a group robot or its web
  /// server, or a command's exit status.
  package var code: Int?
  /// The connection broke after the end of the data and before the answer.
  package var mayHaveBeenSent: Bool
  /// Why the second mail server took it, where the first takes nothing; nil where it did not.
  package var standIn: StandIn?
  package var at: Instant

  /// That the second mail server stands in for the first (改用备用服务器).
  package struct StandIn: Sendable, Hashable {
    /// What the first said, or how it failed; nil where it is not asked for every letter.
    package var reply: String?

    /// A stand-in, and why.
    package init(because reply: String?) {
      self.reply = reply
    }
  }

  /// The outcome of an attempt.
  package init(
    _ outcome: Outcome, reply: String, code: Int? = nil, mayHaveBeenSent: Bool = false,
    standIn: StandIn? = nil, at: Instant
  ) {
    self.outcome = outcome
    self.reply = reply
    self.code = code
    self.mayHaveBeenSent = mayHaveBeenSent
    self.standIn = standIn
    self.at = at
  }
}

/// Where one envelope stands in the outbox (发送状态), read off its receipts.
package enum EnvelopeState: String, Sendable, Codable, CaseIterable {
  /// 待发
  case waiting
  /// 发送中
  case sending
  /// 已发出
  case sent
  /// 待重发
  case deferred
  /// 暂缓发送
  case held
  /// 发送失败
  case failed

  /// The state as people read it.
  package var name: Phrase {
    switch self {
    case .waiting: Phrase(zh: "待发", en: "waiting")
    case .sending: Phrase(zh: "发送中", en: "sending")
    case .sent: Phrase(zh: "已发出", en: "sent")
    case .deferred: Phrase(zh: "待重发", en: "deferred")
    case .held: Phrase(zh: "暂缓发送", en: "held")
    case .failed: Phrase(zh: "发送失败", en: "failed")
    }
  }
}
