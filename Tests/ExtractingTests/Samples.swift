import Vocabulary

@testable import Extracting

/// 2026-03-02 18:00 in Beijing, which is now in these tests.
let now = WallTime(milliseconds: 1_772_445_600_000)
let extractor = Extractor(zone: .shanghai)

/// A feed of the least parts.
func feed(_ kind: Feed.Kind, _ change: (inout Feed) -> Void = { _ in }) -> Feed {
  var feed = Feed(
    id: Feed.ID(rawValue: "qingchuan"), name: "青川区留言板", kind: kind,
    url: "https://board.example/list?page=1", every: .minutes(10))
  change(&feed)
  return feed
}

/// A page as it came.
func page(
  _ bytes: [UInt8], type: String? = nil, url: String = "https://board.example/list?page=1"
) -> Page {
  Page(
    feed: Feed.ID(rawValue: "qingchuan"), requestedURL: url, url: url, bytes: bytes,
    contentType: type, fetchedAt: Instant(wall: now, boot: "boot", sinceBoot: 1))
}

/// A page of text in UTF-8.
func page(_ text: String, url: String = "https://board.example/list?page=1") -> Page {
  page(Array(text.utf8), url: url)
}

/// A lead of no particular listing.
func lead(_ title: String = "列表上的标题") -> Lead {
  Lead(
    id: Item.ID(rawValue: "lead"), feed: Feed.ID(rawValue: "qingchuan"),
    url: "https://board.example/t/1", title: title, published: .absent,
    foundAt: Instant(wall: now, boot: "boot", sinceBoot: 1))
}

/// A time as the office's clock shows it, `day` for one without a time of day.
func shown(_ time: PublicationTime) -> String {
  switch time {
  case .absent: "absent"
  case .unreadable: "unreadable"
  case .day(let from, let to):
    to - from == .hours(24) ? "day " + OfficeZone.shanghai.rfc3339(from).prefix(10) : "odd day"
  case .moment(let moment): String(OfficeZone.shanghai.rfc3339(moment).prefix(19))
  }
}
