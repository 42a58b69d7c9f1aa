/// How much time a call may take and how much an answer may say (通道限度).
package struct CallLimits: Sendable, Hashable {
  /// From looking up the robot's host to the end of the handshake.
  package var connect: Duration
  /// One whole request to a robot, connecting included.
  package var request: Duration
  /// One run of a command, before it is told to end.
  package var run: Duration
  /// How long a command that was told to end may take before it is killed.
  package var ending: Duration
  /// How long closing waits for calls under way before it cuts them off.
  package var closing: Duration
  /// The most of an answer that is read, in bytes.
  package var answer: Int
  /// How many calls a robot takes within a minute: 20, as 企业微信 and 钉钉 document it; whoever
  /// sends more to 钉钉 is shut out for ten minutes.
  package var perMinute: Int
  /// Certificates to trust, a PEM file; nil for those of the system.
  package var caFile: String?

  /// The limits of a daemon, unless said otherwise.
  package init(
    connect: Duration = .seconds(5), request: Duration = .seconds(15), run: Duration = .seconds(30),
    ending: Duration = .seconds(2), closing: Duration = .seconds(3), answer: Int = 65_536,
    perMinute: Int = 20, caFile: String? = nil
  ) {
    self.connect = connect
    self.request = request
    self.run = run
    self.ending = ending
    self.closing = closing
    self.answer = answer
    self.perMinute = perMinute
    self.caFile = caFile
  }
}
