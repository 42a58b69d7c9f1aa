internal import CCurl
internal import Glibc
internal import Vocabulary

/// What a transfer that has ended brought.
extension Flight {
  /// Whether it was ended because the body was over its cap.
  var isCapped: Bool {
    guard case .body = stop else { return false }
    return true
  }

  func answer(at instant: Instant, longestRetryAfter: Duration) -> Answer {
    var answer = Answer(
      url: errand?.address.url ?? "", status: huiyin_get_long(easy, CURLINFO_RESPONSE_CODE),
      bytes: body(), arrivedAt: instant)
    answer.contentType = huiyin_get_text(easy, CURLINFO_CONTENT_TYPE).map { String(cString: $0) }
    answer.etag = header("ETag")
    answer.lastModified = header("Last-Modified")
    let wait = huiyin_get_size(easy, CURLINFO_RETRY_AFTER)
    if wait > 0 { answer.retryAfter = min(.seconds(wait), longestRetryAfter) }
    return answer
  }

  /// Where it redirects to, absolute; nil where it does not. Bytes outside ASCII are encoded one by
  /// one: they may well be GBK, and would not survive as text.
  var redirect: String? {
    guard let place = huiyin_get_text(easy, CURLINFO_REDIRECT_URL) else { return nil }
    var text = ""
    for byte in UnsafeBufferPointer(start: place, count: strlen(place)).map(UInt8.init(bitPattern:))
    {
      if byte < 0x80 {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += "%" + String(byte, radix: 16, uppercase: true)
      }
    }
    return text
  }

  /// The cookies it has by now, as libcurl takes them back.
  var cookies: [String] {
    guard let first = huiyin_get_list(easy, CURLINFO_COOKIELIST) else { return [] }
    defer { curl_slist_free_all(first) }
    return sequence(first: first, next: \.pointee.next).map { String(cString: $0.pointee.data) }
  }

  func breakdown(_ code: CURLcode, _ limits: FetchLimits) -> Breakdown {
    Breakdown(
      code: code, stop: stop, certificate: huiyin_get_long(easy, CURLINFO_SSL_VERIFYRESULT),
      wasConnected: huiyin_get_size(easy, CURLINFO_PRETRANSFER_TIME_T) > 0, bodyCount: bodyCount,
      limits: limits)
  }

  /// A header line's value, where the answer has it exactly so.
  private func header(_ name: String) -> String? {
    var found: UnsafeMutablePointer<curl_header>?
    guard curl_easy_header(easy, name, 0, UInt32(CURLH_HEADER), -1, &found) == CURLHE_OK,
      let value = found?.pointee.value
    else { return nil }
    return String(validatingCString: value)
  }
}
