import Foundation
import Synchronization
import TestSupport
import Testing
import Vocabulary

@testable import Calling

@Suite struct `A command` {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private func receipt(
    _ channel: Channel, _ limits: CallLimits = CallLimits()
  ) async throws -> Receipt {
    let caller = Caller(limits)
    let receipt = await caller.call(try .sample(to: channel), by: channel, in: .zh)
    await caller.close()
    return receipt
  }

  @Test
  func `has number, grade and unit in its arguments and environment, and the line on its input`()
    async throws
  {
    let here = folder.path
    let channel = try folder.command(
      "printf '%s\\n' \"$@\" > \(here)/arguments; env | sort > \(here)/environment; cat > \(here)/input",
      ["{number}", "{grade} {unit}", "$(touch \(here)/shell)", "; touch \(here)/shell"])
    #expect(try await receipt(channel).outcome == .sent)
    #expect(
      try folder.read("arguments")
        == "2026-0033\nmajor 区水务局\n$(touch \(here)/shell)\n; touch \(here)/shell\n")
    #expect(try folder.read("input") == Envelope.line + "\n")
    let environment = try folder.read("environment").split(separator: "\n").map(String.init)
    #expect(
      environment.filter { $0.hasPrefix("HUIYIN_") } == [
        "HUIYIN_CAUSE=raised", "HUIYIN_GRADE=major", "HUIYIN_NUMBER=2026-0033",
        "HUIYIN_UNIT=区水务局",
      ])
    #expect(!environment.contains { $0.hasPrefix("HOME=") || $0.hasPrefix("USER=") })
    #expect(!folder.names(in: ".").contains("shell"))
  }

  @Test(arguments: [
    (0, Receipt.Outcome.sent), (75, .deferred), (1, .failed), (2, .failed), (127, .failed),
  ])
  func `says by its exit how it went, and by its first line why`(
    code: Int, outcome: Receipt.Outcome
  ) async throws {
    let channel = try folder.command("echo '运营商答复 8A'; echo more; exit \(code)")
    let receipt = try await receipt(channel)
    #expect(receipt.outcome == outcome && receipt.code == code && !receipt.mayHaveBeenSent)
    #expect(receipt.reply == "命令返回 \(code)：运营商答复 8A")
  }

  @Test func `that a signal ends has failed`() async throws {
    let receipt = try await receipt(try folder.command("kill -SEGV $$"))
    #expect(receipt.outcome == .failed && receipt.reply.contains("11"))
  }

  @Test func `that does not end is killed with all it started, and may have been heard`()
    async throws
  {
    let here = folder.path
    let channel = try folder.command(
      """
      trap '' TERM
      (trap '' TERM; echo $$ > \(here)/parent; sh -c 'trap "" TERM; echo $$ > \(here)/child; while :; do sleep 1; done') &
      echo 正在拨号
      while :; do sleep 1; done
      """)
    let limits = CallLimits(run: .seconds(3), ending: .milliseconds(300))
    let receipt = try await receipt(channel, limits)
    #expect(receipt.outcome == .deferred && receipt.mayHaveBeenSent)
    #expect(receipt.reply.contains("正在拨号"))
    for name in ["parent", "child"] {
      let pid = try #require(
        Int32(try folder.read(name).trimmingCharacters(in: .whitespacesAndNewlines)))
      try await eventually { kill(pid, 0) != 0 || Self.isZombie(pid) }
    }
  }

  private static func isZombie(_ pid: Int32) -> Bool {
    let status = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
    return status?.split(separator: ")").last?.hasPrefix(" Z") ?? true
  }

  @Test func `has none of our descriptors`() async throws {
    let here = folder.path
    // As a library might open one: without closing it in what is started.
    let open = open("/dev/null", O_RDONLY)
    defer { close(open) }
    let channel = try folder.command("ls /proc/self/fd > \(here)/descriptors")
    #expect(try await receipt(channel).outcome == .sent)
    // 3 is what ls reads the folder by.
    #expect(try folder.read("descriptors") == "0\n1\n2\n3\n")
  }

  @Test func `that says much is heard to its first line and not held up`() async throws {
    let channel = try folder.command("yes 回音 | head -c 20000000; exit 0")
    let receipt = try await receipt(channel)
    #expect(receipt.outcome == .sent && receipt.reply == "命令返回 0：回音")
  }

  @Test func `that does not read its input is none the worse for it`() async throws {
    let receipt = try await receipt(try folder.command("exec <&-; exit 0"))
    #expect(receipt.outcome == .sent)
  }

  @Test func `that is not there is tried again, and never asked whether it may begin`() async throws
  {
    let channel = Channel(name: "command", way: .command([folder.path("nothing")]))
    let caller = Caller()
    let asked = Mutex(0)
    let receipt = await caller.call(
      try .sample(to: channel), by: channel, in: .zh,
      mayBegin: { _ in
        asked.withLock { $0 += 1 }
        return true
      })
    await caller.close()
    #expect(receipt.outcome == .deferred && !receipt.mayHaveBeenSent)
    #expect(receipt.reply.contains(folder.path("nothing")))
    #expect(asked.withLock(\.self) == 0)
  }

  @Test func `is not run where the call may not begin`() async throws {
    let channel = try folder.command("touch \(folder.path)/ran")
    let caller = Caller()
    let receipt = await caller.call(
      try .sample(to: channel), by: channel, in: .zh, mayBegin: { _ in false })
    await caller.close()
    #expect(receipt.outcome == .deferred && !folder.names(in: ".").contains("ran"))
  }

  @Test func `under way when the program closes is ended too`() async throws {
    let channel = try folder.command("echo $$ > \(folder.path)/pid; while :; do sleep 1; done")
    let caller = Caller(CallLimits(closing: .milliseconds(100)))
    let envelope = try Envelope.sample(to: channel)
    async let held = caller.call(envelope, by: channel, in: .zh)
    try await eventually { folder.names(in: ".").contains("pid") }
    await caller.close()
    #expect(await held.mayHaveBeenSent)
  }
}
