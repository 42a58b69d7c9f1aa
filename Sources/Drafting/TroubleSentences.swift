import Vocabulary

/// What is broken and since when, in two sentences (告警事项).
extension TroubleLetter {
  /// What is broken, and since when.
  var sentences: [String] {
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
    case .feedOdd(_, let name, _, let since, _):
      return [
        say(
          "信源“\(named(name))”采得到，但与以往明显不同",
          "The feed “\(named(name))” is read, and is not what it was"),
        say(
          "自 \(dates.moment(since)) 起如此，可能有信息没有采到。",
          "So since \(dates.moment(since)): something may be missed."),
      ]
    case .feedUsual(_, let name, let since, let at):
      return [
        say(
          "信源“\(named(name))”已恢复往常的样子", "The feed “\(named(name))” is what it was again"),
        say(
          "异常自 \(dates.moment(since)) 起，约 \(dates.span(at - since))。",
          "It was odd from \(dates.moment(since)), for about \(dates.span(at - since))."),
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
    case .channelFailing(let name, _, let notice, _):
      return [
        say(
          "第二通道“\(name.onOneLine)”发不出去",
          "The second channel “\(name.onOneLine)” takes nothing"),
        say(
          "\(dates.moment(at))，涉及：\(notice.rawValue.onOneLine)。邮件照常发送，不受影响。",
          "\(dates.moment(at)), the notice: \(notice.rawValue.onOneLine). Mail goes on as always."),
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
    case .mailByFallback(let first, let second, _, let at):
      let (first, second) = (first.onOneLine, second.onOneLine)
      return [
        say(
          "主邮件服务器 \(first) 不接收邮件，已改用备用服务器",
          "The mail server \(first) takes nothing; the second one stands in"),
        say(
          "\(dates.moment(at)) 起，通知经备用服务器 \(second) 照常发出。",
          "From \(dates.moment(at)) on notices leave as always, by \(second)."),
      ]
    case .mailByFirst(let first, let since, let at):
      return [
        say(
          "主邮件服务器 \(first.onOneLine) 已恢复", "The mail server \(first.onOneLine) takes mail again"),
        say(
          "自 \(dates.moment(since)) 起曾改用备用服务器，历时约 \(dates.span(at - since))。",
          "The second one stood in from \(dates.moment(since)) on, for about "
            + "\(dates.span(at - since))."),
      ]
    case .auditFailed(let faults, _):
      return [
        say(
          "自查发现 \(faults.count) 处异常，未能自行修复",
          "The audit found what it could not mend: \(faults.count)"),
        say(
          "\(dates.moment(at)) 发现，见下。恢复前心跳信号中止，重启有望修复的由系统自动重启。",
          "Found at \(dates.moment(at)), listed below. Until it is mended there is no heartbeat; "
            + "where a restart may help, the system makes one."),
      ]
    case .auditPasses(let since, let at):
      return [
        say("自查恢复正常", "The audit passes again"),
        say(
          "自 \(dates.moment(since)) 起有异常，历时约 \(dates.span(at - since))。",
          "It failed from \(dates.moment(since)) on, for about \(dates.span(at - since))."),
      ]
    case .heartbeatUnheard(let host, _, _):
      return [
        say(
          "心跳信号连续三次未能送达 \(host.onOneLine)",
          "The heartbeat was not heard at \(host.onOneLine), three times in a row"),
        say(
          "\(dates.moment(at)) 确认。本系统工作正常，但外部监视暂时看不到。",
          "Found at \(dates.moment(at)). Huiyin itself works, but whoever watches it from outside "
            + "cannot see so."),
      ]
    case .heartbeatHeard(let host, let since, let at):
      return [
        say(
          "心跳信号已恢复送达 \(host.onOneLine)",
          "The heartbeat is heard again at \(host.onOneLine)"),
        say(
          "自 \(dates.moment(since)) 起未能送达，历时约 \(dates.span(at - since))。",
          "It was not from \(dates.moment(since)) on, for about \(dates.span(at - since))."),
      ]
    case .mailboxUnread(_, let at):
      return [
        say("收信邮箱连续读取失败", "The mailbox where replies arrive cannot be read"),
        say(
          "\(dates.moment(at)) 确认。承办单位和值班员的回复暂时读不到。",
          "Found at \(dates.moment(at)). What units and officers reply is not seen meanwhile."),
      ]
    case .mailboxRead(let since, let at):
      return [
        say("收信邮箱已恢复读取", "The mailbox is read again"),
        say(
          "自 \(dates.moment(since)) 起读不到，历时约 \(dates.span(at - since))。",
          "It was not from \(dates.moment(since)) on, for about \(dates.span(at - since))."),
      ]
    case .rosterOpen(let until, let at):
      let from = dates.moment(at)
      return [
        until == nil
          ? say("值班表已到期", "The roster has run out")
          : say("值班表现在无人值班", "The roster names nobody now"),
        until.map {
          say(
            "\(from) 至 \(dates.moment($0)) 的下班时间无人，预警只发给设置中的值班员。",
            "From \(from) to \(dates.moment($0)), after hours, the officers of the set-up alone hear."
          )
        }
          ?? say(
            "自 \(from) 起，下班时间的预警只发给设置中的值班员。",
            "From \(from) on, after hours, the officers of the set-up alone hear."),
      ]
    case .setupRefused(let diagnostics, _):
      let errors = diagnostics.count { $0.weight == .error }
      return [
        say("新设置有误，未启用，原设置继续有效", "The new set-up is broken; the old one stays in force"),
        say(
          "\(dates.moment(at)) 加载时发现 \(errors) 处错误，见下。",
          "Found on loading it at \(dates.moment(at)): errors \(errors), listed below."),
      ]
    case .setupChanged(let changes, _, _):
      return [
        say("新设置已启用，改动 \(changes.count) 处", "A new set-up is in force; changes: \(changes.count)"),
        say(
          "\(dates.moment(at)) 重新加载，\(counts(of: changes, "、"))，见下。",
          "Loaded at \(dates.moment(at)): \(counts(of: changes, ", ")), listed below."),
      ]
    }
  }

  func named(_ name: String) -> String { name.onOneLine.clipped(to: 40) }
}
