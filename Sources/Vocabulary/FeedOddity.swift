/// How a feed differs from its own past though it can be read (信源异常): what often comes before it
/// breaks altogether.
package enum FeedOddity: Sendable, Hashable {
  /// Far fewer rows than it has otherwise.
  case fewRows(now: Int, usual: Int)
  /// Hardly a row has a date any more; in per cent of the rows.
  case datesGone(now: Int, usual: Int)
  /// Hardly a row has a text any more; in per cent of the rows.
  case textsGone(now: Int, usual: Int)
  /// Titles are of quite another length, in characters.
  case titlesOdd(now: Int, usual: Int)
  /// The rows are no longer by date, newest first; in per cent of neighbours.
  case disordered(now: Int, usual: Int)
  /// So many pages behind its links in a row could not be read.
  case pagesUnread(Int)
  /// Nothing new for longer than it ever was; in hours.
  case silent(hours: Int, usual: Int)

  /// One clause for the admins.
  package var sentence: Phrase {
    switch self {
    case .fewRows(let now, let usual):
      Phrase(zh: "只有 \(now) 行，平时约 \(usual) 行", en: "\(now) rows, and about \(usual) otherwise")
    case .datesGone(let now, let usual):
      Phrase(
        zh: "\(now)% 的行有日期，平时 \(usual)%", en: "\(now)% of the rows have a date, otherwise \(usual)%"
      )
    case .textsGone(let now, let usual):
      Phrase(
        zh: "\(now)% 的行有正文，平时 \(usual)%", en: "\(now)% of the rows have a text, otherwise \(usual)%"
      )
    case .titlesOdd(let now, let usual):
      Phrase(
        zh: "标题平均 \(now) 字，平时约 \(usual) 字",
        en: "titles have \(now) characters, otherwise about \(usual)")
    case .disordered(let now, let usual):
      Phrase(
        zh: "\(now)% 的行按时间先后排列，平时 \(usual)%",
        en: "\(now)% of the rows are in the order of their dates, otherwise \(usual)%")
    case .pagesUnread(let count):
      Phrase(
        zh: "最近 \(count) 个正文页都没有读出来，只按标题研判",
        en:
          "none of the last \(count) pages behind its links could be read: titles alone are judged")
    case .silent(let hours, let usual):
      Phrase(
        zh: "已 \(hours) 小时没有新内容，以往最长约 \(usual) 小时",
        en: "nothing new for \(hours) hours, and never for more than about \(usual) before")
    }
  }
}

extension FeedOddity {
  /// Whether it is seen in the listing itself: one that has not changed is as odd as it was.
  package var isOfListing: Bool {
    switch self {
    case .fewRows, .datesGone, .textsGone, .titlesOdd, .disordered: true
    case .pagesUnread, .silent: false
    }
  }
}
