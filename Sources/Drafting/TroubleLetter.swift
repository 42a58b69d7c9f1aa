import Vocabulary

/// What the admins are told (运行告警): what is broken, since when, why, and what to do.
struct TroubleLetter: Sendable {
  let office: Office
  let trouble: Trouble

  /// The letter's subject and sheet.
  var sheet: Sheet {
    Sheet(
      lang: office.language.tag, subject: subject, tint: tint, leads: Array(sentences.prefix(2)),
      heading: Sheet.Heading(
        office: office.name.onOneLine, name: say("运行告警", "Trouble")),
      form: Form(rows), paragraphs: remedy, verbatim: verbatim)
  }

  /// `trouble/feedBlind/qingchuan-board/1772411400000`
  var noticeID: Notice.ID {
    let path =
      switch trouble {
      case .feedBlind(let feed, _, _, _, _, let at): "feedBlind/\(feed)/\(at.milliseconds)"
      case .feedSeesAgain(let feed, _, _, let at): "feedSeesAgain/\(feed)/\(at.milliseconds)"
      case .mailFailing(let address, _, _, let at):
        "mailFailing/\(address.address.onOneLine)/\(at.milliseconds)"
      case .lineDown(_, _, _, let at): "lineDown/\(at.milliseconds)"
      case .lineUp(_, let at): "lineUp/\(at.milliseconds)"
      case .mailLate(_, _, _, _, let at): "mailLate/\(at.milliseconds)"
      case .mailOnTime(_, let at): "mailOnTime/\(at.milliseconds)"
      case .auditFailed(_, let at): "auditFailed/\(at.milliseconds)"
      case .auditPasses(_, let at): "auditPasses/\(at.milliseconds)"
      case .setupRefused(_, let at): "setupRefused/\(at.milliseconds)"
      }
    return Notice.ID(rawValue: "trouble/\(path)")
  }

  private var dates: Dates { Dates(office, asOf: at) }

  private var at: WallTime {
    switch trouble {
    case .feedBlind(_, _, _, _, _, let at), .feedSeesAgain(_, _, _, let at),
      .mailFailing(_, _, _, let at), .setupRefused(_, let at), .lineDown(_, _, _, let at),
      .lineUp(_, let at), .mailLate(_, _, _, _, let at), .mailOnTime(_, let at),
      .auditFailed(_, let at), .auditPasses(_, let at):
      at
    }
  }

  private var tint: String {
    switch trouble {
    case .feedSeesAgain, .lineUp, .mailOnTime, .auditPasses: "#2e7d4f"
    case .feedBlind, .mailFailing, .setupRefused, .lineDown, .mailLate, .auditFailed:
      Grade.considerable.tint
    }
  }

  private var subject: String {
    let tag =
      switch trouble {
      case .feedSeesAgain, .lineUp, .mailOnTime, .auditPasses:
        Phrase(zh: "运行恢复", en: "recovered")
      case .feedBlind, .mailFailing, .setupRefused, .lineDown, .mailLate, .auditFailed:
        Phrase(zh: "运行告警", en: "trouble")
      }
    return Subject(language: office.language).of(tag, sentences.first ?? "")
  }

  private func say(_ zh: String, _ en: String) -> String {
    Phrase(zh: zh, en: en)[office.language]
  }

