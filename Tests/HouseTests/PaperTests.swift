import Foundation
import Testing

/// The fenced blocks of a language in a page of Markdown.
private func blocks(_ language: String, in page: String) -> [String] {
  page.components(separatedBy: "```\(language)\n").dropFirst()
    .compactMap { $0.components(separatedBy: "\n```").first }
}

/// The commands that a README's table names, `check` and `alerts` among them.
private func commands(in page: String) -> [String] {
  page.split(separator: "\n").filter { $0.hasPrefix("| `huiyin ") }
    .compactMap { $0.split(separator: " ").dropFirst(2).first }
    .map { $0.filter { $0.isLetter || $0 == "-" } }
}

@Suite struct `The papers` {
  @Test(arguments: [
    "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "GLOSSARY.md", "LICENSE", "README.md",
    "README.zh-CN.md", "docs/decisions/0001-times-and-ids-are-made-by-us.md",
  ])
  func `are all there`(path: String) {
    #expect(!House.text(path).isEmpty)
  }

  @Test func `show the same first feed and first rule in both languages`() {
    let english = blocks("yaml", in: House.text("README.md"))
    let chinese = blocks("yaml", in: House.text("README.zh-CN.md"))
    #expect(english.contains { $0.contains("kind: board") && $0.contains("items: ") })
    #expect(english.contains { $0.contains("rules:") && $0.contains("grade: general") })
    #expect(english == chinese)
  }

  @Test func `name the same commands in both languages`() {
    let english = commands(in: House.text("README.md"))
    #expect(english.contains("check"))
    #expect(english == commands(in: House.text("README.zh-CN.md")))
  }

  @Test func `name only commands that exist`() {
    let program = House.sources.filter { $0.target == "huiyin" }.map(\.text).joined()
    let missing = commands(in: House.text("README.md")).filter { command in
      !program.contains("commandName: \"\(command)\"")
        && !program.contains("struct \(command.capitalized): ")
    }
    #expect(missing.isEmpty)
  }

  @Test func `number the decisions without a gap`() {
    let numbers = House.contents(of: "docs/decisions").compactMap { Int($0.prefix(4)) }
    #expect(!numbers.isEmpty)
    #expect(numbers == Array(1...max(1, numbers.count)))
  }

  @Test func `lead only to files that exist`() {
    let pages = House.contents(of: ".").filter { $0.hasSuffix(".md") }
    let dead = pages.flatMap { page in
      House.text(page).components(separatedBy: "](").dropFirst()
        .compactMap { $0.split(separator: ")").first.map(String.init) }
        .filter { !$0.contains("://") && !$0.hasPrefix("#") }
        .filter { !FileManager.default.fileExists(atPath: House.root.appending(path: $0).path) }
        .map { "\(page): \($0)" }
    }
    #expect(dead.isEmpty)
  }

  @Test func `and the code name no machine that they were made on`() {
    let places = ["/wo" + "rk/", "/ro" + "ot/", "../sha" + "red"]
    let folders = ["Sources", "Tests", "Feeds", "Rules", "deploy", "demo", "docs", ".ci"]
    let top = House.contents(of: ".").filter { !House.isFolder($0) }
    let named = (top + folders.flatMap(House.files)).filter { path in
      let text = House.text(path)
      return places.contains { text.contains($0) }
    }
    #expect(named.isEmpty)
  }
}
