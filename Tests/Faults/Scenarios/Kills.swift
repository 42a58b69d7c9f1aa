import Synchronization
import TestSupport

// Item 1: kill -9 at each step that can be told apart from outside. Where the step is the network's,
// the sink kills; where it is the ledger's, the shim.

/// A step at which the program is killed (致死步骤).
private enum Step {
  /// What the sink sees.
  case sink(Sink.Moment)
  /// A step of the ledger's log, counted once a text has come in.
  case log(Fault.Points, after: String, times: ClosedRange<Int>, nth: ClosedRange<Int> = 1...1)
  /// When a text has come in.
  case received(String, times: ClosedRange<Int>)
  /// A step of making the ledger.
  case making(nth: ClosedRange<Int>)
  /// Any step that changes a file or makes it durable.
  case any(nth: ClosedRange<Int>)

  /// As the shim understands it, at a place drawn by chance; nothing for the sink's.
  func fault(_ chance: inout Chance) -> Fault {
    switch self {
    case .sink: return .none
    case .log(let points, let text, let times, let nth):
      return Fault(
        .kill, at: points, of: .log, nth: .random(in: nth, using: &chance), after: text,
        afterNth: .random(in: times, using: &chance))
    case .received(let text, let times):
      return Fault(
        .kill, at: .received, of: .network, after: text,
        afterNth: .random(in: times, using: &chance))
    case .making(let nth):
      return Fault(.kill, at: .changes, of: .making, nth: .random(in: nth, using: &chance))
    case .any(let nth):
      return Fault(.kill, at: .changes, of: .all, nth: .random(in: nth, using: &chance))
    }
  }

  /// The moment at which the sink kills.
  var moment: Sink.Moment? {
    if case .sink(let moment) = self { moment } else { nil }
  }
}

/// Counts from 1, on any thread.
private final class Count: Sendable {
  private let last = Atomic(0)

  func next() -> Int { last.add(1, ordering: .relaxed).newValue }
}

/// What only an article page has, what the server says to DATA, and what it says to the end of it.
private let (page, goOn, queued) = ("class=content", "354 go on", "queued as")

extension Scenario {
  /// kill -9 at every step.
  static let kills: [Scenario] = [
    kill("while the ledger is made", .making(nth: 1...60)),
    kill("listing fetched", .received("<ul>", times: 1...1)),
    kill("page fetched", .received(page, times: 1...4)),
    kill("page parsed, commit under way", .log(.write, after: page, times: 1...4, nth: 1...6)),
    kill("page's commit before its sync", .log(.sync, after: page, times: 1...4)),
    kill("page's commit after its sync", .log(.synced, after: page, times: 1...4)),
    kill("connected", .sink(.greeting)),
    kill("after EHLO", .sink(.hello)),
    kill("after MAIL", .sink(.sender)),
    kill("after RCPT", .sink(.recipient)),
    kill("after DATA", .sink(.data)),
    kill("asked for content, before the claim", .log(.sync, after: goOn, times: 1...4)),
    kill("claimed", .log(.synced, after: goOn, times: 1...4)),
    kill("content under way", .sink(.content)),
    kill("end of data, before 250", .sink(.end)),
    kill("after 250", .received(queued, times: 1...5)),
    kill("after 250, sent under way", .log(.write, after: queued, times: 1...4, nth: 1...3)),
    kill("after 250, before sent is synced", .log(.sync, after: queued, times: 1...4)),
    kill("sent", .log(.synced, after: queued, times: 1...4)),
    kill("any write or sync", .any(nth: 1...400)),
  ]

  private static func kill(_ name: String, _ step: Step) -> Scenario {
    Scenario(1, "kill: " + name, runs: 50) { turn in
      var chance = turn.chance
      // Connections are fewer than letters.
      let most = [.greeting, .hello].contains(step.moment) ? 2 : 4
      let nth = Int.random(in: 1...most, using: &chance)
      let victim = Victim()
      let seen = Count()
      let district = try await District(Post.mixture(), victim: victim) { moment, _ in
        guard moment == step.moment else { return nil }
        guard seen.next() == nth else { return nil }
        victim.kill()
        return .cut
      }
      let inquest = Inquest(district)
      let dead = try await district.fatalRound(step.fault(&chance))
      try inquest.see(the: dead)
      try await district.runToTheEnd()
      return try await inquest.close()
    }
  }
}
