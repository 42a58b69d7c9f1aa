/// How an alert used its window (时限使用): each step with its share, and what took the time.
package struct WindowUse: Sendable, Hashable {
  /// What was done.
  package enum Work: Sendable, Hashable {
    case found
    /// An officer gave it to another unit or another grade, and the window began anew (改派、调级).
    case directed
    case judged
    case raised
    /// A mail server accepted it for a recipient, or has not yet.
    case letter(MailAddress, EnvelopeState)
    case acknowledged(byUnit: Bool, phoned: Bool)
  }

  /// One step on the way.
  package struct Step: Sendable, Hashable {
    package var work: Work
    /// Nil while it is still to be done.
    package var at: WallTime?
    /// Since the step it follows.
    package var took: Duration
    /// Since the window began; up to now where it is still to be done.
    package var used: Duration
    /// Whether the machine was booted in between, so that only the wall clock could say how long it
    /// was.
    package var isUncertain: Bool

    /// A step and its time.
    package init(
      _ work: Work, at: WallTime?, took: Duration, used: Duration, isUncertain: Bool
    ) {
      self.work = work
      self.at = at
      self.took = took
      self.used = used
      self.isUncertain = isUncertain
    }
  }

  /// What took the time (用时原因).
  package enum Cause: Sendable, Hashable {
    /// Before it was found: the feed could not be read.
    case feedBlind(Phrase)
    /// Before it was found: it is older than the feed's first reading.
    case firstReading
    /// Before it was found: the feed was read at its pace, and showed it late.
    case feedSlow
    /// Huiyin was not running.
    case daemonDown
    /// The item's own page did not come, and then it had to be judged and written down.
    case awaitedText
    /// It waited for the office's hour.
    case hour(LeavingTime)
    /// It waited for its turn to be sent.
    case queue
    /// The mail server refused it for the time being, so often, with this reply last.
    case refused(reply: String, times: Int)
    /// The mail server could not be reached or did not answer, so often, for this reason last.
    case unanswered(reply: String, times: Int)
    /// It failed for good, for this reason.
    case failed(reply: String)
    /// The mail server was slow to accept it.
    case slowServer
    /// There is nobody it was made out to.
    case nobody

    /// The word for other programs.
    package var word: String {
      switch self {
      case .feedBlind: "feedBlind"
      case .firstReading: "firstReading"
      case .feedSlow: "feedSlow"
      case .daemonDown: "daemonDown"
      case .awaitedText: "awaitedText"
      case .hour: "hour"
      case .queue: "queue"
      case .refused: "serverRefused"
      case .unanswered: "serverUnanswered"
      case .failed: "failed"
      case .slowServer: "serverSlow"
      case .nobody: "nobody"
      }
    }
  }

  /// A cause and how long it held things up.
  package struct Delay: Sendable, Hashable {
    package var cause: Cause
    package var span: Duration

    /// So much time for one cause.
    package init(_ cause: Cause, _ span: Duration) {
      self.cause = cause
      self.span = span
    }
  }

  package var deadline: Deadline
  /// By the page's own word; nil where it names no moment.
  package var publishedAt: WallTime?
  /// From publication to finding, by the page's own word; it counts for no window. Nil where the
  /// page names no moment.
  package var beforeFinding: Duration?
  package var steps: [Step]
  /// How long it took until everybody had it to whom the window is owed, or has taken until now.
  package var used: Duration
  /// Whether everybody has it to whom the window is owed.
  package var isTold: Bool
  /// Whether it was closed before that.
  package var isClosed: Bool
  package var isUncertain: Bool
  /// What took the time before it was found, the longest first.
  package var delaysBefore: [Delay]
  /// What took the window's time, the longest first.
  package var delays: [Delay]

  /// The use of a window.
  package init(
    deadline: Deadline, publishedAt: WallTime?, beforeFinding: Duration?, steps: [Step],
    used: Duration, isTold: Bool, isClosed: Bool, isUncertain: Bool, delaysBefore: [Delay],
    delays: [Delay]
  ) {
    self.deadline = deadline
    self.publishedAt = publishedAt
    self.beforeFinding = beforeFinding
    self.steps = steps
    self.used = used
    self.isTold = isTold
    self.isClosed = isClosed
    self.isUncertain = isUncertain
    self.delaysBefore = delaysBefore
    self.delays = delays
  }

  /// By how much the window was passed; nil where it was kept or still runs.
  package var lateBy: Duration? {
    used > deadline.window ? used - deadline.window : nil
  }

  /// What came of the window.
  package enum Outcome: Sendable, Hashable {
    /// Everybody had it in time to whom the window is owed.
    case kept
    /// They had it late by so much.
    case late(Duration)
    /// They do not have it yet, and the window has passed by so much.
    case overdue(Duration)
    /// They do not have it yet, and the window still runs.
    case running
    /// It was closed before they had it.
    case closed
  }

  /// What came of the window, as far as can be said yet.
  package var outcome: Outcome {
    switch (isClosed, isTold, lateBy) {
    case (true, _, _): .closed
    case (false, true, nil): .kept
    case (false, true, let late?): .late(late)
    case (false, false, let late?): .overdue(late)
    case (false, false, nil): .running
    }
  }

  /// What took so much of the window that it is worth a word.
  package var delaysWorthAWord: [Delay] {
    delays.filter { share($0.span) >= (lateBy == nil ? 0.1 : 0.01) }
  }

  /// How much of the window a span is, 1 for all of it.
  package func share(_ span: Duration) -> Double {
    Double(span.inMilliseconds) / Double(max(1, deadline.window.inMilliseconds))
  }
}
