internal import Foundation
internal import Synchronization
package import Vocabulary

/// Says calls by the channels of the office (通道呼叫), one line a channel.
///
/// Every outcome is a receipt, and `sent` is said only where the robot answered `errcode` 0 or the
/// command exited with 0. What a receipt quotes is on one line, bounded, and without the robot's secret.
package final class Caller: Sendable {
  private let limits: CallLimits
  private let now: @Sendable () -> Instant
  private let cut = Cut()
  private let lines = Mutex<[String: Line]>([:])

  /// A caller without a line yet; it lives through every generation of the set-up, so that no robot is
  /// told more in a minute than it takes.
  package init(limits: CallLimits = CallLimits(), now: @escaping @Sendable () -> Instant) {
    self.limits = limits
    self.now = now
  }

  /// Says what an envelope holds by a channel, or that the set-up has it no more; returns when its outcome
  /// is known.
  ///
  /// `mayBegin` is asked before the first byte leaves or the command starts, and at most once; where it
  /// says no nothing is said. `ended` is told what came of it, and this returns once it calls what it is
  /// given. Both are called on the line's own thread, which they may block.
  package func call(
    _ envelope: Envelope, by channel: Channel?, in language: Language,
    mayBegin: @escaping @Sendable (_ line: Int) -> Bool = { _ in true },
    ended: @escaping @Sendable (Receipt, _ goOn: @escaping @Sendable () -> Void) -> Void = { $1() }
  ) async -> Receipt {
    guard let call = try? JSONDecoder().decode(Call.self, from: Data(envelope.text.utf8)) else {
      return Receipt(
        .failed, reply: Phrase(zh: "提醒内容已不存在", en: "what was to be said is gone")[language],
        at: now())
    }
    guard let channel else {
      return Receipt(
        .failed, reply: Phrase(zh: "设置中已没有这个通道", en: "the set-up has no such channel")[language],
        at: now())
    }
    return await withCheckedContinuation { answer in
      line(of: channel).take(
        Errand(channel: channel, call: call, line: envelope.subject, mayBegin: mayBegin) { ending in
          let receipt = Receipt(
            ending.outcome, reply: ending.reply[language], code: ending.code,
            mayHaveBeenSent: ending.mayHaveBeenSent, at: self.now())
          ended(receipt) { answer.resume(returning: receipt) }
        })
    }
  }

  /// Takes no more calls; those under way have `limits.closing` to end by themselves.
  package func close() async {
    let all = lines.withLock { Array($0.values) }
    await withTaskGroup { group in
      group.addTask {
        await withDiscardingTaskGroup { closing in
          for line in all { closing.addTask { await line.close() } }
        }
      }
      group.addTask {
        try? await Task.sleep(for: self.limits.closing)
        self.cut.make()
      }
      await group.next()
      group.cancelAll()
    }
  }

  private func line(of channel: Channel) -> Line {
    lines.withLock { lines in
      let line = lines[channel.name] ?? Line(limits: limits, cut: cut, now: now)
      lines[channel.name] = line
      return line
    }
  }
}
