import Storage
import Vocabulary

/// How everything stands, as a person reads it in 80 columns.
struct StatusSheet {
  /// How many open alerts are listed; `huiyin alerts` has the rest.
  private static let mostAlerts = 20

  let standing: Standing

  private var office: Office { standing.setup.office }
  private var language: Language { office.language }

  var lines: [String] {
    let parts = [head, feeds, alerts, waiting]
    return Array(parts.joined(separator: [""]))
  }

  private var head: [String] {
    let trial = office.trial.inWords[language]
    let problems = standing.problems
    let verdict =
      problems.isEmpty
      ? Phrase(zh: "一切正常", en: "All is well") : Phrase(zh: "需要处理：", en: "To be mended:")
    return (trial.isEmpty ? [] : Terminal.folded(trial, hanging: 0)) + [verdict[language]]
      + problems.flatMap { Terminal.folded("! " + $0[language], indent: 2, hanging: 4) }
      + standing.warnings.flatMap { Terminal.folded("※ " + $0[language], indent: 2, hanging: 5) }
  }

  private var feeds: [String] {
    [Phrase(zh: "信源", en: "Feeds")[language]] + standing.setup.feeds.flatMap(lines(of:))
  }

  private func lines(of feed: Feed) -> [String] {
    let success = standing.state(of: feed)?.lastSuccessAt.map { at in
      let span = office.span(standing.now.wall - at)
      return feed.kind == .mail
        ? Phrase(zh: "\(span)前录入", en: "entered \(span) ago")[language]
        : Phrase(zh: "\(span)前采到", en: "read \(span) ago")[language]
    }
    let never = feed.off ? "" : never(of: feed)[language]
    let word = standing.word(for: feed)
    var lines = [
      Terminal.row(
        indent: 2, [(feed.id.rawValue, 24), (feed.name, 22), (word.name[language], 7)],
        success ?? never)
    ]
    // A blind feed's failure stands among the problems above.
    if word == .failing, let miss = standing.lastMiss(of: feed) {
      lines += Terminal.folded(miss.reason[language], indent: 4, hanging: 4)
    }
    if let odd = standing.oddities(of: feed)?[language] {
      lines += Terminal.folded(odd, indent: 4, hanging: 4)
    }
    return lines + manners(of: feed).flatMap { Terminal.folded($0, indent: 4, hanging: 6) }
  }

  private func never(of feed: Feed) -> Phrase {
    feed.kind == .mail
      ? Phrase(zh: "尚无录入", en: "nothing entered") : Phrase(zh: "尚未采到", en: "never read")
  }

  /// What a feed's file says of its own manners; of header lines the names alone, for their values
  /// may be secret.
  private func manners(of feed: Feed) -> [String] {
    let headers = feed.headers.keys.sorted().joined(separator: Phrase(zh: "、", en: ", ")[language])
    let expired = Phrase(zh: "容许证书过期", en: "an expired certificate is accepted")
    return [
      feed.pause.map { Phrase(zh: "间隔：\($0.inWords)", en: "pause: \($0.inWords)")[language] },
      feed.proxy.map { Phrase(zh: "代理：\($0)", en: "proxy: \($0)")[language] },
      headers.isEmpty
        ? nil : Phrase(zh: "附加请求头：\(headers)", en: "header lines: \(headers)")[language],
      feed.acceptsExpiredCertificate ? expired[language] : nil,
      feed.permission.map { Phrase(zh: "许可：\($0)", en: "permission: \($0)")[language] },
    ].compactMap(\.self)
  }

  private var alerts: [String] {
    let count = standing.awaiting.count
    let hidden = count - StatusSheet.mostAlerts
    let unheard = standing.awaiting.count(where: \.awaitsUnit)
    let part = Phrase(
      zh: unheard == 0 ? "" : "，其中值班员已签收、待承办单位签收 \(unheard) 件",
      en: unheard == 0 ? "" : ", \(unheard) of them with an officer and not yet with their unit")
    var lines = [
      Phrase(zh: "未签收预警 \(count) 件\(part.zh)", en: "Open alerts: \(count)\(part.en)")[language]
    ]
    lines += standing.awaiting.prefix(StatusSheet.mostAlerts).map(line)
    if hidden > 0 {
      lines.append(
        Phrase(
          zh: "  ……另有 \(hidden) 件，见 huiyin alerts", en: "  … and \(hidden) more: huiyin alerts")[
            language])
    }
    return lines
  }

  private func line(_ row: AlertRow) -> String {
    let gradeColumns = language == .zh ? 8 : 12
    return Terminal.row(
      indent: 2,
      [
        (row.id.description, 9), (row.alert.grade.name[language], gradeColumns),
        (time(of: row)[language], 16),
      ], row.heading[language])
  }

  private func time(of row: AlertRow) -> Phrase {
    if row.awaitsUnit, row.sentAt != nil { return Phrase(zh: "待承办单位签收", en: "unit not heard") }
    if let sentAt = row.sentAt.map(office.short) {
      return Phrase(zh: "\(sentAt) 已发", en: "sent \(sentAt)")
    }
    let left = row.alert.deadline.endsAt - standing.now.steady
    return left < .zero
      ? Phrase(zh: "已逾时\(office.span(.zero - left))", en: "late by \(office.span(.zero - left))")
      : Phrase(zh: "还剩\(office.span(left))", en: "\(office.span(left)) left")
  }

  private var waiting: [String] {
    let count = standing.waiting
    return [Phrase(zh: "待发通知 \(count) 封", en: "Waiting notices: \(count)")[language]]
      + standing.leavings.flatMap { leaving, envelopes in
        let (at, why) = (office.short(leaving.at), leaving.reason.name)
        let line = Phrase(
          zh: "\(at) 送出一般舆情 \(envelopes) 封（\(why.zh)）",
          en: "\(at): \(envelopes) of general alerts (\(why.en))")
        return Terminal.folded(line[language], indent: 2, hanging: 4)
      }
  }
}

extension Duration {
  /// As a feed's file writes it, `1.5s`.
  fileprivate var inWords: String {
    let milliseconds = inMilliseconds
    return milliseconds % 1000 == 0 ? "\(milliseconds / 1000)s" : "\(Double(milliseconds) / 1000)s"
  }
}

extension Standing.FeedWord {
  /// The word as people read it.
  fileprivate var name: Phrase {
    switch self {
    case .off: Phrase(zh: "停用", en: "off")
    case .new: Phrase(zh: "未采集", en: "new")
    case .ok: Phrase(zh: "正常", en: "ok")
    case .failing: Phrase(zh: "有失败", en: "failing")
    case .blind: Phrase(zh: "盲区", en: "blind")
    }
  }
}
