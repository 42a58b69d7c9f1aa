/// A letterbox's page read as the form it is (信件公开页): 来信内容, 答复单位, 答复时间, 答复内容.
///
/// Such pages are alike wherever they come from: short labels, each followed by what it names, in
/// cells, in lines or in boxes. The lines of the page are read, so that it does not matter which.
struct LetterForm {
  /// What a label names.
  enum Part: Hashable {
    case title, sentAt, letter, unit, answeredAt, answer
    /// Something of the form that is none of these: it ends what came before.
    case other
  }

  /// One reply on the page; there may be several, the first of them mostly acknowledgements.
  struct Reply {
    var unit: String?
    var time: String?
    var text = ""
  }

  private(set) var title: String?
  private(set) var sentAt: String?
  private(set) var letter: String?
  private(set) var replies: [Reply] = []
  private var pending = Reply()
  private var open: Part?
  private var value: [Substring] = []
  private var labels: Set<Part> = []
  /// Lines before the first reply that no label names.
  private var loose: [Substring] = []

  /// The form on a page; nil where the page is none.
  static func of(_ document: Document) -> LetterForm? {
    let text = PlainText.of(document.root)
    guard hints.isIn(text) else { return nil }
    var form = LetterForm()
    for line in text.split(separator: "\n").prefix(mostLines) { form.read(line) }
    form.close()
    form.settle()
    let isForm = form.labels.contains(.answer) && !form.labels.isDisjoint(with: known)
    return isForm ? form : nil
  }

  private static let mostLines = 3000
  private static let known: Set<Part> = [.letter, .unit, .answeredAt, .sentAt]
  private static let hints = ByteWords([
    "答复", "回复", "答覆", "回覆", "办理结果", "处理结果", "办理情况", "处理情况", "办理意见", "处理意见",
  ])

  /// The elements that hold a reply and nothing else.
  func boxes(in document: Document) -> Set<Node> {
    let texts = replies.map(\.text)
    let lengths = Set(texts.map { $0.utf8.count { $0 & 0xC0 != 0x80 && !ASCII.isSpace($0) } })
    let blocks = ArticleBlocks(document, without: [])
    let alike = blocks.elements.filter { !$0.isInline && lengths.contains($0.length) }
    return Set(alike.map(\.node).filter { texts.contains(PlainText.of($0)) })
  }

  /// Sentences before the first reply, for a page of which nothing else is left.
  var sentences: String {
    loose.filter { $0.count >= 8 && $0.contains { "，。！？".contains($0) } }
      .joined(separator: "\n")
  }

  private mutating func read(_ line: Substring) {
    var rest = line
    var isFirst = true
    while let (part, after) = label(in: rest, isFirst: isFirst) {
      close()
      (open, isFirst) = (part, false)
      labels.insert(part)
      let end = isRunning(part) ? after.endIndex : nextLabel(in: after)
      if !after[..<end].isEmpty { value.append(after[..<end]) }
      // 答复单位： alone in its box has its value in the next.
      if !isRunning(part), !value.isEmpty { close() }
      rest = after[end...]
      if rest.isEmpty { return }
    }
    guard isFirst else { return }
    if let unit = LetterForm.replier(in: line) {
      close()
      pending.unit = pending.unit ?? unit.name
      pending.time = pending.time ?? unit.time
      labels.insert(.unit)
      (open, value) = (.answer, [])
      labels.insert(.answer)
      return
    }
    guard let part = open else {
      if replies.isEmpty, loose.count < 200 { loose.append(line) }
      return
    }
    if LetterForm.isFoot(line) { return close() }
    value.append(line)
    if !isRunning(part) { close() }
  }

  private func isRunning(_ part: Part) -> Bool { part == .letter || part == .answer }