  /// What is broken, and since when.
  private var sentences: [String] {
    switch trouble {
    case .feedBlind(_, let name, let since, let misses, _, _):
      let begin = since.map {
        say("自 \(dates.moment($0)) 起中断", "Blind since \(dates.moment($0))")
      }
      return [
        say(
          "信源“\(named(name))”连续 \(misses) 次未能采集",
          "The feed “\(named(name))” failed \(misses) times in a row"),
        (begin ?? say("从未成功采集", "Never read so far"))
          + say("，恢复前该网站无人监测。", ": until it is mended nobody watches it."),
      ]
    case .feedSeesAgain(_, let name, let since, let at):
      let gap = since.map {
        say(
          "中断自 \(dates.moment($0)) 起，约 \(dates.span(at - $0))。",
          "It was blind from \(dates.moment($0)), for about \(dates.span(at - $0)).")
      }
      return [
        say("信源“\(named(name))”已恢复采集", "The feed “\(named(name))” is read again"),
        gap ?? say("此前从未成功采集。", "It had never been read before."),
      ]
    case .mailFailing(let address, _, let notice, _):
      return [
        say(
          "发往 \(address.address.onOneLine) 的通知未能发出",
          "Mail to \(address.address.onOneLine) is failing"),
        say(
          "\(dates.moment(at))，涉及通知：\(notice.rawValue.onOneLine)",
          "\(dates.moment(at)), the notice: \(notice.rawValue.onOneLine)"),
      ]
    case .lineDown(let feeds, let all, _, _):
      return [
        say(
          "\(all) 个信源中有 \(feeds) 个同时采集失败，疑为本机网络故障",
          "\(feeds) of \(all) feeds fail at once: it is probably this machine's own line"),
        say(
          "\(dates.moment(at)) 确认。恢复前本系统无法监测这些网站。",
          "Found at \(dates.moment(at)). Until it is mended nobody watches those pages."),
      ]
    case .lineUp(let since, let at):
      return [
        say("网络已恢复，各信源恢复采集", "The line is up, and the feeds are read again"),
        say(
          "中断自 \(dates.moment(since)) 起，约 \(dates.span(at - since))。",
          "It was reported at \(dates.moment(since)), about \(dates.span(at - since)) ago."),
      ]
    case .mailLate(let count, let notice, let address, _, _):
      return [
        say("有 \(count) 件通知已过时限仍未发出", "Notices past their time and not sent: \(count)"),
        say(
          "其中一件：\(notice.rawValue.onOneLine)，发往 \(address.address.onOneLine)",
          "One of them: \(notice.rawValue.onOneLine), to \(address.address.onOneLine)"),
      ]
    case .mailOnTime(let since, let at):
      return [
        say("超时未发的通知已全部处理完毕", "No notice is past its time any more"),
        say(
          "自 \(dates.moment(since)) 起有通知超时，历时约 \(dates.span(at - since))。",
          "There were some from \(dates.moment(since)) on, for about \(dates.span(at - since))."),
      ]
    case .auditFailed(let faults, _):
      return [
        say(
          "自查发现 \(faults.count) 处异常，未能自行修复",
          "The audit found what it could not mend: \(faults.count)"),
        say(
          "\(dates.moment(at)) 发现，见下。恢复前不再向系统看门狗报平安。",
          "Found at \(dates.moment(at)), listed below. Until it is mended the watchdog is not fed."),
      ]
    case .auditPasses(let since, let at):
      return [
        say("自查恢复正常", "The audit passes again"),
        say(
          "自 \(dates.moment(since)) 起有异常，历时约 \(dates.span(at - since))。",
          "It failed from \(dates.moment(since)) on, for about \(dates.span(at - since))."),
      ]
    case .setupRefused(let diagnostics, _):
      let errors = diagnostics.count { $0.weight == .error }
      return [
        say("新设置有误，未启用，原设置继续有效", "The new set-up is broken; the old one stays in force"),
        say(
          "\(dates.moment(at)) 加载时发现 \(errors) 处错误，见下。",
          "Found on loading it at \(dates.moment(at)): errors \(errors), listed below."),
      ]
    }
  }

  private var rows: [Row] {
    switch trouble {
    case .feedBlind(let feed, _, _, _, let miss, _):
      [
        Row(Cell(say("文件", "File"), "\(feed.rawValue.onOneLine).yaml")),
        Row(Cell(say("网址", "Address"), [], link: Link(miss.url))),
        Row(Cell(say("最近原因", "Last reason"), reason(miss))),
      ]
    case .feedSeesAgain(let feed, _, _, _):
      [Row(Cell(say("文件", "File"), "\(feed.rawValue.onOneLine).yaml"))]
    case .mailFailing(_, let reply, _, _):
      [Row(Cell(say("服务器答复", "Server's reply"), reply.onOneLine.clipped(to: 500)))]
    case .lineDown(_, _, let miss, _):
      [Row(Cell(say("最近原因", "Last reason"), reason(miss)))]
    case .mailLate(_, _, _, let reply, _):
      [
        Row(
          Cell(
            say("服务器答复", "Server's reply"),
            reply?.onOneLine.clipped(to: 500) ?? say("尚未联系上服务器", "the server was not reached")))
      ]
    case .auditFailed(let faults, _):
      faults.prefix(20).map { Row(Cell(name(of: $0), word(of: $0))) }
    case .setupRefused, .lineUp, .mailOnTime, .auditPasses: []
    }
  }

  private func name(of fault: Trouble.Fault) -> String {
    switch fault {
    case .envelope: say("通知无人发送", "Notice that nobody sends")
    case .alert: say("预警无人知晓", "Alert that nobody hears of")
    case .feed: say("信源不再采集", "Feed that is not polled")
    case .loop: say("环节停顿", "Loop that stands still")
    }
  }

  private func word(of fault: Trouble.Fault) -> String {
    guard case .loop(let name) = fault else { return fault.word.onOneLine }
    return name[office.language]
  }

  private func reason(_ miss: Miss) -> [String] {
    let status = miss.status.map { say("网站状态码 \($0)", "HTTP status \($0)") }
    return [miss.reason[office.language].onOneLine.clipped(to: 500)] + [status].compactMap { $0 }
  }

