internal import Glibc
internal import Vocabulary

/// A wall against programs (网站防护): an answer that is a challenge and no page.
///
/// It is recognised, and named where its marks are known, so that the admin reads what it is rather
/// than "nothing found", and can tell the site's owner what to open. It is never climbed: no challenge
/// is solved, no browser imitated.
struct Wall {
  /// A product by what its challenges hold and ordinary pages do not: names of its scripts, cookies and
  /// parameters (防护产品).
  private struct Product {
    var name: Phrase
    var marks: [String]
    /// A status that hardly anybody else answers with.
    var status: Int?

    init(_ zh: String, _ en: String, status: Int? = nil, _ marks: [String]) {
      name = Phrase(zh: zh, en: en)
      self.marks = marks
      self.status = status
    }
  }

  let reason: Phrase

  /// The wall in an answer; nil where it is an ordinary one.
  init?(in answer: Answer) {
    switch answer.status {
    case 404, 410, 429, 304: return nil
    case 412, 418, 468, 521:
      reason = Self.reason(answer.status, Self.product(in: answer.bytes, answer.status))
    default:
      guard answer.bytes.count <= Self.largest, let product = Self.product(in: answer.bytes) else {
        return nil
      }
      reason = Self.reason(answer.status, product)
    }
  }

  /// Challenges are short; a page that is longer has something to say.
  private static let largest = 24 << 10

  private static let products: [Product] = [
    Product("加速乐", "Jiasule", status: 521, ["__jsl_clearance", "__jsluid_"]),
    Product("瑞数动态防护", "River Security", status: 412, ["$_ts=window", "$_ts.cd"]),
    Product("阿里云 WAF", "Alibaba Cloud WAF", ["acw_sc__v2", "aliyun_waf", "aliyunwaf_"]),
    Product("华为云 WAF", "Huawei Cloud WAF", status: 418, ["HWWAFSESID"]),
    Product("长亭雷池", "SafeLine", status: 468, ["/.safeline/", "safeline_bot"]),
    Product("腾讯云 WAF", "Tencent Cloud WAF", ["_waf_is_mobile", "waf.tencent"]),
    Product("网宿云防护", "Wangsu", ["wzwsquestion", "wzwschallenge"]),
    Product("云锁", "Yunsuo", ["yunsuo_session_verify"]),
    Product("宝塔防火墙", "BT WAF", ["__guard_captcha"]),
    Product("Cloudflare", "Cloudflare", ["_cf_chl_opt", "/cdn-cgi/challenge-platform"]),
    Product("Imperva", "Imperva", ["_Incapsula_Resource"]),
  ]

  private static func product(in bytes: [UInt8], _ status: Int? = nil) -> Product? {
    let marked = (bytes.prefix(largest) + [0]).withUnsafeBytes { page -> Product? in
      guard let text = page.assumingMemoryBound(to: CChar.self).baseAddress else { return nil }
      return products.first { product in product.marks.contains { strstr(text, $0) != nil } }
    }
    return marked ?? status.flatMap { status in products.first { $0.status == status } }
  }

  /// The sentence for an answer of this status that no page came with.
  static func reason(_ status: Int) -> Phrase { reason(status, product(in: [], status)) }

  private static func reason(_ status: Int, _ product: Product?) -> Phrase {
    let (zh, en) = (product?.name.zh ?? "产品未知", product?.name.en ?? "of no known make")
    return Phrase(
      zh: "网站防护（\(zh)，答复 \(status)）：返回的是防护校验页，不是正文。回音不绕过防护；请取得网站所有者的许可"
        + "（如加入白名单，函样见 deploy/permission-letter.md），或使用网站授权的导出、接口。",
      en:
        "A wall against programs (\(en), answered \(status)): a challenge and not the page. Huiyin "
        + "does not climb walls; ask the owner for permission (an allow-list, say; a form letter is "
        + "deploy/permission-letter.md), or use an export or interface that the site authorises.")
  }
}
