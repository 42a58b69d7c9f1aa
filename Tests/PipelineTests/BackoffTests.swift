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

  @Test(arguments: 1...60)
  func `never has a major notice wait for more than two minutes`(_ attempt: Int) {
    #expect(Backoff.wait(afterAttempt: attempt, grade: .major, jitter: 1) <= .minutes(2))
  }
}

@Suite struct `A bell` {
  @Test(.timeLimit(.minutes(5))) func `wakes who waits`() async {
    let bell = Bell()
    async let waiting: Void = bell.wait(upTo: .seconds(3600), on: ContinuousClock())
    bell.ring()
    await waiting
  }

  @Test(.timeLimit(.minutes(5))) func `is heard by who comes after it rang, once`() async {
    let bell = Bell()
    bell.ring()
    await bell.wait(upTo: .seconds(3600), on: ContinuousClock())
    let clock = ContinuousClock()
    let slept = await clock.measure { await bell.wait(upTo: .milliseconds(30), on: clock) }
    #expect(slept >= .milliseconds(30))
  }

  @Test(.timeLimit(.minutes(5))) func `lets go of a task that is cancelled`() async {
    let bell = Bell()
    let task = Task { await bell.wait(upTo: .seconds(3600), on: ContinuousClock()) }
    task.cancel()
    await task.value
  }
}
