package import Storage
package import Vocabulary

/// How a window was used, as a pure stage reckons it: facts, the pace of the feed, now (时限核算).
package typealias Reckoning = @Sendable (WindowFacts, Duration?, Instant) -> WindowUse

extension Storage.Reading {
  /// The digest of a period as things are known now, with the names of an office's feeds.
  package func digest(
    of period: Digest.Period, for setup: Setup, at now: Instant, reckon: Reckoning
  ) throws -> Digest {
    let zone = setup.office.zone
    let monthly = setup.digests.monthly?.day
    var digest = try digest(
      period, before: period.before(in: zone, monthly: monthly),
      weekAgo: period.rhythm == .daily ? period.weekAgo(in: zone) : nil,
      feedNames: Dictionary(
        setup.feeds.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first }),
      language: setup.office.language)
    let ours = try standstills(from: period.from, to: period.to, setup, now.wall)
    digest.blindSpots = (ours + digest.blindSpots).sorted { $0.from < $1.from }
    digest.feedsUnread = try feedsUnread(in: period, setup)
    digest.late = try late(in: period, setup, at: now, reckon)
    digest.course = try period.stretches(in: zone).map { stretch in
      try self.stretch(from: stretch.from, to: stretch.to, setup, now.wall)
    }
    return digest
  }

  /// What of a span nothing was watched in, beside the blind spots that are written down.
  private func standstills(
    from: WallTime, to: WallTime, _ setup: Setup, _ now: WallTime
  ) throws -> [Digest.BlindSpot] {
    let spots = [
      try beforeService(from, to, setup), try sinceLastSeen(from, to, setup, now),
    ]
    return spots.compactMap(\.self)
  }

  /// What of a span lies before the office's first daemon: nobody looked then.
  private func beforeService(
    _ from: WallTime, _ to: WallTime, _ setup: Setup
  ) throws -> Digest.BlindSpot? {
    guard let began = try firstBegan(), began > from else { return nil }
    let reason = Phrase(zh: "本系统尚未启用", en: "Huiyin was not in service yet")
    return Digest.BlindSpot(
      feedName: nil, from: from, to: min(began, to), reason: reason[setup.office.language])
  }

  /// What of a span lies after the last daemon's last sign of life: a blind spot that the next one
  /// will write down, unless it is no longer than what a feed is allowed.
  private func sinceLastSeen(
    _ from: WallTime, _ to: WallTime, _ setup: Setup, _ now: WallTime
  ) throws -> Digest.BlindSpot? {
    let end = min(to, now)
    guard let alive = try lastAlive()?.at.wall, end - alive > setup.office.windows.major else {
      return nil
    }
    let reason = Phrase(zh: "本系统停止运行", en: "Huiyin was not running")
    return Digest.BlindSpot(
      feedName: nil, from: max(alive, from), to: end < now ? end : nil,
      reason: reason[setup.office.language])
  }

  /// Feeds of the set-up that could have been read in a period and were not once.
  private func feedsUnread(in period: Digest.Period, _ setup: Setup) throws -> [String] {
    guard let began = try firstBegan(), began < period.to else { return [] }
    let read = try feedsRead(from: period.from, to: period.to)
    return try setup.feeds.filter { feed in
      guard feed.isPolled, feed.every <= period.to - period.from, !read.contains(feed.id) else {
        return false
      }
      // One that was added later is not missing here.
      guard let first = try feedState(feed.id)?.firstReadAt?.wall else { return true }
      return first < period.to
    }.map(\.name).sorted()
  }
}

extension Storage.Reading {
  /// As many are named.
  private static let mostLate = 20

  /// The windows of a period that were not kept, the gravest and longest first, each with what took
  /// its time.
  private func late(
    in period: Digest.Period, _ setup: Setup, at now: Instant, _ reckon: Reckoning
  ) throws -> [Digest.Late] {
    let late = try windows(from: period.from, to: period.to).filter(\.isLate)
      .map { (window: $0, by: ($0.toldAt ?? now.steady) - $0.startedAt - $0.window) }
      .sorted {
        $0.window.grade != $1.window.grade ? $0.window.grade > $1.window.grade : $0.by > $1.by
      }
    return try late.prefix(Reading.mostLate).compactMap { window, by in
      guard var line = try digestLine(of: window.alert) else { return nil }
      line.grade = window.grade
      line.feedName = setup.feeds.first { $0.id.rawValue == line.feedName }?.name ?? line.feedName
      let delays = window.isCurrent ? try delays(of: window.alert, setup, at: now, reckon) : []
      return Digest.Late(line, by: by, isTold: window.toldAt != nil, delays: delays)
    }
  }

  private func delays(
    of id: Alert.ID, _ setup: Setup, at now: Instant, _ reckon: Reckoning
  ) throws -> [WindowUse.Delay] {
    guard let row = try alert(id) else { return [] }
    let every = setup.feeds.first { $0.id == row.feed }?.every
    return reckon(try windowFacts(of: row, at: now), every, now).delaysWorthAWord
  }

  /// How many alerts a stretch brought, and whether it could be seen.
  private func stretch(
    from: WallTime, to: WallTime, _ setup: Setup, _ now: WallTime
  ) throws -> Digest.Stretch {
    let counts = try digestCounts(from: from, to: to).byGrade
    let spots = try blindSpots(from: from, to: to, language: setup.office.language)
    let ours =
      try standstills(from: from, to: to, setup, now).map { ($0.from, $0.to) }
      + spots.filter { $0.feed == nil }.map { ($0.from, $0.to) }
    let blind = ours.map { max(.zero, min(to, $0.1 ?? to) - max(from, $0.0)) }
      .reduce(.zero, +)
    return Digest.Stretch(
      from: from, to: to, raised: counts.filter { $0.key != .none }.values.reduce(0, +),
      major: counts[.major] ?? 0, blind: min(blind, to - from),
      blindFeeds: Set(spots.compactMap(\.feed)).count)
  }
}
