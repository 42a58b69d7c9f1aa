import Vocabulary
import Yams

/// What keeps a file from being YAML, in words that say how to mend it (语法错误).
struct SyntaxFault {
  var line: Int
  var column: Int
  var sentence: Phrase

  init(_ error: any Error, in file: Manuscript) {
    switch error {
    case YamlError.scanner(let context, let problem, let mark, _),
      YamlError.parser(let context, let problem, let mark, _),
      YamlError.composer(let context, let problem, let mark, _):
      let lines = FileLines(file.text)
      self =
        SyntaxFault.slip(in: lines, from: context?.mark ?? mark, to: mark)
        ?? SyntaxFault.named(problem, at: mark, context: context?.mark, lines)
    default:
      self.init(1, 1, Phrase(zh: "不是有效的 YAML", en: "not valid YAML"))
    }
  }

  private init(_ line: Int, _ column: Int, _ sentence: Phrase) {
    self.line = line
    self.column = column
    self.sentence = sentence
  }

  private init(_ mark: Mark, _ sentence: Phrase) {
    self.init(mark.line, mark.column, sentence)
  }

  /// A tab or a full-width sign, which YAML itself notices only lines later.
  private static func slip(in lines: FileLines, from start: Mark, to end: Mark) -> SyntaxFault? {
    let end = min(end.line, lines.count)
    for line in (1...max(1, end)).reversed() {
      if let column = lines.tab(in: line), line >= start.line - 1 {
        return SyntaxFault(line, column, tab)
      }
      if let column = lines.colon(in: line) { return SyntaxFault(line, column, colon) }
      if line >= start.line - 1, let column = lines.tightColon(in: line) {
        return SyntaxFault(line, column, tightColon)
      }
      guard line >= start.line else { continue }
      if let column = lines.comma(in: line) { return SyntaxFault(line, column, comma) }
    }
    return nil
  }

  private static func named(
    _ problem: String, at mark: Mark, context: Mark?, _ lines: FileLines
  ) -> SyntaxFault {
    switch problem {
    case "found character that cannot start any token":
      SyntaxFault(mark, bareSign(lines.scalar(at: mark)))
    case "mapping values are not allowed in this context":
      lines.overhang(at: mark).map { SyntaxFault(mark.line, $0, indentation) }
        ?? SyntaxFault(mark, secondColon)
    case "could not find expected ':'": SyntaxFault(context ?? mark, noColon)
    case "did not find expected key", "did not find expected '-' indicator":
      SyntaxFault(mark, lines.followsQuote(mark) ? textAfterQuote : indentation)
    case "did not find expected ',' or ']'": SyntaxFault(context ?? mark, open("]"))
    case "did not find expected ',' or '}'": SyntaxFault(context ?? mark, open("}"))
    case "found unexpected end of stream": SyntaxFault(context ?? mark, openQuote)
    case _ where problem.hasPrefix("Maximum nesting level"): SyntaxFault(mark, tooDeep)
    case "found unknown escape character": SyntaxFault(context ?? mark, escape)
    case "found undefined alias", "did not find expected alphabetic or numeric character":
      SyntaxFault(context ?? mark, bareSign(lines.scalar(at: context ?? mark)))
    case "but found another document", "did not find expected <document start>":
      SyntaxFault(mark, second)
    default:
      SyntaxFault(
        mark,
        Phrase(zh: "YAML 语法错误（\(problem)）", en: "YAML syntax error: \(problem)"))
    }
  }

  private static func bareSign(_ sign: Unicode.Scalar?) -> Phrase {
    let sign = sign.map(String.init) ?? "?"
    guard sign == "@" else {
      return Phrase(
        zh: "以“\(sign)”开头的文字要加引号：\"\(sign)…\"",
        en: "a text that begins with \(sign) must be quoted: \"\(sign)…\"")
    }
    return Phrase(
      zh: "引用词表要加引号，写成 \"@词表名\"（YAML 不许文字以 @ 开头）",
      en: "a word list must be quoted, \"@NAME\": YAML keeps the bare @ for itself")
  }

  private static let tab = Phrase(
    zh: "缩进里有制表符（Tab）：请改用空格", en: "a tab in the indentation: use spaces")
  private static let colon = Phrase(
    zh: "这个冒号是全角的：请改成半角冒号加空格“: ”", en: "a full-width colon: write \": \" instead")
  private static let comma = Phrase(
    zh: "这个逗号是全角的：请改成半角逗号“, ”", en: "a full-width comma: write \", \" instead")
  private static let tightColon = Phrase(
    zh: "冒号后面要有一个空格：“键: 值”", en: "a colon needs a blank after it: \"key: value\"")
  private static let textAfterQuote = Phrase(
    zh: "引号后面还有文字：整段文字都要在引号里，文字里有 ' 的外面用 \"，有 \" 的外面用 '",
    en:
      "text after a closing quote: quote all of it, in \" where it holds ', in ' where it holds \"")
  private static let tooDeep = Phrase(zh: "括号套得太深", en: "brackets within far too many brackets")
  private static let secondColon = Phrase(
    zh: "这里不能再有冒号：若它是文字的一部分，请给整段文字加引号；若是新的一项，请检查上一行和缩进",
    en: "no colon can stand here: quote the text if it belongs to it, "
      + "or check the line before and the indentation")
  private static let noColon = Phrase(
    zh: "这一行缺少“键: 值”中的冒号（半角，后跟空格）",
    en: "this line lacks the colon of \"key: value\"")
  private static let indentation = Phrase(
    zh: "缩进与上文不一致：同一级的各项要左对齐，只用空格",
    en: "the indentation does not fit: keys of one level begin in one column, with spaces")
  private static let openQuote = Phrase(zh: "引号没有配对", en: "the quotes are not closed")
  private static let escape = Phrase(
    zh: "双引号里的反斜杠有特殊含义：请改用单引号 '…'",
    en: "a backslash means something in double quotes: use single ones '…'")
  private static let second = Phrase(
    zh: "一个文件只写一份内容：请删去中间的“---”或“...”",
    en: "one file, one document: delete the \"---\" or \"...\"")

  private static func open(_ sign: String) -> Phrase {
    Phrase(
      zh: "从这里开始的括号没有以“\(sign)”配对，或里面缺了逗号、引号",
      en:
        "the bracket that opens here lacks its \"\(sign)\", or a comma or a quote is missing inside"
    )
  }
}
