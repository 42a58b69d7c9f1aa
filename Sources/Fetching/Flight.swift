internal import CCurl
internal import Glibc
internal import Vocabulary

/// One transfer on its way: an easy handle with its buffer (传输), both used again for the next.
///
/// libcurl calls back into it with a bare pointer, on the fetching thread and only while the handle
/// is in the multi handle; the loop holds it for that long.
final class Flight {
  /// Why a callback ended the transfer.
  enum Stop {
    /// The body, its encoding undone, is over the cap.
    case body
    /// It unfolds to a multiple of its size that no page does.
    case bomb
    /// The header lines are over the cap.
    case headers
    /// The socket would have gone where it may not.
    case address(String)
    /// This machine has no memory for the body.
    case memory
  }

  let easy: OpaquePointer
  private(set) var errand: Errand?
  private(set) var stop: Stop?
  private(set) var isStraggler = false
  private(set) var startedAt = Ticks(milliseconds: 0)

  /// nil where a proxy is connected, which the feed names itself.
  private var policy: AddressPolicy?
  private var bodyCap = 0
  private var ratioCap = 0
  private var headerCap = 0
  private var headerBytes = 0
  private var buffer: UnsafeMutableRawPointer?
  private var capacity = 0
  private var count = 0
  private var handed: String?
  private var lists: [UnsafeMutablePointer<curl_slist>?] = []

  /// A handle that trusts the certificates of this machine, or those of a file.
  init?(trusting authorities: String?) {
    guard let easy = curl_easy_init() else { return nil }
    self.easy = easy
    if let authorities { huiyin_set_text(easy, CURLOPT_CAINFO, authorities) }
    huiyin_keep_certificates(easy)
    prepare()
  }

  deinit {
    drop()
    curl_easy_cleanup(easy)
    free(buffer)
  }