  /// The label with which a text begins, and what follows it.
  private func label(in text: Substring, isFirst: Bool) -> (Part, Substring)? {
    let text = text.drop { LetterForm.ornaments.contains($0) }
    for (word, part) in LetterForm.words where text.hasPrefix(word) {
      let after = text.dropFirst(word.count)
      let bare = after.drop { "】]》）)".contains($0) || $0.isWhitespace }
      if bare.isEmpty { return isFirst ? (part, bare) : nil }
      guard let mark = bare.first else { return nil }
      if "：:".contains(mark) {
        return (part, bare.dropFirst().drop { $0.isWhitespace })
      }
      // A cell beside its label is parted from it by a space; 答复 alone may begin a sentence.
      let isParted = after.first?.isWhitespace ?? false
      if isParted, word.count >= 4 { return (part, bare) }
      return nil
    }
    return nil
  }

  /// Where the next label of a row of cells begins.
  private func nextLabel(in text: Substring) -> Substring.Index {
    var place = text.startIndex
    while let space = text[place...].firstIndex(where: { $0.isWhitespace }) {
      let next = text.index(after: space)
      if label(in: text[next...], isFirst: false) != nil { return next }
      place = next
    }
    return text.endIndex
  }

  private mutating func close() {
    defer { (open, value) = (nil, []) }
    guard let part = open else { return }
    let text = value.joined(separator: "\n").trimmed
    guard !text.isEmpty, !LetterForm.isNothing(text) else { return }
    switch part {
    case .title: title = title ?? text
    case .sentAt: sentAt = sentAt ?? text
    case .letter: letter = letter ?? text
    case .unit:
      // The unit of the next reply, unless this one still lacks its own.
      if let last = replies.indices.last, replies[last].unit == nil, pending.unit == nil {
        replies[last].unit = text
      } else {
        pending.unit = text
      }
    case .answeredAt:
      if let last = replies.indices.last, replies[last].time == nil, pending.time == nil,
        pending.unit == nil
      {
        replies[last].time = text
      } else {
        pending.time = text
      }
    case .answer:
      pending.text = text
      replies.append(pending)
      pending = Reply()
    case .other: break
    }
  }

  /// A form that names unit and time under the last answer has given them to nobody yet.
  private mutating func settle() {
    guard let last = replies.indices.last else { return }
    replies[last].unit = replies[last].unit ?? pending.unit
    replies[last].time = replies[last].time ?? pending.time
  }

  /// Whether a line is the head of a reply, and nothing that the citizen wrote.
  static func isHead(_ line: Substring) -> Bool { replier(in: line) != nil }

  /// 区水务局 2026-03-05 16:00 回复：, the head of a reply in its box.
  private static func replier(in line: Substring) -> (name: String, time: String?)? {
    guard line.count <= 44 else { return nil }
    let bare = line.trimmedEnd { "：:】]）)".contains($0) || $0.isWhitespace }
    guard let verb = ["回复", "答复", "回覆", "答覆"].first(where: { bare.hasSuffix($0) }) else {
      return nil
    }
    let head = bare.dropLast(verb.count).drop { ornaments.contains($0) }
    let name = head.prefix { Scalars.isHan($0.unicodeScalars.first?.value ?? 0) }
    let unit = name.hasSuffix("于") ? name.dropLast() : name
    guard (3...24).contains(unit.count), offices.contains(where: { unit.hasSuffix($0) }) else {
      return nil
    }
    let time = head[name.endIndex...].trimmedEnd { $0.isWhitespace }
    return (String(unit), time.isEmpty ? nil : String(time))
  }

  private static func isFoot(_ line: Substring) -> Bool {
    line.utf8.count < 240 && feet.isIn(line)
  }

  private static func isNothing(_ text: String) -> Bool {
    let bare = text.filter { !$0.isWhitespace && !"-—/。.：:".contains($0) }
    return bare.isEmpty || nothings.contains(bare)
  }

