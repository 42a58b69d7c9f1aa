import Foundation
import Synchronization

/// A mail server on a free port of loopback that behaves as its script says, however badly.
///
/// Raw sockets and a thread a connection: whatever it does wrong, it does on purpose.
package final class Sink: Sendable {
  /// When the server has something to say.
  package enum Moment: String, Sendable, CaseIterable {
    case greeting, hello, startTLS, login, sender, recipient, data, content, end, goodbye
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
    /// Hangs up.
    case cut
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

  /// A letter that came in to its end, whatever was answered.
  package struct Arrival: Sendable {
    package var letter: [UInt8]
    /// As RCPT named it last.
    package var recipient: String
    package var connection: Int
    /// In milliseconds, by the wall clock.
    package var at: Int64
  }

  /// Where it listens.
  package let port: Int
  /// What EHLO offers beside the name.
  private let offers: [String]
  /// Nil for what a well-behaved server does; connections are counted from 1.
  private let script: @Sendable (_ moment: Moment, _ connection: Int) -> Act?
  private let listener: Int32
  private let seenByNow = Mutex(Seen())
  private let clients = Mutex<[Int32]>([])

  /// What has happened so far.
  package var seen: Seen { seenByNow.withLock { $0 } }

  /// A server that does the same on every connection.
  package convenience init(_ acts: [Moment: Act] = [:], offers: [String] = []) throws {
    try self.init(offers: offers) { moment, _ in acts[moment] }
  }

  /// A server that does as the script says, moment by moment.
  package init(offers: [String] = [], script: @escaping @Sendable (Moment, Int) -> Act?) throws {
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
        case "MAIL": act(.sender, "250 2.1.0 ok", &line, number)
        case "RCPT": receive(command, &line, number)
        case "DATA": takeLetter(&line, number)
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

  private func receive(_ command: String, _ line: inout Line, _ number: Int) -> Bool {
    seenByNow.withLock { $0.recipients.append(command) }
    line.recipient =
      command.split(separator: "<").last.map { String($0.prefix { $0 != ">" }) } ?? ""
    return act(.recipient, "250 2.1.5 ok", &line, number)
  }

  private func takeLetter(_ line: inout Line, _ number: Int) -> Bool {
    guard act(.data, "354 go on", &line, number) else { return false }
    // Nothing is said between 354 and the end, but one can go away.
    if script(.content, number) != nil {
      return act(.content, "", &line, number)
    }
    guard let letter = line.letter() else { return false }
    let arrival = Arrival(
      letter: letter, recipient: line.recipient, connection: number,
      at: Int64(Date().timeIntervalSince1970 * 1000))
    seenByNow.withLock { seen in
      seen.letters.append(letter)
      seen.arrivals.append(arrival)
    }
    return act(.end, "250 2.0.0 Ok: queued as 4F2A", &line, number)
  }

  private func act(
    _ moment: Moment, _ usual: String, _ line: inout Line, _ number: Int
  ) -> Bool {
    switch script(moment, number) ?? .say(usual) {
    case .say(let text): return line.say(text) && moment != .goodbye
    case .sayBytes(let bytes): return line.say(bytes)
    case .sayAndCut(let text):
      _ = line.say(text)
      return false
    case .hang:
      line.waitForEnd()
      return false
    case .cut: return false
    }
  }
}

/// One connection, line by line.
private struct Line {
  /// Whom the letter is for.
  var recipient = ""
  private let socket: Int32
  private var pending: [UInt8] = []

  init(_ socket: Int32) {
    self.socket = socket
  }

  func say(_ text: String) -> Bool { say(Array((text + "\r\n").utf8)) }

  func say(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  mutating func next() -> String? {
    while true {
      if let end = pending.firstIndex(of: 0x0A) {
        let line = pending[..<end].filter { $0 != 0x0D }
        pending.removeSubrange(...end)
        return String(decoding: line, as: UTF8.self)
      }
      guard receive() else { return nil }
    }
  }

  /// What comes up to the lone dot, as it came, without the dot.
  mutating func letter() -> [UInt8]? {
    let end = Array("\r\n.\r\n".utf8)
    // No client says more before it has the answer, so the end is where what has come ends.
    while !pending.suffix(end.count).elementsEqual(end) {
      guard receive() else { return nil }
    }
    defer { pending = [] }
    return pending.dropLast(end.count - 2)
  }

  mutating func waitForEnd() {
    while receive() { pending = [] }
  }

  private mutating func receive() -> Bool {
    var chunk = [UInt8](repeating: 0, count: 65_536)
    let count = recv(socket, &chunk, chunk.count, 0)
    guard count > 0 else { return false }
    pending += chunk[..<count]
    return true
  }
}