  /// What is the same for every transfer.
  private func prepare() {
    huiyin_set_long(easy, CURLOPT_NOSIGNAL, 1)
    huiyin_set_text(easy, CURLOPT_PROTOCOLS_STR, "http,https")
    // Redirects are followed by the loop: they have names to look up, lines to stand in and
    // robots.txt to read, like any other request.
    huiyin_set_long(easy, CURLOPT_FOLLOWLOCATION, 0)
    huiyin_set_text(easy, CURLOPT_ACCEPT_ENCODING, "")
    huiyin_set_long(easy, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
    // Addresses handed over stay until the loop takes them back. Pruning by age would walk through
    // all of them after every transfer.
    huiyin_set_long(easy, CURLOPT_DNS_CACHE_TIMEOUT, -1)
    // Without these two the environment of the daemon would decide about proxies.
    huiyin_set_text(easy, CURLOPT_PROXY, "")
    huiyin_set_text(easy, CURLOPT_NOPROXY, "")
    huiyin_set_long(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    huiyin_set_text(easy, CURLOPT_COOKIEFILE, "")
    let context = Unmanaged.passUnretained(self).toOpaque()
    huiyin_set_pointer(easy, CURLOPT_WRITEDATA, context)
    huiyin_set_pointer(easy, CURLOPT_HEADERDATA, context)
    huiyin_set_pointer(easy, CURLOPT_OPENSOCKETDATA, context)
    huiyin_set_pointer(easy, CURLOPT_PREREQDATA, context)
    huiyin_on_write(easy) { bytes, size, count, context in
      Flight.of(context)?.write(bytes, size * count) ?? 0
    }
    huiyin_on_header(easy) { _, size, count, context in
      Flight.of(context)?.countHeader(size * count) ?? 0
    }
    huiyin_on_open_socket(easy) { context, _, address in
      Flight.of(context)?.openSocket(address) ?? huiyin_no_socket()
    }
    huiyin_on_ready(easy) { context, address, _, _, _ in
      Flight.of(context)?.checkReused(address) ?? CURL_PREREQFUNC_ABORT
    }
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> Flight? {
    context.map { Unmanaged<Flight>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Makes ready for an errand; `ended` gives everything back.
  func begin(_ errand: Errand, _ departure: Departure, limits: FetchLimits, at now: Ticks) {
    self.errand = errand
    stop = nil
    isStraggler = false
    startedAt = now
    (headerBytes, count) = (0, 0)
    bodyCap = errand.isRobots ? limits.robotsBytes : limits.bytes
    ratioCap = limits.ratio
    headerCap = limits.headerBytes
    policy = departure.policy
    setLimits(limits)
    setRoute(departure)
    setRequest(errand, departure)
  }

  private func setLimits(_ limits: FetchLimits) {
    huiyin_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, Int(limits.connecting.inMilliseconds))
    huiyin_set_long(easy, CURLOPT_TIMEOUT_MS, Int(limits.total.inMilliseconds))
    huiyin_set_long(easy, CURLOPT_LOW_SPEED_LIMIT, limits.slowest)
    huiyin_set_long(easy, CURLOPT_LOW_SPEED_TIME, Int(limits.slowFor.components.seconds))
  }

  private func setRoute(_ departure: Departure) {
    huiyin_set_text(easy, CURLOPT_PROXY, departure.proxy ?? "")
    setList(CURLOPT_RESOLVE, departure.resolutions)
    handed = departure.handed
    huiyin_set_share(easy, departure.sessions)
    let isLenient = departure.acceptsExpiredCertificate
    // A connection made under a feed's exception must serve no feed that has none.
    huiyin_set_long(easy, CURLOPT_FRESH_CONNECT, isLenient ? 1 : 0)
    huiyin_set_long(easy, CURLOPT_FORBID_REUSE, isLenient ? 1 : 0)
    huiyin_set_long(easy, CURLOPT_SSL_SESSIONID_CACHE, isLenient ? 0 : 1)
    huiyin_on_tls(easy, isLenient ? ignoreCertificateTimes : nil)
  }

  private func setRequest(_ errand: Errand, _ departure: Departure) {
    huiyin_set_text(easy, CURLOPT_URL, errand.address.url)
    huiyin_set_text(easy, CURLOPT_USERAGENT, departure.userAgent)
    setList(CURLOPT_HTTPHEADER, departure.headers)
    setBody(errand.body)
    for cookie in errand.cookies { huiyin_set_text(easy, CURLOPT_COOKIELIST, cookie) }
  }

  private func setBody(_ body: RequestBody?) {
    guard let body else {
      huiyin_set_long(easy, CURLOPT_HTTPGET, 1)
      return
    }
    huiyin_set_long(easy, CURLOPT_POST, 1)
    huiyin_set_text(easy, CURLOPT_COPYPOSTFIELDS, body.text)
  }

  private func setList(_ option: CURLoption, _ lines: [String]) {
    var list: UnsafeMutablePointer<curl_slist>?
    for line in lines { list = curl_slist_append(list, line) }
    huiyin_set_list(easy, option, list)
    if list != nil { lists.append(list) }
  }

  /// Lets a place in flight go to another.
  func fallBehind() { isStraggler = true }

  /// Forgets the errand; what the next one needs again stays.
  func ended() {
    drop()
    huiyin_set_text(easy, CURLOPT_COOKIELIST, "ALL")
    errand = nil
    // One large page must not hold its memory for ever.
    guard capacity > 256 << 10 else { return }
    free(buffer)
    (buffer, capacity) = (nil, 0)
  }

  private func drop() {
    huiyin_set_list(easy, CURLOPT_RESOLVE, nil)
    huiyin_set_list(easy, CURLOPT_HTTPHEADER, nil)
    for list in lists { curl_slist_free_all(list) }
    lists.removeAll(keepingCapacity: true)
    huiyin_set_share(easy, nil)
  }

  /// The body as it came, in an array of its exact size.
  func body() -> [UInt8] {
    guard count > 0, let buffer else { return [] }
    return [UInt8](UnsafeRawBufferPointer(start: buffer, count: count))
  }

  /// The host and port whose addresses were handed over, once.
  func takeHanded() -> String? {
    defer { handed = nil }
    return handed
  }

  /// How many bytes of the body have come, decoded.
  var bodyCount: Int { count }
}

/// What libcurl calls while bytes move. Nothing here allocates but the buffer as it grows.
extension Flight {
  fileprivate func write(_ bytes: UnsafeMutablePointer<CChar>?, _ size: Int) -> Int {
    guard let bytes else { return 0 }
    // The first part of a robots.txt that is too long is what it says (RFC 9309, 2.5).
    let kept = min(size, bodyCap - count)
    guard let place = room(for: kept) else { return refuse(.memory) }
    memcpy(place, bytes, kept)
    count += kept
    guard kept == size else { return refuse(.body) }
    return isBomb ? refuse(.bomb) : size
  }

  /// Where so many more bytes go; nil where there is no memory for them, and the buffer stays as it
  /// was.
  private func room(for size: Int) -> UnsafeMutableRawPointer? {
    if count + size > capacity || buffer == nil {
      let wanted = max(count + size, capacity * 2, 64 << 10)
      guard let larger = realloc(buffer, wanted) else { return nil }
      (buffer, capacity) = (larger, wanted)
    }
    return buffer.map { $0 + count }
  }

  private var isBomb: Bool {
    guard count > 1 << 20 else { return false }
    let wire = max(huiyin_get_size(easy, CURLINFO_SIZE_DOWNLOAD_T), 16 << 10)
    return count / Int(wire) > ratioCap
  }

  fileprivate func countHeader(_ size: Int) -> Int {
    headerBytes += size
    return headerBytes > headerCap ? refuse(.headers) : size
  }

  private func refuse(_ reason: Stop) -> Int {
    stop = reason
    return 0
  }

  fileprivate func openSocket(_ address: UnsafeMutablePointer<curl_sockaddr>?) -> curl_socket_t {
    guard let address, let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr) else {
      return huiyin_no_socket()
    }
    // Read in place: the type says `sockaddr`, and an IPv6 address is longer than that.
    let target = (UnsafeRawPointer(address) + offset).assumingMemoryBound(to: sockaddr.self)
    if let policy, !policy.allows(target) {
      stop = .address(AddressPolicy.bytes(of: target).map(AddressPolicy.text(of:)) ?? "?")
      return huiyin_no_socket()
    }
    let made = address.pointee
    return socket(made.family, made.socktype | Int32(SOCK_CLOEXEC.rawValue), made.protocol)
  }

  /// A connection kept from before the set-up was tightened passes no socket check.
  fileprivate func checkReused(_ address: UnsafeMutablePointer<CChar>?) -> Int32 {
    guard let policy, let address else { return CURL_PREREQFUNC_OK }
    let text = String(cString: address)
    if let bytes = AddressPolicy.bytes(of: text), policy.allows(bytes) { return CURL_PREREQFUNC_OK }
    stop = .address(text)
    return CURL_PREREQFUNC_ABORT
  }
}
