import Foundation
import Synchronization

/// A mail server on a free port of loopback that behaves as its script says, however badly.
///
/// Raw sockets and a thread a connection: whatever it does wrong, it does on purpose.
package final class Sink: Sendable {
  /// When the server has something to say.
  package enum Moment: String, Sendable, CaseIterable {
    case greeting, hello, startTLS, login, sender, recipient, data, content, end, reset, goodbye
  }

  /// What it does then.
  package enum Act: Sendable {
    /// Says a line, or several with CRLF between them.
    case say(String)
    /// Says bytes that are no text.
    case sayBytes([UInt8])
    /// Says a line and hangs up.
    case sayAndCut(String)
    /// Says nothing more until the client goes away.
    case hang
    /// Says this a byte a second, again and again.
    case drip(String)
    /// Hangs up.
    case cut
  }

  /// What a script knows when the server has something to say.
  package struct Cue: Sendable {
    package var moment: Moment
    /// Counted from 1.
    package var connection: Int
    /// As RCPT named it last; empty before.
    package var recipient: String
    /// How many connections stand open, this one among them.
    package var open: Int
  }

  /// What clients did.
  package struct Seen: Sendable {
    package var connections = 0
    package var verbs: [String] = []
    package var logins: [String] = []
    package var letters: [[UInt8]] = []
    package var recipients: [String] = []
    package var closed = 0
    /// The letters with what their sessions knew of them.
    package var arrivals: [Arrival] = []

    /// How many connections stand open.
    package var open: Int { connections - closed }
  }

  /// A letter that came in to its end.
  package struct Arrival: Sendable {
    package var letter: [UInt8]
    /// As RCPT named it last.
    package var recipient: String
    package var connection: Int
    /// In milliseconds, by the wall clock.
    package var at: Int64
    /// Whether the server said that it did not take it.
    package var isRefused = false
  }

  /// Where it listens.
  package let port: Int
  /// What EHLO offers beside the name.
  private let offers: [String]
  /// Nil for what a well-behaved server does.
  private let script: @Sendable (Cue) -> Act?
  private let listener: Int32
  private let seenByNow = Mutex(Seen())
  private let clients = Mutex<[Int32]>([])

  /// What has happened so far.
  package var seen: Seen { seenByNow.withLock { $0 } }
  /// The letters that it has not refused.
  package var taken: [Arrival] { seen.arrivals.filter { !$0.isRefused } }

  /// A server that does the same on every connection.
  package convenience init(_ acts: [Moment: Act] = [:], offers: [String] = []) throws {
    try self.init(offers: offers, cues: { acts[$0.moment] })
  }

  /// A server that does as the script says, by the moment and the connection.
  package convenience init(
    offers: [String] = [], script: @escaping @Sendable (Moment, Int) -> Act?
  ) throws {
    try self.init(offers: offers, cues: { script($0.moment, $0.connection) })
  }

  /// A server that does as the script says, cue by cue.
  package init(offers: [String] = [], cues script: @escaping @Sendable (Cue) -> Act?) throws {
    (listener, port) = try Loopback.listen()
    self.offers = offers
    self.script = script
    let thread = Thread { [self] in acceptAll() }
    thread.start()
  }

  /// Hangs up on everybody and listens no more.
  package func stop() {
    shutdown(listener, Int32(SHUT_RDWR))
    clients.withLock { for client in $0 { shutdown(client, Int32(SHUT_RDWR)) } }
  }

  private func acceptAll() {
    while case let client = accept(listener, nil, nil), client >= 0 {
      clients.withLock { $0.append(client) }
      let number = seenByNow.withLock { seen in
        seen.connections += 1
        return seen.connections
      }
      let thread = Thread { [self] in
        var line = Line(client)
        serve(&line, number)
        clients.withLock { $0.removeAll { $0 == client } }
        close(client)
        seenByNow.withLock { $0.closed += 1 }
      }
      thread.start()
    }
    close(listener)
  }

  private func serve(_ line: inout Line, _ number: Int) {
    let name = (["sink.example"] + offers).enumerated().map { index, offer in
      (index == offers.count ? "250 " : "250-") + offer
    }.joined(separator: "\r\n")
    guard act(.greeting, "220 sink.example ESMTP", &line, number) else { return }
    while let command = line.next() {
      let verb = String(command.prefix(4)).uppercased()
      seenByNow.withLock { $0.verbs.append(verb) }
      let goesOn =
        switch verb {
        case "EHLO", "HELO": act(.hello, name, &line, number)
        case "STAR": act(.startTLS, "220 go ahead", &line, number)
        case "AUTH": logIn(command, &line, number)
        case "MAIL": begin(&line, number)
        case "RCPT": receive(command, &line, number)
        case "DATA": takeLetter(&line, number)
        case "RSET": forget(&line, number)
        default: act(.goodbye, "221 2.0.0 bye", &line, number)
        }
      guard goesOn else { return }
    }
  }

  private func logIn(_ command: String, _ line: inout Line, _ number: Int) -> Bool {
    guard line.say("334 ") else { return false }
    seenByNow.withLock { [response = line.next()] in $0.logins.append(response ?? "") }
    return act(.login, "235 2.7.0 welcome", &line, number)
  }

  /// A second MAIL before the letter of the first has ended is an error (RFC 5321, section 4.1.4).
  private func begin(_ line: inout Line, _ number: Int) -> Bool {
    guard !line.isMidway else { return line.say("503 5.5.1 nested MAIL command") }
    let reply = script(cue(.sender, line, number)) ?? .say("250 2.1.0 ok")
    line.isMidway = reply.begins(with: "2")
    line.hasRecipient = false
    return perform(reply, .sender, &line)
  }

  private func forget(_ line: inout Line, _ number: Int) -> Bool {
    line.isMidway = false
    return act(.reset, "250 2.0.0 forgotten", &line, number)
  }

  private func receive(_ command: String, _ line: inout Line, _ number: Int) -> Bool {
    seenByNow.withLock { $0.recipients.append(command) }
    line.recipient =
      command.split(separator: "<").last.map { String($0.prefix { $0 != ">" }) } ?? ""
    let usual = line.isMidway ? "250 2.1.5 ok" : "503 5.5.1 need MAIL command"
    let reply = script(cue(.recipient, line, number)) ?? .say(usual)
    line.hasRecipient = reply.begins(with: "2")
    return perform(reply, .recipient, &line)
  }

  private func takeLetter(_ line: inout Line, _ number: Int) -> Bool {
    let usual = line.hasRecipient ? "354 go on" : "554 5.5.1 no valid recipients"
    let reply = script(cue(.data, line, number)) ?? .say(usual)
    guard perform(reply, .data, &line) else { return false }
    guard reply.begins(with: "354") else { return true }
    // Nothing is said between 354 and the end, but one can go away.
    if let act = script(cue(.content, line, number)) { return perform(act, .content, &line) }
    guard let letter = line.letter() else { return false }
    line.isMidway = false
    let arrival = Arrival(
      letter: letter, recipient: line.recipient, connection: number,
      at: Int64(Date().timeIntervalSince1970 * 1000))
    let place = seenByNow.withLock { seen in
      seen.letters.append(letter)
      seen.arrivals.append(arrival)
      return seen.arrivals.count - 1
    }
    let answer = script(cue(.end, line, number)) ?? .say("250 2.0.0 Ok: queued as 4F2A")
    if answer.isRefusal { seenByNow.withLock { $0.arrivals[place].isRefused = true } }
    return perform(answer, .end, &line)
  }

  private func cue(_ moment: Moment, _ line: Line, _ number: Int) -> Cue {
    Cue(
      moment: moment, connection: number, recipient: line.recipient,
      open: seenByNow.withLock(\.open))
  }

  private func act(
    _ moment: Moment, _ usual: String, _ line: inout Line, _ number: Int
  ) -> Bool {
    perform(script(cue(moment, line, number)) ?? .say(usual), moment, &line)
  }

  private func perform(_ act: Act, _ moment: Moment, _ line: inout Line) -> Bool {
    switch act {
    case .say(let text): return line.say(text) && moment != .goodbye
    case .sayBytes(let bytes): return line.say(bytes)
    case .sayAndCut(let text):
      _ = line.say(text)
      return false
    case .hang:
      line.waitForEnd()
      return false
    case .drip(let text):
      line.drip(Array(text.utf8))
      return false
    case .cut: return false
    }
  }
}

extension Sink.Act {
  /// Whether it says that something is not taken (RFC 5321, section 4.2.1).
  fileprivate var isRefusal: Bool { begins(with: "4") || begins(with: "5") }

  /// Whether a line is said that begins so.
  fileprivate func begins(with code: String) -> Bool {
    switch self {
    case .say(let text), .sayAndCut(let text): text.hasPrefix(code)
    case .sayBytes(let bytes): bytes.starts(with: code.utf8)
    case .hang, .drip, .cut: false
    }
  }
}
