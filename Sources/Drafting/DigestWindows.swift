import Vocabulary

/// The parts of a digest that say whether notices left in time (时限情况), and why not.
extension DigestFacts {
  private static let most = 5

  /// For daily ones: those that were late, if any.
  var late: DigestView.Section? {
    guard !unkept.isEmpty else { return nil }
    return section(say("超时", "Late"), unkept.map(mention), most: mostLate)
  }

  /// For weekly and monthly ones: those that were late, the windows by grade, who acknowledged, and
  /// what came of it.
  var windows: DigestView.Section? {
    let whole = digest.windows
    let hasWindows = whole.total + whole.voided + digest.running > 0
    let rest = unkept.count - mostLate
    let more = rest > 0 ? [say("另有 \(rest) 件超时，见台账。", "and \(rest) more, in the ledger.")] : []
    let grades = rows.isEmpty ? nil : table
    guard hasWindows || acknowledging != nil else { return nil }
    return DigestView.Section(
      heading: say("通知、签收与处理", "Told, acknowledged, and what came of it"),
      mentions: lateShown.map(mention),
      tables: [grades, acknowledging].compactMap(\.self),
      lines: more + [hasWindows ? uncounted : nil, outcomes].compactMap(\.self))
  }

  private var table: DigestView.Table {
    DigestView.Table(name: say("通知时限", "Windows"), columns: columns, rows: rows)
  }

  /// `本期到期或发出 16 件，时限内发出 15 件，超时 1 件；用去时限：中位 12%，最多 140%。`
  var lateness: String? {
    let whole = digest.windows
    guard whole.total > 0 else { return nil }
    let late =
      whole.unsent == 0
      ? say("超时 \(whole.late) 件", "late \(whole.late)")
      : say(
        "超时 \(whole.late + whole.unsent) 件（\(whole.unsent) 件仍未发出）",
        "late \(whole.late + whole.unsent) (\(whole.unsent) not sent yet)")
    return say(
      "通知：时限内发出 \(whole.kept) 件，\(late)\(used(whole))。",
      "Notices: in time \(whole.kept), \(late)\(used(whole)).")
  }

  private func used(_ windows: Digest.Punctuality) -> String {
    guard let median = windows.used.median, let worst = windows.used.last else { return "" }
    return say(
      "；用去时限：中位 \(median.percent)，最多 \(worst.percent)",
      "; of the window used: median \(median.percent), worst \(worst.percent)")
  }

  private var columns: [String] {
    [
      say("通知", "notices"), say("时限内", "in time"), say("超时", "late"),
      say("中位", "median"), say("最多", "worst"),
    ]
  }

  private var rows: [DigestView.Count] {
    let grades = [Grade.major, .considerable, .general].compactMap { grade in
      digest.punctuality[grade].map { (grade.name[office.language], $0) }
    }
    let all = (say("合计", "all"), digest.windows)
    return (grades.count > 1 ? grades + [all] : grades).map { name, windows in
      DigestView.Count(
        label: name,
        cells: [windows.total, windows.kept, windows.late + windows.unsent].map(String.init)
          + [windows.used.median, windows.used.last].map { $0?.percent ?? "—" })
    }
  }

  /// `用时为占时限的比例。退回、误报等 2 件作废，不计；另有 3 件时限未到，计入下期。`
  private var uncounted: String? {
    let (voided, running) = (digest.windows.voided, digest.running)
    let parts = [
      say("用时按占时限的比例计", "Shares are of the window"),
      voided == 0
        ? nil : say("退回、误报等 \(voided) 件时限作废，不计", "void by return or false alarm: \(voided)"),
      running == 0
        ? nil : say("\(running) 件时限未到，计入下期", "still running, counted next time: \(running)"),
    ]
    return parts.compactMap(\.self).joined(separator: say("；", "; ")) + say("。", ".")
  }
}

extension DigestFacts {
  var unkept: [Digest.Late] {
    digest.late.filter { !digest.conduct.contains($0.line.alert) }
  }

  /// Those that there is room for.
  var lateShown: [Digest.Late] { Array(unkept.prefix(mostLate)) }

  private var mostLate: Int { isCrowded ? 3 : DigestFacts.most }

  private func mention(_ late: Digest.Late) -> Mention {
    mention(late.line, state: state(of: late))
  }

  /// `待签收 · 超时 48 分钟 · 邮件服务器连不上 46 分钟 · 区住建局 · 青川区领导留言板`
  private func state(of late: Digest.Late) -> String {
    let by = dates.span(late.by)
    let what =
      late.isTold
      ? say("超时 \(by)", "late by \(by)")
      : say("已超时 \(by)，仍未发出", "late by \(by) and not sent yet")
    let why = late.delays.prefix(2).map { delay in
      "\(delay.cause.brief[office.language]) \(dates.span(delay.span))"
    }.joined(separator: say("，", ", "))
    return [
      word(for: late.line), what, why.isEmpty ? nil : why, unit(of: late.line), feed(of: late.line),
    ]
    .compactMap(\.self).joined(separator: " · ")
  }
}

extension Digest {
  /// The windows of all grades.
  var windows: Punctuality { punctuality.values.reduce(Punctuality(), +) }
}

extension Double {
  /// `0.4%`, `12%`, `140%`.
  var percent: String {
    let hundredths = self * 100
    guard hundredths < 10 else { return "\(Int(min(hundredths, 99_999).rounded()))%" }
    let tenths = Int((hundredths * 10).rounded())
    return tenths == 100 ? "10%" : "\(tenths / 10).\(tenths % 10)%"
  }
}

extension WindowUse.Cause {
  /// What took the time, for leaders: without what a server said.
  fileprivate var brief: Phrase {
    switch self {
    case .feedBlind: Phrase(zh: "信源采集不到", en: "feed unreadable")
    case .firstReading: Phrase(zh: "早于首次采集", en: "before the first reading")
    case .feedSlow: Phrase(zh: "信源显示晚", en: "feed slow")
    case .daemonDown: Phrase(zh: "本系统停止运行", en: "Huiyin was not running")
    case .awaitedText: Phrase(zh: "等正文页", en: "waiting for its page")
    case .hour(let leaving) where leaving.reason == .release:
      Phrase(zh: "等值班员签发", en: "waiting to be signed off")
    case .hour: Phrase(zh: "等集中发送时刻", en: "waiting for its hour")
    case .queue: Phrase(zh: "排队发送", en: "waiting for its turn")
    case .refused: Phrase(zh: "邮件服务器暂不接收", en: "refused by the mail server")
    case .unanswered: Phrase(zh: "邮件服务器连不上", en: "mail server out of reach")
    case .failed: Phrase(zh: "发送失败", en: "failed for good")
    case .slowServer: Phrase(zh: "邮件服务器接收缓慢", en: "mail server slow")
    case .nobody: Phrase(zh: "没有可通知的人", en: "nobody to tell")
    }
  }
}
