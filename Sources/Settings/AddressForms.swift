import Vocabulary

extension Form where Result == MailAddress {
  /// `local@domain`, or a name before it in angle brackets.
  static var mailAddress: Form {
    let expected = Phrase(
      zh: "邮箱地址，如 duty@letters.example 或 值班室 <duty@letters.example>",
      en: "a mail address such as duty@letters.example or Duty <duty@letters.example>")
    return parsed(expected) { $0.isOneLine ? MailAddress($0) : nil }
  }
}

extension Form where Result == String {
  /// An address on the web, `http` or `https` (RFC 3986).
  static var webAddress: Form {
    address(schemes: ["http", "https"])
  }

  /// A proxy as libcurl takes it.
  static var proxy: Form {
    address(schemes: ["http", "https", "socks5", "socks5h"])
  }

  /// Where a site's owner can reach the office: a mail address or a page.
  static var contact: Form {
    let expected = Phrase(
      zh: "联系邮箱或网址，如 duty@letters.example",
      en: "a mail address or a page, such as duty@letters.example")
    return parsed(expected) { words in
      if let mail = MailAddress(words) { return mail.address }
      return WebAddress.fault(in: words, schemes: ["http", "https"]) == nil ? words : nil
    }
  }

  private static func address(schemes: [String]) -> Form {
    let names = schemes.map { $0 + "://" }
    let expected = Phrase(
      zh: "以 \(names.joined(separator: " 或 ")) 开头的网址",
      en: "an address that begins with \(names.joined(separator: " or "))")
    return Form { value in
      guard let words = value.words(expected: expected) else { return nil }
      switch WebAddress.fault(in: words, schemes: schemes) {
      case .none: return words
      case .some(.scheme): return value.refuse(expected: expected)
      case .some(.blank): return value.refuse(WebAddress.blank)
      case .some(.secret): return value.refuse(WebAddress.secret)
      case .some(.host): return value.refuse(WebAddress.host)
      }
    }
  }
}

extension Form where Result == SMTPServer {
  /// `smtp://host:25`, `smtps://` or `smtp+starttls://`; ports as usual unless said.
  static var server: Form {
    let expected = Phrase(
      zh: "邮件服务器，如 smtp://127.0.0.1:25、smtps://smtp.example:465、smtp+starttls://smtp.example:587",
      en: "a mail server such as smtp://127.0.0.1:25, smtps://smtp.example:465 "
        + "or smtp+starttls://smtp.example:587")
    return parsed(expected) { words in
      guard let parts = WebAddress.parts(words), parts.rest.isEmpty || parts.rest == "/",
        let protection = SMTPServer.Protection(rawValue: parts.scheme), parts.user == nil
      else { return nil }
      return SMTPServer(
        protection: protection, host: parts.host, port: parts.port ?? usualPort(protection))
    }
  }

  private static func usualPort(_ protection: SMTPServer.Protection) -> Int {
    switch protection {
    case .smtp: 25
    case .smtps: 465
    case .starttls: 587
    }
  }
}

extension Form where Result == Network {
  /// `10.20.0.0/16` or `fd00::/8`.
  static var network: Form {
    let expected = Phrase(
      zh: "网段，如 10.20.0.0/16", en: "a block of addresses such as 10.20.0.0/16")
    return parsed(expected) { words in
      let parts = words.split(separator: "/", omittingEmptySubsequences: false)
      guard let bytes = IPText.bytes(String(parts[0])), parts.count <= 2 else { return nil }
      let bits = bytes.count * 8
      // A bare address is a block of one.
      guard let prefix = parts.count == 2 ? Int(parts[1]) : bits, (0...bits).contains(prefix) else {
        return nil
      }
      return Network(bytes: bytes, prefix: prefix)
    }.unless { network in
      guard network.contains(network.bytes), !IPText.hasHostBits(network) else {
        return Phrase(
          zh: "网段的主机位应为 0：前 \(network.prefix) 位之后还有数",
          en: "bits after the first \(network.prefix) must be zero")
      }
      return nil
    }
  }
}
