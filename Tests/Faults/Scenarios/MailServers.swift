import Synchronization
import TestSupport

// Item 17: mail servers that take some letters and not others, that shut down, count connections, or
// greet strangers with "later".

extension Scenario {
  /// What a mail server does by its own rules.
  static let choosyServers: [Scenario] = [
    Scenario(17, "a batch refused for one of its recipients", runs: 5, isSlow: true) { _ in
      let address = "hbj@unit.example"
      let posts = (1...6).map { Post($0, .noise) } + Post.mixture(from: 10)
      let district = try await District(
        posts,
        cues: { cue in
          cue.moment == .recipient && cue.recipient == address ? .say("550 5.1.1 unknown") : nil
        })
      let inquest = Inquest(district)
      inquest.refused = [address]
      let findings = try await finish(district, inquest, try district.start())
      let end = try Snapshot(of: district)
      try end.expectRefused(address, code: 550)
      guard end.envelopes.contains(where: { $0.isCarried && $0.recipient != address }) else {
        throw Broken("nothing was gathered")
      }
      return findings
    },
    Scenario(17, "some recipients put off", runs: 5, isSlow: true) { _ in
      let put: Set = ["swj@unit.example", "hbj@unit.example"]
      let reluctance = Reluctance { cue in
        cue.moment == .recipient && put.contains(cue.recipient) ? .say("450 4.2.1 busy") : nil
      }
      let district = try await District(Post.mixture(), cues: reluctance.cues)
      let inquest = Inquest(district)
      let program = try district.start()
      try await district.patiently {
        guard let now = try? Snapshot(beside: district) else { return false }
        return now.knows(district.posts) && now.openLeads == 0
          && now.envelopes.allSatisfy { mail in
            mail.state == (put.contains(mail.recipient) ? "deferred" : "sent") || mail.isCarried
          }
      }
      reluctance.end()
      let findings = try await finish(district, inquest, program)
      let end = try Snapshot(of: district)
      try end.expectBackoff()
      guard Set(end.putOff.map(\.recipient)) == put else { throw Broken("\(end.putOff)") }
      try end.expectEach(end.putOff, code: 450, saying: "4.2.1 busy", mayHaveBeenSent: false)
      return findings
    },
    Scenario(17, "421 to whoever comes", runs: 5, isSlow: true) { _ in
      let waiting = try await Waiting(
        Reluctance(.sayAndCut("421 4.3.2 shutting down"), at: .sender))
      let (findings, end) = try await relent(waiting)
      try end.expectPutOff(code: 421, saying: "421 4.3.2 shutting down")
      try end.expectBackoff()
      return findings
    },
    Scenario(17, "421 on a connection that was kept", runs: 5, isSlow: true) { _ in
      let used = Mutex<Set<Int>>([])
      let district = try await District(
        Post.mixture(),
        cues: { cue in
          if cue.moment == .end { used.withLock { _ = $0.insert(cue.connection) } }
          let isSecond = cue.moment == .sender && used.withLock { $0.contains(cue.connection) }
          return isSecond ? .sayAndCut("421 4.3.2 shutting down") : nil
        })
      let inquest = Inquest(district)
      let findings = try await finish(district, inquest, try district.start())
      // A new connection is tried at once: nothing of it was the letter's fault.
      let end = try Snapshot(of: district)
      guard end.putOff.isEmpty else { throw Broken("put off: \(end.putOff)") }
      return findings
    },
    Scenario(17, "two connections at most", runs: 5, isSlow: true) { _ in
      let district = try await District(
        Post.gas(1...6) + Post.mixture(from: 10),
        cues: { cue in
          cue.moment == .greeting && cue.open > 2 ? .sayAndCut("421 4.7.0 too many") : nil
        })
      let inquest = Inquest(district)
      // What two idle connections keep out waits until they are closed.
      let findings = try await finish(district, inquest, try district.start())
      let end = try Snapshot(of: district)
      try end.expectEach(end.putOff, code: 421, saying: "too many", mayHaveBeenSent: false)
      return findings
    },
    Scenario(17, "greylisted for five minutes", runs: 5, isSlow: true) { _ in
      let waiting = try await Waiting(
        Reluctance(.say("450 4.2.0 greylisted, come again in 300 s"), at: .recipient))
      waiting.district.board.shift(wall: .seconds(300), boot: .seconds(300))
      let (findings, end) = try await relent(waiting, byLine: true)
      try end.expectPutOff(code: 450, saying: "greylisted")
      guard findings.windowUse > 0.5 else { throw Broken("five minutes took no time") }
      return findings
    },
  ]
}
