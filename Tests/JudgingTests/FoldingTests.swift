import Judging
import Testing
import Vocabulary

@Suite struct `Folding` {
  @Test(arguments: [
    ("停水", "停-水"), ("停水", "停 水"), ("停水", "停·水"), ("停水", "停　水"), ("停水", "停 · 水"),
    ("停水", "停\u{200B}水"), ("停水", "停\u{FEFF}\u{200D}水"), ("停水", "停\u{0336}水\u{0336}"),
    ("停水", "停**水"), ("停水", "停／水"), ("停水", "停\u{FE0F}水"),
    ("断电", "斷電"), ("断电", "斷-電"), ("業主", "业主"), ("水压", "水壓"),
    ("停-水", "停水"), (" 停水 ", "停水"),
    ("ktv", "ＫＴＶ"), ("KTV", "ktv"), ("Ｋtv", "KtV"), ("12345", "１２３４５"),
    ("3天", "３天"), ("3天", "③天"), ("3天", "3 天"), ("10楼", "⑩楼"), ("20楼", "⒛楼"),
    ("5号", "𝟓号"), ("2号", "②号"), ("三号", "㈢号"), ("水", "⽔"), ("pm2.5", "ＰＭ２．５"),
    ("12345热线", "12345 热线"),
  ])
  func `reads as one what a reader takes for one`(word: String, text: String) {
    let item = Item.sample("甲" + text + "乙")
    let judge = Judge(.sample(.sample("r", any: [word])))
    let evidence = judge.verdict(on: item, from: .ours(nil)).evidence
    #expect(evidence.map(\.keyword) == [word])
    #expect(evidence.map(\.start) == [1])
    // Marks behind the last character are not seen, so they may or may not belong to the word.
    let end = 1 + text.unicodeScalars.count
    #expect(evidence.allSatisfy { (end - 1...end).contains($0.end) })
  }

  @Test(arguments: [
    ("停水", "停\n水"), ("停水", "停。水"), ("停水", "停，水"), ("停水", "停、水"), ("停水", "停！水"),
    ("停水", "停……水"), ("停水", "停——水"), ("停水", "停：水"), ("停水", "停.水"),
    ("停水", "停        水"), ("停水", "停一水"), ("停水", "停\r\n水"), ("12", "1 2"),
    ("nowater", "no water"), ("停水", "停\u{2028}水"),
  ])
  func `keeps apart what does not belong together`(word: String, text: String) {
    let judge = Judge(.sample(.sample("r", any: [word])))
    #expect(judge.verdict(text, body: text).evidence.isEmpty)
  }

  @Test func `points at the original, marks inside the word included`() throws {
    let item = Item.sample("👨‍👩‍👧全村 停-\u{200B}水 了", body: "e\u{301}⑩天断·電！")
    let judge = Judge(.sample(.sample("r", any: ["停水", "10天", "断电"])))
    let verdict = judge.verdict(on: item, from: .ours(nil))
    #expect(verdict.evidence.map { quoted($0, in: item) } == ["停-\u{200B}水", "⑩天", "断·電"])
    #expect(verdict.evidence.map(\.start) == [8, 2, 4])
    #expect(verdict.evidence.map(\.end) == [12, 4, 7])
  }

  @Test func `leaves a word alone that folds to nothing`() {
    let judge = Judge(.sample(.sample("r", any: ["", " ", "\u{200B}"], all: [])))
    #expect(judge.verdict("停 水").evidence.isEmpty)
  }

  @Test func `takes any text there is`() {
    let every = String(
      String.UnicodeScalarView((0...0x1_0FFF).compactMap { Unicode.Scalar(UInt32($0)) }))
    let judge = Judge(.sample(.sample("r", any: ["停水"])))
    #expect(judge.verdict(every, body: every + "停水").evidence.map(\.field) == [.body])
  }
}
