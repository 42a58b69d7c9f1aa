import Vocabulary

/// The mail that proves an address can be reached (邮件测试).
struct ProbeLetter: Sendable {
  let office: Office
  let address: MailAddress
  let stamp: String

  /// The letter.
  var sheet: Sheet {
    let name = office.name.onOneLine
    let received = Phrase(
      zh: "收到本邮件，说明 \(address.address.onOneLine) 可以收到\(name)的舆情通知。",
      en: "If you read this, \(address.address.onOneLine) can be reached by the notices of \(name)."
    )
    let nothing = Phrase(
      zh: "这是一次测试，没有舆情信息，无需处理。", en: "This is a test: there is nothing to do.")
    let tag = Phrase(zh: "邮件测试", en: "mail test")
    let language = office.language
    return Sheet(
      lang: language.tag, subject: Subject(language: language).of(tag, name),
      tint: Grade.general.tint, leads: [received[language], nothing[language]],
      heading: Sheet.Heading(
        office: name, name: Phrase(zh: "邮件测试", en: "Mail Test")[language]),
      form: Form([Row(Cell(Phrase(zh: "测试编号", en: "Stamp")[language], stamp.onOneLine))]))
  }
}
