import Testing

@testable import Judging

/// A place of a word, as the oracle and the automaton must both name it.
private struct Hit: Hashable {
  var word: Int32
  var run: Range<Int>
}

/// The oracle: every word compared at every place.
private func bruteForce(_ words: [[UInt32]], in text: FoldedText) -> Set<Hit> {
  let codes = Array(text.codes.dropLast())
  var hits: Set<Hit> = []
  for (number, word) in words.enumerated() where word.count <= codes.count {
    for start in 0...codes.count - word.count
    where codes[start..<start + word.count].elementsEqual(word) {
      hits.insert(Hit(word: Int32(number), run: start..<start + word.count))
    }
  }
  return hits
}

private func automaton(_ words: [[UInt32]]) -> KeywordAutomaton {
  // Too little room on purpose: the tables must grow.
  var automaton = KeywordAutomaton(words: 1, edges: 1)
  for word in words { _ = automaton.add(word) }
  return automaton
}

/// Distinct folded words, in order.
private func folded(_ words: [String]) -> [[UInt32]] {
  var seen: Set<[UInt32]> = []
  return words.map(FoldedText.word).filter { !$0.isEmpty && seen.insert($0).inserted }
}

@Suite struct `A keyword automaton` {
  @Test(arguments: [
    // Overlapping, nested, repeated, of one character, at both ends.
    (["停水", "水停", "停", "停水停水"], "停水停水停"),
    (["哈", "哈哈", "哈哈哈"], "哈哈哈哈哈"),
    (["自来水", "来水", "水", "自来水厂"], "自来水厂的自来水"),
    (["a", "ab", "abc", "bc", "c"], "abcabxbc"),
    (["中国移动", "中国", "国移"], "中国移中国移动"),
    (["𠮷野家", "𠮷"], "去𠮷野家吃𠮷"),
    (["甲"], "甲"), (["甲乙"], "甲"), (["甲乙"], ""),
    (["停水"], "停\n水，停。水"),
  ])
  func `finds what the oracle finds`(words: [String], text: String) {
    let (words, text) = (folded(words), FoldedText(text))
    #expect(places(words, text) == bruteForce(words, in: text))
  }

  @Test(arguments: 1...60)
  func `finds what the oracle finds in random texts`(seed: Int) {
    var dice = Dice(state: UInt64(seed))
    // A small alphabet makes overlaps and shared prefixes the rule, not the exception.
    let alphabet = Array("停水断电中国村a1𠮷".unicodeScalars.prefix(2 + seed % 9))
    // Short words meet often; long ones share beginnings and part late.
    let longest = [3, 6, 12, 40][seed % 4]
    let words = folded(
      (0..<Int.random(in: 1...80, using: &dice)).map { _ in
        randomText(of: Int.random(in: 1...longest, using: &dice), from: alphabet, &dice)
      })
    // Longer than a block of candidates every third time.
    let length = seed % 3 == 0 ? 5000 : Int.random(in: 0...300, using: &dice)
    let text = FoldedText(randomText(of: length, from: alphabet, &dice))
    #expect(places(words, text) == bruteForce(words, in: text))
  }

  @Test func `finds what the oracle finds among words that share a prefix`() {
    var dice = Dice(state: 7)
    let tail = Array("国中民华人".unicodeScalars)
    let words = folded((0..<500).map { _ in "中国" + randomText(of: 4, from: tail, &dice) })
    let text = FoldedText(
      String(repeating: "中国", count: 400) + randomText(of: 400, from: tail, &dice))
    #expect(places(words, text) == bruteForce(words, in: text))
  }

  @Test func `reports the places of one word from front to back`() {
    var starts: [Int] = []
    automaton(folded(["水", "停水"])).scan(FoldedText("停水水停水")) { word, run in
      if word == 0 { starts.append(run.lowerBound) }
    }
    #expect(starts == [1, 2, 4])
  }

  @Test func `knows a word that is added twice as one`() {
    var automaton = KeywordAutomaton(words: 3, edges: 6)
    let first = automaton.add(FoldedText.word("停水"))
    #expect(automaton.add(FoldedText.word("停-水")) == first)
    #expect(automaton.add(FoldedText.word(" ")) == nil)
    #expect(automaton.wordCount == 1)
  }

