internal import Vocabulary

/// One letter ready to leave (待发邮件): bytes in RFC 5322, and whom they are for.
struct Parcel: Sendable {
  var bytes: [UInt8]
  var from: String
  var to: String
  var messageID: String
  /// The connection that carries it; a number that no other in this process has at the same time.
  var connection = 0
  /// Asked on the carrier's thread right before the first byte leaves; it may block that thread.
  var mayBegin: @Sendable (_ connection: Int) -> Bool = { _ in true }
}

/// What came of handing a parcel over, before a language and a time are put to it.
struct Attempt: Sendable, Hashable {
  var outcome: Receipt.Outcome
  var reply: Phrase
  var code: Int?
  var mayHaveBeenSent = false
  var standIn: StandIn?

  /// That the second mail server stands in for the first; what that said, where it was asked.
  struct StandIn: Sendable, Hashable {
    var reply: Phrase?
  }

  /// An outcome in words of our own.
  init(_ outcome: Receipt.Outcome, _ reply: Phrase, code: Int? = nil, mayHaveBeenSent: Bool = false)
  {
    self.outcome = outcome
    self.reply = reply
    self.code = code
    self.mayHaveBeenSent = mayHaveBeenSent
  }

  /// An outcome in the server's words.
  init(_ outcome: Receipt.Outcome, answer: Answer) {
    let text = answer.text
    self.init(outcome, Phrase(zh: text, en: text), code: answer.code)
  }
}

/// Takes parcels over, one at a time, on the one thread that it lives on.
protocol Carrier {
  /// Whether the next parcel needs no new connection.
  var isConnected: Bool { get }
  /// Hands a parcel over; it may block that thread as long as its limits allow.
  func carry(_ parcel: Parcel) -> Attempt
  /// Gives back what it holds, without waiting for anybody.
  func close()
}
