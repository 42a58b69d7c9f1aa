import Testing
import Vocabulary

@testable import Settings

@Suite struct `A duration` {
  @Test(arguments: [
    ("90s", 90), ("30m", 1800), ("2h", 7200), ("1d", 86_400), ("1h30m", 5400), ("0s", 0),
    ("1d2h3m4s", 93_784),
  ])
  func `is read as it is written`(_ text: String, _ seconds: Int64) {
    #expect(TimeText.duration(text) == .seconds(seconds))
  }

  @Test(arguments: [
    "", "30", "m", "30 m", "-1s", "1.5h", "30分", "３0m", "30m1h", "1h1h", "9999999s", "1w", "30M",
  ])
  func `is nothing else`(_ text: String) {
    #expect(TimeText.duration(text) == nil)
  }

  @Test(arguments: ["0s", "90s", "30m", "1h5m6s", "1d", "2d3h"])
  func `is written as it would be read`(_ text: String) {
    let duration = TimeText.duration(text)
    #expect(duration.map(TimeText.written).flatMap(TimeText.duration) == duration)
  }
}

@Suite struct `An address on the web` {
  @Test(arguments: [
    "http://board.example", "https://board.example:8443/list?page=1#top",
    "http://[fd00::1]:8080/", "https://政务.example/列表?a=1|2", "http://10.20.0.5/",
  ])
  func `is taken`(_ text: String) {
    #expect(WebAddress.fault(in: text, schemes: ["http", "https"]) == nil)
  }

  @Test(arguments: [
    ("ftp://board.example", WebAddress.Fault.scheme), ("//board.example", .scheme),
    ("javascript:alert(1)", .scheme), ("file:///etc/passwd", .scheme),
    ("http://a b.example/", .blank), ("http://board.example/\u{3000}", .blank),
    ("http://board.example/，", .blank), ("http://user@board.example/", .secret),
    ("http://user:pw@board.example/", .secret), ("http://", .host), ("http:///x", .host),
    ("http://-a.example/", .host), ("http://a..example", .host), ("http://a.example:0/", .host),
    ("http://a.example:65536", .host), ("http://[::1/", .host), ("http://[zz]/", .host),
  ])
  func `is refused by its fault`(_ text: String, _ fault: WebAddress.Fault) {
    #expect(WebAddress.fault(in: text, schemes: ["http", "https"]) == fault)
  }
}

@Suite struct `An IP address` {
  @Test(arguments: [
    ("10.20.0.0", [10, 20, 0, 0]), ("fd00::", [0xFD] + Array(repeating: 0, count: 15)),
    ("::1", Array(repeating: 0, count: 15) + [1]), ("255.255.255.255", [255, 255, 255, 255]),
  ])
  func `is read into its bytes`(_ text: String, _ bytes: [UInt8]) {
    #expect(IPText.bytes(text) == bytes)
  }

  @Test(arguments: ["10.20.0", "256.1.1.1", "010.1.1.1", "1.2.3.4.5", ":::", "1::2::3", "g::", ""])
  func `is nothing else`(_ text: String) {
    #expect(IPText.bytes(text) == nil)
  }
}

@Suite struct `The nearest word` {
  @Test(arguments: [
    ("titel", ["title", "date"], "title"), ("区住建居", ["区住建局", "区水务局"], "区住建局"),
    ("Kind", ["kind", "link"], "kind"),
    ("generl", ["major", "considerable", "general"], "general"),
    ("区水务", ["区水务局"], "区水务局"),
  ])
  func `is the one that was meant`(_ word: String, _ choices: [String], _ near: String) {
    #expect(NearestWord.to(word, among: choices) == near)
  }

  @Test(arguments: [("供电", ["供水"]), ("cn", ["en", "zh"]), ("wechat", ["office"]), ("x", [])])
  func `is not guessed`(_ word: String, _ choices: [String]) {
    #expect(NearestWord.to(word, among: choices) == nil)
  }

  @Test func `is as far as the letters that differ, swaps being one`() {
    #expect(NearestWord.distance("abcd", "abdc") == 1)
    #expect(NearestWord.distance("", "abc") == 3)
    #expect(NearestWord.distance("住建局", "住建") == 1)
  }
}

@Suite struct `A path` {
  @Test(arguments: [
    ("../Feeds", "deploy/huiyin.yaml", "deploy/../Feeds"), ("./Feeds", "huiyin.yaml", "Feeds"),
    ("Feeds", "./huiyin.yaml", "./Feeds"), ("/srv/feeds", "deploy/huiyin.yaml", "/srv/feeds"),
    (".//Feeds", "/etc/huiyin/huiyin.yaml", "/etc/huiyin/Feeds"),
  ])
  func `counts from the file that names it`(_ written: String, _ file: String, _ path: String) {
    #expect(FilePath.reached(written, from: file) == path)
  }
}
