package import Vocabulary

/// A feed's own past, against which it is measured (信源常态): running means of what its listing looked
/// like, and how long it was ever silent.
///
/// Kept as one short text in the feed's row, since every reading writes that row anyway.
package struct FeedPast: Sendable, Hashable {
  /// So many readings must have been before anything is odd.
  static let leastReadings = 20
  /// And so much news before a silence is.
  static let leastNews = 20
  /// So many odd readings in a row are no accident.
  static let patience = 3
  /// Shorter silences are nobody's concern.
  static let shortSilence = Duration.hours(24)
  /// So many pages in a row that could not be read are no accident, whatever was before.
  static let mostUnread = 10

  private var readings = 0
  private var rows = 0.0
  private var dated = 0.0
  private var bodied = 0.0
  private var titleLength = 0.0
  private var ordered = 0.0
  private var newsAt: Int64 = 0
  private var longestGap: Int64 = 0
  private var news = 0
  private var unreadPages = 0
  private var oddReadings = 0
  private var oddSince: Int64 = 0
  /// Since when the admins have been told; 0 where they need not be.
  private var toldAt: Int64 = 0
  /// What was odd in the last reading.
  package private(set) var oddities: [FeedOddity] = []

  /// What a reading has changed in whether the feed is itself.
  enum Change: Sendable, Hashable {
    case none
    case becameOdd([FeedOddity], since: WallTime)
    case isItselfAgain(since: WallTime)
  }

  /// A feed that has none.
  init() {}

  /// Whether the admins have been told that it is odd.
  package var isOdd: Bool { toldAt > 0 }

  /// The past after one more reading: its shape where rows were read, whether there was news among
  /// them, what became of the pages behind its links since the last, and when.
  func after(
    _ shape: ListingShape?, hasNews: Bool, pages: PageTally = PageTally(), at now: WallTime
  ) -> (past: FeedPast, change: Change) {
    var past = self
    past.unreadPages = pages.wasRead ? pages.unread : min(unreadPages + pages.unread, 1_000_000)
    let beside = [past.silence(hasNews: hasNews, at: now), past.unread].compactMap(\.self)
    let ofListing = shape.map { past.oddities(in: $0) } ?? oddities.filter(\.isOfListing)
    // An unchanged page says nothing of its shape, and is no further reading of what is odd in it.
    guard shape != nil || !beside.isEmpty || ofListing.isEmpty else { return (past, .none) }
    if let shape { past.learn(shape, isOdd: !ofListing.isEmpty) }
    let change = past.note(ofListing + beside, at: now)
    return (past, change)
  }

  private var unread: FeedOddity? {
    unreadPages >= FeedPast.mostUnread ? .pagesUnread(unreadPages) : nil
  }

  private mutating func note(_ odd: [FeedOddity], at now: WallTime) -> Change {
    oddities = odd
    guard !odd.isEmpty else {
      defer { (oddReadings, oddSince, toldAt) = (0, 0, 0) }
      return toldAt > 0 ? .isItselfAgain(since: WallTime(milliseconds: oddSince)) : .none
    }
    if oddReadings == 0 { oddSince = now.milliseconds }
    oddReadings += 1
    guard oddReadings >= FeedPast.patience, toldAt == 0 else { return .none }
    toldAt = now.milliseconds
    return .becameOdd(odd, since: WallTime(milliseconds: oddSince))
  }

  private func oddities(in shape: ListingShape) -> [FeedOddity] {
    guard readings >= FeedPast.leastReadings else { return [] }
    var found: [FeedOddity] = []
    if rows >= 5, Double(shape.rows) < rows * 0.3 {
      found.append(.fewRows(now: shape.rows, usual: Int(rows.rounded())))
    }
    if dated >= 0.8, shape.dated <= 0.3 {
      found.append(.datesGone(now: percent(shape.dated), usual: percent(dated)))
    }
    if bodied >= 0.8, shape.bodied <= 0.3 {
      found.append(.textsGone(now: percent(shape.bodied), usual: percent(bodied)))
    }
    let isOtherLength = shape.titleLength < titleLength / 3 || shape.titleLength > titleLength * 3
    if shape.rows >= 5, isOtherLength {
      found.append(
        .titlesOdd(now: Int(shape.titleLength.rounded()), usual: Int(titleLength.rounded())))
    }
    if let now = shape.ordered, ordered >= 0.95, now <= 0.5 {
      found.append(.disordered(now: percent(now), usual: percent(ordered)))
    }
    return found
  }

  private func percent(_ part: Double) -> Int { Int((part * 100).rounded()) }

  /// What is odd is learnt slowly: a page that was rebuilt becomes its own past in some weeks.
  private mutating func learn(_ shape: ListingShape, isOdd: Bool) {
    readings = min(readings + 1, 1_000_000)
    let weight = isOdd ? 0.002 : max(0.02, 1 / Double(readings))
    FeedPast.lead(&rows, to: Double(shape.rows), weight)
    FeedPast.lead(&dated, to: shape.dated, weight)
    FeedPast.lead(&bodied, to: shape.bodied, weight)
    FeedPast.lead(&titleLength, to: shape.titleLength, weight)
    if let now = shape.ordered { FeedPast.lead(&ordered, to: now, weight) }
  }

  /// Leads a mean on, in millionths, which is how it is written down.
  private static func lead(_ mean: inout Double, to now: Double, _ weight: Double) {
    mean = ((mean + (now - mean) * weight) * 1e6).rounded() / 1e6
  }

  /// A silence that is longer than any before and than a day, twice over.
  private mutating func silence(hasNews: Bool, at now: WallTime) -> FeedOddity? {
    guard newsAt > 0, now.milliseconds > newsAt else {
      if hasNews || newsAt == 0 { newsAt = now.milliseconds }
      return nil
    }
    let gap = now.milliseconds - newsAt
    guard !hasNews else {
      news = min(news + 1, 1_000_000)
      // What was long ago counts for less.
      longestGap = max(gap, longestGap - longestGap / 200)
      newsAt = now.milliseconds
      return nil
    }
    let longest = max(longestGap, FeedPast.shortSilence.inMilliseconds)
    guard news >= FeedPast.leastNews, gap > 2 * longest else { return nil }
    return .silent(hours: Int(gap / 3_600_000), usual: Int(longestGap / 3_600_000) + 1)
  }
}

