import Vocabulary

/// How an alert used its window, as a person reads it in 80 columns: each step with its time, how
/// long it took, what share of the window that was, and what took long.
struct WindowTable {
  let use: WindowUse
  let setup: Setup
  /// Whether what was wrong with a feed is not for everybody, as with an allegation of misconduct.
  let isSealed: Bool

  private var office: Office { setup.office }
  private var language: Language { office.language }
  private let columns = [34, 14, 10, 7]

  var lines: [String] {
    [head, names] + before + use.steps.map(line) + verdict + note
  }

  private var head: String {
    let (from, to) = (office.exact(use.deadline.startedAt.wall), office.exact(use.deadline.dueAt))
    let window = span(use.deadline.window)
    return Phrase(
      zh: "时限使用（通知时限 \(window)：\(from) 至 \(to)）",
      en: "Window (\(window): \(from) to \(to))")[language]
  }

  private var names: String {
    let names = [
      Phrase(zh: "环节", en: "step"), Phrase(zh: "时刻", en: "time"),
      Phrase(zh: "用时", en: "took"), Phrase(zh: "占时限", en: "share"),
      Phrase(zh: "累计", en: "so far"),
    ].map { $0[language] }
    return row(names[0], Array(names.dropFirst()))
  }

  /// From publication to finding, which no window counts.
  private var before: [String] {
    guard let published = use.publishedAt, let distance = use.beforeFinding else { return [] }
    let name = Phrase(zh: "发布（至发现，不计入时限）", en: "published (to found: in no window)")
    return [row(name[language], [office.exact(published), span(distance), "", ""])]
      + use.delaysBefore.flatMap(reason)
  }

  private func line(_ step: WindowUse.Step) -> String {
    let isFirst = step.work == .found || step.work == .directed
    let about = step.isUncertain ? Phrase(zh: "约", en: "~")[language] : ""
    return row(
      name(of: step),
      [
        step.at.map(office.exact) ?? "—", isFirst ? "" : about + span(step.took),
        isFirst ? "" : percent(step.took), isFirst ? "" : about + percent(step.used),
      ])
  }

  private func name(of step: WindowUse.Step) -> String {
    switch step.work {
    case .found: Phrase(zh: "发现", en: "found")[language]
    case .directed: Phrase(zh: "值班员改派或调级，重新计时", en: "directed anew")[language]
    case .judged: Phrase(zh: "研判", en: "judged")[language]
    case .raised: Phrase(zh: "预警", en: "raised")[language]
    case .letter(let recipient, let state): "\(state.name[language]) \(recipient.address)"
    case .acknowledged(byUnit: _, phoned: true):
      Phrase(zh: "已电话通知承办单位", en: "unit told by telephone")[language]
    case .acknowledged(byUnit: true, phoned: _):
      Phrase(zh: "签收（承办单位）", en: "acknowledged by the unit")[language]
    case .acknowledged(byUnit: false, phoned: _):
      Phrase(zh: "签收（值班员）", en: "acknowledged by an officer")[language]
    }
  }

  private func row(_ name: String, _ cells: [String]) -> String {
    let texts = [name] + cells.dropLast()
    return Terminal.row(
      indent: 2, zip(texts, columns).map { (text: $0, columns: $1) }, cells.last ?? "")
  }
}

extension WindowTable {
  /// Whether the window was kept, and what took long where that is worth a word.
  private var verdict: [String] {
    let share = percent(use.used)
    let words =
      switch use.outcome {
      case .closed:
        Phrase(zh: "送出之前已办结，未再发出", en: "closed before it was sent")
      case .late(let late):
        Phrase(zh: "超过时限 \(span(late))，原因：", en: "late by \(span(late)), because:")
      case .overdue(let late):
        Phrase(
          zh: "已超过时限 \(span(late))，仍未发出，原因：",
          en: "late by \(span(late)) and not yet sent, because:")
      case .kept:
        Phrase(zh: "在时限内发出，用去 \(share)", en: "sent within the window, \(share) of it used")
      case .running:
        Phrase(zh: "尚未发出，已用去 \(share)", en: "not yet sent, \(share) of the window gone")
      }
    let told = Terminal.folded(words[language], indent: 2, hanging: 4)
    return use.isClosed ? told : told + use.delaysWorthAWord.flatMap(reason)
  }

  private var note: [String] {
    guard use.isUncertain || use.steps.contains(where: \.isUncertain) else { return [] }
    let words = Phrase(
      zh: "“约”：其间机器重启过，只能按墙上时钟推算",
      en: "~: the machine was booted in between, so that only the wall clock could say")
    return Terminal.folded(words[language], indent: 2, hanging: 4)
  }

  private func reason(_ delay: WindowUse.Delay) -> [String] {
    let words = delay.cause.words(isSealed: isSealed, office)[language]
    return Terminal.folded("· \(words)  \(span(delay.span))", indent: 4, hanging: 6)
  }

  private func percent(_ span: Duration) -> String {
    let share = use.share(span) * 100
    guard share < 10 else { return "\(Int(share.rounded()))%" }
    let tenths = Int((share * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)%"
  }

  private func span(_ duration: Duration) -> String { office.exactSpan(duration) }
}

extension WindowUse.Cause {
  /// The cause as people read it; what was wrong with a feed only where that is for everybody.
  func words(isSealed: Bool, _ office: Office) -> Phrase {
    switch self {
    case .feedBlind(let reason):
      isSealed
        ? Phrase(zh: "信源采集不到", en: "the feed could not be read")
        : Phrase(zh: "信源采集不到：\(reason.zh)", en: "the feed could not be read: \(reason.en)")
    case .firstReading:
      Phrase(zh: "早于本系统首次采集该信源", en: "before the feed was first read")
    case .feedSlow:
      Phrase(
        zh: "信源慢：按采集间隔早应读到，页面上出现得晚",
        en: "feed slow: it was read at its pace, and showed it late")
    case .daemonDown: Phrase(zh: "本系统停止运行", en: "Huiyin was not running")
    case .awaitedText: Phrase(zh: "等正文页、研判和入账", en: "waiting for its page, judging, writing")
    case .hour(let leaving):
      Phrase(
        zh: "等到 \(office.short(leaving.at)) 送出（\(leaving.reason.name.zh)）",
        en: "waiting for \(office.short(leaving.at)): \(leaving.reason.name.en)")
    case .queue: Phrase(zh: "排队等候发送", en: "waiting for its turn to be sent")
    case .refused(let reply, let times):
      Phrase(
        zh: "邮件服务器暂不接收（\(times) 次）：\(reply)",
        en: "the mail server refused for now (\(times) times): \(reply)")
    case .unanswered(let reply, let times):
      reply.isEmpty
        ? Phrase(zh: "发送中断，没有答复", en: "cut off without an answer")
        : Phrase(
          zh: "邮件服务器连不上或无应答（\(times) 次）：\(reply)",
          en: "the mail server was not reached or did not answer (\(times) times): \(reply)")
    case .failed(let reply):
      Phrase(zh: "发送失败，不再重发：\(reply)", en: "it failed for good: \(reply)")
    case .nobody: Phrase(zh: "没有可通知的人", en: "nobody to tell")
    case .slowServer: Phrase(zh: "邮件服务器接收缓慢", en: "the mail server was slow to accept")
    }
  }
}