  @Test func `finds what the oracle finds when words are added in any order`() {
    // Each of them makes the others part: before, within and after what they share.
    let words = folded([
      "青川区竹园镇青溪村", "青川区竹园镇", "青川区", "青川区竹园镇青溪村委会", "青川区竹园", "青川区金山镇青溪村",
      "青川", "青川区竹园镇青溪河", "青川区竹", "青川区竹园镇青",
    ])
    let text = FoldedText("青川区竹园镇青溪村委会，青川区竹园镇青溪河；青川区金山镇青溪村。青川区竹园镇青")
    var dice = Dice(state: 11)
    for _ in 0..<40 {
      let shuffled = words.shuffled(using: &dice)
      #expect(places(shuffled, text) == bruteForce(shuffled, in: text))
    }
  }

  @Test(arguments: Hostile.all)
  func `looks for no more edges than a text has characters`(_ hostile: Hostile) {
    let automaton = automaton(folded(hostile.words))
    let once = FoldedText(hostile.text)
    let steps = automaton.scan(once) { _, _ in }
    #expect(steps <= hostile.most * once.count + 1)
    // Twice the text is twice the work, and not four times.
    let twice = automaton.scan(FoldedText(hostile.text + hostile.text)) { _, _ in }
    #expect(twice <= 2 * steps + 2 * hostile.longest * hostile.most + 2)
  }

  @Test(arguments: [
    "\u{200D}", "\u{301}", "\u{301}\u{316}\u{20DD}", "\u{FE0F}", "\u{200B}", "-", " ",
  ])
  func `reads through what is put between characters at no cost`(between: String) {
    let plain = "小区停水三天没有人管燃气泄漏"
    let parted = plain.map(String.init).joined(separator: between)
    let automaton = automaton(folded(["停水", "三天", "燃气泄漏", "没有人管"]))
    #expect(Array(FoldedText(parted).codes) == Array(FoldedText(plain).codes))
    #expect(
      automaton.scan(FoldedText(parted)) { _, _ in }
        == automaton.scan(FoldedText(plain)) { _, _ in })
  }

  private func places(_ words: [[UInt32]], _ text: FoldedText) -> Set<Hit> {
    var hits: Set<Hit> = []
    automaton(words).scan(text) { word, run in
      let isNew = hits.insert(Hit(word: word, run: run)).inserted
      #expect(isNew, "reported twice")
    }
    return hits
  }

  private func randomText(
    of length: Int, from alphabet: [Unicode.Scalar], _ dice: inout Dice
  ) -> String {
    var text = String.UnicodeScalarView()
    for _ in 0..<length { text.append(alphabet.randomElement(using: &dice) ?? "水") }
    return String(text)
  }
}

/// A text that would make a careless matcher do the same again and again, and words for it.
struct Hostile: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let words: [String]
  let text: String
  /// How many edges a character may cost.
  var most = 1

  /// The most characters that a word has.
  var longest: Int { words.map(\.unicodeScalars.count).max() ?? 0 }

  private static let tails = Array("国中民华人水电气路桥村镇区县市".unicodeScalars)

  /// Different words that begin alike and go on by so many characters.
  private static func words(_ count: Int, after beginning: String, by length: Int) -> [String] {
    var dice = Dice(state: 32)
    return (0..<count).map { _ in
      var word = beginning
      for _ in 0..<length { word.unicodeScalars.append(tails.randomElement(using: &dice) ?? "水") }
      return word
    }
  }

  private static func text(_ part: String) -> String {
    String(repeating: part, count: 20_000 / part.unicodeScalars.count)
  }

  static let all = [
    Hostile(
      testDescription: "5,000 words on one pair that is repeated",
      words: words(5_000, after: "青川", by: 4), text: text("青川")),
    Hostile(
      testDescription: "5,000 words on three characters that are repeated",
      words: words(5_000, after: "青川区", by: 4), text: text("青川区")),
    Hostile(
      testDescription: "5,000 words on ten characters that are repeated",
      words: words(5_000, after: "青川区竹园镇青溪村委", by: 3), text: text("青川区竹园镇青溪村委")),
    Hostile(
      testDescription: "5,000 words on one character that is repeated",
      words: words(5_000, after: "哈哈哈", by: 3), text: text("哈"), most: 2),
    Hostile(
      testDescription: "a word of a thousand times one character",
      words: [String(repeating: "哈", count: 1_000) + "水"], text: text("哈")),
    Hostile(
      testDescription: "words of one character",
      words: words(15, after: "", by: 1), text: text("国中民华人水电气路桥村镇区县市")),
    // As many words end at each place as there are: that many must be told.
    Hostile(
      testDescription: "words within words",
      words: (1...20).map { String(repeating: "哈", count: $0) },
      text: text("哈"), most: 20),
  ]
}
