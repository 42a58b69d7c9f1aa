internal import Vocabulary

/// The sentences of a fetch that brought nothing: the step that failed, and what to do about it.
extension Miss {
  static func nameUnknown(_ url: String) -> Miss {
    Miss(
      .nameUnknown, url: url,
      reason: Phrase(
        zh: "域名解析：该域名不存在或没有地址。请核对信源的网址；网站若已迁移，请改为新域名。",
        en: "Name lookup: the host's name has no address. Check the feed's url; if the site has "
          + "moved, write its new name."))
  }

  static func nameLate(_ url: String, within wait: Duration) -> Miss {
    Miss(
      .nameTimeout, url: url,
      reason: Phrase(
        zh: "域名解析：\(wait.inWords.zh)内没有得到答复。请检查本机的 DNS 设置（/etc/resolv.conf）和网络，稍后会自动重试。",
        en: "Name lookup: no answer within \(wait.inWords.en). Check this machine's name servers "
          + "(/etc/resolv.conf) and network; it is tried again by itself."))
  }

  static func nameFailed(_ url: String, said: String) -> Miss {
    Miss(
      .nameTimeout, url: url,
      reason: Phrase(
        zh: "域名解析：DNS 服务器未能给出结果（\(said)）。请检查本机的 DNS 设置；若只有这一个网站如此，是该网站的域名服务有故障。",
        en: "Name lookup: the name server failed (\(said)). Check this machine's name servers; if "
          + "only this site is affected, its own name service is at fault."))
  }

  static func unreachable(_ url: String) -> Miss {
    Miss(
      .unreachable, url: url,
      reason: Phrase(
        zh: "连接：对方服务器拒绝连接或网络不通。请用浏览器打开该网址核实；端口、代理或防火墙有变动时请相应修改。",
        en:
          "Connecting: refused, or no way there. Open the address in a browser; if port, proxy or "
          + "firewall have changed, change the feed."))
  }

  static func noConnection(_ url: String, within wait: Duration) -> Miss {
    Miss(
      .unreachable, url: url,
      reason: Phrase(
        zh: "连接：\(wait.inWords.zh)内未能建立连接。对方服务器可能停机，或防火墙丢弃了请求；请用浏览器核实。",
        en: "Connecting: no connection within \(wait.inWords.en). The server may be down, or a "
          + "firewall drops what we send; open the address in a browser."))
  }

  static func late(_ url: String, bytes: Int, limits: FetchLimits) -> Miss {
    Miss(
      .timeout, url: url,
      reason: Phrase(
        zh: "接收：网站响应过慢，已收到 \(bytes) 字节后中止（限时 \(limits.total.inWords.zh)，"
          + "低于每秒 \(limits.slowest) 字节达 \(limits.slowFor.inWords.zh)亦中止）。稍后会自动重试。",
        en:
          "Receiving: too slow, ended after \(bytes) bytes (at most \(limits.total.inWords.en), or "
          + "\(limits.slowFor.inWords.en) below \(limits.slowest) bytes a second). It is tried "
          + "again by itself."))
  }

  static func cutOff(_ url: String, said: String, bytes: Int) -> Miss {
    Miss(
      .cutOff, url: url,
      reason: Phrase(
        zh: "接收：页面未传完连接即中断，或内容已损坏（\(bytes) 字节；\(said)）。稍后会自动重试；反复出现请联系网站。",
        en: "Receiving: the connection broke before the page was whole, or what came is damaged "
          + "(\(bytes) bytes; \(said)). It is tried again by itself; if it stays, tell the site."))
  }

  static func expired(_ url: String) -> Miss {
    Miss(
      .tls, url: url,
      reason: Phrase(
        zh: "证书：网站的证书已过期（或本机时钟不准）。请提醒网站更换；确认网址无误后，可在该信源中写 "
          + "tls: {accept_expired: true} 暂时接受过期证书。",
        en:
          "Certificate: it has expired (or this machine's clock is wrong). Tell the site; once sure "
          + "of the address, write tls: {accept_expired: true} in the feed to accept it for now."))
  }

  static func untrusted(_ url: String) -> Miss {
    Miss(
      .tls, url: url,
      reason: Phrase(
        zh: "证书：网站的证书不是由受信任的机构签发。请联系网站；若为单位自建机构签发，请把其根证书装入本机"
          + "（update-ca-certificates）。",
        en:
          "Certificate: issued by nobody this machine trusts. Tell the site; if the issuer is your "
          + "own, install its root certificate (update-ca-certificates)."))
  }

  static func otherName(_ url: String) -> Miss {
    Miss(
      .tls, url: url,
      reason: Phrase(
        zh: "证书：网站的证书与域名不符。请核对信源的网址，尤其是有无 www。",
        en: "Certificate: it is for another name. Check the feed's url, the www above all."))
  }

  static func handshake(_ url: String, said: String) -> Miss {
    Miss(
      .tls, url: url,
      reason: Phrase(
        zh: "加密连接：握手失败（\(said)）。网站可能只支持过时的加密方式，请联系网站；若网站本是 http，请改写网址。",
        en:
          "TLS: the handshake failed (\(said)). The site may know outdated ciphers only; tell it. "
          + "If it is an http site, write the url so."))
  }

