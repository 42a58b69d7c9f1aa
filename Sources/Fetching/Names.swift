internal import CCares
internal import CCurl
internal import Glibc
internal import Vocabulary

/// Names to addresses without ever waiting (域名解析).
///
/// libcurl's own resolver takes a thread for each name and joins it when the transfer ends: one name
/// that its server is slow to answer freezes every transfer of the same multi handle. So names are
/// looked up here, by c-ares, whose sockets are polled together with curl's, and curl is handed
/// addresses only.
///
/// IPv4 and IPv6 are asked for separately: there are name servers that answer the one and never the
/// other, and a page must not wait for an answer that it does not need.
final class Names {
  /// What a lookup came to.
  enum Finding {
    case addresses([String])
    /// The name has no address.
    case unknown
    /// The name servers failed, with c-ares's word for it.
    case failed(String)
    /// Nobody answered in time.
    case late
  }

  private static let believed: Duration = .seconds(60)
  private static let doubted: Duration = .seconds(10)
  /// How long the second family is waited for when the first has come (RFC 8305, 3).
  private static let grace: Duration = .milliseconds(100)
  /// Two questions each, and their ids are 16 bits.
  private static let mostAtOnce = 4096
  /// Names that are asked for, and findings that are told, in one turn: for each name c-ares reads the
  /// machine's hosts file, twice.
  static let handful = 16

  private let patience: Duration
  private let nameServers: String?
  private var channel: ares_channel?
  private var settingsChangedAt = 0
  private var lookups: [String: Lookup] = [:]
  private var known: [String: (finding: Finding, until: Ticks)] = [:]
  private var alarms = Timetable<String>()
  private var queued = Queue<String>()
  private var answered = Queue<String>()

  /// A resolver that asks the servers of `/etc/resolv.conf`, or those named, as `host:port,…`.
  init(patience: Duration, nameServers: String?) {
    self.patience = patience
    self.nameServers = nameServers
    ares_library_init(ARES_LIB_INIT_ALL)
    openChannel()
  }

  deinit {
    if let channel { ares_destroy(channel) }
  }

  private static let settings = "/etc/resolv.conf"

  private func openChannel() {
    if let channel { ares_destroy(channel) }
    settingsChangedAt = Self.changedAt(Self.settings)
    var options = ares_options()
    // Asked again after 2, 4 and 8 seconds: longer than `patience`, so that an answer that comes
    // after it still fills the memory for the next request.
    options.timeout = 2000
    options.tries = 3
    var set = ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES
    if nameServers != nil {
      options.flags = ARES_FLAG_NOSEARCH
      set |= ARES_OPT_FLAGS
    }
    guard ares_init_options(&channel, &options, set) == 0 else { return channel = nil }
    if let nameServers { ares_set_servers_ports_csv(channel, nameServers) }
  }

  /// What is known of a name by now.
  func finding(on name: String, at now: Ticks) -> Finding? {
    guard let known = known[name], known.until > now else { return nil }
    return known.finding
  }

  /// Begins to look a name up; joins the lookup where one is under way.
  func look(up name: String, at now: Ticks) {
    guard lookups[name] == nil else { return }
    let lookup = Lookup(name)
    lookups[name] = lookup
    alarms.add(name, at: now + patience)
    queued.append(name)
  }

  /// Asks for the next handful of those that `look` queued.
  func ask() {
    for _ in 0..<Self.handful {
      guard asking < Self.mostAtOnce, let name = queued.takeFirst() else { return }
      guard let lookup = lookups[name] else { continue }
      asking += 2
      question(lookup, family: AF_INET)
      question(lookup, family: AF_INET6)
    }
  }

  /// Questions that c-ares has not given up yet.
  private(set) var asking = 0

  private func question(_ lookup: Lookup, family: Int32) {
    guard let channel else { return take(.failed("c-ares"), for: lookup, family: family) }
    var hints = ares_addrinfo_hints()
    hints.ai_family = family
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = ARES_AI_NOSORT
    let question = Question(lookup, of: self, family: family)
    let context = Unmanaged.passRetained(question).toOpaque()
    ares_getaddrinfo(channel, lookup.name, nil, &hints, answerArrived, context)
  }

