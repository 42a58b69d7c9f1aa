internal import CCurl

/// libcurl's multi handle (传输引擎).
///
/// `@unchecked Sendable`: all of it belongs to the fetching thread, but for `wake`, which writes to a
/// file that lives as long as this box; whoever may call it holds the box.
final class Multi: @unchecked Sendable {
  let handle: OpaquePointer?
  let watch = Watch()

  init() {
    Self.started
    handle = curl_multi_init()
    huiyin_multi_on_socket(handle, Unmanaged.passUnretained(watch).toOpaque()) {
      _, socket, what, context, _ in
      context.map { Unmanaged<Watch>.fromOpaque($0).takeUnretainedValue().note(socket, what) }
      return 0
    }
    // Connections kept for the next request, beside those in use. Each is an open file.
    huiyin_multi_set_long(handle, CURLMOPT_MAXCONNECTS, 256)
  }

  deinit { curl_multi_cleanup(handle) }

  /// In how many milliseconds libcurl wants a turn whatever happens; nil where it does not.
  var timeout: Int64? {
    var milliseconds = -1
    curl_multi_timeout(handle, &milliseconds)
    return milliseconds < 0 ? nil : Int64(milliseconds)
  }

  /// Ends the thread's wait.
  func wake() { watch.ring() }

  /// libcurl's own set-up, once in the life of the program and before any handle.
  static let started: Void = { _ = huiyin_curl_start() }()
}

/// TLS sessions of earlier connections (TLS 会话), so that the next handshake is a short one.
///
/// A share handle of libcurl 7.88 keeps eight sessions whatever it is told; the hosts are spread over
/// many. They stay on one thread, and so need no locks.
final class SessionShelf {
  private var shares: [Int: OpaquePointer] = [:]

  func share(for host: String) -> OpaquePointer? {
    let slot = Int(UInt(bitPattern: host.hashValue) % 256)
    if let share = shares[slot] { return share }
    guard let share = curl_share_init() else { return nil }
    huiyin_share(share, CURL_LOCK_DATA_SSL_SESSION)
    shares[slot] = share
    return share
  }

  deinit {
    for share in shares.values { curl_share_cleanup(share) }
  }
}
