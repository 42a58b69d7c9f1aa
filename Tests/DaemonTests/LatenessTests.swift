import Foundation
import TestSupport
import Testing

@Suite(.serialized) struct `An alert that leaves late` {
  @Test func `says that the mail server refused it, while it waits and afterwards`() async throws {
    let town = try await Town()
    let server = try await MailServer(.refuse)
    try town.send(to: server)
    let daemon = try Program(["run", "--config", town.config])
    try await eventually { server.refusedCount >= 6 }
    // What was kept with a window of half an hour is late with one of a tenth of a second.
    try await town.sql("DROP TRIGGER deadline_is_never_updated")
    try await town.sql("UPDATE deadline SET window_length = 100, due_at = started_at + 100")
    let id = try #require(try await town.alerts().first?.id)
    let waiting = try await town.run("alerts", id).output
    #expect(waiting.contains("已超过时限"), "\(waiting)")
    #expect(waiting.contains("待重发 zjj@unit.example"))
    #expect(waiting.contains("邮件服务器暂不接收（"))
    #expect(waiting.contains("451"))
    try server.become(.take)
    try await eventually {
      try await town.alerts()[0].notices.allSatisfy { $0.state == "sent" }
    }
    let sent = try await town.run("alerts", id).output
    #expect(sent.contains("  超过时限"), "\(sent)")
    #expect(sent.contains("邮件服务器暂不接收（"))
    let report = try await town.run("alerts", id, "--json").output
    #expect(report.contains("\"cause\":\"serverRefused\""))
    #expect(report.contains("\"told\":true"))
    try await daemon.end(by: SIGTERM)
  }
}

@Suite(.serialized) struct `An address that mail does not reach` {
  @Test func `is told to the admins, and stands in status until something has reached it`()
    async throws
  {
    let town = try await Town()
    let server = try await MailServer(.reject)
    try town.send(to: server)
    let daemon = try Program(["run", "--config", town.config])
    let sentence = "zjj@unit.example 收不到邮件"
    try await eventually {
      try await town.run("status").output.contains(sentence)
    }
    try await eventually {
      try await server.letters().contains { $0.to == "admin@letters.example" }
    }
    #expect(try await town.run("status").code == 1)
    let refused = try await town.run("mail-test", "zjj@unit.example")
    #expect(refused.code == 1)
    #expect(refused.output.contains("550"))
    #expect(try await town.run("status").output.contains(sentence))
    try server.become(.take)
    #expect(try await town.run("mail-test", "zjj@unit.example").code == 0)
    #expect(try await !town.run("status").output.contains(sentence))
    let letters = try await server.letters().count { $0.to == "admin@letters.example" }
    #expect(letters == 1)
    try await daemon.end(by: SIGTERM)
  }
}
