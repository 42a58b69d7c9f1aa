import Logging
import ServiceLifecycle
import Storage
import Vocabulary

/// Reminds whoever is next when nothing is heard of an alert (催办), step by step along the chain
/// that was fixed when it spoke.
///
/// A step ends in the transaction that writes its reminder, so that neither a kill nor a second
/// look takes it twice. Steps of one alert that passed together, as in an outage, are taken
/// together: one mail a recipient.
package struct Reminders: Service {
  /// The longest it sleeps: an acknowledgement or a new alert is written by others.
  private static let longestSleep = Duration.seconds(5)
  /// How many alerts are taken at one time.
  private static let atOnce = 64
  /// What was said so long ago, and came due more than an hour ago, wakes nobody any more.
  private static let age = Duration.hours(24)
  private static let delay = Duration.hours(1)

  private let surroundings: Surroundings

  /// The reminders of the set-up in force.
  package init(_ surroundings: Surroundings) {
    self.surroundings = surroundings
  }

  /// Reminds until the daemon is told to stop.
  package func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        surroundings.soundness.turn(.reminders, at: surroundings.now())
        await once()
        try? await surroundings.clock.sleep(for: await untilNext())
      }
    }
  }

  /// Takes every step that has come due.
  package func once() async {
    let now = surroundings.now()
    do {
      while true {
        let due = try await surroundings.ledger.read {
          try $0.alertsWithDueRungs(at: now.steady, limit: Reminders.atOnce)
        }
        var taken = 0
        for alert in due where await take(alert, at: now) { taken += 1 }
        // What could not be taken stays due, and must not be asked for again at once.
        guard taken == Reminders.atOnce, !Task.isCancelled else { return }
      }
    } catch {
      surroundings.log.critical("ledger not readable", metadata: ["reason": "\(error)"])
    }
  }

  private func untilNext() async -> Duration {
    let next = try? await surroundings.ledger.read { try $0.nextRungAt() }
    guard let next = next.flatMap(\.self) else { return Reminders.longestSleep }
    let wait = next - surroundings.now().steady
    return wait > .zero ? min(wait, Reminders.longestSleep) : .seconds(1)
  }

  /// Takes the steps of one alert that have come due; false where they could not be written.
  private func take(_ id: Alert.ID, at now: Instant) async -> Bool {
    do {
      try await remind(of: id, at: now)
      return true
    } catch {
      surroundings.log.critical(
        "reminder not written", metadata: ["alert": "\(id)", "reason": "\(error)"])
      return false
    }
  }

  private func remind(of id: Alert.ID, at now: Instant) async throws {
    let generation = surroundings.inForce.current
    let count = try await surroundings.ledger.write { ledger in
      guard let row = try ledger.alert(id) else { return 0 }
      let due = row.rungs.filter { $0.end == nil && $0.rung.dueAt.steady <= now.steady }
      let old = due.filter { isOld($0, at: now) }
      try ledger.end(old.map(\.rung), of: id, .old, at: now)
      let rungs = due.filter { !isOld($0, at: now) }.map(\.rung)
      guard !rungs.isEmpty else { return 0 }
      let notices = generation.steps.draft(.reminder(row.reminder(rungs, generation, at: now)))
      try ledger.end(rungs, of: id, notices.isEmpty ? .nobody : .sent, at: now)
      let postbox = Postbox(steps: generation.steps)
      for notice in notices { try postbox.put(notice, at: now, in: ledger) }
      return notices.count
    }
    guard count > 0 else { return }
    surroundings.log.notice(
      "nothing heard, reminded", metadata: ["alert": "\(id)", "notices": "\(count)"])
    surroundings.noticesCame.ring()
  }

  /// One that waited for duty hours comes due late and is not old.
  private func isOld(_ row: RungRow, at now: Instant) -> Bool {
    now.elapsed(since: row.plannedAt) > Reminders.age
      && now.elapsed(since: row.rung.dueAt) > Reminders.delay
  }
}

extension AlertRow {
  /// An alert that stands, with all that is written on its papers.
  func papers(_ generation: Generation) -> AlertCase {
    let feed = generation.feeds[self.feed]
    return AlertCase(
      alert: alert, item: item, verdict: verdict, feedName: feed?.name ?? item.feed.rawValue,
      isBoard: feed?.carriesMessages ?? false, feedback: feedback, spread: spread,
      acknowledged: acknowledgements, isRegraded: isRegraded)
  }

  /// The reminder of steps that have come due.
  fileprivate func reminder(
    _ due: [Rung], _ generation: Generation, at now: Instant
  ) -> Reminder {
    let waiting = rungs.filter { $0.end == nil }.map(\.rung)
    return Reminder(
      papers(generation), rungs: due, told: told,
      next: waiting.first { $0.dueAt.steady > now.steady && $0.purpose == .acknowledgement },
      at: now)
  }

  /// Its notices, in the order of drafting.
  private var told: [Reminder.Told] {
    let audiences = Dictionary(
      rungs.map { (Reminder.noticeID(id, $0.rung.number), $0.rung.audience) },
      uniquingKeysWith: { first, _ in first })
    var ids: [Notice.ID] = []
    for notice in notices where !ids.contains(notice.notice) { ids.append(notice.notice) }
    return ids.compactMap { id in
      let envelopes = notices.filter { $0.notice == id }
      guard let first = envelopes.first else { return nil }
      let sent = envelopes.compactMap(\.sentAt)
      return Reminder.Told(
        first.kind, to: first.part, audience: audiences[id], addresses: envelopes.count,
        sentAt: sent.count == envelopes.count ? sent.max() : nil)
    }
  }
}
