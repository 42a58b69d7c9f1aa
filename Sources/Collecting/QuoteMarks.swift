internal import Foundation

/// How mail programs mark what is not the writer's own (引用标记): by lines that no person writes.
enum QuoteMarks {
  /// `------------------ 原始邮件 ------------------`
  static func isDivider(_ line: String) -> Bool {
    let rules: Set<Character> = ["-", "_", "—", "=", "－", "*", " ", "\u{2014}", "\u{2500}"]
    guard let first = line.first, rules.contains(first) || line.last.map(rules.contains) == true
    else { return false }
    let words = line.filter { !rules.contains($0) }.lowercased()
    return line.count - words.count >= 4 && dividers.contains(words)
  }

  private static let dividers: Set = [
    "原始邮件", "原邮件", "原始信息", "原始消息", "回复的原邮件", "转发的原邮件", "回复的邮件", "转发的邮件",
    "转发邮件", "转发邮件信息", "转发信息", "邮件原件", "原件", "引用", "original", "originalmessage",
    "originalmail", "originalemail", "forwardedmessage", "forwardedmail", "replymessage",
    "repliedmessage", "beginforwardedmessage:",
  ]

  /// `在 2026年3月2日，舆情值班室 <duty@letters.example> 写道：`, in one line or two.
  static func isAttribution(_ line: String) -> Bool {
    guard line.count <= 300, let end = line.last, end == ":" || end == "：" else { return false }
    let words = line.dropLast().reversed().drop { $0 == " " || $0 == "*" }.reversed()
    let text = String(words)
    let isSaid = attributions.contains { text.lowercased().hasSuffix($0) }
    return isSaid && (text.contains { $0.isNumber } || text.contains("@"))
  }

  /// Whether an attribution may begin in this line and end in a later one.
  static func beginsAttribution(_ line: String) -> Bool {
    let opens = ["on ", "在", "于", "am ", "le "].contains { line.lowercased().hasPrefix($0) }
    return (opens && line.contains { $0.isNumber }) || line.contains("@") && line.contains("<")
  }

  private static let attributions = ["写道", "wrote", "写到", "寫道", "发来", "说道"]

  /// The label of a line such as `发件人：…`, as programs put them above what they quote.
  static func label(of line: String) -> String? {
    let bare = line.drop { " *|　\t".contains($0) }
    let word = bare.prefix { !":：|*".contains($0) }
    guard word.count <= 16, bare.dropFirst(word.count).first != nil else { return nil }
    let name = word.filter { $0 != " " && $0 != "\u{3000}" }.lowercased()
    return labels[name]
  }

  private static let labels: [String: String] = {
    let byMeaning: [String: [String]] = [
      "from": ["发件人", "发信人", "寄件者", "寄件人", "from", "发送人"],
      "sent": [
        "发送时间", "发送日期", "日期", "时间", "发件时间", "寄件日期", "发信时间", "sent", "date", "sentat",
      ],
      "to": ["收件人", "收信人", "收件者", "to"],
      "cc": ["抄送", "抄送人", "副本", "cc", "抄送至"],
      "subject": ["主题", "主旨", "标题", "邮件主题", "subject"],
      "reply": ["回复", "答复", "reply-to", "replyto"],
    ]
    var labels: [String: String] = [:]
    for (meaning, words) in byMeaning { for word in words { labels[word] = meaning } }
    return labels
  }()

  /// Whether a block such as 发件人、发送时间、收件人、主题 begins in a line.
  static func beginsBlock(_ lines: ArraySlice<String>) -> Bool {
    guard let first = lines.first, let opening = label(of: first), opening != "reply" else {
      return false
    }
    var seen: Set = [opening]
    var strangers = 0
    for line in lines.dropFirst().prefix(14) where line.contains(where: { $0 != " " }) {
      if let label = label(of: line) {
        seen.insert(label)
      } else {
        // A long list of recipients goes on in the next line.
        strangers += 1
        guard strangers <= 3 else { break }
      }
      if seen.count >= 3, seen.contains("from") { return true }
    }
    return false
  }

  /// A line of nothing but strokes, which programs put above a quotation or a signature.
  static func isRule(_ line: String) -> Bool {
    line.count >= 4 && line.allSatisfy { "-_—=－*─━ ".contains($0) }
  }

  /// `发自我的iPhone`, and the like of it.
  static func isAdvertisement(_ line: String) -> Bool {
    let words = line.drop { " -—()（）[]【】".contains($0) }
    guard words.count <= 60 else { return false }
    let text = words.lowercased()
    if text.hasPrefix("sent from my ") || text.hasPrefix("sent from mail for") { return true }
    if text.hasPrefix("get outlook for") || text.hasPrefix("获取 outlook") { return true }
    if text.hasPrefix("sent via ") || text.hasPrefix("sent from outlook") { return true }
    guard let open = ["发自", "來自", "来自", "发送自", "从"].first(where: text.hasPrefix) else {
      return text.contains("邮箱大师") && text.count <= 20
    }
    let rest = text.dropFirst(open.count)
    guard !rest.contains(where: { "，。；？！".contains($0) }) else { return false }
    return devices.contains { rest.contains($0) }
      && (open != "从" || rest.hasSuffix("发送") || rest.hasSuffix("发出"))
  }

  private static let devices = [
    "iphone", "ipad", "手机", "android", "安卓", "邮箱", "客户端", "邮件", "outlook", "foxmail", "windows",
    "mail", "华为", "小米", "荣耀", "oppo", "vivo", "samsung", "三星", "huawei", "平板",
  ]
}
