import Testing
import Vocabulary

@Suite struct `A mail address` {
  @Test(arguments: [
    ("duty@letters.example", nil, "duty@letters.example"),
    ("舆情值班室 <duty@letters.example>", "舆情值班室", "duty@letters.example"),
    ("\"值班, 夜\" <n.o-1+x@a.b.example>", "值班, 夜", "n.o-1+x@a.b.example"),
    ("  <duty@letters.example> ", nil, "duty@letters.example"),
  ])
  func `is read as people write it`(_ written: String, _ name: String?, _ address: String) throws {
    let read = try #require(MailAddress(written))
    #expect(read.name == name)
    #expect(read.address == address)
  }

  @Test(arguments: [
    "", "duty", "duty@", "@letters.example", "a@b@c", "值班@letters.example", "a b@c.example",
    "a@-b.example", "a..b@c.example", "a@c..example", "duty@letters.example>", "a@b\r\nBcc: c@d.e",
  ])
  func `is none where a server would refuse it`(_ written: String) {
    #expect(MailAddress(written) == nil)
  }
}

@Suite struct `An alert's number` {
  @Test func `is written with four digits and more when it needs them`() {
    #expect(Alert.ID(year: 2026, number: 17).description == "2026-0017")
    #expect(Alert.ID(year: 2026, number: 12_345).description == "2026-12345")
  }

  @Test(arguments: ["2026-0017", "2026-17"])
  func `is read as people say it`(_ written: String) {
    #expect(Alert.ID(written) == Alert.ID(year: 2026, number: 17))
  }

  @Test(arguments: ["", "2026", "17", "2026-", "2026-0", "26-17", "2026-1-2", "2026-x"])
  func `is none in any other form`(_ written: String) {
    #expect(Alert.ID(written) == nil)
  }
}

@Suite struct `A network` {
  @Test(
    arguments: [
      ([10, 20, 0, 0], 16, [10, 20, 255, 1], true), ([10, 20, 0, 0], 16, [10, 21, 0, 0], false),
      ([192, 168, 1, 128], 25, [192, 168, 1, 200], true),
      ([192, 168, 1, 128], 25, [192, 168, 1, 100], false), ([0, 0, 0, 0], 0, [8, 8, 8, 8], true),
    ] as [([UInt8], Int, [UInt8], Bool)])
  func `holds the addresses of its block`(
    _ block: [UInt8], _ prefix: Int, _ address: [UInt8], _ isInside: Bool
  ) {
    #expect(Network(bytes: block, prefix: prefix).contains(address) == isInside)
  }

  @Test func `holds no address of another family`() {
    #expect(!Network(bytes: [0, 0, 0, 0], prefix: 0).contains([UInt8](repeating: 0, count: 16)))
  }
}

@Suite struct `A feed` {
  @Test(
    arguments: [
      ("竹园", ["青川区", "竹园镇"], .ours("竹园")), ("邻县", ["青川区"], .another("邻县")),
      ("邻县", [], .ours("邻县")), (nil, ["青川区"], .open), (nil, [], .open),
    ] as [(String?, [String], Origin)])
  func `is of the place that it names, ours or another's`(
    _ place: String?, _ places: [String], _ origin: Origin
  ) {
    var feed = Feed(
      id: Feed.ID(rawValue: "board"), name: "", kind: .board, url: "", every: .minutes(10))
    feed.place = place
    let localities = places.map { Locality($0, aliases: $0 == "竹园镇" ? ["竹园"] : []) }
    #expect(feed.origin(among: localities) == origin)
  }
}
