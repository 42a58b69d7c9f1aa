internal import Crypto
package import Vocabulary

/// What an answer comes to (应答判读): a page, nothing new, or a miss with its reason. Pure.
package struct Arrival {
  private let request: PageRequest
  private let answer: Answer

  /// A reading of the answer to a request.
  package init(of answer: Answer, to request: PageRequest) {
    self.answer = answer
    self.request = request
  }

  /// The page, or why there is none.
  package func fetched() throws(Miss) -> Fetched {
    if let wall = Wall(in: answer) { throw miss(.wall, wall.reason) }
    switch answer.status {
    case 304 where isConditional: return .unchanged(at: answer.arrivedAt)
    case 200...299: return try page()
    case 404, 410: throw miss(.gone, .gone(answer.status))
    case 429, 503: throw busy
    default: throw miss(.status, .status(answer.status))
    }
  }

  private var isConditional: Bool {
    request.validators.etag != nil || request.validators.lastModified != nil
  }

  private func page() throws(Miss) -> Fetched {
    guard !isBlank else { throw miss(.empty, .empty(answer.status)) }
    let digest = Self.hexadecimal(SHA256.hash(data: answer.bytes))
    guard digest != request.validators.digest else { return .unchanged(at: answer.arrivedAt) }
    var page = Page(
      feed: request.feed, requestedURL: request.url, url: answer.url, bytes: answer.bytes,
      contentType: answer.contentType, validators: validators(digest),
      fetchedAt: answer.arrivedAt)
    (page.requestBody, page.number) = (request.body, request.number)
    return .page(page)
  }

  /// A POST is never conditional (RFC 9110, 13.1): of its answer only the bytes tell.
  private func validators(_ digest: String) -> Validators {
    guard request.body == nil else { return Validators(digest: digest) }
    return Validators(etag: answer.etag, lastModified: answer.lastModified, digest: digest)
  }

  /// Nothing, or a handful of blanks.
  private var isBlank: Bool {
    answer.bytes.count <= 64 && answer.bytes.allSatisfy { $0 <= 0x20 }
  }

  private var busy: Miss {
    var miss = miss(.busy, .busy(answer.status, after: answer.retryAfter))
    miss.retryAfter = answer.retryAfter
    return miss
  }

  private func miss(_ cause: Miss.Cause, _ reason: Phrase) -> Miss {
    Miss(cause, url: answer.url, status: answer.status, reason: reason)
  }

  private static func hexadecimal(_ digest: SHA256.Digest) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(unsafeUninitializedCapacity: 2 * SHA256.byteCount) { text in
      var place = 0
      for byte in digest {
        text[place] = digits[Int(byte >> 4)]
        text[place + 1] = digits[Int(byte & 15)]
        place += 2
      }
      return place
    }
  }
}

extension Phrase {
  fileprivate static func gone(_ status: Int) -> Phrase {
    Phrase(
      zh: "网站答复 \(status)：页面不存在。请用浏览器核实，网址若已变更请修改信源。",
      en: "The site answered \(status): no such page. Open it in a browser; if the address has "
        + "changed, change the feed.")
  }

  static func busy(_ status: Int, after wait: Duration?) -> Phrase {
    let until = wait.map(\.inWords)
    return Phrase(
      zh: "网站答复 \(status)：请求过多或服务暂不可用。" + (until.map { "将按要求等待 \($0.zh)。" } ?? "")
        + "若经常出现，请加大该信源的 every 或 pause。",
      en: "The site answered \(status): too many requests, or out of service for now. "
        + (until.map { "It is left alone for \($0.en) as it asks. " } ?? "")
        + "If this is frequent, raise the feed's every or pause.")
  }

  fileprivate static func status(_ status: Int) -> Phrase {
    switch status {
    case 401, 403, 407:
      Phrase(
        zh: "网站答复 \(status)：拒绝访问。该页面可能需要登录或已限制程序访问；请改用公开页面、网站提供的导出，或取得网站所有者许可。",
        en:
          "The site answered \(status): access refused. The page may need a login or be closed to "
          + "programs; use a public page, an export that the site offers, or ask its owner.")
    case 500...:
      Phrase(
        zh: "网站答复 \(status)：网站自身出错，稍后会自动重试。",
        en: "The site answered \(status): an error of its own; it is tried again by itself.")
    default:
      Phrase(
        zh: "网站答复 \(status)，不是页面。请用浏览器核实网址。",
        en: "The site answered \(status), which is no page. Check the address in a browser.")
    }
  }

  fileprivate static func empty(_ status: Int) -> Phrase {
    Phrase(
      zh: "网站答复 \(status)，但页面是空的。请用浏览器核实；只有浏览器里才有内容的，多为脚本生成，请改用列表接口或 RSS。",
      en:
        "The site answered \(status) with nothing in it. If a browser shows a page there, a script "
        + "makes it: use a list that is plain HTML, or RSS.")
  }
}
