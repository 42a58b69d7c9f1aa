import TestSupport
import Testing
import Vocabulary

@Suite struct `A word that was met` {
  private func words(_ keyword: String, _ start: Int, _ end: Int) -> String {
    let item = Sample.item(title: "停水", body: "已有十几个孩子呕吐")
    let evidence = Evidence(
      rule: Rule.ID(rawValue: "ill"), ruleName: "多人呕吐", keyword: keyword, field: .body,
      start: start, end: end, grade: .major)
    return evidence.words(in: item)
  }

  @Test func `is read as the rule writes it, and an expression by what it found`() {
    #expect(words("呕吐", 7, 9) == "呕吐")
    #expect(words("(十几|好多)个(孩子|学生)", 2, 7) == "十几个孩子")
    #expect(words("很(多|多多)", 5, 99) == "很(多|多多)", "no place in this text")
  }
}
