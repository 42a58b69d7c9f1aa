import Pipeline
import Storage
import Vocabulary

/// What somebody must do something about (待处理事项).
extension Standing {
  /// Sentences for whoever must do something; empty where all is well.
  var problems: [Phrase] {
    watchProblems + idleness + standing + setup.feeds.compactMap(blindness(of:))
      + awaiting.filter(isLate).map(lateness(of:)) + awaiting.flatMap(failures(of:))
      + astray.map(oversight(of:)) + unreachable + silentChannels
  }

  /// What the daemon itself found and nothing else here shows.
  private var standing: [Phrase] {
    let audit = troubles[Auditor.trouble].map { since in
      Phrase(
        zh: "值守程序自查自 \(setup.office.short(since.wall)) 起不通过，详见发给管理员的邮件",
        en: "the daemon's audit fails since \(setup.office.short(since.wall)); the mail to the "
          + "admins says how")
    }
    let late = troubles[LateMail.trouble].map { since in
      Phrase(
        zh: "自 \(setup.office.short(since.wall)) 起有通知超过时限仍未发出",
        en: "since \(setup.office.short(since.wall)) there are notices past their time")
    }
    let mailbox = setup.office.mailbox == nil ? nil : troubles[Mailroom.trouble]
    let unread = mailbox.map { since in
      Phrase(
        zh: "自 \(setup.office.short(since.wall)) 起收信邮箱读不到，回复邮件不能签收",
        en: "since \(setup.office.short(since.wall)) the mailbox cannot be read: no reply counts")
    }
    return [audit, late, unread].compactMap(\.self)
  }

  /// Addresses that the last notice to them could not reach.
  private var unreachable: [Phrase] {
    setup.office.addresses.filter { address in
      troubles[MailTrouble.name(of: address)] != nil
        || troubles[MailTrouble.bounced(address.address)] != nil
    }.map { address in
      Phrase(
        zh: "\(address.address) 收不到邮件：请核对后用 huiyin mail-test 验证",
        en: "mail to \(address.address) fails: mend it and try huiyin mail-test")
    }
  }

  /// Channels that took nothing when they were last tried.
  private var silentChannels: [Phrase] {
    setup.office.channels.filter { troubles[ChannelTrouble.name(of: $0.name)] != nil }.map {
      Phrase(
        zh: "第二通道 \($0.name) 发不出去：请核对后用 huiyin mail-test --channel \($0.name) 验证",
        en:
          "the second channel \($0.name) takes nothing: mend it and try huiyin mail-test --channel "
          + $0.name)
    }
  }

  private func oversight(of finding: AuditFinding) -> Phrase {
    switch finding {
    case .envelope(let notice, let recipient):
      Phrase(
        zh: "通知 \(notice) 发给 \(recipient.shown.zh)，无人负责发送",
        en: "nobody sends notice \(notice) to \(recipient.shown.en)")
    case .alert(let alert):
      Phrase(zh: "预警 \(alert) 没有任何通知", en: "no notice was written of alert \(alert)")
    case .chain(let alert):
      Phrase(zh: "预警 \(alert) 的催办已到时仍未进行", en: "a reminder of alert \(alert) is overdue")
    }
  }

  /// What should be done soon, while all is still well.
  var warnings: [Phrase] {
    let office = setup.office
    let year = office.calendar.missingYear(on: office.zone.civil(now.wall)).map { year in
      Phrase(
        zh: "工作日历里没有 \(year) 年的安排，请补进 calendar 文件",
        en: "the calendar has no \(year): add it to the file that calendar: names")
    }
    let unheard = setup.heartbeat == nil ? nil : troubles[Heartbeat.trouble]
    let silence = unheard.map { since in
      Phrase(
        zh: "自 \(office.short(since.wall)) 起心跳网址收不到本系统的信号",
        en: "since \(office.short(since.wall)) the heartbeat is not heard")
    }
    let standIn = troubles[MailWay.trouble].map { since in
      Phrase(
        zh: "自 \(office.short(since.wall)) 起主邮件服务器不接收邮件，通知经备用服务器发出：请检查 mail.server",
        en:
          "since \(office.short(since.wall)) mail leaves by the second server, for the first takes "
          + "none: see to mail.server")
    }
    let roster = RosterOutlook(of: office, at: now.wall)?.sentences(in: office.zone) ?? []
    return [year, silence, standIn].compactMap(\.self) + roster.map(\.sentence)
  }

  private var idleness: [Phrase] {
    guard setup.feeds.allSatisfy(\.off) else { return [] }
    return [
      Phrase(zh: "没有启用的信源：什么也没有采集", en: "no feed is switched on: nothing is watched")
    ]
  }

  private var watchProblems: [Phrase] {
    switch watch {
    case .running: []
    case .never:
      [
        Phrase(
          zh: "值守程序还没有运行过：请启动 huiyin run",
          en: "the daemon has never run: start huiyin run")
      ]
    case .stopped(let at):
      [
        Phrase(
          zh: "值守程序没有运行，最后在岗 \(setup.office.short(at))",
          en: "the daemon is not running; it was last there at \(setup.office.short(at))")
      ]
    case .silent(let since):
      [
        Phrase(
          zh: "值守程序没有反应，最后在岗 \(setup.office.short(since))：请看日志，必要时重启",
          en: "the daemon does not respond; its last sign was at \(setup.office.short(since)): see "
            + "its log, and restart it if need be")
      ]
    }
  }

  private func blindness(of feed: Feed) -> Phrase? {
    guard word(for: feed) == .blind, let miss = lastMiss(of: feed) else { return nil }
    return Phrase(
      zh: "信源 \(feed.id) 采集不到：\(miss.reasonZh)", en: "feed \(feed.id) is blind: \(miss.reasonEn)")
  }

  private func lateness(of row: AlertRow) -> Phrase {
    Phrase(zh: "预警 \(row.id) 已过通知时限仍未发出", en: "alert \(row.id) is late and not yet sent")
  }

  private func failures(of row: AlertRow) -> [Phrase] {
    row.notices.filter { $0.state == .failed && !$0.isReplaced }.map { notice in
      Phrase(
        zh: "预警 \(row.id) 发给 \(notice.recipient.address) 失败",
        en: "alert \(row.id) could not be sent to \(notice.recipient.address)")
    }
  }
}
