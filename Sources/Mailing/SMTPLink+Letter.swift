internal import CCurl
internal import Foundation
internal import Wire

/// How handing a letter over went, step by step, and how it ended.
struct Course {
  var conversation: Conversation
  var ending: Ending
  /// Whether a connection that was kept turned out to be dead before the letter was begun.
  var foundNobody = false
}

/// Handing letters over (递交, RFC 5321, section 3.3).
extension SMTPLink {
  /// How long a server may take for the replies that it owes after it has refused a letter.
  private static let patience = Duration.seconds(2)
  /// The longest line that is a reply, in bytes; RFC 5321 allows 512.
  private static let longestLine = 65_536

  /// Hands a letter over. Where it does not go well the link may not be usable any more.
  func carry(_ parcel: Parcel, until deadline: ContinuousClock.Instant) -> Course {
    var course = Course(conversation: Conversation(at: .sender), ending: Ending())
    let wasUsed = isUsed
    isUsed = true
    do throws(WireFault) {
      if try offer(parcel, &course.conversation, until: deadline) {
        try hand(parcel, &course, until: deadline)
      }
    } catch {
      isUsable = false
      course.ending = Ending(error, isSentWhole: course.conversation.step == .end)
    }
    if course.conversation.isAtOdds { isUsable = false }
    course.foundNobody = wasUsed && course.isBeforeAnything
    return course
  }

  /// MAIL, RCPT and DATA: false where the server does not want the letter.
  private func offer(
    _ parcel: Parcel, _ conversation: inout Conversation, until deadline: ContinuousClock.Instant
  ) throws(WireFault) -> Bool {
    // What nobody asked for can only be a goodbye, or the answer to something long given up.
    guard pending.isEmpty else { throw .lost("unexpected words") }
    if isMidway { try forget(until: deadline) }
    isMidway = true
    let steps: [SMTPStep] = [.sender, .recipient, .data]
    let commands = [sender(of: parcel), "RCPT TO:<\(parcel.to)>\r\n", "DATA\r\n"]
    // RFC 2920: one journey to the server and back instead of three.
    if offers.pipelining { try say(commands.joined(), until: deadline) }
    for (step, command) in zip(steps, commands) {
      if !offers.pipelining { try say(command, until: deadline) }
      conversation.ask(step)
      try hear(&conversation, until: deadline)
      guard conversation.isPassed else {
        if offers.pipelining { settle(steps.drop { $0 != step }.dropFirst(), conversation) }
        return false
      }
    }
    return true
  }

  private func sender(of parcel: Parcel) -> String {
    let size = offers.size ? " SIZE=\(parcel.bytes.count)" : ""
    return "MAIL FROM:<\(parcel.from)>\(size)\r\n"
  }

  /// The content and the answer to its end.
  private func hand(
    _ parcel: Parcel, _ course: inout Course, until deadline: ContinuousClock.Instant
  ) throws(WireFault) {
    // A word too many here would be taken for the answer to the end.
    guard pending.isEmpty else { throw .lost("unexpected words") }
    course.conversation.ask(.content)
    guard parcel.mayBegin(parcel.connection) else {
      // The server waits for content now, and there is no taking that back but hanging up.
      isUsable = false
      course.ending.isWithheld = true
      return
    }
    try wire.say(parcel.bytes + SMTPLink.lastLine, until: deadline) { cut.isMade }
    course.conversation.ask(.end)
    try hear(&course.conversation, until: deadline)
    // Taken or not, the server is done with it (RFC 5321, section 4.1.1.4).
    isMidway = false
  }

  private static let lastLine = Array(".\r\n".utf8)

  /// Has the server forget a letter that it did not take.
  private func forget(until deadline: ContinuousClock.Instant) throws(WireFault) {
    var reset = Conversation(at: .sender)
    try say("RSET\r\n", until: deadline)
    try hear(&reset, until: deadline)
    guard reset.isPassed else { throw .lost("RSET refused") }
    isMidway = false
  }

  /// Hears what the server still owes to a letter that it refused: the commands had gone out together.
  private func settle(_ owed: some Sequence<SMTPStep>, _ refusal: Conversation) {
    let deadline = ContinuousClock.now + SMTPLink.patience
    do throws(WireFault) {
      for step in owed {
        var reply = Conversation(at: step)
        try hear(&reply, until: deadline)
        guard step == .data, reply.isPassed else { continue }
        // RFC 2920, section 3.1: content is wanted though there is nobody to have it.
        try say(".\r\n", until: deadline)
        reply.ask(.end)
        try hear(&reply, until: deadline)
      }
    } catch {
      isUsable = false
    }
  }

  private func say(
    _ commands: String, until deadline: ContinuousClock.Instant
  ) throws(WireFault) {
    try wire.say(Array(commands.utf8), until: deadline) { cut.isMade }
  }

  /// Hears lines until they are a whole answer.
  private func hear(
    _ conversation: inout Conversation, until deadline: ContinuousClock.Instant
  ) throws(WireFault) {
    var place = 0
    defer { pending.removeFirst(place) }
    while true {
      while let end = pending[place...].firstIndex(of: 0x0A) {
        let line = pending[place...end]
        place = end + 1
        conversation.hear(line)
        guard conversation.answer != nil else { continue }
        // More of it may come, and nobody knows where it ends.
        if !conversation.isAnswerWhole { isUsable = false }
        return
      }
      pending.removeFirst(place)
      place = 0
      guard pending.count < SMTPLink.longestLine else { throw .lost("an endless line") }
      let count = try wire.hear(into: &room, until: deadline) { cut.isMade }
      pending += room[..<count]
    }
  }
}

extension Conversation {
  /// Whether the server closes, or answers what makes no sense: nothing more is asked of it here.
  fileprivate var isAtOdds: Bool {
    guard let code = answer?.code, !isPassed else { return false }
    return code == 421 || !(400..<600).contains(code)
  }
}

extension Course {
  fileprivate var isBeforeAnything: Bool {
    guard conversation.step == .sender else { return false }
    if let answer = conversation.answer { return answer.code == 421 }
    return ending.code == CURLE_RECV_ERROR
  }
}

extension Ending {
  /// How the line broke under a letter.
  fileprivate init(_ fault: WireFault, isSentWhole: Bool) {
    self.init()
    self.isSentWhole = isSentWhole
    switch fault {
    case .lost(let why): (code, detail) = (CURLE_RECV_ERROR, why)
    case .late: code = CURLE_OPERATION_TIMEDOUT
    case .cut: (code, isCut) = (CURLE_ABORTED_BY_CALLBACK, true)
    }
  }
}
