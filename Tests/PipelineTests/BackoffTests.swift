import Pipeline
import TestSupport
import Testing
import Vocabulary

@Suite struct `Back-off` {
  @Test(
    arguments: [
      (1, Grade.major, Duration.seconds(5)), (2, .major, .seconds(10)), (5, .major, .seconds(80)),
      (6, .major, .minutes(2)), (60, .major, .minutes(2)), (6, .general, .seconds(160)),
      (9, .general, .minutes(10)), (9, nil, .minutes(10)),
    ] as [(Int, Grade?, Duration)])
  func `doubles up to a cap well below the window`(
    _ attempt: Int, _ grade: Grade?, _ wait: Duration
  ) {
    #expect(Backoff.wait(afterAttempt: attempt, grade: grade, jitter: 0.5) == wait)
  }

  @Test func `is spread by a tenth either way`() {
    #expect(Backoff.wait(afterAttempt: 1, grade: nil, jitter: 0) == .milliseconds(4500))
    #expect(Backoff.wait(afterAttempt: 1, grade: nil, jitter: 1) == .milliseconds(5500))
  }

  @Test func `ends with what is sent, with what failed, and after five days`() {
    func next(_ outcome: Receipt.Outcome, drafted age: Duration) -> WallTime? {
      let receipt = Receipt(outcome, reply: "", at: Sample.instant())
      return Backoff.nextTry(
        after: receipt, attempt: 1, grade: .general, draftedAt: Sample.monday - age, jitter: 0.5)
    }
    #expect(next(.sent, drafted: .zero) == nil)
    #expect(next(.failed, drafted: .zero) == nil)
    #expect(next(.deferred, drafted: .zero) == Sample.monday + .seconds(5))
    #expect(next(.deferred, drafted: .days(6)) == nil)
  }
}

@Suite struct `A bell` {
  @Test(.timeLimit(.minutes(1))) func `wakes who waits`() async {
    let bell = Bell()
    async let waiting: Void = bell.wait(upTo: .seconds(3600), on: ContinuousClock())
    bell.ring()
    await waiting
  }

  @Test(.timeLimit(.minutes(1))) func `is heard by who comes after it rang, once`() async {
    let bell = Bell()
    bell.ring()
    await bell.wait(upTo: .seconds(3600), on: ContinuousClock())
    let clock = ContinuousClock()
    let slept = await clock.measure { await bell.wait(upTo: .milliseconds(30), on: clock) }
    #expect(slept >= .milliseconds(30))
  }

  @Test(.timeLimit(.minutes(1))) func `lets go of a task that is cancelled`() async {
    let bell = Bell()
    let task = Task { await bell.wait(upTo: .seconds(3600), on: ContinuousClock()) }
    task.cancel()
    await task.value
  }
}
