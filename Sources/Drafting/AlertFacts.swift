import Vocabulary

/// The facts of an alert as papers print them (预警要素), each in one place for every paper.
struct AlertFacts: Sendable {
  let office: Office
  let alertCase: AlertCase
  let dates: Dates

  /// The facts of an alert, as its office writes them.
  init(_ alertCase: AlertCase, for office: Office) {
    self.office = office
    self.alertCase = alertCase
    dates = Dates(office, asOf: alertCase.alert.raisedAt.wall)
  }

  var alert: Alert { alertCase.alert }
  var item: Item { alertCase.item }
  var number: String { alert.id.description }

  /// A phrase in the office's language.
  func say(_ zh: String, _ en: String) -> String {
    Phrase(zh: zh, en: en)[office.language]
  }

  var gradeName: String { alert.grade.name[office.language] }

  /// `重大舆情（系统初判）`: the grade is the system's until an officer gives it another.
  var grade: Cell {
    let aside =
      alertCase.isRegraded
      ? say("（值班员调定）", "(by an officer)") : say("（系统初判）", "(by the system)")
    return Cell(say("舆情等级", "Grade"), gradeName, aside: aside, isGrade: true)
  }

  /// The officer who registered a word, by name where it is known.
  func officer(_ said: Acknowledgement) -> String {
    let name = said.officer?.onOneLine.clipped(to: 40) ?? ""
    // Whoever wrote without a name is known by an address, which no mail shows to others.
    return name.isEmpty || name.contains("@")
      ? say("值班员", "an officer") : say("值班员 \(name) ", "officer \(name)")
  }

  /// What every paper says of itself at its foot, but for a contact sheet.
  func origin(zh paper: String) -> String {
    let grade =
      alertCase.isRegraded
      ? say("等级由值班员调定", "the grade is an officer's")
      : say("等级为系统初判", "the grade is the system's own")
    return say(
      "\(paper)由系统自动生成，\(grade)。请注意保密。", "Drawn up by program; \(grade). Confidential.")
  }

  var title: String {
    let title = item.title.onOneLine.clipped(to: 200)
    return title.isEmpty ? say("（无标题）", "(no title)") : title
  }

  var platform: String { alertCase.feedName.onOneLine.clipped(to: 60) }

  /// What an item is called: a citizen's message is a 留言, anything else 信息.
  var noun: String {
    alertCase.isBoard ? say("留言", "message") : say("信息", "item")
  }

  var published: String {
    switch item.published {
    case .absent: say("原文无发布时间", "none on the page")
    case .unreadable: say("原文时间无法识别", "there, but unreadable")
    case .day(let from, _): say("\(dates.day(from))（仅日期）", "\(dates.day(from)) (date only)")
    case .moment(let time): dates.moment(time)
    }
  }

  /// Where it stands, or that it stands nowhere.
  var original: Cell {
    let label = say("原文链接", "Original")
    guard item.url.isEmpty else { return Cell(label, [], link: Link(item.url)) }
    // What came in an export or by mail may stand nowhere on the web.
    return Cell(label, say("无（由邮件录入或导出文件而来）", "none: it came by mail or in an export"))
  }

  /// When it was found, with the distance from when it was published.
  var found: Cell {
    let found = item.foundAt.wall
    var lag: String?
    if case .moment(let time) = item.published, time <= found {
      let span = dates.span(found - time)
      lag = say("（发布后 \(span)）", "(\(span) after it was posted)")
    }
    return Cell(say("发现时间", "Found"), dates.moment(found), aside: lag)
  }

  var kindAndTopic: String {
    let kind = alertCase.verdict.kind.name[office.language]
    guard let topic = alertCase.verdict.topic?.rawValue.onOneLine, !topic.isEmpty else {
      return kind
    }
    return "\(kind) · \(topic)"
  }

  /// The units that assist (协办), nil where none does. They are not written to: who leads asks them. In
  /// an allegation of misconduct nobody is to be asked who may be the one named.
  var assisting: String? {
    guard !alertCase.isConduct else { return nil }
    // An officer may have given it to one of them.
    let names = alertCase.verdict.assist.filter { $0 != alert.audience.unit }
      .map { $0.rawValue.onOneLine }
    return names.isEmpty ? nil : names.joined(separator: say("、", ", "))
  }

  /// The sentences that matter, already masked when they were stored.
  func gist(_ limit: Int) -> String {
    let gist = Gist(limit: limit).text(of: item, evidence: alertCase.verdict.evidence)
    guard gist.isEmpty else { return gist }
    return isTitleOnly
      ? say("正文待补", "the text is still to come") : say("无正文", "there is no text")
  }

  func reasons(_ limit: Int) -> [String] {
    let lines = Reasons(
      item: item, evidence: alertCase.verdict.evidence, language: office.language
    ).lines(limit)
    let told = lines.isEmpty ? [say("无命中词", "no words were hit")] : lines
    return [spread].compactMap(\.self) + told
  }

  /// `传播范围（重大舆情）：青川日报、青川晚报、竹园新闻网等3家媒体报道`
  private var spread: String? {
    guard let words = alertCase.spread?.words else { return nil }
    return say("传播范围（\(gradeName)）：\(words.zh)", "spread (\(gradeName)): \(words.en)")
  }

  var isTitleOnly: Bool { alertCase.verdict.basis == .titleOnly }

  var dueAt: String { dates.moment(alert.deadline.dueAt) }
  var feedbackAt: String? { alertCase.feedback.map { dates.moment($0.dueAt) } }

  /// Whether the window had already passed when the alert was raised, as after a standstill.
  var isLate: Bool {
    alert.raisedAt.elapsed(since: alert.deadline.startedAt) > alert.deadline.window
  }

  /// `发现后 30 分钟内`; after a rise in grade the window runs from the rise.
  var window: String {
    let span = dates.span(alert.deadline.window)
    let start = alert.deadline.startedAt.wall
    guard start != item.foundAt.wall else {
      return say("发现后 \(span)内", "within \(span) of being found")
    }
    let from = dates.moment(start)
    return say("自 \(from) 起 \(span)内", "within \(span) of \(from)")
  }
}