  private var remedy: [String] {
    switch trouble {
    case .feedBlind(let feed, _, _, _, let miss, _):
      let name = feed.rawValue.onOneLine
      return [
        miss.cause.remedy[office.language],
        say(
          "可运行 huiyin try \(name) 查看详情；恢复前请人工浏览该网站。恢复后另行通知，其间不再重复告警。",
          "Run huiyin try \(name) to see more, and read that page by hand until it is mended. You "
            + "will hear once when it is; there will be no further mail about it."),
      ]
    case .feedSeesAgain:
      return [
        say(
          "中断期间发布、仍在列表上的信息会补采；已从列表消失的无法补采，请酌情人工查看。",
          "What is still listed will be read now; what has left the list since cannot be. Have a "
            + "look by hand if in doubt.")
      ]
    case .mailFailing(let address, _, _, _):
      return [
        say(
          "请核对地址和邮件服务器，可运行 huiyin mail-test \(address.address.onOneLine) 验证。重大舆情请先电话通知对方。该地址恢复前不再重复告警。",
          "Check the address and the mail server with huiyin mail-test \(address.address.onOneLine). "
            + "Telephone about anything major. There will be no further mail about this address until "
            + "it has been reached again.")
      ]
    case .lineDown(_, _, let miss, _):
      return [
        miss.cause.remedy[office.language],
        say(
          "请检查本机网络、网关和域名解析；恢复前请人工浏览重点网站。恢复后另行通知，其间各信源不再逐一告警。",
          "Check this machine's network, gateway and name server, and read the most important pages "
            + "by hand until it is mended. You will hear once when it is, and not of each feed."),
      ]
    case .lineUp:
      return [
        say(
          "仍不能采集的信源将另行逐一告警。",
          "Of a feed that still cannot be read you will hear by itself.")
      ]
    case .auditFailed:
      return [
        say(
          "请运行 huiyin status 查看；重大舆情请先电话通知。必要时重启值守程序，重启不丢失、不重发；"
            + "仍不恢复，请先 huiyin backup 备份台账，再联系维护人员。",
          "Look at huiyin status, and telephone about anything major. Restart the daemon if need be: "
            + "nothing is lost or repeated by it. If that does not help, copy the ledger with huiyin "
            + "backup and call whoever maintains Huiyin.")
      ]
    case .auditPasses:
      return []
    case .mailLate:
      return [
        say(
          "重大舆情请立即电话通知承办单位。请检查邮件服务器，可运行 huiyin status 查看待发通知、"
            + "huiyin mail-test 验证；系统会继续重发，恢复后另行通知。",
          "Telephone the units about anything major now. Check the mail server: huiyin status shows "
            + "what waits, huiyin mail-test tries it. Huiyin keeps trying and you will hear when it is "
            + "over.")
      ]
    case .mailOnTime:
      return [
        say(
          "请用 huiyin alerts 核对超时的通知是否都已签收。",
          "See with huiyin alerts whether those that were late have been acknowledged.")
      ]
    case .setupRefused:
      return [
        say(
          "请按下列提示修改，用 huiyin check 检查无误后重新加载。",
          "Mend what is listed, run huiyin check until it is silent, then reload.")
      ]
    }
  }

  private var verbatim: [String] {
    switch trouble {
    case .feedBlind, .feedSeesAgain, .mailFailing, .lineDown, .lineUp, .mailLate, .mailOnTime,
      .auditFailed, .auditPasses:
      []
    case .setupRefused(let diagnostics, _): listed(diagnostics)
    }
  }

  /// The first fifty; `huiyin check` has them all.
  private func listed(_ diagnostics: [Diagnostic]) -> [String] {
    let rest = diagnostics.count - 50
    return diagnostics.prefix(50).map { $0.line(in: office.language).onOneLine.clipped(to: 400) }
      + (rest > 0
        ? [say("另有 \(rest) 处，见 huiyin check。", "and \(rest) more, see huiyin check.")] : [])
  }

  private func named(_ name: String) -> String { name.onOneLine.clipped(to: 40) }
}

extension Miss.Cause {
  /// What an admin does about it (处置建议).
  var remedy: Phrase {
    switch self {
    case .nameUnknown, .nameTimeout, .unreachable, .timeout, .cutOff:
      Phrase(
        zh: "请先确认本机网络和域名解析正常，再用浏览器打开该网址，看是否网站停机或更换了域名。",
        en: "See whether this machine's network and name server work, then whether the site is "
          + "down or has moved, by opening the address in a browser.")
    case .tls, .forbiddenAddress, .badAddress:
      Phrase(
        zh: "请核对信源文件中的网址、证书例外和内网许可；例外只对本信源设置，不要全局放开。",
        en: "Check the address, the certificate exception and the allowed private networks; make "
          + "exceptions for this feed alone.")
    case .gone, .redirect:
      Phrase(
        zh: "网站可能已改版或搬迁，请在浏览器中找到新网址并修改信源文件。",
        en: "The page has probably moved: find its new address and change the feed's file.")
    case .robots, .busy, .wall, .status:
      Phrase(
        zh: "网站暂不允许或限制程序访问。请放慢采集间隔，或与网站管理单位联系取得许可，切勿绕过。",
        en: "The site refuses or limits programs. Poll less often, or ask its owner for leave; do "
          + "not work around it.")
    case .empty, .unreadable, .nothingFound, .tooLarge:
      Phrase(
        zh: "网页结构可能已变。请对照网页修改信源文件中的选择器（items、title、link、date）。",
        en: "The page's structure has probably changed: mend the selectors in the feed's file "
          + "(items, title, link, date).")
    }
  }
}
