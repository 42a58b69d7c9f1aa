internal import CCurl
internal import Glibc

/// The sockets that libcurl wants looked after (待查套接字), served a few at a time.
///
/// `curl_multi_perform` serves all that are ready before it returns. On a busy machine that can be a
/// hundred pages, each to be unpacked, and for so long no name, no order and no alarm would have its
/// turn. Here some are served, and whoever is left is found ready by the next look.
final class Watch {
  private var wanted: [curl_socket_t: Int16] = [:]
  private var looks: [pollfd] = []
  /// Where the next look begins, so that none is always the last.
  private var first = 0

  /// libcurl wants a socket watched for this from now on, or no more.
  func note(_ socket: curl_socket_t, _ what: Int32) {
    switch what {
    case CURL_POLL_IN: wanted[socket] = Int16(POLLIN)
    case CURL_POLL_OUT: wanted[socket] = Int16(POLLOUT)
    case CURL_POLL_INOUT: wanted[socket] = Int16(POLLIN | POLLOUT)
    default: wanted[socket] = nil
    }
  }

  /// Moves the transfers on whose sockets are ready, or whose time has come.
  func serve(_ multi: OpaquePointer?) {
    var running: Int32 = 0
    var milliseconds = -1
    curl_multi_timeout(multi, &milliseconds)
    if milliseconds == 0 { curl_multi_socket_action(multi, huiyin_no_socket(), 0, &running) }
    look()
    let until = Ticks.read() + Loop.slice
    for offset in looks.indices {
      let place = (first + offset) % looks.count
      let look = looks[place]
      // One that was served may have closed another.
      guard look.revents != 0, wanted[look.fd] != nil else { continue }
      curl_multi_socket_action(multi, look.fd, Self.happened(look.revents), &running)
      guard Ticks.read() < until else { return first = place + 1 }
    }
  }

  private func look() {
    looks.removeAll(keepingCapacity: true)
    for (socket, events) in wanted { looks.append(pollfd(fd: socket, events: events, revents: 0)) }
    // Nothing is waited for: that is the loop's.
    poll(&looks, nfds_t(looks.count), 0)
  }

  private static func happened(_ events: Int16) -> Int32 {
    var happened: Int32 = 0
    if events & Int16(POLLIN | POLLHUP) != 0 { happened |= CURL_CSELECT_IN }
    if events & Int16(POLLOUT) != 0 { happened |= CURL_CSELECT_OUT }
    if events & Int16(POLLERR | POLLNVAL) != 0 { happened |= CURL_CSELECT_ERR }
    return happened
  }
}
