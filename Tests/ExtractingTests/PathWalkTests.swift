import Testing

@testable import Extracting

@Suite struct `A plain path` {
  @Test(arguments: [
    "//div", "/html/body", "./a", ".//a", "./a/@href", "a/b", "//ul//li/a/@href", "*",
    "//div[@id]", "//div[@id='a' or @class='b']", "//p[@id and @class=\"x\"][@title]",
    "//div[contains(@class, 'list')]", "child::a/descendant::b", "//h1|//h2",
    "descendant::*[contains(concat(' ', normalize-space(@class), ' '), ' news ')]/descendant::li",
  ])
  func `is known for one`(_ xpath: String) {
    #expect(PlainPath(xpath) != nil)
  }

  @Test(arguments: [
    ".", "", "..", "./@href", "//@href", "//a[1]", "//a[last()]", "//a/text()", "string(//a)",
    "count(//a)", "//a[text()='x']", "//a[not(@href)]", "//A", "//div/..", "//a|./b", "a/@b|a/@c",
    "//ul/li[position()<3]", "//a[@b!='c']", "//a[contains(concat(' ', @class, ' '), ' x ')]",
    "//a[contains(concat(' ', normalize-space(@class), ' '), ' x y ')]", "following::a", "//a/",
    "//ns:a", "//a[(@b or @c) and @d]", "//a[@b", "//a]",
  ])
  func `says nothing else`(_ xpath: String) {
    #expect(PlainPath(xpath) == nil)
  }

  @Test(arguments: 0..<40)
  func `finds what libxml2 finds, in its order`(seed: Int) throws {
    var chance = Chance(seed: seed)
    let document = try #require(Document(html: Array(Self.page(&chance).utf8)))
    var nodes = [document.top]
    while let next = nodes.last?.following(within: document.root) { nodes.append(next) }
    nodes.append(document.root)
    for _ in 0..<60 {
      let xpath = Self.path(&chance)
      try #require(PlainPath(xpath) != nil, "\(xpath)")
      let expression = try Expression(xpath)
      for _ in 0..<4 {
        let origin = chance.pick(nodes)
        let walked = try #require(expression.evaluate(from: origin, in: document))
        let interpreted = try #require(expression.interpreted(from: origin, in: document))
        #expect(walked.map(\.node) == interpreted.map(\.node), "\(xpath) from \(origin.name)")
      }
    }
  }

  @Test func `costs no more than a page can be worth`() throws {
    let document = try #require(Document(html: Array("<p><a><b></b></a></p>".utf8)))
    let path = try #require(PlainPath("//b"))
    #expect(PathWalk.find(path, from: document.top, most: 4) == nil)
    #expect(PathWalk.find(path, from: document.top, most: 5)?.count == 1)
  }

  private static let names = ["div", "p", "ul", "li", "a", "span", "blockquote", "section"]
  private static let values = ["x", "y", "x y", " y  z ", "", "xy"]

  /// Elements in elements, deep and shallow, with attributes now and then.
  private static func page(_ chance: inout Chance) -> String {
    var open: [String] = []
    var page = "<html><body>"
    for _ in 0..<chance.below(120) {
      switch chance.below(5) {
      case 0 where !open.isEmpty: page += "</\(open.removeLast())>"
      case 1: page += "字<!-- 注 -->&amp;"
      default:
        let name = chance.pick(names)
        page += "<\(name)"
        for attribute in ["id", "class", "title"] where chance.below(3) == 0 {
          page += " \(attribute)=\"\(chance.pick(values))\""
        }
        page += ">"
        open.append(name)
      }
    }
    return page
  }

  private static func path(_ chance: inout Chance) -> String {
    let beginning = chance.pick(["//", "/html/body/", ".//", "./", "", "descendant::"])
    var alternatives: [String] = []
    for _ in 0...chance.below(3) {
      let steps = (0...chance.below(3)).map { _ in step(&chance) }
      let between = chance.pick(["/", "//", "/descendant::"])
      alternatives.append(beginning + steps.joined(separator: between))
    }
    let hasAttribute = alternatives.count == 1 && chance.below(3) == 0
    return alternatives.joined(separator: "|") + (hasAttribute ? "/@class" : "")
  }

  private static func step(_ chance: inout Chance) -> String {
    let name = chance.below(4) == 0 ? "*" : chance.pick(names)
    let value = chance.pick(["x", "y", "z", "xy"])
    return name
      + chance.pick([
        "", "", "[@id]", "[@class='\(value)']", "[@id='\(value)' or @title]",
        "[contains(@class, '\(value)')]", "[@id and @class][@title='x y']",
        "[contains(concat(' ', normalize-space(@class), ' '), ' \(value) ')]",
      ])
  }
}

/// Chance that falls the same way every time.
private struct Chance {
  private var state: UInt64

  init(seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func below(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(bound))
  }

  mutating func pick<T>(_ choices: [T]) -> T { choices[below(choices.count)] }
}
