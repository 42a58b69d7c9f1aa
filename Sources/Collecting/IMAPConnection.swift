internal import CCurl
internal import Foundation
internal import Vocabulary

/// One conversation with a mail server that keeps mail (收信连接, RFC 9051), on one thread at a time.
///
/// libcurl connects, protects the connection and logs in. What follows is said and heard here, byte
/// by byte: libcurl's own fetching marks mails as read, and hands out a mail's text and the
/// server's words in one stream, in which a mail could speak for the server.
final class IMAPConnection: @unchecked Sendable {
  // Unchecked: whoever reads takes it out of its inbox's lock and puts it back at the end, and no two
  // read at a time. libcurl's handles may change threads, only not be used by two.
  /// Lines are long only where many mails are listed.
  private static let longestLine = 8_000_000
  private static let mostLiterals = 1000
  private let access: IMAPAccess
  private let limits: CollectingLimits
  private var cut: Cut
  private var end: ContinuousClock.Instant
  private let easy: OpaquePointer
  private let detail = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
  private let greeting = Greeting()
  private var refusedOption: CURLcode?
  private var pending: [UInt8] = []
  private var place = 0
  private var tags = 0
  /// Whether more can be asked on it.
  private(set) var isOpen = false

  /// A connection that is logged in.
  init(_ access: IMAPAccess, limits: CollectingLimits, cut: Cut) throws(MailboxFault) {
    guard huiyin_curl_start() == CURLE_OK, let easy = curl_easy_init() else {
      throw MailboxFault(zh: "libcurl 不能使用", en: "libcurl cannot be used")
    }
    self.access = access
    self.limits = limits
    self.cut = cut
    self.easy = easy
    end = .now + limits.reading
    detail.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    setUp()
    try logIn()
    end = .now + limits.reading
  }

  deinit {
    // libcurl says nothing more on a connection that it was told only to make.
    curl_easy_cleanup(easy)
    detail.deallocate()
  }

  /// Begins another reading, with a switch of its own.
  func goOn(_ cut: Cut) {
    self.cut = cut
    end = .now + limits.reading
  }

  /// Whether the reading had better begin nothing more.
  var isLate: Bool { ContinuousClock.now > end - limits.reading / 3 }

  /// Says goodbye, and waits for no answer.
  func close() {
    guard isOpen else { return }
    isOpen = false
    _ = try? say("LOGOUT", until: .now + .seconds(1))
  }

  /// Says a command and hears each answer to it, as it comes, until the server has done with it.
  ///
  /// Of a literal no more is kept than so many bytes. False where the server says no to what it may
  /// say no to: one damaged mail must not end the reading of all.
  @discardableResult
  func ask(
    _ command: String, keeping most: Int = 65_536, mayBeRefused: Bool = false,
    _ hear: (IMAPLine) -> Void = { _ in }
  ) throws(MailboxFault) -> Bool {
    let deadline = min(end, ContinuousClock.now + limits.step)
    let tag = try say(command, until: deadline)
    while true {
      let line = try self.line(keeping: most, until: deadline)
      let words = line.opening
      if words.first == tag.uppercased() {
        let answer = words.dropFirst().first
        if mayBeRefused, answer == "NO" { return false }
        guard answer == "OK" else { throw refused(command, line) }
        return true
      }
      if words.first == "*", words.dropFirst().first == "BYE" { throw refused(command, line) }
      guard words.first == "*" else { throw strange }
      hear(line)
    }
  }
}

// MARK: Connecting

extension IMAPConnection {
  /// What the server said last while libcurl logged in.
  private final class Greeting {
    var line = ""
  }

  private func logIn() throws(MailboxFault) {
    if let code = refusedOption {
      let why = String(cString: curl_easy_strerror(code))
      throw MailboxFault(zh: "libcurl 不能使用：\(why)", en: "libcurl cannot be used: \(why)")
    }
    let code = withExtendedLifetime(greeting) { curl_easy_perform(easy) }
    // What it would report to lives only as long as this reading.
    set(CURLOPT_NOPROGRESS, 1)
    guard code == CURLE_OK else { throw unreachable(code) }
    isOpen = true
  }

