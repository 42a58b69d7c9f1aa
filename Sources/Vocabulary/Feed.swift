/// One place watched (信源): one file in `Feeds/`.
package struct Feed: Sendable, Hashable, Identifiable {
  /// The name of the feed's file without its ending.
  package struct ID: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    package var rawValue: String
    /// An id as it stands in the ledger.
    package init(rawValue: String) { self.rawValue = rawValue }
    package var description: String { rawValue }
  }

  /// How a feed's pages are to be read (信源类型).
  package enum Kind: String, CaseIterable, Sendable, Codable {
    /// A portal's list of links (列表).
    case list
    /// A message board's list of threads (留言板).
    case board
    /// One page that is itself the item (单页).
    case article
    /// RSS 2.0 or Atom (订阅).
    case rss
    /// A list that is JSON (接口).
    case json
    /// Exports that are dropped into a folder (导出文件).
    case file
    /// What officers mail in: calls, other platforms, what superiors hand down (邮件录入).
    case mail
  }

  /// What an office makes of the pages that stand when a feed is first read (首次采集).
  package enum FirstRun: String, CaseIterable, Sendable, Codable {
    /// What was published in the last 24 hours is new, the rest is baseline.
    case recent
    /// All of it is baseline and raises nothing.
    case baseline
    /// All of it is new, up to the cap on age.
    case all
  }

  package var id: ID
  /// The feed's name as mails print it.
  package var name: String
  package var kind: Kind
  /// Where to begin reading.
  package var url: String
  /// How long between two polls.
  package var every: Duration
  /// The charset to believe whatever the page says, or nil to find it out.
  package var charset: String?
  /// What selects each row of a listing; nil where the kind needs none.
  package var items: Selector?
  /// What selects a row's title, seen from the row.
  package var title: Selector?
  /// What selects a row's link, seen from the row.
  package var link: Selector?
  /// What selects a row's date, seen from the row.
  package var date: Selector?
  /// What selects a row's text where the listing carries it.
  package var body: Selector?
  /// What selects the link to older pages.
  package var next: Selector?
  /// How older pages are asked for where no link leads to them.
  package var paging: Paging?
  /// How many pages of the listing to read at most, the first included.
  package var pages: Int
  /// What its listing is asked for with; nil where it is asked for by GET.
  package var requestBody: RequestBody?
  /// Where its exports lie, if it is read from files.
  package var export: ExportFolder?
  /// How many pages behind its links are fetched in 24 hours at most.
  package var budget: Int
  /// How to read the page behind each link; nil where the listing says all there is.
  package var article: ArticleReading?
  /// Where a page has the public answer.
  package var answer: AnswerReading?
  /// The place its items are about; nil where each must name one of the office's places itself.
  package var place: String?
  package var firstRun: FirstRun
  /// Switched off: kept in the folder, not polled (停用).
  package var off: Bool
  /// Who publishes it, so that the feeds of one outlet count once (媒体).
  package var outlet: String?
  /// Whether the outlet is a national one (中央媒体).
  package var national: Bool
  /// No item older than this ever raises an alert.
  package var oldest: Duration
  /// How its messages without an answer are read again; nil where they are not.
  package var revisit: Revisit?
  /// Whether a page without rows is in order for this feed.
  package var mayBeEmpty: Bool
  /// The pause between two requests to its host; nil for the office's.
  package var pause: Duration?
  /// The proxy to go through, as libcurl takes it.
  package var proxy: String?
  /// Header lines to send along, by name.
  package var headers: [String: String]
  /// Whether this feed's site may show an expired certificate.
  package var acceptsExpiredCertificate: Bool
  /// The owner's written permission, in the admin's words, shown in `status`.
  package var permission: String?

  /// A feed of its least parts, the rest as the contract's defaults have it.
  package init(id: ID, name: String, kind: Kind, url: String, every: Duration) {
    self.id = id
    self.name = name
    self.kind = kind
    self.url = url
    self.every = every
    self.pages = 1
    self.budget = 2000
    self.firstRun = .recent
    self.off = false
    self.national = false
    self.oldest = .days(30)
    self.mayBeEmpty = false
    self.headers = [:]
    self.acceptsExpiredCertificate = false
  }
}

extension Feed {
  /// Whether it is read at its pace: it is on, and does not wait for what is mailed in.
  package var isPolled: Bool { !off && kind != .mail }

  /// What is known of the place of what it shows before that is read (本地信源): a feed's place is the
  /// office's where the office has named it, or has named none.
  package func origin(among places: [Locality]) -> Origin {
    guard let place else { return .open }
    return places.isEmpty || places.contains { $0.isCalled(place) } ? .ours(place) : .another(place)
  }
}

/// How to find something on a page: XPath 1.0, CSS where the file wrote `css:`, or a path into JSON
/// (选择器).
package struct Selector: Sendable, Hashable {
  /// The language a selector is written in.
  package enum Notation: String, Sendable {
    case xpath
    case css
    /// `data.list[*].title`
    case path
  }

  package var notation: Notation
  /// The expression itself, without the `css:`.
  package var expression: String

  /// A selector as a feed's file writes it.
  package init(_ written: String) {
    let isCSS = written.hasPrefix("css:")
    notation = isCSS ? .css : .xpath
    let rest = isCSS ? written.dropFirst(4) : written[...]
    expression = String(rest.drop { $0 == " " })
  }

  /// A path into JSON.
  package init(path: String) {
    notation = .path
    expression = path
  }
}

/// How the page behind a link is read (正文提取).
package enum ArticleReading: Sendable, Hashable {
  /// Title, body and time are found without selectors.
  case auto
  /// Title, body and time stand where the feed says; what it leaves out is found as in `auto`.
  case selectors(title: Selector?, body: Selector?, date: Selector?)
}

/// Where the public answer of a message stands on its page (答复).
package struct AnswerReading: Sendable, Hashable {
  package var body: Selector
  package var unit: Selector?
  package var date: Selector?

  /// An answer's places on the page.
  package init(body: Selector, unit: Selector? = nil, date: Selector? = nil) {
    self.body = body
    self.unit = unit
    self.date = date
  }
}
