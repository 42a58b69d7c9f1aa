import Alerting
import Drafting
import Pipeline
import Storage
import Vocabulary

/// Which digest somebody at the terminal means (哪一期).
struct DigestChoice {
  let rhythm: Digest.Rhythm
  /// The day it leaves; nil for the latest.
  let day: Day?
  let books: Books
  let now: WallTime

  /// The period as its digest has it, else as the calendar would.
  func period() async throws -> Digest.Period {
    let drafted = try await drafted()
    let wanted = wanted
    return try await books.ledger.read { ledger in try drafted ?? ledger.joined(wanted) }
  }

  /// The same, of a digest that may leave: its period has ended, lest the half of it stand for all,
  /// and the calendar has one on that day.
  func periodToSend() async throws -> Digest.Period {
    let period = try await period()
    guard period.to <= now else { throw Ending.no(early(period.to)[books.language]) }
    guard let regular = calendar.latest(rhythm, by: period.to), regular.to != period.to,
      try await drafted() == nil
    else { return period }
    throw Ending.no(astray(regular.to)[books.language])
  }

  private var calendar: DigestCalendar {
    DigestCalendar(hours: books.setup.digests, zone: books.zone)
  }

  private var wanted: Digest.Period {
    if let day { return calendar.period(rhythm, on: day.civil) }
    return calendar.latest(rhythm, by: now) ?? endedLast
  }

  /// Of a rhythm that the set-up leaves out: what would have left this morning, or before its hour
  /// the morning before.
  private var endedLast: Digest.Period {
    let today = books.zone.civil(now)
    let period = calendar.period(rhythm, on: today)
    return period.to <= now ? period : calendar.period(rhythm, on: today.adding(days: -1))
  }

  /// The digest that left on the day, whatever the hours were then.
  private func drafted() async throws -> Digest.Period? {
    guard let day else { return nil }
    let midnight = books.zone.wallTime(day.civil)
    let last = books.zone.wallTime(day.civil.adding(days: 1)) - .milliseconds(1)
    return try await books.ledger.read { [rhythm] ledger in
      try ledger.draftedPeriod(rhythm, endingFrom: midnight, to: last)
    }
  }

  private func early(_ end: WallTime) -> Phrase {
    let end = books.zone.rfc3339(end).prefix(16).replacing("T", with: " ")
    return Phrase(
      zh: "本期到 \(end) 才结束，届时才能发送；去掉 --send 可以先看",
      en: "this period ends at \(end) and is sent then; without --send it is shown")
  }

  private func astray(_ before: WallTime) -> Phrase {
    let before = books.zone.rfc3339(before).prefix(10)
    return Phrase(
      zh: "按设置那一天不发\(rhythm.name.zh)，此前一期在 \(before) 发出",
      en: "by the set-up no \(rhythm.name.en) digest leaves on that day; the one before: \(before)"
    )
  }
}
