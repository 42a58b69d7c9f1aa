internal import CCurl
internal import Foundation
internal import Vocabulary

/// One request to a group robot, on a handle of its own; all of it on the thread of its line.
///
/// TLS is verified and `https` the only protocol, but for an address of loopback, where a gateway of the
/// office's own may listen. No redirect is followed: it would carry the secret elsewhere.
final class RobotRequest {
  private static let started: Void = { _ = huiyin_curl_start() }()

  private let url: String
  private let body: [UInt8]
  private let limits: CallLimits
  private let cut: Cut
  private let mayBegin: () -> Bool
  private var offset = 0
  private var hasBegun = false
  private var isWithheld = false
  private var answer: [UInt8] = []
  private var isTooLong = false

  /// A request that says a body; `mayBegin` is asked once connected, before its first byte leaves.
  init(
    to url: String, body: [UInt8], limits: CallLimits, cut: Cut, mayBegin: @escaping () -> Bool
  ) {
    self.url = url
    self.body = body
    self.limits = limits
    self.cut = cut
    self.mayBegin = mayBegin
  }

  /// Sends it, and hands the status and the answer over to be read.
  func ending(_ read: (_ status: Int, _ answer: [UInt8]) -> Ending) -> Ending {
    _ = RobotRequest.started
    guard let protocols = RobotRequest.protocols(of: url) else {
      return Ending(
        .deferred, zh: "url_file 里的网址应以 https:// 开头（本机回环地址可用 http://）",
        en: "the address in url_file must begin with https:// (http:// for loopback alone)")
    }
    guard let easy = curl_easy_init() else {
      return Ending(.deferred, zh: "libcurl 无法启动", en: "libcurl does not start")
    }
    defer { curl_easy_cleanup(easy) }
    var head = curl_slist_append(nil, "Content-Type: application/json; charset=utf-8")
    // Without this curl asks first whether it may send, and some gateways never answer.
    head = curl_slist_append(head, "Expect:")
    defer { curl_slist_free_all(head) }
    huiyin_set_list(easy, CURLOPT_HTTPHEADER, head)
    prepare(easy, protocols)
    let code = curl_easy_perform(easy)
    return ending(of: code, status: huiyin_get_long(easy, CURLINFO_RESPONSE_CODE), read)
  }

