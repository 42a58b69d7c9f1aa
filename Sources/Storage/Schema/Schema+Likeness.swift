extension Schema {
  /// By what nearly the same texts are found, which were found alike, and how far matters spread.
  static let likeness = [
    // Of the items alerts were raised for, and of no others: what joins an alert is found by the
    // item that it joined, so that a matter does not drift from text to text.
    """
    CREATE TABLE sketch (
      item TEXT NOT NULL PRIMARY KEY REFERENCES item (id),
      runs BLOB NOT NULL,
      run_count INTEGER NOT NULL,
      numbers BLOB NOT NULL,
      drawn_at INTEGER NOT NULL,
      drawn_boot TEXT NOT NULL,
      drawn_since_boot INTEGER NOT NULL
    ) STRICT
    """,
    // The index that texts are looked up in: by band, the latest first.
    """
    CREATE TABLE sketch_band (
      band INTEGER NOT NULL,
      drawn_since_boot INTEGER NOT NULL,
      item TEXT NOT NULL REFERENCES sketch (item),
      PRIMARY KEY (band, drawn_since_boot, item)
    ) STRICT, WITHOUT ROWID
    """,
    // What share of the shorter text stands in the longer one, in hundredths.
    """
    CREATE TABLE resemblance (
      item TEXT NOT NULL REFERENCES item (id),
      resembles TEXT NOT NULL REFERENCES sketch (item),
      share INTEGER NOT NULL,
      seen_at INTEGER NOT NULL,
      seen_boot TEXT NOT NULL,
      seen_since_boot INTEGER NOT NULL,
      PRIMARY KEY (item, resembles)
    ) STRICT, WITHOUT ROWID
    """,
    // The outlets whose number made the grade of an edition.
    """
    CREATE TABLE spread (
      alert TEXT NOT NULL,
      edition INTEGER NOT NULL,
      outlet TEXT NOT NULL,
      is_national INTEGER NOT NULL,
      PRIMARY KEY (alert, edition, outlet),
      FOREIGN KEY (alert, edition) REFERENCES alert_edition (alert, number)
    ) STRICT, WITHOUT ROWID
    """,
  ]
}
