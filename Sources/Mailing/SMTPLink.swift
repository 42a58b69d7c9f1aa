internal import CCurl
internal import Foundation
internal import Vocabulary
internal import Wire

/// An SMTP connection that is logged in (发信连接), on the thread of its carrier.
final class SMTPLink {
  /// Why there is no connection, as a letter hears it.
  struct Closed: Error {
    var attempt: Attempt
  }

  let cut: Cut
  let wire: Wire
  /// What the server can do beside what every server can.
  let offers: Conversation.Offers
  /// Whether another letter may go over it: all that was asked is answered, and as it should be.
  var isUsable = true
  /// Whether a letter was begun and not ended, so that the server has to forget it first (RSET).
  var isMidway = false
  /// Whether a letter has gone over it, or tried to.
  var isUsed = false
  /// What was heard and not read yet.
  var pending: [UInt8] = []
  var room = [UInt8](repeating: 0, count: 4096)

  private let easy: OpaquePointer

  /// Connects, protects the connection and logs in.
  init(
    _ access: SMTPAccess, limits: MailLimits, cut: Cut, until deadline: ContinuousClock.Instant
  ) throws(Closed) {
    guard huiyin_curl_start() == CURLE_OK, let easy = curl_easy_init() else {
      throw Closed(attempt: .unusable("curl_easy_init"))
    }
    let introduction = Introduction(cut: cut)
    let detail = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    detail.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    defer { detail.deallocate() }
    var options = Options(easy: easy)
    options.setUp(access, limits: limits, until: deadline)
    huiyin_set_pointer(easy, CURLOPT_ERRORBUFFER, detail)
    let code = options.refused ?? introduction.connect(easy)
    huiyin_set_pointer(easy, CURLOPT_ERRORBUFFER, nil)
    guard code == CURLE_OK, let wire = Wire(easy) else {
      let ending = Ending(connecting: easy, code, detail, isCut: cut.isMade)
      curl_easy_cleanup(easy)
      let isSetUp = options.refused == nil
      throw Closed(
        attempt: isSetUp ? Attempt(introduction.conversation, ending) : .unusable(ending.detail))
    }
    self.easy = easy
    self.cut = cut
    self.wire = wire
    offers = introduction.conversation.offers
  }

  deinit {
    // libcurl says nothing more on a connection that it was told only to make.
    curl_easy_cleanup(easy)
  }

  /// Says goodbye, and waits for no answer.
  func sayGoodbye() {
    try? wire.say(Array("QUIT\r\n".utf8), until: .now) { false }
  }
}

// MARK: Options

/// What libcurl is told before it connects.
private struct Options {
  let easy: OpaquePointer
  /// The first option that libcurl would not take: without STARTTLS or the certificate check set,
  /// nothing may be sent.
  var refused: CURLcode?

  mutating func setUp(
    _ access: SMTPAccess, limits: MailLimits, until deadline: ContinuousClock.Instant
  ) {
    setServer(access)
    setLimits(limits, until: deadline)
    setTLS(access, limits)
    guard let login = access.login else { return }
    check(huiyin_set_text(easy, CURLOPT_USERNAME, login.username))
    check(huiyin_set_text(easy, CURLOPT_PASSWORD, login.password))
  }

  private mutating func setServer(_ access: SMTPAccess) {
    check(huiyin_set_text(easy, CURLOPT_URL, access.url))
    check(huiyin_set_text(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps"))
    // An `all_proxy` in the environment is meant for browsers.
    check(huiyin_set_text(easy, CURLOPT_PROXY, ""))
    check(huiyin_set_long(easy, CURLOPT_CONNECT_ONLY, 1))
  }

  private mutating func setLimits(_ limits: MailLimits, until deadline: ContinuousClock.Instant) {
    let left = max(1, Int((deadline - .now).inMilliseconds))
    check(huiyin_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, Int(limits.connect.inMilliseconds)))
    check(huiyin_set_long(easy, CURLOPT_TIMEOUT_MS, left))
    // Signals belong to the process; without this libcurl's timeouts would use them.
    check(huiyin_set_long(easy, CURLOPT_NOSIGNAL, 1))
    // Its resolver thread is left behind rather than waited for when a name server hangs.
    check(huiyin_set_long(easy, CURLOPT_QUICK_EXIT, 1))
  }

  private mutating func setTLS(_ access: SMTPAccess, _ limits: MailLimits) {
    check(huiyin_set_long(easy, CURLOPT_SSL_VERIFYPEER, 1))
    check(huiyin_set_long(easy, CURLOPT_SSL_VERIFYHOST, 2))
    check(huiyin_set_long(easy, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)))
    if access.requiresStartTLS {
      check(huiyin_set_long(easy, CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue)))
    }
    if let file = limits.caFile { check(huiyin_set_text(easy, CURLOPT_CAINFO, file)) }
    huiyin_keep_certificates(easy)
  }

  private mutating func check(_ code: CURLcode) {
    if code != CURLE_OK, refused == nil { refused = code }
  }
}

extension Ending {
  /// How connecting ended that did not come to a login.
  fileprivate init(
    connecting easy: OpaquePointer, _ code: CURLcode, _ detail: UnsafePointer<CChar>, isCut: Bool
  ) {
    let own = String(cString: detail)
    let why = own.isEmpty ? String(cString: curl_easy_strerror(code)) : own
    self.init(
      code: code, detail: HeaderField.cleaned(why),
      isConnected: huiyin_get_size(easy, CURLINFO_CONNECT_TIME_T) > 0,
      isCut: code == CURLE_ABORTED_BY_CALLBACK && isCut)
  }
}

extension Attempt {
  /// libcurl cannot do what is asked of it.
  fileprivate static func unusable(_ why: String) -> Attempt {
    Attempt(.deferred, Phrase(zh: "libcurl 不能使用：\(why)", en: "libcurl cannot be used: \(why)"))
  }
}
