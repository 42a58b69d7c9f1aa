import Glibc
import Synchronization

/// A name server on loopback whose behaviour each name says itself: `ok-1.test`, `slow-2.test`,
/// `never-3.test`, `nx-4.test`, `fail-5.test`, `half-6.test` (IPv4 answered, IPv6 never).
final class PlayNames: Sendable {
  let port: Int
  private let listener: Int32
  private let answers: @Sendable (String) -> [UInt8]
  private let questions = Mutex(0)

  /// The form in which c-ares takes it.
  var servers: String { "127.0.0.1:\(port)" }
  var questionCount: Int { questions.withLock(\.self) }

  /// A server that gives names that are answered this address.
  init(
    slowFor slow: Duration = .seconds(8), address: @escaping @Sendable (String) -> [UInt8]
  ) throws {
    (listener, port) = try Sockets.bound(to: "127.0.0.1", type: SOCK_DGRAM)
    answers = address
    Sockets.thread { [self] in serve(slow) }
  }

  func close() { shutdown(listener, Int32(SHUT_RDWR)) }

  private struct Question {
    var bytes: [UInt8]
    var name: String
    var isIPv4: Bool
    var from: sockaddr_in
  }

  private func serve(_ slow: Duration) {
    var due: [(at: ContinuousClock.Instant, question: Question)] = []
    while true {
      var polled = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
      let wait = due.first.map { max(.zero, $0.at - .now) / .milliseconds(1) } ?? 60_000
      poll(&polled, 1, Int32(min(wait + 1, 60_000)))
      if polled.revents != 0 {
        guard let question = receive() else { return }
        questions.withLock { $0 += 1 }
        if question.name.hasPrefix("slow") {
          due.append((.now + slow, question))
        } else {
          answer(question)
        }
      }
      while let first = due.first, first.at <= .now {
        answer(due.removeFirst().question); _ = first
      }
    }
  }

  private func receive() -> Question? {
    var buffer = [UInt8](repeating: 0, count: 512)
    var from = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let count = withUnsafeMutablePointer(to: &from) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        recvfrom(listener, &buffer, 512, 0, $0, &length)
      }
    }
    guard count > 16 else { return nil }
    var labels: [String] = []
    var place = 12
    while buffer[place] != 0 {
      let size = Int(buffer[place])
      labels.append(String(decoding: buffer[(place + 1)...(place + size)], as: UTF8.self))
      place += size + 1
    }
    return Question(
      bytes: Array(buffer[..<(place + 5)]), name: labels.joined(separator: ".").lowercased(),
      isIPv4: buffer[place + 2] == 1, from: from)
  }

  private func answer(_ question: Question) {
    switch question.name.prefix(while: { $0 != "-" }) {
    case "never": return
    case "half" where !question.isIPv4: return
    case "nx": send(question, code: 3, nil)
    case "fail": send(question, code: 2, nil)
    default: send(question, code: 0, question.isIPv4 ? answers(question.name) : nil)
    }
  }

  private func send(_ question: Question, code: UInt8, _ address: [UInt8]?) {
    var reply = question.bytes
    reply[2] = 0x81
    reply[3] = 0x80 | code
    reply.replaceSubrange(6..<12, with: [0, address == nil ? 0 : 1, 0, 0, 0, 0])
    if let address { reply += [0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4] + address }
    var to = question.from
    withUnsafePointer(to: &to) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = sendto(
          listener, reply, reply.count, 0, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }
}
