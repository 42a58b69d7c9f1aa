internal import CCurl
internal import Foundation
internal import Synchronization
package import Vocabulary

/// One sign to whoever watches from outside (心跳): a GET that says nothing but that it was made.
///
/// It has a thread and a handle of its own, so that a watcher that hangs holds up no page. No
/// redirect is followed, and of the answer only the status is read.
package struct Beat: Sendable {
  private let address: HeartbeatAddress
  private let userAgent: String
  private let connecting: Duration
  private let total: Duration

  /// A sign to an address.
  ///
  /// - Parameters:
  ///   - version: what the User-Agent says of us.
  ///   - total: the longest that it may take, looking up the name and connecting included.
  package init(
    to address: HeartbeatAddress, version: String, connecting: Duration = .seconds(5),
    total: Duration = .seconds(10)
  ) {
    self.address = address
    self.userAgent = "Huiyin/\(version)"
    self.connecting = connecting
    self.total = total
  }

  /// Sends it, and says why it was not heard; nil where it was. Ends early when the caller's task is
  /// cancelled; the thread then ends by itself.
  package func send() async -> Phrase? {
    let answer = OneAnswer()
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        answer.expect(continuation)
        let thread = Thread { answer.give(request()) }
        thread.name = "huiyin-beat"
        thread.start()
      }
    } onCancel: {
      answer.give(Phrase(zh: "程序正在退出", en: "the program is closing"))
    }
  }

  private func request() -> Phrase? {
    Multi.started
    guard let easy = curl_easy_init() else {
      return Phrase(zh: "libcurl 无法启动", en: "libcurl does not start")
    }
    defer { curl_easy_cleanup(easy) }
    prepare(easy)
    let code = curl_easy_perform(easy)
    // Its first byte ends the body, of which nothing is wanted.
    guard code == CURLE_OK || code == CURLE_WRITE_ERROR else {
      let said = String(cString: curl_easy_strerror(code))
      return Phrase(zh: "未能送达：\(said)", en: "not delivered: \(said)")
    }
    return reason(of: huiyin_get_long(easy, CURLINFO_RESPONSE_CODE))
  }

  private func prepare(_ easy: OpaquePointer) {
    huiyin_set_long(easy, CURLOPT_NOSIGNAL, 1)
    // A name server that does not answer must not hold the thread beyond the time that is given.
    huiyin_set_long(easy, CURLOPT_QUICK_EXIT, 1)
    huiyin_set_text(easy, CURLOPT_PROTOCOLS_STR, "http,https")
    huiyin_set_long(easy, CURLOPT_FOLLOWLOCATION, 0)
    // Without these two the environment of the daemon would decide about proxies.
    huiyin_set_text(easy, CURLOPT_PROXY, "")
    huiyin_set_text(easy, CURLOPT_NOPROXY, "")
    huiyin_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, Int(connecting.inMilliseconds))
    huiyin_set_long(easy, CURLOPT_TIMEOUT_MS, Int(total.inMilliseconds))
    huiyin_set_text(easy, CURLOPT_URL, address.url)
    huiyin_set_text(easy, CURLOPT_USERAGENT, userAgent)
    huiyin_on_write(easy) { _, _, _, _ in 0 }
  }

  private func reason(of status: Int) -> Phrase? {
    switch status {
    case 200..<300: nil
    case 300..<400:
      Phrase(
        zh: "网址转向别处（\(status)），不跟随：请写最终的网址",
        en: "it redirects (\(status)), which is not followed: write the address it leads to")
    default: Phrase(zh: "对方答复 \(status)", en: "the answer was \(status)")
    }
  }
}

/// A continuation that whoever comes first resumes.
private final class OneAnswer: Sendable {
  private enum State {
    case nobodyWaits
    case expected(CheckedContinuation<Phrase?, Never>)
    case given(Phrase?)
  }

  private let state = Mutex(State.nobodyWaits)

  func expect(_ continuation: CheckedContinuation<Phrase?, Never>) {
    let early = state.withLock { state -> Phrase?? in
      guard case .given(let answer) = state else {
        state = .expected(continuation)
        return nil
      }
      return .some(answer)
    }
    if let early { continuation.resume(returning: early) }
  }

  func give(_ answer: Phrase?) {
    let waiting = state.withLock { state -> CheckedContinuation<Phrase?, Never>? in
      defer {
        if case .given = state {} else { state = .given(answer) }
      }
      guard case .expected(let continuation) = state else { return nil }
      return continuation
    }
    waiting?.resume(returning: answer)
  }
}