  private func prepare(_ easy: OpaquePointer, _ protocols: String) {
    huiyin_set_long(easy, CURLOPT_NOSIGNAL, 1)
    huiyin_set_long(easy, CURLOPT_QUICK_EXIT, 1)
    huiyin_set_text(easy, CURLOPT_PROTOCOLS_STR, protocols)
    huiyin_set_long(easy, CURLOPT_FOLLOWLOCATION, 0)
    huiyin_set_long(easy, CURLOPT_SSL_VERIFYPEER, 1)
    huiyin_set_long(easy, CURLOPT_SSL_VERIFYHOST, 2)
    if let file = limits.caFile { huiyin_set_text(easy, CURLOPT_CAINFO, file) }
    // Without these two the environment of the daemon would decide about proxies.
    huiyin_set_text(easy, CURLOPT_PROXY, "")
    huiyin_set_text(easy, CURLOPT_NOPROXY, "")
    huiyin_set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, Int(limits.connect.inMilliseconds))
    huiyin_set_long(easy, CURLOPT_TIMEOUT_MS, Int(limits.request.inMilliseconds))
    huiyin_set_text(easy, CURLOPT_URL, url)
    huiyin_set_text(easy, CURLOPT_USERAGENT, "Huiyin")
    huiyin_set_long(easy, CURLOPT_POST, 1)
    huiyin_set_size(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count))
    let context = Unmanaged.passUnretained(self).toOpaque()
    huiyin_set_pointer(easy, CURLOPT_READDATA, context)
    huiyin_set_pointer(easy, CURLOPT_WRITEDATA, context)
    huiyin_set_pointer(easy, CURLOPT_XFERINFODATA, context)
    huiyin_set_long(easy, CURLOPT_NOPROGRESS, 0)
    huiyin_on_read(easy) { buffer, size, count, context in
      RobotRequest.at(context)?.fill(buffer, size * count) ?? Int(CURL_READFUNC_ABORT)
    }
    huiyin_on_write(easy) { bytes, size, count, context in
      RobotRequest.at(context)?.take(bytes, size * count) ?? 0
    }
    huiyin_on_progress(easy) { context, _, _, _, _ in
      RobotRequest.at(context)?.cut.isMade == true ? 1 : 0
    }
  }

  private static func at(_ context: UnsafeMutableRawPointer?) -> RobotRequest? {
    context.map { Unmanaged<RobotRequest>.fromOpaque($0).takeUnretainedValue() }
  }

  private func fill(_ buffer: UnsafeMutablePointer<CChar>?, _ room: Int) -> Int {
    guard begin() else { return Int(CURL_READFUNC_ABORT) }
    let count = min(room, body.count - offset)
    guard let buffer, count > 0 else { return 0 }
    for index in 0..<count { buffer[index] = CChar(bitPattern: body[offset + index]) }
    offset += count
    return count
  }

  private func begin() -> Bool {
    guard !hasBegun else { return !isWithheld }
    hasBegun = true
    isWithheld = !mayBegin()
    return !isWithheld
  }

  private func take(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
    guard let bytes, answer.count + count <= limits.answer else {
      isTooLong = true
      return 0
    }
    answer += UnsafeRawBufferPointer(start: bytes, count: count)
    return count
  }

  private func ending(
    of code: CURLcode, status: Int, _ read: (Int, [UInt8]) -> Ending
  ) -> Ending {
    guard code != CURLE_OK else { return read(status, answer) }
    if isWithheld { return .notBegun }
    let isLate = code == CURLE_OPERATION_TIMEDOUT
    guard hasBegun else {
      let why = cut.isMade ? Ending.closing : .unreached(by: code)
      return isLate ? why.inSilence : why
    }
    if isTooLong {
      return Ending(.deferred, zh: "对方答复过长，不再读取", en: "its answer is too long to be read").inDoubt
    }
    let said = String(cString: curl_easy_strerror(code))
    let ending = Ending(
      .deferred, zh: "已送出而没有答复：\(said)", en: "it went out and was not answered: \(said)"
    ).inDoubt
    return isLate ? ending.inSilence : ending
  }

  /// The protocols that an address may be asked by; nil where it is none to be asked. libcurl's own
  /// parser says, so that what is checked is what is connected.
  private static func protocols(of url: String) -> String? {
    guard let parts = curl_url() else { return nil }
    defer { curl_url_cleanup(parts) }
    guard curl_url_set(parts, CURLUPART_URL, url, 0) == CURLUE_OK,
      part(CURLUPART_USER, of: parts) == nil, part(CURLUPART_PASSWORD, of: parts) == nil,
      let scheme = part(CURLUPART_SCHEME, of: parts), let host = part(CURLUPART_HOST, of: parts)
    else { return nil }
    if scheme == "https" { return "https" }
    let isLoopback =
      host == "[::1]" || host == "localhost"
      || host.hasPrefix("127.") && host.allSatisfy { $0.isNumber || $0 == "." }
    return scheme == "http" && isLoopback ? "http" : nil
  }

  private static func part(_ what: CURLUPart, of parts: OpaquePointer) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard curl_url_get(parts, what, &text, 0) == CURLUE_OK, let text else { return nil }
    defer { curl_free(text) }
    return String(cString: text)
  }
}

extension Ending {
  /// Nothing of the call has left.
  fileprivate static func unreached(by code: CURLcode) -> Ending {
    let said = String(cString: curl_easy_strerror(code))
    return Ending(.deferred, zh: "未能连接：\(said)", en: "not connected: \(said)")
  }
}
