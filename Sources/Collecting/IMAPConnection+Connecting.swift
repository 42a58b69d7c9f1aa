internal import CCurl
internal import Foundation
internal import Vocabulary
internal import Wire

/// Connecting and logging in (连接与登录), which libcurl does.
extension IMAPConnection {
  /// What the server said last while libcurl logged in.
  final class Greeting {
    var line = ""
  }

  /// Connects, protects the connection and logs in.
  func logIn() throws(MailboxFault) {
    if let code = refusedOption {
      let why = String(cString: curl_easy_strerror(code))
      throw MailboxFault(zh: "libcurl 不能使用：\(why)", en: "libcurl cannot be used: \(why)")
    }
    let code = withExtendedLifetime(greeting) { curl_easy_perform(easy) }
    // What it would report to lives only as long as this reading.
    set(CURLOPT_NOPROGRESS, 1)
    guard code == CURLE_OK else { throw unreachable(code) }
    wire = Wire(easy)
    isOpen = true
  }

  /// Tells libcurl how.
  func setUp() {
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
    huiyin_keep_certificates(easy)
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
