import Foundation
import Testing
import Vocabulary

@testable import Extracting

@Suite struct `Charsets` {
  private static let text = "青川区竹园镇停水三天，无人过问。自来水发臭，请尽快处理！"
  /// The same text in GB18030 and a text in Big5, written out byte by byte.
  private static let gbk = encoded(text, "GB18030")
  private static let traditional = "青溪村停水三天，無人過問。自來水發臭，請盡快處理！"
  private static let big5 = encoded(traditional, "BIG5")

  private static func encoded(_ text: String, _ name: String) -> [UInt8] {
    guard let converter = iconv_open(name, "UTF-8") else { return [] }
    defer { iconv_close(converter) }
    var input = Array(text.utf8CString.dropLast())
    var output = [CChar](repeating: 0, count: input.count * 2)
    var (left, room) = (input.count, output.count)
    input.withUnsafeMutableBufferPointer { text in
      output.withUnsafeMutableBufferPointer { sink in
        var (from, to) = (text.baseAddress, sink.baseAddress)
        iconv(converter, &from, &left, &to, &room)
      }
    }
    return output.dropLast(room).map { UInt8(bitPattern: $0) }
  }

  private func read(_ bytes: [UInt8], _ header: String?, feed: String? = nil) -> (String, String) {
    bytes.withUnsafeBufferPointer { buffer in
      let guess = CharsetGuess(buffer, header: header, feed: feed)
      let text = Decoding.utf8(buffer, from: guess.charset)
      return (String(decoding: text, as: UTF8.self), guess.description)
    }
  }

  @Test(arguments: [
    (nil, "GB18030 (content)"), ("text/html; charset=gb2312", "GB18030 (header)"),
    ("text/html; charset=utf-8", "GB18030 (content)"),
    ("text/html; charset=ISO-8859-1", "GB18030 (content)"),
    ("text/html; charset=\"GBK\"", "GB18030 (header)"),
    ("text/html; charset=big5", "GB18030 (content)"),
    ("text/html; charset=xyz", "GB18030 (content)"),
  ])
  func `GBK is read as such whatever the page says`(_ header: String?, _ why: String) {
    let (text, guess) = read(Self.gbk, header)
    #expect(text == Self.text)
    #expect(guess == why)
  }

  @Test(arguments: [
    nil, "text/html; charset=gb2312", "text/html; charset=utf-8", "text/html; charset=big5",
  ])
  func `UTF-8 is read as such whatever the page says`(_ header: String?) {
    #expect(read(Array(Self.text.utf8), header).0 == Self.text)
    #expect(read([0xEF, 0xBB, 0xBF] + Array(Self.text.utf8), header).0 == Self.text)
  }

  @Test(arguments: [nil, "text/html; charset=big5", "text/html; charset=utf-8"])
  func `Big5 is told from GBK`(_ header: String?) {
    #expect(read(Self.big5, header).0 == Self.traditional)
  }

