import ArgumentParser
import Extracting
import Foundation
import Vocabulary

/// `huiyin extract FILE`: items of a saved page, one JSON object a line (提取).
struct ExtractPage: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "extract",
      abstract: say(zh: "从保存的页面提取信息，不联网", en: "the items of a saved page"),
      usage: "huiyin extract [<options>] <file>",
      discussion: say(
        zh: """
          示例：
            huiyin extract 保存的正文页.html
            huiyin extract --feed qingchuan-board 保存的列表页.html
            huiyin extract --kind rss - < feed.xml
            huiyin extract --kind file 工单导出.xlsx
          不带 --feed 时不需要设置文件：时区 Asia/Shanghai，按 article: auto 提取。
          """,
        en: """
          Examples:
            huiyin extract saved-article.html
            huiyin extract --feed qingchuan-board saved-list.html
            huiyin extract --kind rss - < feed.xml
            huiyin extract --kind file export.xlsx
          Without --feed no set-up is needed: time zone Asia/Shanghai, article: auto.
          """))
  }

  @OptionGroup var config: Config

  @Option(
    help: ArgumentHelp(
      say(zh: "按哪个信源的写法提取", en: "the feed whose selectors to use"), valueName: "feed"))
  var feed: String?

  @Option(
    help: ArgumentHelp(
      say(zh: "类型", en: "what the page is"),
      valueName: "kind"))
  var kind: Feed.Kind?

  @Option(
    help: ArgumentHelp(
      say(zh: "页面原来的网址，相对链接以它为准", en: "where the page came from"), valueName: "url"))
  var url: String?

  @Flag(help: ArgumentHelp(say(zh: "总是 JSON，可不写", en: "always so, and need not be said")))
  var json = false

  @Argument(help: ArgumentHelp(say(zh: "文件，- 为标准输入", en: "a file, or -"), valueName: "file"))
  var file: String

  func validate() throws {
    guard feed == nil, let kind else { return }
    switch kind {
    case .list, .board, .json:
      throw ValidationError(
        say(
          zh: "列表、留言板和接口要有选择器：请用 --feed 指明信源",
          en: "lists, boards and JSON are read by a feed's selectors: name the feed with --feed"))
    case .mail:
      throw ValidationError(
        say(zh: "邮件录入没有页面可提取", en: "what is mailed in is no page that is extracted from"))
    case .article, .rss, .file: return
    }
  }

  func run() throws {
    let (feed, zone) = try chosenFeed()
    let address = url ?? feed.url
    let page = Page(
      feed: feed.id, requestedURL: address, url: address,
      bytes: [UInt8](try FileHandle.bytes(of: file)), fetchedAt: WallClock.now())
    let extract = try extract(page, feed, zone)
    for item in extract.items { Terminal.show(try Lines.line(ExtractLine(item, zone: zone))) }
    for lead in extract.leads { Terminal.show(try Lines.line(ExtractLine(lead, zone: zone))) }
    if !extract.brokenRows.isEmpty {
      let rows = extract.brokenRows.prefix(50).map(String.init).joined(separator: ", ")
      Terminal.complain(
        say(zh: "没有标题、内容或链接的行：\(rows)", en: "rows without title, text or link: \(rows)"))
    }
    if let cut = extract.cut { throw Ending.no(cut.reason[spoken]) }
  }

  private func extract(_ page: Page, _ feed: Feed, _ zone: OfficeZone) throws -> Extract {
    do {
      return try Extractor(zone: zone).extract(page, of: feed)
    } catch {
      throw Ending.no(error.reason[spoken])
    }
  }

  private func chosenFeed() throws -> (Feed, OfficeZone) {
    guard let feed else { return (plainFeed, .shanghai) }
    let setup = try config.setup()
    var chosen = try setup.feed(feed)
    chosen.kind = kind ?? chosen.kind
    if chosen.kind == .article, let url { chosen.url = url }
    return (chosen, setup.office.zone)
  }

  private var plainFeed: Feed {
    // A page without an address still has links that are relative to one.
    var plain = Feed(
      id: Feed.ID(rawValue: "page"), name: file, kind: kind ?? .article,
      url: url ?? "http://localhost/", every: .minutes(10))
    plain.article = plain.kind == .article ? .auto : nil
    guard plain.kind == .file else { return plain }
    plain.url = url ?? ""
    plain.export = ExportFolder(path: "", columns: ExportFolder.usualColumns)
    return plain
  }
}

extension Feed.Kind: ExpressibleByArgument {
  /// Those that lie in a file.
  static var allValueStrings: [String] {
    allCases.filter { $0 != .mail }.map(\.rawValue)
  }
}
