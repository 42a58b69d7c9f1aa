/// Something to write to people about (拟稿事由).
package enum Occasion: Sendable {
  /// An alert is raised.
  case raised(AlertCase)
  /// An alert that stands speaks again, for the so-many-th time from 2 on.
  case updated(AlertCase, from: Grade, Decision.UpdateReason, edition: Int)
  /// General notices that were drafted before leave together.
  case batch(Batch)
  /// Nothing has been heard of an alert.
  case reminder(Reminder)
  /// Something came by mail that the officers must read.
  case relay(Relay)
  /// A mail of an alert has not arrived.
  case unsent(Unsent)
  /// A digest is due.
  case digest(Digest)
  /// Others come on duty.
  case handOver(HandOverList)
  /// The admins must do something.
  case trouble(Trouble)
  /// An admin wants to see whether an address can be reached; `stamp` makes each probe a new one.
  case probe(MailAddress, stamp: String)
  /// The same of the second channel.
  case channelProbe(Channel, stamp: String)
}

/// An alert with all that is written on its papers.
package struct AlertCase: Sendable, Hashable {
  package var alert: Alert
  package var item: Item
  package var verdict: Verdict
  /// The feed's name as it stands in its file.
  package var feedName: String
  /// Whether the feed is a message board, so that the item is a citizen's message (留言).
  package var isBoard: Bool
  /// When the unit's feedback is due; nil where nobody is asked for one.
  package var feedback: Deadline?
  /// Which outlets carry it, where that made its grade.
  package var spread: Spread?
  /// When its notices leave; nil for at once.
  package var leaving: LeavingTime?
  /// What was said of it before, in order.
  package var acknowledged: [Acknowledgement]
  /// Whether an officer gave it the grade it has.
  package var isRegraded: Bool
  /// What an officer directed, where that is why it speaks.
  package var direction: Direction?
  /// When it speaks, by which it is known who is on duty.
  package var at: WallTime
  /// The unit that had it before an officer assigned it to another.
  package var formerUnit: UnitName?

  /// An alert, its item, its verdict and where it was found.
  package init(
    alert: Alert, item: Item, verdict: Verdict, feedName: String, isBoard: Bool,
    feedback: Deadline? = nil, spread: Spread? = nil, leaving: LeavingTime? = nil,
    acknowledged: [Acknowledgement] = [], isRegraded: Bool = false, direction: Direction? = nil,
    formerUnit: UnitName? = nil, at: WallTime? = nil
  ) {
    self.alert = alert
    self.item = item
    self.verdict = verdict
    self.feedName = feedName
    self.isBoard = isBoard
    self.feedback = feedback
    self.spread = spread
    self.leaving = leaving
    self.acknowledged = acknowledged
    self.isRegraded = isRegraded
    self.direction = direction
    self.formerUnit = formerUnit
    self.at = at ?? alert.raisedAt.wall
  }

  /// Whether it is an allegation of misconduct (检举控告).
  package var isConduct: Bool { alert.isConduct(judged: verdict.kind) }
}

/// What the admins are told of (运行告警); never the leaders.
package enum Trouble: Sendable, Hashable {
  /// A feed has not been read for several polls.
  case feedBlind(Feed.ID, name: String, since: WallTime?, misses: Int, Miss, at: WallTime)
  /// A feed that was reported is read again.
  case feedSeesAgain(Feed.ID, name: String, blindSince: WallTime?, at: WallTime)
  /// A feed can be read and is not what it was: what is odd, and since when.
  case feedOdd(Feed.ID, name: String, [FeedOddity], since: WallTime, at: WallTime)
  /// A feed that was reported as odd is itself again.
  case feedUsual(Feed.ID, name: String, since: WallTime, at: WallTime)
  /// A recipient or the mail server refuses notices.
  case mailFailing(MailAddress, reply: String, notice: Notice.ID, at: WallTime)
  /// A channel takes nothing, and what was to be said there.
  case channelFailing(String, reply: String, notice: Notice.ID, at: WallTime)
  /// Most feeds fail at once: it is our own line, and one letter says so for all of them.
  case lineDown(feeds: Int, of: Int, Miss, at: WallTime)
  /// The line that was reported is up again.
  case lineUp(since: WallTime, at: WallTime)
  /// Notices have passed the moment by which they should have left; one of them, and what the mail
  /// server said to it last.
  case mailLate(count: Int, Notice.ID, MailAddress, reply: String?, at: WallTime)
  /// No notice is late any more.
  case mailOnTime(since: WallTime, at: WallTime)
  /// The first mail server takes nothing and the second stands in for it, by their hosts, and what the
  /// first said.
  case mailByFallback(first: String, second: String, reply: String?, at: WallTime)
  /// The first mail server takes mail again.
  case mailByFirst(first: String, since: WallTime, at: WallTime)
  /// What the audit found and could not mend.
  case auditFailed([Fault], at: WallTime)
  /// The audit passes again.
  case auditPasses(since: WallTime, at: WallTime)
  /// The mailbox where replies arrive cannot be read, and why.
  case mailboxUnread(Phrase, at: WallTime)
  /// The mailbox is read again.
  case mailboxRead(since: WallTime, at: WallTime)
  /// The heartbeat is not heard at a host, and why.
  case heartbeatUnheard(host: String, Phrase, at: WallTime)
  /// The heartbeat is heard again.
  case heartbeatHeard(host: String, since: WallTime, at: WallTime)
  /// It is after hours and the roster names nobody; until when, nil where it has run out.
  case rosterOpen(until: WallTime?, at: WallTime)
  /// A new set-up is broken, and the old one stays in force.
  case setupRefused([Diagnostic], at: WallTime)
  /// A new set-up is in force, and what is otherwise in it: nothing of people, nothing secret.
  case setupChanged([SetupChange], ruleBook: RuleBook.Version, at: WallTime)
}

extension Trouble {
  /// One thing that the audit found wrong (稽核发现).
  package enum Fault: Sendable, Hashable {
    /// Nobody will try to deliver it.
    case envelope(Notice.ID, MailAddress)
    /// Nobody has been or will be told of it.
    case alert(Alert.ID)
    /// A step of its chain is long due, and nobody was reminded.
    case chain(Alert.ID)
    /// It is not polled any more.
    case feed(Feed.ID)
    /// A loop of the daemon that does not turn any more.
    case loop(Phrase)

    /// What it is about, for logs.
    package var word: String {
      switch self {
      case .envelope(let notice, let recipient): "\(notice) \(recipient.address)"
      case .alert(let alert), .chain(let alert): "\(alert)"
      case .feed(let feed): "\(feed)"
      case .loop(let name): name.en
      }
    }
  }
}
