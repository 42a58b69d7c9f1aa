import Pipeline
import Synchronization
import Vocabulary

/// What the verbs did, as an officer can read it.
final class Course: Sendable {
  /// What is told, in this order within a round: pages and mails come and go side by side, and a
  /// walk must come out the same each time.
  enum Chapter: Int, Comparable {
    case page, missed, item, answer, mail

    static func < (left: Chapter, right: Chapter) -> Bool { left.rawValue < right.rawValue }
  }

  private struct Line {
    var chapter: Chapter
    var text: String
  }

  private let told = Mutex<[String]>([])
  private let round = Mutex<[Line]>([])
  private let judged = Mutex<[Item]>([])

  /// What was judged so far, each item once.
  var items: [Item] { judged.withLock { $0 } }

  var text: String { told.withLock { $0.joined(separator: "\n") + "\n" } }

  /// Tells something at once.
  func say(_ line: String) {
    told.withLock { $0.append(line) }
  }

  /// Tells what happened in a round: items as they came, the rest by its text.
  func endRound() {
    let lines = round.withLock { round in
      defer { round = [] }
      return round
    }
    for chapter in [Chapter.page, .missed, .item, .answer, .mail] {
      let texts = lines.filter { $0.chapter == chapter }.map(\.text)
      told.withLock { $0 += chapter == .item ? texts : texts.sorted() }
    }
  }

  func note(_ chapter: Chapter, _ text: String) {
    round.withLock { $0.append(Line(chapter: chapter, text: text)) }
  }

  /// The same steps, each saying what it did.
  func watched(_ steps: Steps, zone: OfficeZone) -> Steps {
    var watched = steps
    watched.extract = { [self] page, feed throws(Miss) in
      let extract = try steps.extract(page, feed)
      note(.page, "  page \(page.requestedURL) [\(extract.charset)]")
      return extract
    }
    watched.fetch = { [self] request throws(Miss) in
      do throws(Miss) {
        return try await steps.fetch(request)
      } catch {
        note(.missed, "  missed \(request.url): \(error.cause.rawValue)")
        throw error
      }
    }
    watched.judge = { [self] item, feed in
      let verdict = steps.judge(item, feed)
      judged.withLock { judged in
        if !judged.contains(where: { $0.id == item.id }) { judged.append(item) }
      }
      note(.item, described(item, zone))
      note(.item, described(verdict))
      return verdict
    }
    watched.raise = { [self] verdict, admission, precedents, spread, seenAt in
      let decision = steps.raise(verdict, admission, precedents, spread, seenAt)
      note(.item, "    \(described(decision, zone))")
      return decision
    }
    watched.leave = { [self] grade, deadline, mayBeHeld, now in
      let leaving = steps.leave(grade, deadline, mayBeHeld, now)
      if let leaving {
        note(.item, "    leaves \(shown(leaving.at, zone)): \(leaving.reason.rawValue)")
      }
      return leaving
    }
    watched.deliver = { [self] envelope, mayBegin in
      let receipt = await steps.deliver(envelope, mayBegin)
      note(.mail, "  mail \(envelope.recipient.address): \(envelope.subject)")
      return receipt
    }
    return watched
  }

  private func described(_ item: Item, _ zone: OfficeZone) -> String {
    var lines = ["  item \(item.title)", "    at \(item.url)"]
    if item.basis == .titleOnly { lines.append("    (its page has not come)") }
    switch item.published {
    case .absent: lines.append("    no date")
    case .unreadable: lines.append("    a date that nobody can read")
    case .day(let from, _): lines.append("    published on \(zone.rfc3339(from).prefix(10))")
    case .moment(let time): lines.append("    published \(zone.rfc3339(time).prefix(16))")
    }
    lines += item.body.split(separator: "\n").map { "    | \($0)" }
    if let answer = item.answer {
      lines.append("    answered by \(answer.unit ?? "?"): \(answer.body)")
    }
    return lines.joined(separator: "\n")
  }

  private func described(_ verdict: Verdict) -> String {
    var lines = [
      "    verdict \(verdict.grade.rawValue), \(verdict.topic?.rawValue ?? "no topic"), "
        + "\(verdict.kind.rawValue), \(verdict.unit?.rawValue ?? "no unit")"
        + verdict.assist.map { ", with \($0)" }.joined()
        + described(verdict.ground, verdict.place)
    ]
    lines += verdict.evidence.map {
      "      \($0.keyword) in \($0.field.rawValue) \($0.start)-\($0.end): \($0.ruleName), "
        + $0.grade.rawValue
    }
    lines += verdict.nearMisses.map {
      let missing = $0.missing.joined(separator: " ")
      let excluded = $0.excludedBy.joined(separator: " ")
      return "      near miss \($0.rule)\(missing.isEmpty ? "" : ", missing \(missing)")"
        + (excluded.isEmpty ? "" : ", excluded by \(excluded)")
    }
    return lines.joined(separator: "\n")
  }

  private func described(_ ground: Ground, _ place: String?) -> String {
    switch ground {
    case .ours: ""
    case .another: ", not ours" + (place.map { " but \($0)" } ?? "")
    case .unknown: ", place unknown"
    case .above: ", for those above"
    }
  }

  private func described(_ decision: Decision, _ zone: OfficeZone) -> String {
    switch decision {
    case .raise(let grade, let audience, let deadline):
      "raise \(grade.rawValue) for \(described(audience)), due \(due(deadline, zone))"
    case .update(let alert, let grade, let audience, let deadline, let reason):
      "\(reason.rawValue) \(alert) to \(grade.rawValue) for \(described(audience)), "
        + "due \(due(deadline, zone))"
    case .merge(let alert, let reason): "merge into \(alert): \(reason.rawValue)"
    case .file(let reason): "file: \(reason.rawValue)"
    }
  }

  private func described(_ audience: Alert.Audience) -> String {
    switch audience {
    case .unit(let unit): unit.rawValue
    case .officers(let why): "the officers alone (\(why.rawValue))"
    case .supervision: "the supervising office alone"
    }
  }

  private func due(_ deadline: Deadline, _ zone: OfficeZone) -> String {
    shown(deadline.dueAt, zone)
  }

  private func shown(_ time: WallTime, _ zone: OfficeZone) -> String {
    String(zone.rfc3339(time).dropFirst(5).prefix(11))
  }
}
