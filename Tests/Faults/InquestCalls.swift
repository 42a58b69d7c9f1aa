import Foundation

// Calls: each major alert that speaks is said once by the second channel. One may be said once more,
// and never a third time, where the program or the answer was lost between claim and receipt, and the
// ledger shows it. Nothing but number, grade and unit is ever said.

extension Inquest {
  /// A channel has one call at a time.
  func seeCalls(_ left: Snapshot) {
    let open = left.calls.filter { $0.state == "sending" }
    for call in open { openAtDeath[call.notice, default: 0] += 1 }
    lose(unless: open.count <= 1, "\(open.count) calls were open at one time")
  }

  /// Compares what the ledger has with what was heard.
  func examineCalls(_ end: Snapshot) {
    guard let heard = district.heard else {
      return forbid(unless: end.calls.isEmpty, "\(end.calls.count) calls without a channel")
    }
    let times = Dictionary(grouping: heard, by: \.self).mapValues(\.count)
    for call in end.calls where !call.isWithdrawn { examine(call, times[call.line] ?? 0) }
    let known = Set(end.calls.map(\.line))
    for line in times.keys where !known.contains(line) {
      findings.forbidden.append("“\(line)” was said and the ledger does not know it")
    }
    for post in district.posts where post.speaks && post.matter == .gas && post.repeats == nil {
      let alerts = end.alertsByPath[post.path] ?? []
      let calls = end.calls.filter { call in
        call.alert.map(alerts.contains) ?? false && !call.isWithdrawn
          && call.notice.contains(/\/call\/\d+$/)
      }
      lose(unless: !calls.isEmpty, "\(post.path) is said by no channel")
      forbid(unless: calls.count <= 1, "\(post.path) has \(calls.count) calls")
    }
    for word in ["/t/", "幸福路", "燃气泄漏", "@"] {
      forbid(unless: !heard.contains { $0.contains(word) }, "“\(word)” was said")
    }
  }

  private func examine(_ call: Snapshot.EnvelopeFacts, _ times: Int) {
    forbid(unless: times <= 2, "\(call.notice) was said \(times) times")
    let more = max(0, times - 1)
    let may = max(openAtDeath[call.notice] ?? 0, call.doubts)
    forbid(unless: more <= may, "\(call.notice) was said \(times) times and may be \(may + 1)")
    forbid(unless: more == 0 || call.isDoubtful, "\(call.notice) was said twice and not shown so")
    findings.allowed += more
    guard refused.contains(call.recipient) || isGivenUp(call, times) else {
      lose(unless: call.state == "sent", "\(call.notice) is \(call.state)")
      return lose(unless: times > 0, "\(call.notice) was never said")
    }
    lose(unless: call.state == "failed", "\(call.notice) is \(call.state)")
    guard refused.contains(call.recipient) else { return }
    forbid(unless: times == 0, "\(call.notice) was said though it was refused")
  }

  /// Twice in doubt, it is not said again, whether or not it arrived.
  private func isGivenUp(_ call: Snapshot.EnvelopeFacts, _ times: Int) -> Bool {
    call.state == "failed" && call.doubts >= 2 && times > 0
  }
}
