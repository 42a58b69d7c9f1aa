import Testing

@testable import Judging

@Suite struct `A number in a text` {
  private func value(_ text: String) -> Int? {
    let folded = FoldedText(text)
    return Numeral.read(folded.codes, at: 0, upTo: folded.count)?.value
  }

  @Test(arguments: [
    ("12", 12), ("１２", 12), ("1,200", 1200), ("3.5万", 35_000), ("5千", 5000), ("50多", 50),
    ("200余万", 2_000_000), ("三", 3), ("十", 10), ("十二", 12), ("二十", 20), ("三十二", 32), ("一百零五", 105),
    ("一千二百", 1200), ("两万", 20_000), ("两百多", 200), ("十几", 11), ("几十", 20), ("数十", 20),
    ("数百", 200), ("三四十", 30), ("七八", 7), ("两三", 2), ("百余", 100), ("二〇二三", 2023),
    ("一亿", 100_000_000),
    ("兩百", 200), ("十余", 10), ("三十多", 30), ("几人", 3), ("数人", 3), ("仨", 3),
  ])
  func `is read as the least it may mean`(text: String, expected: Int) {
    #expect(value(text) == expected)
  }

  @Test(arguments: ["百姓", "千万不要", "万一", "数学", "几何", "水"])
  func `is not read out of a word`(text: String) {
    #expect(value(text) == nil)
  }

  @Test(arguments: ["99999999999999999999亿亿亿", "九亿亿亿亿亿亿", "一二三四五六七八九一二三四五六七八九", "万亿万亿"])
  func `may be larger than any`(text: String) {
    #expect((value(text) ?? 0) <= Int.max)
  }

  @Test(arguments: [
    ("12人受伤", "受伤", 12), ("三名工人受伤", "受伤", 3), ("受伤3人", "受伤", 3), ("受伤人数上升到15", "受伤", 15),
    ("3死5伤", "伤", 5), ("死3伤5", "死", 3), ("五十多户停水", "户", 50), ("上千人停水", "人", 1000),
    ("停水三天", "天", 3), ("近百户停电", "户", 90), ("不足百户", "户", 99), ("十几户", "户", 11),
    ("1,200户", "户", 1200),
    ("15人一氧化碳中毒", "中毒", 15), ("5人在十字路口受伤", "受伤", 5), ("受伤一共15人", "受伤", 15),
    ("120人受伤", "受伤", 120), ("119多户停水", "户", 119), ("几户停水", "户", 3),
    ("12名年轻的建筑工人受伤", "受伤", 12), ("受伤约3人", "受伤", 3), ("伤者已有二十余人", "伤者", 20),
  ])
  func `counts the word it stands with`(text: String, word: String, count: Int) {
    #expect(counts(text, word, atLeast: count))
    #expect(!counts(text, word, atLeast: count + 1))
  }

  @Test(arguments: [
    ("5月3日受伤", "受伤"), ("12:30受伤", "受伤"), ("第3次受伤", "受伤"), ("3号楼住户受伤", "受伤"), ("三轮车司机受伤", "受伤"),
    ("百姓受伤", "受伤"), ("千万不要受伤", "受伤"), ("万一受伤", "受伤"), ("9人死亡，受伤者不明", "受伤"), ("A7县有人受伤", "受伤"),
    ("20元没有退，有人受伤", "受伤"), ("9人走了几里路以后看见远处似乎有人受伤", "受伤"), ("受伤后第8天", "受伤"),
    ("120急救车将受伤人员送医", "受伤"), ("有人受伤已拨打120", "受伤"), ("拨打13812345678有人受伤", "受伤"),
    ("工单202411060012反映有人受伤", "受伤"), ("群众拨打12345反映有人受伤", "受伤"),
    ("死亡人数、9", "死亡"), ("四川一男子受伤", "受伤"), ("人数学科受伤", "受伤"),
  ])
  func `counts nothing else`(text: String, word: String) {
    #expect(!counts(text, word, atLeast: 3))
  }

  @Test(arguments: ["受伤3,", ",3受伤", "受伤1,2", "受伤,", "3,受伤", "受伤十", "受伤数", "受伤1,200", "受伤1."])
  func `may be cut off at either end of a text`(text: String) {
    #expect(counts(text, "受伤", atLeast: 1) || !counts(text, "受伤", atLeast: 2))
  }

  @Test func `is looked for in whatever stands around a word`() {
    var chances = SystemRandomNumberGenerator()
    let signs = Array("0123456789零一二三十百千万亿两几数多余来近不足上约,，。.-:/第A人户天受伤 ")
    for _ in 0..<3_000 {
      let around = (0...Int.random(in: 0...14, using: &chances)).map { _ in
        signs.randomElement(using: &chances) ?? "3"
      }
      let cut = Int.random(in: 0...around.count, using: &chances)
      let text = String(around[..<cut]) + "受伤" + String(around[cut...])
      // Whatever it is, more is never counted than less.
      #expect(!counts(text, "受伤", atLeast: 3) || counts(text, "受伤", atLeast: 2), "\(text)")
    }
  }

  @Test func `is looked for in linear time`() {
    let text = FoldedText(String(repeating: "九千九百", count: 50_000) + "受伤")
    #expect(Numeral.with(200_000..<200_002, in: text, atLeast: 3) == nil)
  }

  private func counts(_ text: String, _ word: String, atLeast least: Int) -> Bool {
    let (text, word) = (FoldedText(text), FoldedText.word(word))
    return (0...text.count - word.count).contains { start in
      let run = start..<start + word.count
      return text.codes[run].elementsEqual(word)
        && Numeral.with(run, in: text, atLeast: least) != nil
    }
  }
}