  @Test func `a meta or an XML declaration names it`() {
    let head = Array(
      "<html><meta http-equiv='Content-Type' content='text/html; charset=gb2312'>".utf8)
    #expect(read(head + Self.gbk, nil).1 == "GB18030 (meta)")
    #expect(
      read(Array("<?xml version='1.0' encoding='GBK'?>".utf8) + Self.gbk, nil).1 == "GB18030 (meta)"
    )
  }

  @Test func `the feed's word beats everything`() {
    #expect(read(Self.gbk, "text/html; charset=utf-8", feed: "gb2312").1 == "GB18030 (feed)")
    #expect(read(Self.gbk, nil, feed: "auto").1 == "GB18030 (content)")
  }

  @Test func `UTF-16 is read with and without its mark`() {
    let wide = Self.text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    #expect(read([0xFF, 0xFE] + wide, nil).0 == Self.text)
    let ascii = "<html><body>water</body></html>".utf16.flatMap {
      [UInt8($0 >> 8), UInt8($0 & 255)]
    }
    #expect(read(ascii, nil).0 == "<html><body>water</body></html>")
  }

  @Test func `UTF-16 without a mark is known by its zeroes, either way round`() {
    let head = "<html><head><title>letter box of the town</title></head><body><p>water cut</p>"
    let little = (head + "停水三天").utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let big = (head + "停水三天").utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
    #expect(read(little, nil) == (head + "停水三天", "UTF-16LE (content)"))
    #expect(read(big, "text/html; charset=gbk") == (head + "停水三天", "UTF-16BE (content)"))
    #expect(read([0xFE, 0xFF] + big, nil).1 == "UTF-16BE (BOM)")
  }

  /// BOM, header, meta and bytes, each against the others: the bytes win, and what won is said.
  @Test(arguments: [
    (true, "utf-8", "gb2312", "utf-8", "UTF-8 (BOM)"),
    (false, "utf-8", "gb2312", "gbk", "GB18030 (meta)"),
    (false, "gb2312", "utf-8", "utf-8", "UTF-8 (meta)"),
    (false, "big5", "gbk", "gbk", "GB18030 (meta)"),
    (false, "big5", "utf-8", "big5", "Big5 (header)"),
    (false, "xyz", "xyz", "gbk", "GB18030 (content)"),
    (false, "xyz", "xyz", "utf-8", "UTF-8 (content)"), (true, "gbk", "gbk", "utf-8", "UTF-8 (BOM)"),
  ])
  func `are weighed against each other`(
    _ hasMark: Bool, _ header: String, _ meta: String, _ real: String, _ why: String
  ) {
    let head = Array("<html><meta charset=\"\(meta)\"><p>".utf8)
    let (text, bytes) =
      real == "gbk"
      ? (Self.text, Self.gbk)
      : real == "big5" ? (Self.traditional, Self.big5) : (Self.text, Array(Self.text.utf8))
    let mark: [UInt8] = hasMark ? [0xEF, 0xBB, 0xBF] : []
    let (read, guess) = read(mark + head + bytes, "text/html; charset=\(header)")
    #expect(read.hasSuffix(text))
    #expect(guess == why)
  }

  @Test func `GB18030 has characters that gb2312 has not`() {
    let text = Self.text + "镕喆堃䶮㑇，瞭望。" + Self.text
    #expect(read(Self.encoded(text, "GB18030"), "text/html; charset=gb2312").0 == text)
  }

  @Test func `a mark in the middle is dropped and parts no word`() {
    #expect(read(Array("停\u{FEFF}水".utf8), nil).0 == "停水")
    let twice = [0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF] + Array("停水三天无人管".utf8)
    #expect(read(twice, nil).0 == "停水三天无人管")
  }

  /// A character that lies across the end of what is weighed, or of what iconv takes at once.
  @Test(arguments: [131_070, 131_071, 131_072, 131_073])
  func `a character may lie across the end of a chunk`(_ place: Int) {
    let filler = String(repeating: "a", count: place - 1)
    for text in ["停水" + filler + "水" + Self.text, filler + "停水" + Self.text] {
      #expect(read(Array(text.utf8), nil).0 == text)
      #expect(read(Self.encoded(text, "GB18030"), "text/html; charset=gbk").0 == text)
    }
  }

  @Test(arguments: [
    ("unicode-1-1-utf-8", "UTF-8"), ("x-gbk", "GB18030"), ("csGB2312", "GB18030"),
    ("iso-ir-58", "GB18030"), ("Big5-HKSCS", "Big5"), ("x-x-big5", "Big5"), ("cn-big5", "Big5"),
    ("latin1", "windows-1252"), ("us-ascii", "windows-1252"), ("cp1251", "windows-1251"),
    ("windows-31j", "Shift_JIS"), ("ms_kanji", "Shift_JIS"), ("csEUCKR", "EUC-KR"),
    ("windows-949", "EUC-KR"), ("koi8-r", "KOI8-R"), ("iso-8859-5", "ISO-8859-5"),
    ("csISO2022JP", "ISO-2022-JP"), ("tis-620", "windows-874"), ("macintosh", "macintosh"),
    (" UTF-8 ", "UTF-8"), ("utf-16", "UTF-16LE"),
  ])
  func `have the WHATWG's labels`(_ label: String, _ name: String) {
    #expect(Charset(label: label)?.name == name)
  }

  @Test func `what cannot be read never cuts the text`() {
    let (broken, _) = read(Array("停水".utf8) + [0xE6, 0x9D] + Array("<p>自来水发臭三天</p>".utf8), nil)
    #expect(broken == "停水\u{FFFD}\u{FFFD}<p>自来水发臭三天</p>")
    let cut = read(Self.gbk + [0xB0], "text/html; charset=gbk").0
    #expect(cut == Self.text + "\u{FFFD}")
    let odd = read(Self.gbk + [0xFF, 0x3C] + Self.gbk, "text/html; charset=gbk").0
    #expect(odd == Self.text + "\u{FFFD}<" + Self.text)
    #expect(read(Array("停\u{0}水\u{1}\u{7F}\u{FFFF}".utf8), nil).0 == "停水\u{FFFD}")
  }

  @Test(arguments: [
    ("/s?k=停水&x=路#停", "/s?k=%CD%A3%CB%AE&x=%C2%B7#%E5%81%9C"),
    ("/停水?k=1", "/%E5%81%9C%E6%B0%B4?k=1"), ("?k=%CD%A3", "/list?k=%CD%A3"),
    ("/s?k=😀", "/s?k=%26%23128512%3B"), ("https://b.example/s?k=水", "https://b.example/s?k=%CB%AE"),
  ])
  func `of a page are those of its links' queries, as in browsers`(
    _ link: String, _ address: String
  ) throws {
    let html = "<html><meta charset=gb2312><ul><li><a href=\"\(link)\">青溪村停水三天没有人管</a></li></ul>"
    let rows = feed(.list) { $0.items = Selector("//li") }
    let whole = address.hasPrefix("/") ? "https://board.example" + address : address
    // The smiling face can stand in a GBK page as a reference alone.
    let text = html.replacingOccurrences(of: "😀", with: "&#128512;")
    let found = try extractor.extract(page(Self.encoded(text, "GB18030")), of: rows).items
    #expect(found.map(\.url) == [whole])
    let utf8 = try extractor.extract(
      page(text.replacingOccurrences(of: "gb2312", with: "utf-8")), of: rows)
    #expect(utf8.items.allSatisfy { !$0.url.contains("%CD%A3%CB") })
  }
}
