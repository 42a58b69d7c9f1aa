import Faults
import Foundation
import TestSupport
import Testing

/// That the suite can find what it looks for: else its zeros mean nothing.
@Suite(.serialized) struct `An inquest` {
  @Test func `finds nothing where nothing went wrong`() async throws {
    let district = try await District(Post.mixture())
    try await district.runToTheEnd()
    let findings = try await Inquest(district).close()
    #expect(findings.losses.isEmpty && findings.forbidden.isEmpty)
    #expect(district.sink.seen.arrivals.count == 7)
    #expect(findings.windowUse > 0 && findings.windowUse < 1)
  }

  @Test func `finds a post that nobody was told of, and one that needed no telling`() async throws {
    let district = try await District(Post.mixture())
    try await district.runToTheEnd()
    try district.change("停水]", to: "断水]", in: "Rules/rules.yaml")
    try district.put([Post(9, .water)])
    _ = try await district.round()
    try district.change("断水]", to: "感谢]", in: "Rules/rules.yaml")
    try district.put([Post(10, .thanks)])
    _ = try await district.round()
    let findings = try await Inquest(district).close()
    #expect(findings.losses.contains("/t/9 has no alert"))
    #expect(findings.forbidden.contains { $0.hasPrefix("/t/10 has") })
  }

  @Test func `finds a mail that came twice, and one that the ledger does not know`() async throws {
    let district = try await District([Post(1, .gas)])
    try await district.runToTheEnd()
    let letter = try #require(district.sink.seen.arrivals.first)
    let text = String(decoding: letter.letter, as: UTF8.self)
    try await send(text, to: letter.recipient, district)
    try await send(
      text.replacing("Message-ID: <", with: "Message-ID: <x"), to: letter.recipient, district)
    let findings = try await Inquest(district).close()
    #expect(findings.forbidden.contains { $0.contains("came 2 times and may have 1 times") })
    #expect(findings.forbidden.contains { $0.contains("is not shown so") })
    #expect(findings.forbidden.contains { $0.contains("the ledger does not know it") })
  }

  @Test func `finds a ledger from which something is gone`() async throws {
    let district = try await District([Post(1, .gas)])
    let inquest = Inquest(district)
    let program = try await district.round()
    let backup = district.home.path("backup.sqlite")
    let ledger = district.data + "/ledger.sqlite"
    try district.foldLog()
    try FileManager.default.copyItem(atPath: ledger, toPath: backup)
    try district.put([Post(2, .gas)])
    let second = try await district.round()
    try inquest.see(the: second)
    for ending in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: ledger + ending)
    }
    try FileManager.default.moveItem(atPath: backup, toPath: ledger)
    try inquest.see(the: second)
    let findings = try await inquest.close()
    #expect(program.code == 0)
    #expect(findings.losses.contains { $0.hasPrefix("alerts are gone") })
    #expect(findings.losses.contains { $0.contains("were said to be sent") })
    #expect(findings.losses.contains { $0.contains("left unknown to the ledger") })
  }

  private func send(_ letter: String, to recipient: String, _ district: District) async throws {
    let script = """
      import smtplib, sys
      with smtplib.SMTP("127.0.0.1", int(sys.argv[1])) as post:
          post.sendmail("duty@letters.example", [sys.argv[2]], sys.stdin.buffer.read())
      """
    let sent = try await Program.run(
      "/usr/bin/env", ["python3", "-c", script, "\(district.sink.port)", recipient],
      input: letter)
    try #require(sent.code == 0, "\(sent.errors)")
  }
}
