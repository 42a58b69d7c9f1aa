extension Schema {
  /// Feeds and how their watching stands. A poll without news only updates rows here.
  static let feeds = [
    """
    CREATE TABLE feed (
      id TEXT NOT NULL PRIMARY KEY
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE feed_state (
      feed TEXT NOT NULL PRIMARY KEY REFERENCES feed (id),
      url TEXT NOT NULL,
      first_read_at INTEGER,
      first_read_boot TEXT,
      first_read_since_boot INTEGER,
      last_polled_at INTEGER,
      next_poll_at INTEGER NOT NULL,
      last_success_at INTEGER,
      miss_cause TEXT,
      miss_zh TEXT,
      miss_en TEXT,
      missed_at INTEGER,
      misses INTEGER NOT NULL,
      blind_since INTEGER,
      reported_blind INTEGER NOT NULL,
      reported_with_line INTEGER NOT NULL,
      etag TEXT,
      last_modified TEXT,
      digest TEXT,
      last_item_count INTEGER,
      owed TEXT,
      charset TEXT,
      past TEXT
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE poll_hour (
      feed TEXT NOT NULL REFERENCES feed (id),
      hour_at INTEGER NOT NULL,
      successes INTEGER NOT NULL,
      misses INTEGER NOT NULL,
      PRIMARY KEY (feed, hour_at)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE INDEX poll_hour_by_hour
    ON poll_hour (hour_at, feed)
    """,
    """
    CREATE TABLE blind_spot (
      feed TEXT REFERENCES feed (id),
      from_at INTEGER NOT NULL,
      to_at INTEGER,
      reason_zh TEXT NOT NULL,
      reason_en TEXT NOT NULL
    ) STRICT
    """,
    // One span without sight a feed; the empty name stands for the daemon itself.
    """
    CREATE UNIQUE INDEX blind_spot_that_lasts
    ON blind_spot (COALESCE(feed, ''))
    WHERE to_at IS NULL
    """,
    """
    CREATE INDEX blind_spot_by_end
    ON blind_spot (to_at)
    """,
  ]
}
