import Vocabulary

/// The particulars of a trouble, as rows of a form (告警要素).
extension TroubleLetter {
  var rows: [Row] {
    switch trouble {
    case .feedBlind(let feed, _, _, _, let miss, _):
      [
        Row(Cell(say("文件", "File"), "\(feed.rawValue.onOneLine).yaml")),
        Row(Cell(say("网址", "Address"), [], link: Link(miss.url))),
        Row(Cell(say("最近原因", "Last reason"), reason(miss))),
      ]
    case .feedOdd(let feed, _, let oddities, _, _):
      [Row(Cell(say("文件", "File"), "\(feed.rawValue.onOneLine).yaml"))]
        + oddities.map { Row(Cell(say("异常", "Odd"), $0.sentence[office.language])) }
    case .feedSeesAgain(let feed, _, _, _), .feedUsual(let feed, _, _, _):
      [Row(Cell(say("文件", "File"), "\(feed.rawValue.onOneLine).yaml"))]
    case .mailFailing(_, let reply, _, _):
      [Row(Cell(say("服务器答复", "Server's reply"), reply.onOneLine.clipped(to: 500)))]
    case .channelFailing(_, let reply, _, _):
      [Row(Cell(say("通道答复", "Its answer"), reply.onOneLine.clipped(to: 500)))]
    case .lineDown(_, _, let miss, _):
      [Row(Cell(say("最近原因", "Last reason"), reason(miss)))]
    case .mailLate(_, _, _, let reply, _):
      [
        Row(
          Cell(
            say("服务器答复", "Server's reply"),
            reply?.onOneLine.clipped(to: 500) ?? say("尚未联系上服务器", "the server was not reached")))
      ]
    case .mailByFallback(_, _, let reply, _):
      [
        Row(
          Cell(
            say("主服务器答复", "The first server"),
            reply?.onOneLine.clipped(to: 500) ?? say("稍后再试", "to be asked again later")))
      ]
    case .auditFailed(let faults, _):
      faults.prefix(20).map { Row(Cell(name(of: $0), word(of: $0))) }
    case .heartbeatUnheard(_, let reason, _), .mailboxUnread(let reason, _):
      [
        Row(
          Cell(
            say("最近原因", "Last reason"), reason[office.language].onOneLine.clipped(to: 500)))
      ]
    case .setupChanged(_, let version, _):
      [Row(Cell(say("规则版本", "Rule book"), version.rawValue.onOneLine))]
    case .rosterOpen, .setupRefused, .lineUp, .mailOnTime, .mailByFirst, .auditPasses,
      .heartbeatHeard, .mailboxRead:
      []
    }
  }

  private func name(of fault: Trouble.Fault) -> String {
    switch fault {
    case .envelope: say("通知无人发送", "Notice that nobody sends")
    case .alert: say("预警无人知晓", "Alert that nobody hears of")
    case .chain: say("催办逾期未发", "Reminder that is overdue")
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
}
