import Vocabulary

/// What an admin does about a trouble (处置建议).
extension TroubleLetter {
  /// One paragraph a thing to do.
  var remedy: [String] {
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
    case .feedOdd(let feed, _, _, _, _):
      let name = feed.rawValue.onOneLine
      return [
        say(
          "请打开网页对照，或运行 huiyin try \(name)：改版了就修改信源文件；确实没有新内容的，不必处理。恢复往常时另行通知，其间不再重复告警。",
          "Compare with the page, or run huiyin try \(name). If it was rebuilt, change the feed's "
            + "file; if there is nothing new, leave it. You will hear once when it is as before.")
      ]
    case .feedUsual: return []
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
          "请核对地址和邮件服务器，可运行 huiyin mail-test \(address.address.onOneLine) 验证。重大舆情请先电话通知对方。该地址恢复前如再有通知发不出去，每天至多再告警一次。",
          "Check the address and the mail server with huiyin mail-test \(address.address.onOneLine). "
            + "Telephone about anything major. Until it has been reached again you will hear of it "
            + "once a day at most.")
      ]
    case .channelFailing(let name, _, _, _):
      return [
        say(
          "请按上面的答复核对设置中的 webhooks 或 command，用 huiyin mail-test --channel \(name.onOneLine) 验证。恢复前每天至多再告警一次。",
          "Mend webhooks: or command: in the set-up as the answer above says, and try huiyin mail-test "
            + "--channel \(name.onOneLine). Until it works you will hear of it once a day at most.")
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
    case .mailboxUnread:
      return [
        say(
          "请检查设置中的 mailbox、授权码和邮箱服务；恢复前回复邮件不能签收，请承办单位电话签收。恢复后来信会补读，一封不丢。",
          "Check mailbox: in the set-up, its password and its server. Until then nobody can "
            + "acknowledge by replying: have units telephone. What came meanwhile will be read.")
      ]
    case .auditPasses, .heartbeatHeard, .mailboxRead, .mailByFirst:
      return []
    case .mailByFallback:
      return [
        say(
          "请检查主服务器（设置中的 mail.server）的地址、授权码和网络，可运行 huiyin mail-test 加邮箱地址验证：答复里没有“备用服务器”的，即已恢复。"
            + "恢复前请留意备用服务器：它也不通时，通知就发不出去。恢复后另行通知，其间每天至多再告警一次。",
          "Check the first server (mail.server in the set-up): its address, its password, the network. "
            + "huiyin mail-test ADDRESS tries it: an answer that names no second server is the first's. "
            + "Until then nothing leaves where the second fails too. You will hear when it is over, and "
            + "meanwhile once a day at most.")
      ]
    case .heartbeatUnheard:
      return [
        say(
          "请检查设置中的 heartbeat 网址、本机网络和监视服务；恢复后另行通知，其间不再重复告警。",
          "Check heartbeat: in the set-up, this machine's network and the service that watches. You "
            + "will hear once when it is heard again; there will be no further mail about it.")
      ]
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
    case .rosterOpen:
      return [
        say(
          "请补排值班表（设置中 roster 所指的文件），用 huiyin check 检查无误后重新加载。补上之前不再重复告警。",
          "Write the roster on (the file that roster: names), run huiyin check, then reload. There "
            + "will be no further mail about it until it is covered again.")
      ]
    case .setupRefused:
      return [
        say(
          "请按下列提示修改，用 huiyin check 检查无误后重新加载。",
          "Mend what is listed, run huiyin check until it is silent, then reload.")
      ]
    case .setupChanged:
      return [
        say(
          "如不是有意改动，请改回文件后重新加载。规则改动只管此后的信息；想知道存量信息会怎样，可运行 huiyin replay。",
          "If it was not meant, mend the files and reload. Rules judge what comes from now on; huiyin "
            + "replay says what they would make of what is stored.")
      ]
    }
  }
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
    case .folder:
      Phrase(
        zh: "请核对信源文件中的 folder，并让运行本系统的用户对该文件夹可读。",
        en: "Check folder in the feed's file, and let the user that runs this program read it.")
    case .empty, .unreadable, .nothingFound, .tooLarge:
      Phrase(
        zh: "网页结构可能已变。请对照网页修改信源文件中的选择器（items、title、link、date）。",
        en: "The page's structure has probably changed: mend the selectors in the feed's file "
          + "(items, title, link, date).")
    }
  }
}