  private func setUp() {
    set(CURLOPT_URL, access.url)
    set(CURLOPT_PROTOCOLS_STR, "imap,imaps")
    // An `all_proxy` in the environment is meant for browsers.
    set(CURLOPT_PROXY, "")
    set(CURLOPT_USERNAME, access.username)
    set(CURLOPT_PASSWORD, access.password)
    set(CURLOPT_CONNECT_ONLY, 1)
    set(CURLOPT_CONNECTTIMEOUT_MS, Int(limits.connect.inMilliseconds))
    set(CURLOPT_TIMEOUT_MS, Int(limits.connect.inMilliseconds))
    // Signals belong to the process; without this libcurl's timeouts would use them.
    set(CURLOPT_NOSIGNAL, 1)
    // Its resolver thread is left behind rather than waited for when a name server hangs.
    set(CURLOPT_QUICK_EXIT, 1)
    set(CURLOPT_SSL_VERIFYPEER, 1)
    set(CURLOPT_SSL_VERIFYHOST, 2)
    set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    if access.requiresStartTLS { set(CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue)) }
    if let file = limits.caFile { set(CURLOPT_CAINFO, file) }
    listen()
  }

  private func listen() {
    huiyin_set_pointer(easy, CURLOPT_ERRORBUFFER, detail)
    huiyin_set_pointer(easy, CURLOPT_HEADERDATA, Unmanaged.passUnretained(greeting).toOpaque())
    huiyin_on_header(easy) { line, size, count, context in
      let bytes = UnsafeRawBufferPointer(start: line, count: min(size * count, 1000))
      context.map { Unmanaged<Greeting>.fromOpaque($0).takeUnretainedValue() }?.line =
        MailText.onOneLine(String(decoding: bytes, as: UTF8.self))
      return size * count
    }
    huiyin_set_pointer(easy, CURLOPT_XFERINFODATA, Unmanaged.passUnretained(cut).toOpaque())
    huiyin_on_progress(easy) { context, _, _, _, _ in
      let cut = context.map { Unmanaged<Cut>.fromOpaque($0).takeUnretainedValue() }
      return cut?.isMade == true ? 1 : 0
    }
    set(CURLOPT_NOPROGRESS, 0)
  }

  private func set(_ option: CURLoption, _ text: String) {
    check(huiyin_set_text(easy, option, text))
  }

  private func set(_ option: CURLoption, _ number: Int) {
    check(huiyin_set_long(easy, option, number))
  }

  private func check(_ code: CURLcode) {
    if code != CURLE_OK, refusedOption == nil { refusedOption = code }
  }
}

// MARK: Saying and hearing

extension IMAPConnection {
  /// Says a command under a tag of its own, which it returns.
  @discardableResult
  private func say(
    _ command: String, until deadline: ContinuousClock.Instant
  ) throws(MailboxFault) -> String {
    tags += 1
    let tag = "h\(tags)"
    var rest = Array("\(tag) \(command)\r\n".utf8)[...]
    while !rest.isEmpty {
      var count = 0
      let code = rest.withUnsafeBytes { curl_easy_send(easy, $0.baseAddress, $0.count, &count) }
      rest = rest.dropFirst(count)
      if code == CURLE_OK { continue }
      guard code == CURLE_AGAIN else { throw lost }
      try wait(for: Int16(POLLOUT), until: deadline)
    }
    return tag
  }

  /// The next whole line, with its literals.
  private func line(
    keeping most: Int, until deadline: ContinuousClock.Instant
  ) throws(MailboxFault) -> IMAPLine {
    var line = IMAPLine()
    while true {
      let text = try bareLine(until: deadline)
      guard line.bytes.count + text.count <= IMAPConnection.longestLine else { throw tooMuch }
      guard let (length, marks) = IMAPLine.announced(in: text),
        !(line.literals.isEmpty && IMAPLine.isStatus(text))
      else {
        line.append(text)
        return line
      }
      guard line.literals.count < IMAPConnection.mostLiterals else { throw tooMuch }
      line.append(Array(text.dropLast(marks)))
      line.append(literal: try literal(of: length, keeping: most, until: deadline))
    }
  }

