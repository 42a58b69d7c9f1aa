import Synchronization
package import Vocabulary

/// A set-up in force and the steps made for it (当前设置).
package struct Generation: Sendable {
  package var setup: Setup
  package var steps: Steps
  /// Every feed of the set-up by id, those that are switched off among them.
  package let feeds: [Feed.ID: Feed]

  /// A set-up and its steps.
  package init(setup: Setup, steps: Steps) {
    self.setup = setup
    self.steps = steps
    self.feeds = Dictionary(
      setup.feeds.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }
}

/// The generation in force, replaced as a whole on reload.
package final class InForce: Sendable {
  private let generation: Mutex<Generation>

  /// The first generation.
  package init(_ generation: Generation) {
    self.generation = Mutex(generation)
  }

  /// The generation now in force; hold on to it for the length of one step.
  package var current: Generation {
    generation.withLock { $0 }
  }

  /// Puts a new generation in force.
  package func adopt(_ new: Generation) {
    generation.withLock { $0 = new }
  }
}
