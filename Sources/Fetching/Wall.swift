internal import Glibc
internal import Vocabulary

/// A wall against programs (网站防护): an answer that is a challenge and no page.
///
/// It is recognised so that the admin reads what it is, rather than "nothing found". It is never
/// climbed: no challenge is solved, no browser imitated.
struct Wall {
  let reason: Phrase

  /// The wall in an answer; nil where it is an ordinary one.
  init?(in answer: Answer) {
    switch answer.status {
    case 412, 521: reason = Self.reason(answer.status)
    case 404, 410, 429, 304: return nil
    default:
      guard answer.bytes.count <= Self.largest, Self.isChallenge(answer.bytes) else { return nil }
      reason = Self.reason(answer.status)
    }
  }

  /// Challenges are short; a page that is longer has something to say.
  private static let largest = 24 << 10

  /// What challenge pages of the products in use hold, and ordinary pages do not: names of their
  /// scripts, cookies and parameters.
  private static let marks: [String] = [
    "acw_sc__v2", "__jsl_clearance", "$_ts=window", "_cf_chl_opt", "/cdn-cgi/challenge-platform",
    "_Incapsula_Resource", "aliyun_waf", "aliyunwaf_", "wzwsquestion", "yunsuo_session_verify",
    "/.safeline/", "__guard_captcha", "_waf_is_mobile",
  ]

  private static func isChallenge(_ bytes: [UInt8]) -> Bool {
    (bytes + [0]).withUnsafeBytes { page in
      guard let text = page.assumingMemoryBound(to: CChar.self).baseAddress else { return false }
      return marks.contains { strstr(text, $0) != nil }
    }
  }

  static func reason(_ status: Int) -> Phrase {
    Phrase(
      zh: "网站防护（答复 \(status)）：返回的是防护校验页，不是正文。回音不绕过防护；请取得网站所有者的许可"
        + "（如加入白名单），或使用网站授权的导出、接口。",
      en: "A wall against programs (answered \(status)): a challenge and not the page. Huiyin does "
        + "not climb walls; ask the owner for permission (an allow-list, say), or use an export or "
        + "interface that the site authorises.")
  }
}
