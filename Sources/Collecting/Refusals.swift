/// What was given and not taken (未收下的信), to be given again.
struct Refusals<ID: Hashable & Sendable>: Sendable {
  /// More than so many are not waited for: whoever takes none of them will not.
  private static var most: Int { 1000 }

  private(set) var waiting: [ID] = []
  private var inARow = 0

  /// Whether so many in a row were refused that the rest had better wait.
  func isEnough(for limits: CollectingLimits) -> Bool { inARow >= limits.refusals }

  /// A reading begins; those that wait are given at its end.
  mutating func begin() -> [ID] {
    inARow = 0
    defer { waiting = [] }
    return waiting
  }

  /// What became of one.
  mutating func note(_ id: ID, isTaken: Bool) {
    inARow = isTaken ? 0 : inARow + 1
    if !isTaken, waiting.count < Refusals.most { waiting.append(id) }
  }

  /// One that was not even given.
  mutating func keep(_ ids: some Sequence<ID>) {
    waiting += ids.filter { !waiting.contains($0) }.prefix(max(0, Refusals.most - waiting.count))
  }
}
