package import Vocabulary

/// How much time and how many connections sending may take (发信限度).
package struct MailLimits: Sendable, Hashable {
  /// How many connections to the mail server are open at once; 1 at least.
  package var connections: Int
  /// From looking up the server's name to the end of logging in.
  package var connect: Duration
  /// One whole delivery, connecting included.
  package var delivery: Duration
  /// How long a connection is kept without a letter to send.
  package var idle: Duration
  /// How long closing waits for deliveries under way before it cuts them off.
  package var closing: Duration
  /// Certificates to trust, a PEM file; nil for those of the system.
  package var caFile: String?

  /// The limits of a daemon, unless said otherwise.
  package init(
    connections: Int = 4, connect: Duration = .seconds(30), delivery: Duration = .seconds(120),
    idle: Duration = .seconds(30), closing: Duration = .seconds(5), caFile: String? = nil
  ) {
    self.connections = max(1, connections)
    self.connect = connect
    self.delivery = delivery
    self.idle = idle
    self.closing = closing
    self.caFile = caFile
  }
}

/// Mail settings with which no letter can leave (邮件设置有误).
package struct MailFault: Error, Sendable, Hashable {
  /// One sentence for the admin, with the remedy.
  package var reason: Phrase

  init(zh: String, en: String) {
    reason = Phrase(zh: zh, en: en)
  }
}
