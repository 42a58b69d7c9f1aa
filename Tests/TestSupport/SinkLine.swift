import Foundation

/// One connection of a mail server, line by line.
struct Line {
  /// Whom the letter is for.
  var recipient = ""
  /// Whether MAIL was accepted and its letter has not ended.
  var isMidway = false
  /// Whether somebody was accepted who may have the letter.
  var hasRecipient = false
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

  /// Says bytes one by one, a second apart, over and over; ends when the client is gone.
  func drip(_ bytes: [UInt8]) {
    var place = 0
    while say([bytes[place % bytes.count]]) {
      place += 1
      // The client's going away is all that can come meanwhile.
      var client = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
      guard poll(&client, 1, 1000) == 0 else { return }
    }
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
    while !pending.suffix(end.count).elementsEqual(end), !pending.elementsEqual(end.dropFirst(2)) {
      guard receive() else { return nil }
    }
    defer { pending = [] }
    return pending.dropLast(3)
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