extension FeedPast {
  private static let form = "1"

  /// The past as the ledger keeps it; one without any where it is none.
  package init(_ text: String?) {
    let parts = (text ?? "").split(separator: ";", omittingEmptySubsequences: false).map(
      String.init)
    guard parts.count == 15, parts[0] == FeedPast.form else { return }
    let words = parts[13].split(separator: ",")
    oddities = words.compactMap { FeedOddity(word: String($0)) }
    guard oddities.count == words.count else {
      oddities = []
      return
    }
    let whole = { Int64(parts[$0]) ?? 0 }
    let part = { Double(parts[$0]) ?? 0 }
    (readings, rows, dated, bodied) = (Int(whole(1)), part(2), part(3), part(4))
    (titleLength, ordered) = (part(5), part(6))
    (newsAt, longestGap, news) = (whole(7), whole(8), Int(whole(9)))
    (oddReadings, oddSince, toldAt) = (Int(whole(10)), whole(11), whole(12))
    unreadPages = Int(whole(14))
  }

  /// As the ledger keeps it.
  package var text: String {
    let means = [rows, dated, bodied, titleLength, ordered].map { "\($0)" }
    let parts =
      [FeedPast.form, "\(readings)"] + means
      + ["\(newsAt)", "\(longestGap)", "\(news)", "\(oddReadings)", "\(oddSince)", "\(toldAt)"]
      + [oddities.map(\.word).joined(separator: ","), "\(unreadPages)"]
    return parts.joined(separator: ";")
  }
}

extension FeedOddity {
  fileprivate var word: String {
    switch self {
    case .fewRows(let now, let usual): "rows \(now) \(usual)"
    case .datesGone(let now, let usual): "dates \(now) \(usual)"
    case .textsGone(let now, let usual): "texts \(now) \(usual)"
    case .titlesOdd(let now, let usual): "titles \(now) \(usual)"
    case .disordered(let now, let usual): "order \(now) \(usual)"
    case .pagesUnread(let count): "pages \(count) 0"
    case .silent(let hours, let usual): "silent \(hours) \(usual)"
    }
  }

  fileprivate init?(word: String) {
    let parts = word.split(separator: " ")
    guard parts.count == 3, let now = Int(parts[1]), let usual = Int(parts[2]) else { return nil }
    switch parts[0] {
    case "rows": self = .fewRows(now: now, usual: usual)
    case "dates": self = .datesGone(now: now, usual: usual)
    case "texts": self = .textsGone(now: now, usual: usual)
    case "titles": self = .titlesOdd(now: now, usual: usual)
    case "order": self = .disordered(now: now, usual: usual)
    case "pages": self = .pagesUnread(now)
    case "silent": self = .silent(hours: now, usual: usual)
    default: return nil
    }
  }
}
