internal import CLibXML2
internal import Vocabulary

/// What is wrong with a selector, in plain words (选择器有误).
struct SelectorFault: Error {
  var phrase: Phrase

  /// A fault in plain words.
  init(phrase: Phrase) { self.phrase = phrase }

  /// What libxml2 has to say of an expression, at a byte of it.
  init(_ xpath: String, code: Int32, at byte: Int) {
    let place = String(decoding: xpath.utf8.prefix(max(0, byte)), as: UTF8.self)
    let column = place.unicodeScalars.count + 1
    let what = SelectorFault.words(for: Int(code) - Int(XML_XPATH_EXPRESSION_OK.rawValue))
    self.init(xpath, column: column, what)
  }

  /// A fault of an XPath expression at a character, from 1.
  init(_ xpath: String, column: Int, _ what: Phrase) {
    phrase = Phrase(
      zh: "XPath“\(xpath)”第 \(column) 个字符处有误：\(what.zh)",
      en: "XPath “\(xpath)”, character \(column): \(what.en)")
  }

  /// A fault of a CSS selector at a character, from 1.
  init(css: String, column: Int, _ what: Phrase) {
    phrase = Phrase(
      zh: "CSS 选择器“\(css)”第 \(column) 个字符处有误：\(what.zh)",
      en: "CSS selector “\(css)”, character \(column): \(what.en)")
  }

  private static func words(for code: Int) -> Phrase {
    switch code {
    case 1, 2, 3: Phrase(zh: "引号没有成对", en: "a quotation is not closed")
    case 4, 5: Phrase(zh: "变量 $ 不能使用", en: "variables ($) cannot be used")
    case 6: Phrase(zh: "方括号里的条件写得不对", en: "the condition in brackets cannot be read")
    case 7: Phrase(zh: "这里应当是元素名、属性名或函数", en: "an element, attribute or function is expected")
    case 8: Phrase(zh: "括号没有成对", en: "a bracket is not closed")
    case 9, 10, 11, 12: Phrase(zh: "没有这个函数，或参数不对", en: "no such function, or wrong arguments")
    default: Phrase(zh: "写法不合 XPath 1.0", en: "this is not XPath 1.0")
    }
  }
}

extension Phrase {
  static let tooCostly = Phrase(
    zh: "选择器在这个页面上算得太久，请写得更具体（例如以 id 开头）",
    en: "the selector takes too long on this page; write a narrower one (begin with an id, say)")
}
