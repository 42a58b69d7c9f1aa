extension Schema {
  /// Leads, items, their texts and their sightings.
  static let items = [
    // A lead changes until its page has come; its title goes when it is closed. Leads come by the
    // dozen under ids without an order: as rows in the order of their coming they touch few pages.
    """
    CREATE TABLE lead (
      id TEXT NOT NULL PRIMARY KEY,
      feed TEXT NOT NULL REFERENCES feed (id),
      url TEXT NOT NULL,
      title TEXT,
      published_as TEXT NOT NULL,
      published_from INTEGER,
      published_to INTEGER,
      found_at INTEGER NOT NULL,
      found_boot TEXT NOT NULL,
      found_since_boot INTEGER NOT NULL,
      on_first_run INTEGER NOT NULL,
      admission TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('open', 'fetched', 'given up', 'known')),
      misses INTEGER NOT NULL,
      miss_cause TEXT,
      miss_zh TEXT,
      miss_en TEXT,
      next_try_at INTEGER NOT NULL,
      title_judged_at INTEGER
    ) STRICT
    """,
    """
    CREATE INDEX lead_open
    ON lead (next_try_at)
    WHERE state = 'open'
    """,
    """
    CREATE INDEX lead_title_waiting
    ON lead (found_since_boot)
    WHERE state = 'open'
    AND title_judged_at IS NULL
    """,
    """
    CREATE INDEX lead_undated
    ON lead (found_at)
    WHERE admission = 'undatedBaseline'
    """,
    """
    CREATE INDEX lead_too_old
    ON lead (found_at)
    WHERE admission = 'tooOld'
    AND on_first_run = 0
    """,
    """
    CREATE TABLE item (
      id TEXT NOT NULL PRIMARY KEY,
      feed TEXT NOT NULL REFERENCES feed (id),
      url TEXT NOT NULL,
      found_at INTEGER NOT NULL,
      found_boot TEXT NOT NULL,
      found_since_boot INTEGER NOT NULL,
      admission TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE INDEX item_by_url
    ON item (url)
    """,
    """
    CREATE INDEX item_by_finding
    ON item (found_at)
    """,
    // The title alone is version 1; the full text, when it comes, the next. A page that is watched
    // for changes has a version for each of its texts.
    """
    CREATE TABLE item_version (
      item TEXT NOT NULL REFERENCES item (id),
      number INTEGER NOT NULL,
      basis TEXT NOT NULL,
      published_as TEXT NOT NULL,
      published_from INTEGER,
      published_to INTEGER,
      fingerprint TEXT,
      PRIMARY KEY (item, number)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE INDEX item_version_by_fingerprint
    ON item_version (fingerprint, item)
    WHERE fingerprint IS NOT NULL
    """,
    """
    CREATE TABLE item_text (
      item TEXT NOT NULL,
      version INTEGER NOT NULL,
      title TEXT NOT NULL,
      body TEXT NOT NULL,
      answer_unit TEXT,
      answer_body TEXT,
      answer_published_as TEXT,
      answer_published_from INTEGER,
      answer_published_to INTEGER,
      PRIMARY KEY (item, version),
      FOREIGN KEY (item, version) REFERENCES item_version (item, number)
    ) STRICT
    """,
    """
    CREATE TABLE sighting (
      address TEXT NOT NULL,
      feed TEXT NOT NULL REFERENCES feed (id),
      item TEXT NOT NULL REFERENCES item (id),
      url TEXT NOT NULL,
      relation TEXT NOT NULL,
      admission TEXT NOT NULL,
      seen_at INTEGER NOT NULL,
      seen_boot TEXT NOT NULL,
      seen_since_boot INTEGER NOT NULL,
      PRIMARY KEY (address, feed)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE INDEX sighting_by_item
    ON sighting (item, seen_at)
    """,
    """
    CREATE INDEX sighting_by_url
    ON sighting (url)
    """,
    """
    CREATE TABLE sighting_text (
      address TEXT NOT NULL,
      feed TEXT NOT NULL,
      title TEXT NOT NULL,
      PRIMARY KEY (address, feed),
      FOREIGN KEY (address, feed) REFERENCES sighting (address, feed)
    ) STRICT
    """,
  ]
}
