import Storage
import Vocabulary

/// What of a page is in the ledger already (已知内容).
struct Known {
  /// Everything on the page.
  var ids: [Item.ID]
  /// Items and leads of which the feed has nothing more to say.
  var seen: Set<Item.ID>
  /// Those of them whose text is another now.
  var revised: Set<Item.ID>

  /// Those of them whose public answer is another now.
  var answered: Set<Item.ID> = []

  /// Whether nothing on the page is news.
  var isAll: Bool { seen.count == Set(ids).count && revised.isEmpty && answered.isEmpty }
}

extension Reading {
  /// What of a page a feed has brought before. A page that is watched by itself stays at its
  /// address and changes its text; in a listing an address that was seen is done with.
  func known(_ extract: Extract, to feed: Feed) throws -> Known {
    let ids = extract.items.map(\.id) + extract.leads.map(\.id)
    var known = Known(ids: ids, seen: try seen(ids, by: feed.id), revised: [])
    guard feed.kind == .article else {
      try lookForAnswers(extract, of: feed, &known)
      return known
    }
    for item in extract.items where known.seen.contains(item.id) {
      if try !hasVersion(withTextOf: item) { known.revised.insert(item.id) }
    }
    return known
  }

  /// A listing that carries the answers itself shows them on rows that were seen long ago.
  private func lookForAnswers(
    _ extract: Extract, of feed: Feed, _ known: inout Known
  ) throws {
    guard feed.mayShowAnswers else { return }
    for item in extract.items where known.seen.contains(item.id) {
      // Older exports lie beside newer ones, and know less: what they lack was not withdrawn.
      if feed.kind == .file, try item.answer == nil || answer(of: item.id) != nil { continue }
      guard try self.item(item.id)?.feed == feed.id else { continue }
      let change = AnswerChange(from: try answer(of: item.id), to: item.answer)
      if change != nil { known.answered.insert(item.id) }
    }
  }
}

extension Feed {
  /// Whether its rows may have public answers.
  fileprivate var mayShowAnswers: Bool { answer != nil || export?.columns[.answer] != nil }
}
