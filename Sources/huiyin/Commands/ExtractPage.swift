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
      discussion: say(
        zh: """
          示例：
            huiyin extract --feed qingchuan-board 保存的页面.html
            huiyin extract --kind rss - < feed.xml
          不带 --feed 时不需要设置文件：时区 Asia/Shanghai，按 article: auto 提取。
          """,
        en: """
          Examples:
            huiyin extract --feed qingchuan-board saved.html
            huiyin extract --kind rss - < feed.xml
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
      say(zh: "页面类型：list、board、article、rss", en: "list, board, article or rss"),
      valueName: "kind"))
  var kind: Feed.Kind?

  @Option(
    help: ArgumentHelp(
      say(zh: "页面原来的网址，相对链接以它为准", en: "where the page came from"), valueName: "url"))
  var url: String?

  @Argument(help: ArgumentHelp(say(zh: "文件，- 为标准输入", en: "a file, or -"), valueName: "file"))
  var file: String

  func run() throws {
    let (feed, zone) = try chosenFeed()
    let address = url ?? feed.url
    let page = Page(
      feed: feed.id, requestedURL: address, url: address, bytes: try bytes(),
      fetchedAt: WallClock.now())
    let extract = try extract(page, feed, zone)
    for item in extract.items { print(try Lines.line(ExtractLine(item, zone: zone))) }
    for lead in extract.leads { print(try Lines.line(ExtractLine(lead, zone: zone))) }
  }

  private func extract(_ page: Page, _ feed: Feed, _ zone: OfficeZone) throws -> Extract {
    do {
      return try Extractor(zone: zone).extract(page, of: feed)
    } catch {
      throw Ending.no(error.reason[spoken])
    }
  }

  private func chosenFeed() throws -> (Feed, OfficeZone) {
    guard let name = feed else {
      // A page without an address still has links that are relative to one.
      var plain = Feed(
        id: Feed.ID(rawValue: "page"), name: file, kind: kind ?? .article,
        url: "http://localhost/", every: .minutes(10))
      plain.article = plain.kind == .article ? .auto : nil
      return (plain, .shanghai)
    }
    let setup = try config.setup()
    guard var feed = setup.feeds.first(where: { $0.id.rawValue == name }) else {
      throw Ending.no(say(zh: "没有编号为“\(name)”的信源", en: "no feed \"\(name)\""))
    }
    feed.kind = kind ?? feed.kind
    return (feed, setup.office.zone)
  }

  private func bytes() throws -> [UInt8] {
    guard file != "-" else { return [UInt8](FileHandle.standardInput.readDataToEndOfFile()) }
    do {
      return [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
    } catch {
      throw Ending.couldNotRun(
        say(zh: "读不了文件 \(file)，请检查路径和权限", en: "cannot read \(file): check path and rights"))
    }
  }
}

extension Feed.Kind: ExpressibleByArgument {}
