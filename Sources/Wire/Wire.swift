internal import CCurl
internal import Foundation

/// Why nothing more can be said or heard (线路中断).
package enum WireFault: Error, Sendable {
  /// The other side hung up, or the connection broke; libcurl's own sentence.
  case lost(String)
  /// The time that was given is over.
  case late
  /// Whoever asked has no more use for an answer.
  case cut
}

/// A connection that libcurl made, protected and logged in on, and then left to us (线路).
///
/// Bytes in, bytes out, on the connection's own thread, with or without TLS. libcurl's handle stays
/// with whoever made it and must outlive the wire.
package struct Wire {
  /// How long a stop may go unseen, in milliseconds.
  private static let span: Int32 = 200

  private let easy: OpaquePointer
  private let socket: Int32

  /// The wire of a handle that has connected (`CURLOPT_CONNECT_ONLY`); nil where it has none.
  package init?(_ easy: OpaquePointer) {
    socket = huiyin_get_socket(easy, CURLINFO_ACTIVESOCKET)
    guard socket != huiyin_no_socket() else { return nil }
    self.easy = easy
  }

  /// Says bytes, all of them.
  package func say(
    _ bytes: [UInt8], until deadline: ContinuousClock.Instant, isCut: () -> Bool
  ) throws(WireFault) {
    var said = 0
    while said < bytes.count {
      var count = 0
      let code = bytes.withUnsafeBytes {
        curl_easy_send(easy, $0.baseAddress?.advanced(by: said), $0.count - said, &count)
      }
      said += count
      if code == CURLE_OK { continue }
      guard code == CURLE_AGAIN else { throw .lost(String(cString: curl_easy_strerror(code))) }
      try wait(for: POLLOUT, until: deadline, isCut)
    }
  }

  /// Hears what comes next: at least one byte, at most as many as there is room for.
  package func hear(
    into room: inout [UInt8], until deadline: ContinuousClock.Instant, isCut: () -> Bool
  ) throws(WireFault) -> Int {
    while true {
      var count = 0
      let code = room.withUnsafeMutableBytes {
        curl_easy_recv(easy, $0.baseAddress, $0.count, &count)
      }
      guard code == CURLE_AGAIN else {
        guard code == CURLE_OK, count > 0 else {
          let why = code == CURLE_OK ? CURLE_GOT_NOTHING : code
          throw .lost(String(cString: curl_easy_strerror(why)))
        }
        // A server that drips is out of time too.
        guard ContinuousClock.now < deadline else { throw .late }
        guard !isCut() else { throw .cut }
        return count
      }
      try wait(for: POLLIN, until: deadline, isCut)
    }
  }

  /// Waits until the connection can go on, in spans so short that a stop is soon seen.
  private func wait(
    for events: Int32, until deadline: ContinuousClock.Instant, _ isCut: () -> Bool
  ) throws(WireFault) {
    while true {
      guard !isCut() else { throw .cut }
      guard ContinuousClock.now < deadline else { throw .late }
      var one = pollfd(fd: socket, events: Int16(events), revents: 0)
      if poll(&one, 1, Wire.span) != 0 { return }
    }
  }
}
