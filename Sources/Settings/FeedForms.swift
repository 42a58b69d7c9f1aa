import Vocabulary

extension Form where Result == Selector {
  /// An XPath, or CSS after `css:`, that compiles.
  static func selector(_ checks: Checks) -> Form {
    let expected = Phrase(
      zh: "选择器：XPath，或以 css: 开头的 CSS", en: "a selector: XPath, or CSS after css:")
    return parsed(expected) { words in
      let selector = Selector(words)
      return selector.expression.isEmpty ? nil : selector
    }.unless(checks.selector)
  }
}

extension Form where Result == ArticleReading {
  /// `auto`, or the selectors of a page's parts.
  static func article(_ selector: Form<Selector>) -> Form {
    let expected = Phrase(
      zh: " auto，或 {title: …, body: …, date: …}", en: "auto, or {title: …, body: …, date: …}")
    return .scalar(
      .parsed(expected) { $0 == "auto" ? .auto : nil },
      otherwise: Form<Section>.section.map { section in
        let reading = ArticleReading.selectors(
          title: section.read("title", selector), body: section.read("body", selector),
          date: section.read("date", selector))
        section.close()
        return reading
      })
  }
}

extension Form where Result == AnswerReading {
  /// Where a message's public answer stands.
  static func answer(_ selector: Form<Selector>) -> Form {
    Form { value in
      guard let section = value.section() else { return nil }
      let (body, unit, date) = (
        section.require("body", selector), section.read("unit", selector),
        section.read("date", selector)
      )
      section.close()
      return body.map { AnswerReading(body: $0, unit: unit, date: date) }
    }
  }
}

extension Form where Result == String? {
  /// `auto`, which is nil, or the name of a charset.
  static var charset: Form {
    let known = ["auto", "utf-8", "gb2312", "gbk", "gb18030", "big5"]
    return Form { value in
      guard let word = Form<String>.text.read(value)?.lowercased() else { return nil }
      guard known.contains(word) || word == "utf8" else {
        return value.refuse(
          Phrase(zh: "不认识编码“\(word)”", en: "unknown charset \"\(word)\"")
            + NearestWord.hint(word, among: known))
      }
      return .some(word == "auto" ? nil : word == "utf8" ? "utf-8" : word)
    }
  }
}

extension Form where Result == Revisit {
  /// How soon an open message is read again first, and how seldom at most.
  static var revisit: Form {
    let expected = Phrase(
      zh: "从多久一次渐增到多久一次，如 1h..7d", en: "a rising range of pauses such as 1h..7d")
    return parsed(expected) { words in
      let ends = words.split(separator: "..").compactMap { TimeText.duration(String($0)) }
      guard ends.count == 2, ends[0] >= .minutes(5), ends[1] >= ends[0] else { return nil }
      return Revisit(first: ends[0], longest: ends[1])
    }
  }
}

extension Form where Result == [String: String] {
  /// Header lines by name (RFC 9110). Who asks stays said: no disguise as a browser.
  static var headers: Form {
    Form { value in
      guard let section = value.section() else { return nil }
      var headers: [String: String] = [:]
      for name in section.names {
        headers[name] = section.read(name, header(name))
      }
      section.close()
      return headers
    }
  }

  private static func header(_ name: String) -> Form<String> {
    Form<String>.text.unless { _ in
      if name.lowercased() == "user-agent" {
        return Phrase(
          zh: "User-Agent 不能改：采集须表明身份，联系方式写在 fetch.contact",
          en: "the User-Agent stays: Huiyin says who it is; fetch.contact goes into it")
      }
      let isToken = name.unicodeScalars.allSatisfy { scalar in
        scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
          || "!#$%&'*+-.^_`|~".unicodeScalars.contains(scalar)
      }
      return isToken
        ? nil : Phrase(zh: "“\(name)”不是请求头的名称", en: "\"\(name)\" is no name of a header")
    }
  }
}