  private static let nothings: Set<String> = [
    "无", "暂无", "暂无回复", "暂无答复", "未回复", "未答复", "待回复", "待答复", "尚未回复", "尚未答复", "暂未回复", "暂未答复",
    "办理中", "正在办理", "处理中", "正在处理", "受理中", "已受理", "待办理", "待处理", "未办理", "暂无内容", "暂无数据",
  ]
  private static let feet = ByteWords([
    "版权所有", "主办单位", "网站标识码", "ICP备", "icp备", "公网安备", "上一条", "下一条", "上一篇", "下一篇", "打印本页", "关闭窗口",
    "返回列表", "满意度评价", "您对该", "您对此", "请对本次", "技术支持", "【打印】", "【关闭】", "网站地图", "联系我们",
  ])
  private static let ornaments = Set("【[（(《■□●○▶►◆◇>》·•*　 |")
  private static let offices = [
    "局", "委", "办", "镇", "街道", "政府", "中心", "公司", "院", "站", "所", "部", "厅", "乡", "委员会", "办公室", "大队",
    "支队",
    "社区", "村", "学校", "处", "集团", "银行", "管委会", "办事处", "县", "区", "市",
  ]

  /// The labels, the longest first, so that 答复内容 is not taken for 答复.
  private static let words: [(String, Part)] = {
    let words: [(Part, String)] = [
      (.title, "信件标题 来信标题 留言标题 诉求标题 问题标题 信件主题 来信主题 留言主题 咨询主题 咨询标题 投诉标题 标题 主题"),
      (.sentAt, "来信时间 来信日期 写信时间 留言时间 留言日期 提交时间 提问时间 咨询时间 投诉时间 反映时间 诉求时间 信件日期 发信时间"),
      (
        .letter,
        "来信内容 信件内容 留言内容 诉求内容 问题内容 咨询内容 投诉内容 反映内容 反映问题 问题描述 诉求描述 提问内容 建议内容 信件正文 诉求详情 内容"
      ),
      (
        .unit,
        """
        回复单位 答复单位 回复部门 答复部门 承办单位 承办部门 办理单位 办理部门 处理单位 处理部门 受理单位 受理部门 回复机构 答复机构 \
        回复人单位 答复人单位 回覆單位
        """
      ),
      (
        .answeredAt,
        "回复时间 答复时间 回复日期 答复日期 办结时间 办结日期 办理时间 办理日期 处理时间 处理日期 反馈时间 回覆時間"
      ),
      (
        .answer,
        """
        回复内容 答复内容 回复意见 答复意见 办理结果 处理结果 办理情况 处理情况 办理意见 处理意见 答复情况 回复情况 答复结果 回复结果 \
        官方回复 官方答复 部门回复 部门答复 单位回复 单位答复 领导回复 领导批复 反馈内容 反馈结果 办理反馈 办复内容 回覆內容 回复 答复
        """
      ),
      (
        .other,
        """
        信件编号 来信编号 留言编号 受理编号 诉求编号 查询编号 信件类型 信件类别 来信类别 留言类型 留言类别 诉求类型 问题类型 咨询类型 \
        写信人 来信人 留言人 咨询人 投诉人 姓名 联系人 联系电话 手机号码 电子邮箱 联系地址 处理状态 办理状态 信件状态 当前状态 \
        回复状态 答复状态 状态 满意度 评价 满意度评价 群众评价 网友评价 浏览次数 点击次数 是否公开 收信人 收信单位 信箱名称 受理时间 \
        受理日期 附件 相关附件 评价内容 评价时间 办理过程 办理流程
        """
      ),
    ]
    let all = words.flatMap { part, list in
      list.split(separator: " ").map { (String($0), part) }
    }
    return all.sorted { $0.0.count > $1.0.count }
  }()
}

extension StringProtocol {
  /// Without what a condition holds for at the end.
  func trimmedEnd(_ isEnd: (Character) -> Bool) -> SubSequence {
    guard let last = lastIndex(where: { !isEnd($0) }) else { return self[startIndex..<startIndex] }
    return self[...last]
  }
}
