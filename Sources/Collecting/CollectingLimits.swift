/// How much time and how much of a mail reading a mailbox may take (收信限度).
package struct CollectingLimits: Sendable, Hashable {
  /// From looking up the server's name to the end of logging in.
  package var connect: Duration
  /// One question to the server, from its first byte to the last byte of the answer.
  package var step: Duration
  /// One reading, connecting excepted. What two thirds of it did not suffice for is read the next
  /// time, and nothing is lost.
  package var reading: Duration
  /// How old a mail may be that is read at the start, in days.
  package var days: Int
  /// The headers of how many mails are asked for at once.
  package var headersAtOnce: Int
  /// How many letters in a row may be refused before the rest waits for the next time.
  package var refusals: Int
  /// Certificates to trust, a PEM file; nil for those of the system.
  package var caFile: String?

  /// The limits of a daemon, unless said otherwise.
  package init(
    connect: Duration = .seconds(30), step: Duration = .seconds(60),
    reading: Duration = .seconds(180), days: Int = 30, headersAtOnce: Int = 100, refusals: Int = 5,
    caFile: String? = nil
  ) {
    self.connect = connect
    self.step = step
    self.reading = reading
    self.days = days
    self.headersAtOnce = max(1, headersAtOnce)
    self.refusals = max(1, refusals)
    self.caFile = caFile
  }
}
