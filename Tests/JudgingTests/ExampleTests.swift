import Judging
import Testing
import Vocabulary

@Suite struct `An example of a rule` {
  private func failed(_ rules: Rule...) -> [String] {
    let book = RuleBook(version: .init(rawValue: "0123456789ab"), rules: rules)
    return Judge(book).failedExamples.map { $0.sentence.en }
  }

  private func rule(match: [String] = [], skip: [String] = []) -> Rule {
    var rule = Rule.sample("r", any: ["停水"], all: ["小区"], none: ["检修"])
    let place = Place(file: "Rules/sample.yaml", line: 9, column: 5)
    rule.examples =
      match.map { Rule.Example($0, mustMatch: true, place: place) }
      + skip.map { Rule.Example($0, mustMatch: false, place: place) }
    return rule
  }

  @Test func `passes where its rule says what it should`() {
    #expect(failed(rule(match: ["小区停水"], skip: ["小区停水检修", "停水", "天晴", "村里停电"])).isEmpty)
  }

  @Test(arguments: [
    ("停水", #"rule "r" must match this example, and does not: missing "小区""#),
    ("小区停水检修", #"rule "r" must match this example, and does not: excluded by "检修""#),
    ("天晴", #"rule "r" must match this example, and does not: too little of it is there"#),
  ])
  func `that must match says why it does not`(text: String, sentence: String) {
    #expect(failed(rule(match: [text])) == [sentence])
  }

  @Test func `that must not match says by which words it does`() {
    #expect(
      failed(rule(skip: ["小区停水又停水"])) == [
        #"rule "r" must not match this example, and does by "小区", "停水""#
      ])
  }

  @Test func `is judged where its rule looks, and by its own rule alone`() {
    var body = rule(match: ["小区停水"])
    body.fields = [.body]
    #expect(failed(body).isEmpty)
    #expect(failed(.sample("other", any: ["停水"]), rule(skip: ["停水"])).isEmpty)
  }
}
