import Glibc
import Synchronization

/// A web server on loopback that behaves as badly as a test asks: it plays a script for each request.
final class PlayServer: Sendable {
  /// One request as it came.
  struct Seen: Sendable {
    var target: String
    var method = "GET"
    var body = ""
    var headers: [String: String]
    var from: UInt64
  }

  /// What the server does next.
  enum Act: Sendable {
    case send([UInt8])
    case pause(Duration)
    /// The same bytes again and again, until the client leaves.
    case flood([UInt8])
    /// Nothing more, until the client leaves.
    case hang
    case close
  }

  let port: Int
  private let listener: Int32
  private let script: @Sendable (Seen) -> [Act]
  private let seen = Mutex<[Seen]>([])
  private let connections = Mutex<UInt64>(0)

  init(host: String = "0.0.0.0", _ script: @escaping @Sendable (Seen) -> [Act]) throws {
    (listener, port) = try Sockets.bound(to: host, type: SOCK_STREAM)
    self.script = script
    listen(listener, 1024)
    Sockets.thread { [self] in accepting() }
  }

  /// Ends listening; connections end with their clients.
  func close() {
    shutdown(listener, Int32(SHUT_RDWR))
    Glibc.close(listener)
  }

  /// What was asked so far, robots.txt left out.
  var pages: [Seen] { asked.filter { $0.target != "/robots.txt" } }
  var asked: [Seen] { seen.withLock(\.self) }
  var connectionCount: UInt64 { connections.withLock(\.self) }

  func url(_ target: String, host: String = "127.0.0.1") -> String {
    "http://\(host):\(port)\(target)"
  }

  private func accepting() {
    while true {
      let client = accept(listener, nil, nil)
      guard client >= 0 else { return }
      let number = connections.withLock { count in
        count += 1
        return count
      }
      Sockets.thread { [self] in
        serve(client, number)
        Glibc.close(client)
      }
    }
  }

  private func serve(_ client: Int32, _ number: UInt64) {
    var rest: [UInt8] = []
    while let request = Self.request(from: client, &rest) {
      var asked = Self.parse(request, number)
      asked.body = Self.body(of: asked, from: client, &rest)
      seen.withLock { $0.append(asked) }
      let acts = asked.target == "/robots.txt" ? robots(asked) : script(asked)
      for act in acts {
        guard Self.play(act, to: client) else { return }
      }
    }
  }

  private func robots(_ asked: Seen) -> [Act] {
    let acts = script(asked)
    return acts.isEmpty ? [.page("", status: "404 Not Found")] : acts
  }

  private static func play(_ act: Act, to client: Int32) -> Bool {
    switch act {
    case .send(let bytes): return Sockets.send(bytes, to: client)
    case .pause(let wait):
      // Over early when the client leaves.
      var polled = pollfd(fd: client, events: Sockets.left, revents: 0)
      return poll(&polled, 1, Int32(wait / .milliseconds(1))) == 0
    case .flood(let bytes):
      while Sockets.send(bytes, to: client) {}
      return false
    case .hang:
      var polled = pollfd(fd: client, events: Sockets.left, revents: 0)
      poll(&polled, 1, 60_000)
      return false
    case .close: return false
    }
  }

  private static func request(from client: Int32, _ rest: inout [UInt8]) -> [UInt8]? {
    let end = Array("\r\n\r\n".utf8)
    var buffer = [UInt8](repeating: 0, count: 8192)
    while true {
      if let range = rest.firstRange(of: end) {
        defer { rest.removeSubrange(..<range.upperBound) }
        return Array(rest[..<range.lowerBound])
      }
      let count = recv(client, &buffer, buffer.count, 0)
      guard count > 0 else { return nil }
      rest += buffer[..<count]
    }
  }

  private static func body(of asked: Seen, from client: Int32, _ rest: inout [UInt8]) -> String {
    let length = asked.headers["content-length"].flatMap { Int($0) } ?? 0
    var buffer = [UInt8](repeating: 0, count: 8192)
    while rest.count < length {
      let count = recv(client, &buffer, buffer.count, 0)
      guard count > 0 else { break }
      rest += buffer[..<count]
    }
    defer { rest.removeFirst(min(length, rest.count)) }
    return String(decoding: rest.prefix(length), as: UTF8.self)
  }

  private static func parse(_ request: [UInt8], _ number: UInt64) -> Seen {
    let lines = String(decoding: request, as: UTF8.self).split(separator: "\r\n")
    let words = lines.first?.split(separator: " ").map(String.init) ?? []
    let target = words.count > 1 ? words[1] : ""
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { continue }
      headers[parts[0].lowercased()] = String(parts[1].drop { $0 == " " })
    }
    return Seen(target: target, method: words.first ?? "", headers: headers, from: number)
  }
}

extension PlayServer.Act {
  /// An answer that is whole and in order.
  static func page(
    _ body: String, status: String = "200 OK", _ headers: [String] = []
  ) -> PlayServer.Act {
    let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)"] + headers
    return .send(Array((lines.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8))
  }

  static func text(_ text: String) -> PlayServer.Act { .send(Array(text.utf8)) }

  static func redirect(to place: String, _ headers: [String] = []) -> PlayServer.Act {
    .page("", status: "302 Found", ["Location: \(place)"] + headers)
  }
}