  func take(_ answer: Lookup.Answer, for lookup: Lookup, family: Int32) {
    asking -= 1
    lookup.take(answer, family: family)
    answered.append(lookup.name)
    if lookups[lookup.name] !== lookup { remember(lookup, at: Ticks.read()) }
  }

  /// Lookups that have ended by now, each once and a handful at a time.
  func ended(at now: Ticks) -> [(name: String, finding: Finding)] {
    var ended: [(name: String, finding: Finding)] = []
    while ended.count < Self.handful, let name = answered.takeFirst() {
      settle(name, at: now, into: &ended)
    }
    while ended.count < Self.handful, let name = alarms.takeDue(at: now) {
      guard let lookup = lookups[name] else { continue }
      lookup.isPressing = true
      settle(name, at: now, into: &ended)
    }
    return ended
  }

  private func settle(
    _ name: String, at now: Ticks, into ended: inout [(name: String, finding: Finding)]
  ) {
    guard let lookup = lookups[name] else { return }
    guard lookup.isWhole || lookup.isPressing else {
      if lookup.hasAddresses { alarms.add(name, at: now + Self.grace) }
      return
    }
    lookups[name] = nil
    remember(lookup, at: now)
    ended.append((name, lookup.finding))
  }

  private func remember(_ lookup: Lookup, at now: Ticks) {
    let age = lookup.hasAddresses ? Self.believed : Self.doubted
    known[lookup.name] = (lookup.finding, now + age)
  }

  /// The names that a sweep looks through.
  var swept: [String] { Array(known.keys) }

  /// Forgets a name that is no longer believed, so that years of names do not pile up.
  func sweep(_ name: String, at now: Ticks) {
    if let finding = known[name], finding.until <= now { known[name] = nil }
  }

  /// Reads the machine's settings again where they have changed.
  func refresh() {
    // c-ares reads the machine's name servers once; a daemon outlives them.
    guard !isAsking, Self.changedAt(Self.settings) != settingsChangedAt else { return }
    openChannel()
  }

  private static func changedAt(_ path: String) -> Int {
    var facts = stat()
    return stat(path, &facts) == 0 ? facts.st_mtim.tv_sec : 0
  }

  /// When `ended` is worth asking again, were no answer to come.
  var wakeAt: Ticks? { alarms.soonest }

  /// Whether there is something to do at once.
  var hasMore: Bool { !answered.isEmpty || (!queued.isEmpty && asking < Self.mostAtOnce) }

  /// Whether c-ares has questions under way and must be given a turn now and then to repeat them.
  var isAsking: Bool { asking > 0 }

  /// The sockets to poll.
  func sockets(into waiting: inout [pollfd]) {
    waiting.removeAll(keepingCapacity: true)
    guard let channel, isAsking else { return }
    withUnsafeTemporaryAllocation(of: ares_socket_t.self, capacity: 16) { sockets in
      let bits = UInt32(bitPattern: ares_getsock(channel, sockets.baseAddress, 16))
      for index in 0..<16 {
        var events: Int32 = 0
        if bits & (1 << index) != 0 { events |= POLLIN }
        if bits & (1 << (index + 16)) != 0 { events |= POLLOUT }
        guard events != 0 else { continue }
        waiting.append(pollfd(fd: sockets[index], events: Int16(events), revents: 0))
      }
    }
  }

  /// Reads and sends what poll found ready, and repeats questions that are due.
  func turn(_ polled: [pollfd]) {
    guard let channel, isAsking else { return }
    for socket in polled where socket.revents != 0 {
      // A socket in error is told of it by reading.
      let isReadable = Int32(socket.revents) & ~POLLOUT != 0
      let isWritable = Int32(socket.revents) & POLLOUT != 0
      ares_process_fd(
        channel, isReadable ? socket.fd : ARES_SOCKET_BAD, isWritable ? socket.fd : ARES_SOCKET_BAD)
    }
    ares_process_fd(channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD)
  }
}
