internal import CCurl
internal import Foundation
internal import Vocabulary

/// Delivers to a mail server over one connection, which is kept for the next parcel.
///
/// One easy handle on one thread, never a multi handle shared with others: libcurl's SMTP blocks
/// the whole multi while a server thinks about the end of the data.
final class SMTPCarrier: Carrier {
  private let access: SMTPAccess
  private let limits: MailLimits
  private let cut: Cut
  private let easy: OpaquePointer?
  private let detail = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
  /// The first option that libcurl would not take: without STARTTLS or the certificate check set,
  /// nothing may be sent.
  private var refusedOption: CURLcode?
  private var isClosed = false

  /// A carrier without a connection yet.
  init(_ access: SMTPAccess, limits: MailLimits, cut: Cut) {
    self.access = access
    self.limits = limits
    self.cut = cut
    easy = huiyin_curl_start() == CURLE_OK ? curl_easy_init() : nil
    detail.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    setUp()
  }

  deinit {
    close()
    detail.deallocate()
  }

  var isConnected: Bool {
    guard let easy, !isClosed else { return false }
    return huiyin_get_socket(easy, CURLINFO_ACTIVESOCKET) != huiyin_no_socket()
  }

  func carry(_ parcel: Parcel) -> Attempt {
    guard let easy, refusedOption == nil else { return unusable }
    let (conversation, ending) = transfer(parcel, on: easy, fresh: false)
    // A server may have hung up, with or without a 421, while the connection lay idle.
    if conversation.isStale(ending) {
      let (conversation, ending) = transfer(parcel, on: easy, fresh: true)
      return Attempt(conversation, ending)
    }
    return Attempt(conversation, ending)
  }

  func close() {
    guard let easy, !isClosed else { return }
    isClosed = true
    // Cleaning up says QUIT and waits two minutes for the answer, unless there can be none.
    hangUp(easy)
    curl_easy_cleanup(easy)
  }

  /// Hears nothing more on the connection that is kept, so that libcurl finds it dead.
  private func hangUp(_ easy: OpaquePointer) {
    let socket = huiyin_get_socket(easy, CURLINFO_ACTIVESOCKET)
    if socket != huiyin_no_socket() { shutdown(socket, Int32(SHUT_RD)) }
  }

  private var unusable: Attempt {
    let why = refusedOption.map { String(cString: curl_easy_strerror($0)) } ?? "curl_easy_init"
    return Attempt(
      .deferred, Phrase(zh: "libcurl 不能使用：\(why)", en: "libcurl cannot be used: \(why)"))
  }
}

extension Conversation {
  /// Whether a connection that was kept turned out to be dead before the letter was begun.
  fileprivate func isStale(_ ending: Ending) -> Bool {
    guard ending.isReused, step == .connect || step == .sender else { return false }
    if let answer { return answer.code == 421 }
    return ending.code == CURLE_SEND_ERROR || ending.code == CURLE_RECV_ERROR
  }
}

// MARK: One transfer

extension SMTPCarrier {
  private func transfer(
    _ parcel: Parcel, on easy: OpaquePointer, fresh: Bool
  ) -> (Conversation, Ending) {
    let recipients = curl_slist_append(nil, "<\(parcel.to)>")
    defer { curl_slist_free_all(recipients) }
    let transfer = Transfer(parcel, cut: cut)
    let context = Unmanaged.passUnretained(transfer).toOpaque()
    for option in [CURLOPT_READDATA, CURLOPT_HEADERDATA, CURLOPT_DEBUGDATA, CURLOPT_XFERINFODATA] {
      huiyin_set_pointer(easy, option, context)
    }
    huiyin_set_text(easy, CURLOPT_MAIL_FROM, "<\(parcel.from)>")
    huiyin_set_list(easy, CURLOPT_MAIL_RCPT, recipients)
    huiyin_set_size(easy, CURLOPT_INFILESIZE_LARGE, curl_off_t(parcel.bytes.count))
    huiyin_set_long(easy, CURLOPT_FRESH_CONNECT, fresh ? 1 : 0)
    detail[0] = 0
    let code = withExtendedLifetime(transfer) { curl_easy_perform(easy) }
    // libcurl keeps a connection that timed out after the end of the content, as if its answer could
    // not come any more and be taken for the next letter's.
    if transfer.conversation.answer == nil { hangUp(easy) }
    var ending = ending(code, of: parcel, on: easy)
    ending.isWithheld = transfer.isWithheld
    return (transfer.conversation, ending)
  }

