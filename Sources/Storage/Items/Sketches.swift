internal import GRDB
package import Vocabulary

/// Nearly the same texts (近似文本), found through their bands and never by comparing all pairs.
///
/// However many texts there are, and however hostile, a look-up reads at most `reach` rows of each
/// of a dozen bands and compares at most `candidates` sketches: a form that ten thousand letters
/// share costs no more than a form that ten share. What is beyond is not found, and then an alert
/// is raised that might have joined another: the harmless mistake of the two.
extension Reading {
  /// How many of the latest texts in one band are looked at.
  static let reach = 32
  /// How many texts are compared, those first that share most bands.
  static let candidates = 16

  static let inBand = """
    SELECT item
    FROM sketch_band
    WHERE band = ?
    AND drawn_since_boot >= ?
    ORDER BY drawn_since_boot DESC
    LIMIT \(reach)
    """

  static let resembled = """
    SELECT resembles AS id
    FROM resemblance
    WHERE item = ?
    """

  /// The items with an alert, drawn since a place on the ledger's line, whose text is nearly this one of a feed, and what
  /// share of the shorter text is in both.
  package func items(
    like sketch: Sketch, on feed: Feed.ID, since: SteadyTime
  ) throws(LedgerFault) -> [(item: Item.ID, share: Double)] {
    var common: [String: Int] = [:]
    for band in sketch.bands {
      let items: [String] = try values(Reading.inBand, [Int64(band), since.milliseconds])
      for item in items { common[item, default: 0] += 1 }
    }
    let likeliest = common.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    var found: [(item: Item.ID, share: Double)] = []
    for (id, _) in likeliest.prefix(Reading.candidates) {
      let item = Item.ID(rawValue: id)
      guard let other = try self.sketch(of: item) else { continue }
      let share = sketch.likeness(to: other, onOneFeed: try self.feed(of: item) == feed)
      if let share { found.append((item, share)) }
    }
    return found
  }

  private func feed(of item: Item.ID) throws(LedgerFault) -> Feed.ID? {
    try first(
      """
      SELECT feed
      FROM item
      WHERE id = ?
      """, [item.rawValue]
    ) { row in try row.word("feed") }
  }

  /// The sketch that was drawn of an item; nil where none was.
  package func sketch(of item: Item.ID) throws(LedgerFault) -> Sketch? {
    try first(
      """
      SELECT runs, run_count, numbers
      FROM sketch
      WHERE item = ?
      """, [item.rawValue]
    ) { row in
      let drawn = Sketch(
        kept: try row.hashes("runs"), runCount: try row.number("run_count"),
        numbers: try row.hashes("numbers"))
      guard let drawn else { throw LedgerFault.damaged }
      return drawn
    }
  }
}

extension Writing {
  /// Keeps the sketch of an item that an alert was raised for; the first counts.
  package func insert(
    _ sketch: Sketch, of item: Item.ID, at time: Instant
  ) throws(LedgerFault) {
    let added = try run(
      """
      INSERT INTO sketch (
        item, runs, run_count, numbers, drawn_at, drawn_boot, drawn_since_boot)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (item) DO NOTHING
      """,
      [
        item.rawValue, sketch.runs.bytes.column, sketch.runCount, sketch.numbers.bytes.column,
      ] + time.columns)
    guard added > 0 else { return }
    for band in sketch.bands {
      try run(
        """
        INSERT INTO sketch_band (band, drawn_since_boot, item)
        VALUES (?, ?, ?)
        """, [Int64(band), time.sinceBoot, item.rawValue])
    }
  }

  /// Keeps that an item's text is nearly that of another, which has an alert.
  package func insert(
    resemblance item: Item.ID, to other: Item.ID, share: Double, at time: Instant
  ) throws(LedgerFault) {
    try run(
      """
      INSERT INTO resemblance (item, resembles, share, seen_at, seen_boot, seen_since_boot)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (item, resembles) DO NOTHING
      """, [item.rawValue, other.rawValue, Int((share * 100).rounded())] + time.columns)
  }
}

extension [UInt32] {
  /// Four bytes each, the least first, whatever the machine.
  fileprivate var bytes: [UInt8] {
    flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) } }
  }
}

extension Row {
  fileprivate func hashes(_ column: String) throws(LedgerFault) -> [UInt32] {
    let bytes = bytes(column)
    guard bytes.count.isMultiple(of: 4) else { throw .damaged }
    return stride(from: 0, to: bytes.count, by: 4).map { start in
      (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << ($1 * 8) }
    }
  }
}
