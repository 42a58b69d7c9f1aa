import Extracting
import Foundation
import Settings
import Vocabulary

// libFuzzer's main calls what is here. Which reader it is let loose on is said by FUZZ, one of
// `Reader`'s names; `make fuzz` goes through all of them.

/// What is fed with whatever libFuzzer thinks of.
private enum Reader: String {
  case charset, html, xml, json, date, feed
}

/// Ends the process, which libFuzzer takes down as a find.
private func check(_ isTrue: Bool, _ what: String) {
  guard !isTrue else { return }
  fatalError(what)
}

private let reader: Reader = {
  let name = ProcessInfo.processInfo.environment["FUZZ"] ?? ""
  guard let reader = Reader(rawValue: name) else {
    fatalError("FUZZ must be charset, html, xml, json, date or feed, and is \"\(name)\"")
  }
  return reader
}()

private let extractor = Extractor(zone: .shanghai)
/// 2026-03-02 18:00 in Beijing.
private let now = WallTime(milliseconds: 1_772_445_600_000)
/// 1990-01-01 in Beijing.
private let earliest = WallTime(milliseconds: 631_123_200_000)

/// One input of libFuzzer's.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  switch reader {
  case .charset: readCharset(bytes)
  case .html: readHTML(bytes)
  case .xml: read(bytes, of: feed(.rss))
  case .json: read([0x7B] + bytes, of: feed(.rss))
  case .date: readDate(bytes)
  case .feed: readFeedFile(bytes)
  }
  return 0
}

private func feed(_ kind: Feed.Kind) -> Feed {
  Feed(
    id: Feed.ID(rawValue: "qingchuan"), name: "青川区", kind: kind,
    url: "https://board.example/list", every: .minutes(10))
}

private func page(_ bytes: [UInt8], _ type: String? = nil) -> Page {
  Page(
    feed: Feed.ID(rawValue: "qingchuan"), requestedURL: "https://board.example/list",
    url: "https://board.example/list", bytes: bytes, contentType: type,
    fetchedAt: Instant(wall: now, boot: "boot", sinceBoot: 1))
}

@discardableResult
private func read(_ bytes: [UInt8], of feed: Feed, _ type: String? = nil) -> Extract? {
  guard let extract = try? extractor.extract(page(bytes, type), of: feed) else { return nil }
  for item in extract.items {
    check(item.id.rawValue.count == 32, "an item without an id")
    sound(item.published)
    if let answer = item.answer { sound(answer.published) }
  }
  for lead in extract.leads { sound(lead.published) }
  return extract
}

/// No time that lies ahead, and none from before there were pages.
private func sound(_ time: PublicationTime) {
  guard let moment = time.moment else { return }
  check(moment <= now && moment >= earliest, "a time of publication that none can be")
}

/// A header and then a page: what follows the page's bytes must always be read.
private func readCharset(_ bytes: [UInt8]) {
  let parts = bytes.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
  let type = String(decoding: parts[0].prefix(80), as: UTF8.self)
  var whole = feed(.article)
  whole.article = .selectors(title: nil, body: Selector("//body"), date: nil)
  let text = parts.count > 1 ? Array(parts[1]) : []
  read(Array("<html><body><p>".utf8) + text + Array("</p><p>end</p>".utf8), of: whole, type)
}

private func readHTML(_ bytes: [UInt8]) {
  var article = feed(.article)
  article.article = .auto
  read(bytes, of: article)
  read(bytes, of: feed(.list))
  var board = feed(.board)
  board.items = Selector("css:li")
  board.answer = AnswerReading(body: Selector("css:.reply"), date: Selector(".//time"))
  read(bytes, of: board)
}

private func readDate(_ bytes: [UInt8]) {
  let text = String(decoding: bytes.prefix(400), as: UTF8.self)
    .replacing("&", with: "&amp;").replacing("<", with: "&lt;")
  var list = feed(.list)
  list.items = Selector("//li")
  list.date = Selector("./b")
  let row = "<ul><li><a href=/1>青溪村停水三天</a><b>\(text)</b><i>\(text)</i></li></ul>"
  let head = "<html><meta charset=utf-8><body>"
  check(read(Array((head + row).utf8), of: list)?.items.count == 1, "a row that is lost")
  list.date = nil
  read(Array((head + row).utf8), of: list)
}

/// The folder of a set-up with the one feed's file, written anew each time.
private let folder: String = {
  let folder = NSTemporaryDirectory() + "fuzz-\(ProcessInfo.processInfo.processIdentifier)"
  for part in ["", "/Feeds", "/Rules"] {
    try? FileManager.default.createDirectory(
      atPath: folder + part, withIntermediateDirectories: true)
  }
  let office = """
    office: 青川区信访局
    data: ./data
    feeds: ./Feeds
    rules: ./Rules
    mail: {from: a@b.example, maildir: ./outbox}
    units: []
    officers: [a@b.example]
    """
  try? Data(office.utf8).write(to: URL(fileURLWithPath: folder + "/huiyin.yaml"))
  return folder
}()

private func readFeedFile(_ bytes: [UInt8]) {
  let file = URL(fileURLWithPath: folder + "/Feeds/board.yaml")
  guard (try? Data(bytes).write(to: file)) != nil else { return }
  let checks = Checks(now: now, selector: { Extractor.fault(in: $0) }, pattern: { _ in nil })
  let outcome = try? Settings.read(folder + "/huiyin.yaml", checks: checks)
  for diagnostic in outcome?.diagnostics ?? [] {
    check(diagnostic.place.line > 0 && diagnostic.place.column > 0, "a diagnostic without a place")
  }
}
