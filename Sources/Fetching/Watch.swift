internal import CCurl
internal import Glibc

/// The sockets that libcurl wants looked after (待查套接字), and the bell that ends the wait for them.
///
/// `curl_multi_perform` serves all that are ready before it returns. On a busy machine that can be a
/// hundred pages, each to be unpacked, and for so long no name, no order and no alarm would have its
/// turn. Here some are served, and whoever is left is found ready by the next look. The kernel keeps
/// the list, those longest unserved first, so that a look costs what is ready and not what is open.
final class Watch {
  /// So many are asked for at once: what is told and not served would go to the end of the list.
  private static let handful = 4

  private let sockets = epoll_create1(Int32(EPOLL_CLOEXEC))
  private let bell = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
  private var polled: [pollfd] = []
  private var ready = [epoll_event](repeating: epoll_event(), count: handful)

  deinit {
    close(sockets)
    close(bell)
  }

  /// libcurl wants a socket watched for this from now on, or no more.
  func note(_ socket: curl_socket_t, _ what: Int32) {
    var event = epoll_event()
    event.data.fd = socket
    switch what {
    case CURL_POLL_IN: event.events = EPOLLIN.rawValue
    case CURL_POLL_OUT: event.events = EPOLLOUT.rawValue
    case CURL_POLL_INOUT: event.events = EPOLLIN.rawValue | EPOLLOUT.rawValue
    default:
      epoll_ctl(sockets, EPOLL_CTL_DEL, socket, nil)
      return
    }
    // A socket that was closed has left the list by itself, and its number may be another's by now.
    if epoll_ctl(sockets, EPOLL_CTL_ADD, socket, &event) != 0, errno == EEXIST {
      epoll_ctl(sockets, EPOLL_CTL_MOD, socket, &event)
    }
  }

  /// Waits until libcurl's sockets have something, or others, or the bell rings, or the time is over.
  /// What the others have is noted in them. May be called on the thread that serves alone.
  func wait(_ milliseconds: Int32, also others: inout [pollfd]) {
    polled.removeAll(keepingCapacity: true)
    for file in [bell, sockets] {
      polled.append(pollfd(fd: file, events: Int16(POLLIN), revents: 0))
    }
    polled += others
    let count = poll(&polled, nfds_t(polled.count), milliseconds)
    for place in others.indices { others[place].revents = polled[place + 2].revents }
    guard count > 0, polled[0].revents != 0 else { return }
    // Before anybody looks at what it was rung for: rung again after this, it ends the next wait.
    var rings: UInt64 = 0
    read(bell, &rings, MemoryLayout<UInt64>.size)
  }

  /// Ends the wait, or the next one; from any thread.
  func ring() {
    var once: UInt64 = 1
    write(bell, &once, MemoryLayout<UInt64>.size)
  }

  /// Moves the transfers whose time has come, and those on whose sockets something is, as far as the
  /// time goes.
  func serve(_ multi: OpaquePointer?, until end: Ticks) {
    var running: Int32 = 0
    var milliseconds = -1
    curl_multi_timeout(multi, &milliseconds)
    if milliseconds == 0 { curl_multi_socket_action(multi, huiyin_no_socket(), 0, &running) }
    repeat {
      let count = Int(epoll_wait(sockets, &ready, Int32(Self.handful), 0))
      // One that was served may have closed another, of which libcurl then knows nothing.
      for event in ready.prefix(max(0, count)) {
        curl_multi_socket_action(multi, event.data.fd, Self.happened(event.events), &running)
      }
      guard count == Self.handful else { return }
    } while Ticks.read() < end
  }

  private static func happened(_ events: UInt32) -> Int32 {
    var happened: Int32 = 0
    if events & (EPOLLIN.rawValue | EPOLLHUP.rawValue) != 0 { happened |= CURL_CSELECT_IN }
    if events & EPOLLOUT.rawValue != 0 { happened |= CURL_CSELECT_OUT }
    if events & EPOLLERR.rawValue != 0 { happened |= CURL_CSELECT_ERR }
    return happened
  }
}