  private func ending(_ code: CURLcode, of parcel: Parcel, on easy: OpaquePointer) -> Ending {
    Ending(
      code: code, detail: code == CURLE_OK ? "" : detail(of: code),
      isConnected: huiyin_get_size(easy, CURLINFO_CONNECT_TIME_T) > 0,
      // Where writing failed, the end of the data is what could not be written.
      isSentWhole: code != CURLE_SEND_ERROR
        && huiyin_get_size(easy, CURLINFO_SIZE_UPLOAD_T) >= parcel.bytes.count,
      isReused: huiyin_get_long(easy, CURLINFO_NUM_CONNECTS) == 0,
      isCut: code == CURLE_ABORTED_BY_CALLBACK && cut.isMade)
  }
}

extension SMTPCarrier {
  private func detail(of code: CURLcode) -> String {
    let own = String(cString: detail)
    return HeaderField.cleaned(own.isEmpty ? String(cString: curl_easy_strerror(code)) : own)
  }
}

// MARK: Options

extension SMTPCarrier {
  private func setUp() {
    guard let easy else { return }
    setServer(easy)
    setLimits(easy)
    setTLS(easy)
    setLogin(easy)
    Transfer.listen(on: easy)
    huiyin_set_pointer(easy, CURLOPT_ERRORBUFFER, detail)
  }

  private func setServer(_ easy: OpaquePointer) {
    check(huiyin_set_text(easy, CURLOPT_URL, access.url))
    check(huiyin_set_text(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps"))
    // An `all_proxy` in the environment is meant for browsers.
    check(huiyin_set_text(easy, CURLOPT_PROXY, ""))
    check(huiyin_set_long(easy, CURLOPT_UPLOAD, 1))
  }

  private func setLimits(_ easy: OpaquePointer) {
    check(huiyin_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, Int(limits.connect.inMilliseconds)))
    check(huiyin_set_long(easy, CURLOPT_TIMEOUT_MS, Int(limits.delivery.inMilliseconds)))
    // Signals belong to the process; without this libcurl's timeouts would use them.
    check(huiyin_set_long(easy, CURLOPT_NOSIGNAL, 1))
    // Its resolver thread is left behind rather than waited for when a name server hangs.
    check(huiyin_set_long(easy, CURLOPT_QUICK_EXIT, 1))
  }

  private func setTLS(_ easy: OpaquePointer) {
    check(huiyin_set_long(easy, CURLOPT_SSL_VERIFYPEER, 1))
    check(huiyin_set_long(easy, CURLOPT_SSL_VERIFYHOST, 2))
    check(huiyin_set_long(easy, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)))
    if access.requiresStartTLS {
      check(huiyin_set_long(easy, CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue)))
    }
    if let file = limits.caFile { check(huiyin_set_text(easy, CURLOPT_CAINFO, file)) }
    huiyin_keep_certificates(easy)
  }

  private func setLogin(_ easy: OpaquePointer) {
    guard let login = access.login else { return }
    check(huiyin_set_text(easy, CURLOPT_USERNAME, login.username))
    check(huiyin_set_text(easy, CURLOPT_PASSWORD, login.password))
  }

  private func check(_ code: CURLcode) {
    if code != CURLE_OK, refusedOption == nil { refusedOption = code }
  }
}