  static func tooLarge(_ url: String, cap: Int) -> Miss {
    Miss(
      .tooLarge, url: url,
      reason: Phrase(
        zh: "接收：页面解压后超过 \(cap) 字节的上限，已中止。请把信源指向较小的列表页。",
        en: "Receiving: larger than the cap of \(cap) bytes, decoded. Point the feed at a smaller "
          + "list page."))
  }

  static func bomb(_ url: String, ratio: Int) -> Miss {
    Miss(
      .tooLarge, url: url,
      reason: Phrase(
        zh: "接收：页面解压后超过传输量的 \(ratio) 倍，不像正常网页，已中止。请核实该网址是否可靠。",
        en:
          "Receiving: it unfolds to more than \(ratio) times what was sent, as no page does. Make "
          + "sure that the address can be trusted."))
  }

  static func noMemory(_ url: String) -> Miss {
    Miss(
      .cutOff, url: url,
      reason: Phrase(
        zh: "接收：本机内存不足，页面没有收全，已放弃，稍后再试。请查看本机的内存占用。",
        en: "Receiving: this machine has no memory for the page, which is tried again later. See "
          + "what takes its memory."))
  }

  static func headersTooLarge(_ url: String, cap: Int) -> Miss {
    Miss(
      .tooLarge, url: url,
      reason: Phrase(
        zh: "接收：响应头超过 \(cap) 字节的上限，已中止。请联系网站。",
        en: "Receiving: more than \(cap) bytes of header lines. Tell the site."))
  }

  static func forbidden(_ url: String, address: String) -> Miss {
    Miss(
      .forbiddenAddress, url: url,
      reason: Phrase(
        zh: "连接：该网址指向内网或保留地址 \(address)，默认不予访问。确属本单位内网信源的，请在 huiyin.yaml 的 "
          + "fetch.allow_private 中写明其网段。",
        en:
          "Connecting: the address leads to \(address), which is private or reserved. If the feed "
          + "is inside the office's own network, name that network in fetch.allow_private of "
          + "huiyin.yaml."))
  }

  static func badAddress(_ url: String, _ flaw: WebAddress.Flaw) -> Miss {
    let reason =
      switch flaw {
      case .controlCharacter:
        Phrase(zh: "网址中有换行等控制字符。", en: "The address holds a line break or control character.")
      case .tooLong:
        Phrase(zh: "网址超过 8192 字节。", en: "The address is longer than 8192 bytes.")
      case .unreadable:
        Phrase(
          zh: "网址无法识读，请写全，如 https://主机/路径。",
          en: "The address cannot be read; write it whole, as in https://host/path.")
      case .scheme:
        Phrase(zh: "只采集 http 和 https 网址。", en: "Only http and https addresses are fetched.")
      case .login:
        Phrase(
          zh: "网址中带有用户名或口令。回音不登录任何网站，请使用公开页面。",
          en:
            "The address carries a user name or password. Huiyin logs in nowhere; use a public page."
        )
      }
    return Miss(.badAddress, url: flaw == .login ? "" : url, reason: reason)
  }

  static func brokenHeader(_ url: String) -> Miss {
    Miss(
      .badAddress, url: url,
      reason: Phrase(
        zh: "信源 headers 中的某一项含有换行等控制字符，请改正。",
        en: "One of the feed's headers holds a line break or control character; mend it."))
  }

  static func badProxy(_ url: String) -> Miss {
    Miss(
      .badAddress, url: url,
      reason: Phrase(
        zh: "信源的 proxy 无法识读，请写成 http://主机:端口 或 socks5h://主机:端口。",
        en: "The feed's proxy cannot be read; write http://host:port or socks5h://host:port."))
  }

  static func tooManyRedirects(_ url: String, cap: Int) -> Miss {
    Miss(
      .redirect, url: url,
      reason: Phrase(
        zh: "跳转：连续跳转超过 \(cap) 次，可能是循环。请用浏览器打开，把最后停留的网址写入信源。",
        en: "Redirects: more than \(cap) in a row, perhaps a loop. Open it in a browser and write "
          + "where it ends into the feed."))
  }

  static func badRedirect(_ url: String) -> Miss {
    Miss(
      .redirect, url: url,
      reason: Phrase(
        zh: "跳转：网站跳转到的不是可采集的 http(s) 网址。请用浏览器打开，核实应采集的网址。",
        en: "Redirects: it leads to something that is no http(s) address. Open it in a browser and "
          + "see which address is meant."))
  }

  static func closed(_ url: String) -> Miss {
    Miss(
      .unreachable, url: url,
      reason: Phrase(
        zh: "程序正在停止，本次采集未完成，重新启动后会再采。",
        en: "The program is stopping; this fetch was ended and comes again after the next start."))
  }

  static func cancelled(_ url: String) -> Miss {
    Miss(
      .unreachable, url: url,
      reason: Phrase(zh: "本次采集已取消。", en: "This fetch was cancelled."))
  }
}

extension Duration {
  /// As a sentence says it: whole seconds where there are any.
  var inWords: Phrase {
    let milliseconds = inMilliseconds
    guard milliseconds >= 1000, milliseconds % 1000 == 0 else {
      return Phrase(zh: "\(milliseconds) 毫秒", en: "\(milliseconds) ms")
    }
    return Phrase(zh: "\(milliseconds / 1000) 秒", en: "\(milliseconds / 1000) s")
  }
}