  /// Up to the next line end, which is left out.
  private func bareLine(
    until deadline: ContinuousClock.Instant
  ) throws(MailboxFault) -> [UInt8] {
    var searched = place
    while true {
      if let end = pending[searched...].firstIndex(of: 0x0A) {
        let line = pending[place..<end]
        place = end + 1
        return Array(line.last == 0x0D ? line.dropLast() : line)
      }
      searched = pending.count
      guard searched - place <= IMAPConnection.longestLine else { throw tooMuch }
      let before = place
      try receive(until: deadline)
      // Receiving throws away what was read.
      searched -= before - place
    }
  }

  /// So many bytes as they are; beyond what is to be kept they are only counted.
  private func literal(
    of length: Int, keeping most: Int, until deadline: ContinuousClock.Instant
  ) throws(MailboxFault) -> [UInt8] {
    var kept: [UInt8] = []
    var left = length
    while left > 0 {
      if place == pending.count { try receive(until: deadline) }
      let part = pending[place...].prefix(left)
      kept += part.prefix(max(0, most - kept.count))
      left -= part.count
      place += part.count
    }
    return kept
  }

  private func receive(until deadline: ContinuousClock.Instant) throws(MailboxFault) {
    pending.removeFirst(place)
    place = 0
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      var count = 0
      let code = chunk.withUnsafeMutableBytes {
        curl_easy_recv(easy, $0.baseAddress, $0.count, &count)
      }
      if code == CURLE_OK, count > 0 {
        pending += chunk.prefix(count)
        // A server that drips is out of time too.
        guard ContinuousClock.now < deadline else { throw tooSlow }
        guard !cut.isMade else { throw .stopped }
        return
      }
      guard code == CURLE_AGAIN else { throw lost }
      try wait(for: Int16(POLLIN), until: deadline)
    }
  }

  /// Waits until the connection can go on, in spans so short that a stop is soon seen.
  private func wait(
    for events: Int16, until deadline: ContinuousClock.Instant
  ) throws(MailboxFault) {
    let socket = huiyin_get_socket(easy, CURLINFO_ACTIVESOCKET)
    guard socket != huiyin_no_socket() else { throw lost }
    while true {
      guard !cut.isMade else { throw .stopped }
      guard ContinuousClock.now < deadline else { throw tooSlow }
      var one = pollfd(fd: socket, events: events, revents: 0)
      if poll(&one, 1, 200) != 0 { return }
    }
  }
}

// MARK: What can go wrong

extension IMAPConnection {
  private func unreachable(_ code: CURLcode) -> MailboxFault {
    guard !cut.isMade else { return .stopped }
    let said = access.withoutSecrets(greeting.line)
    if code == CURLE_LOGIN_DENIED {
      return MailboxFault(
        zh: "收件箱登录被拒：请核对用户名和授权码（\(said)）",
        en: "the mailbox refused the login: check user and password (\(said))")
    }
    let own = MailText.onOneLine(String(cString: detail))
    let why = own.isEmpty ? String(cString: curl_easy_strerror(code)) : own
    return MailboxFault(
      zh: "收件箱连不上：\(why)", en: "the mailbox cannot be reached: \(why)")
  }

  private func refused(_ command: String, _ line: IMAPLine) -> MailboxFault {
    let verb = command.split(separator: " ").prefix(command.hasPrefix("UID") ? 2 : 1)
      .joined(separator: " ")
    let said = String(access.withoutSecrets(line.text).prefix(300))
    isOpen = false
    return MailboxFault(
      zh: "收件箱服务器拒绝了 \(verb)：\(said)", en: "the mailbox's server refused \(verb): \(said)")
  }

  /// What it said is not repeated: it may be the text of somebody's mail.
  private var strange: MailboxFault {
    isOpen = false
    return MailboxFault(
      zh: "收件箱服务器的答复不合 IMAP 规范，下次再读",
      en: "the mailbox's server does not speak IMAP; it is read again")
  }

  private var lost: MailboxFault {
    isOpen = false
    return MailboxFault(
      zh: "收件箱的连接断了，下次再读", en: "the mailbox's connection broke; it is read again")
  }

  private var tooSlow: MailboxFault {
    isOpen = false
    return MailboxFault(
      zh: "收件箱服务器太久没有答完，下次再读",
      en: "the mailbox's server took too long to answer; it is read again")
  }

  private var tooMuch: MailboxFault {
    isOpen = false
    return MailboxFault(
      zh: "收件箱服务器的答复长得不合理", en: "the mailbox's server answers with no end")
  }
}
