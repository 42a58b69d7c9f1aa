import Foundation
import Synchronization
import TestSupport

/// A mail server that says what its script says, however odd.
final class OddMailServer: Sendable {
  /// What it does when it has heard a command.
  enum Act: Sendable {
    /// Says lines; `%` stands for the command's tag.
    case say(String)
    /// Says nothing more until the client goes away.
    case hang
    /// Says this a byte at a time, as long as somebody listens.
    case drip(String)
    /// Hangs up.
    case cut
  }

  let port: Int
  private let listener: Int32
  private let script: @Sendable (String) -> Act?
  private let said = Mutex<[String]>([])

  /// The commands that came, without their tags and without what is secret.
  var commands: [String] { said.withLock { $0 } }

  /// A server that answers what the script does not as a sound and empty one would.
  init(_ script: @escaping @Sendable (String) -> Act?) throws {
    (listener, port) = try Loopback.listen()
    self.script = script
    Thread { [self] in acceptAll() }.start()
  }

  deinit { shutdown(listener, Int32(SHUT_RDWR)) }

  /// Takes no more connections.
  func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

  private func acceptAll() {
    while case let client = accept(listener, nil, nil), client >= 0 {
      Thread { [self] in
        serve(client)
        close(client)
      }.start()
    }
    close(listener)
  }

  private func serve(_ client: Int32) {
    guard perform(script("greeting") ?? .say("* OK odd"), "*", client) else { return }
    var pending: [UInt8] = []
    var room = [UInt8](repeating: 0, count: 4096)
    while true {
      while let end = pending.firstIndex(of: 0x0A) {
        let line = String(decoding: pending[..<end].filter { $0 != 0x0D }, as: UTF8.self)
        pending.removeSubrange(...end)
        let words = line.split(separator: " ", maxSplits: 1).map(String.init)
        let command = words.count > 1 ? words[1] : line
        said.withLock { $0.append(command) }
        guard perform(script(command) ?? usual(command), words[0], client) else { return }
      }
      let count = recv(client, &room, room.count, 0)
      guard count > 0 else { return }
      pending += room.prefix(count)
    }
  }

  private func usual(_ command: String) -> Act {
    if command.hasPrefix("CAPABILITY") {
      return .say("* CAPABILITY IMAP4rev1\r\n% OK done")
    }
    if command.hasPrefix("EXAMINE") {
      return .say("* OK [UIDVALIDITY 7] ok\r\n% OK [READ-ONLY] done")
    }
    if command.hasPrefix("LOGOUT") { return .cut }
    return .say("% OK done")
  }

  private func perform(_ act: Act, _ tag: String, _ client: Int32) -> Bool {
    switch act {
    case .say(let text):
      return send(Array((text.replacing("%", with: tag) + "\r\n").utf8), to: client)
    case .hang:
      var byte: UInt8 = 0
      while recv(client, &byte, 1, 0) > 0 {}
      return false
    case .drip(let text):
      while true {
        for byte in text.utf8 {
          guard send([byte], to: client) else { return false }
          usleep(20_000)
        }
      }
    case .cut: return false
    }
  }

  private func send(_ bytes: [UInt8], to client: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Foundation.send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
