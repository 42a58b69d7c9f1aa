import Foundation
import TestSupport
import Testing

@Suite(.serialized) struct `A full disk` {
  @Test(.enabled("needs root, to mount a small disk") { await SmallDisk.isPossible })
  func `is said in the log, loses nothing, and is over as soon as there is room`() async throws {
    let town = try await Town(every: "1s")
    let post = try await MailServer()
    try town.send(to: post)
    let disk = try await SmallDisk(at: town.home.path("data"), megabytes: 8)
    do {
      try await fillAndEmpty(disk, town, post)
    } catch {
      Issue.record(error)
    }
    await disk.unmount()
  }

  private func fillAndEmpty(_ disk: SmallDisk, _ town: Town, _ post: MailServer) async throws {
    let daemon = try Program(["run", "--config", town.config])
    try await eventually { post.count == 3 }
    // The second alert is in the server's hands when the disk fills: its receipts find no room.
    try post.become(.hang)
    try town.put(threads: 2)
    try await eventually { post.heldCount == 3 }
    try disk.fill()
    try town.put(threads: 3)
    try await eventually { daemon.errors.contains("diskFull") }
    try post.become(.take)
    try await eventually { daemon.errors.contains("receipt not written") }
    try await eventually { post.count == 6 }
    #expect(daemon.isRunning)

    disk.makeRoom()
    try await eventually { post.count >= 9 }
    try await eventually {
      let alerts = try await town.alerts()
      return alerts.count == 3 && alerts.flatMap(\.notices).allSatisfy { $0.state == "sent" }
    }
    let alerts = try await town.alerts()
    try await daemon.end(by: SIGTERM)
    #expect(daemon.code == 0)
    #expect(Set(alerts.map(\.title)).count == 3)
    #expect(!alerts.flatMap(\.notices).contains { $0.mayHaveBeenSentTwice })
    let letters = try await post.letters()
    #expect(letters.count == 9)
    #expect(Set(letters.map(\.messageID)).count == 9)
    #expect(try await town.integrity() == "ok")
    #expect(!daemon.errors.contains("煤气味"))
  }
}
