import Vocabulary

/// What a listing looked like, whatever it says (列表形态).
struct ListingShape: Sendable, Hashable {
  var rows: Int
  /// Parts of the rows, from 0 to 1, that have a date and a text.
  var dated: Double
  var bodied: Double
  /// In characters, on average.
  var titleLength: Double
  /// Of neighbours with dates, the part of which the upper is no older; nil where there are too few.
  var ordered: Double?

  /// The shape of what a page held; nil where it held no rows.
  init?(_ extract: Extract) {
    let rows =
      extract.items.map { (title: $0.title, body: $0.body, at: $0.published) }
      + extract.leads.map { (title: $0.title, body: "", at: $0.published) }
    guard !rows.isEmpty else { return nil }
    let count = Double(rows.count)
    self.rows = rows.count
    dated = Double(rows.count { $0.at.moment != nil }) / count
    bodied = Double(rows.count { !$0.body.isEmpty }) / count
    titleLength = Double(rows.reduce(0) { $0 + $1.title.unicodeScalars.count }) / count
    let times = rows.map(\.at).filter { $0.moment != nil }
    guard times.count >= 5 else { return }
    // A day without an hour is in order beside any moment of it.
    let pairs = zip(times, times.dropFirst())
    let inOrder = pairs.count { upper, lower in
      (upper.latest ?? .init(milliseconds: 0)) >= (lower.moment ?? .init(milliseconds: 0))
    }
    ordered = Double(inOrder) / Double(times.count - 1)
  }
}
