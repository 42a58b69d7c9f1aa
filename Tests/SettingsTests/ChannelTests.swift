import Foundation
import Settings
import Testing
import Vocabulary

@Suite struct `A second channel` {
  private func scratch(_ lines: String) throws -> Scratch {
    let scratch = try Scratch()
    try scratch.copySound()
    try scratch.append(lines, to: "huiyin.yaml")
    return scratch
  }

  private func hide(
    _ name: String, _ text: String, in scratch: Scratch, as mode: Int = 0o600
  ) throws {
    try scratch.write(text, to: name)
    try FileManager.default.setAttributes(
      [.posixPermissions: mode], ofItemAtPath: scratch.path(name))
  }

  @Test func `is read with its files, and none of what is in them`() throws {
    let scratch = try scratch(
      """
      webhooks:
        - {kind: govwecom, url_file: ./robot.url}
        - {kind: dingtalk, name: 值班群, url_file: ./ding.url, secret_file: ./ding.secret}
      command: [./ring, "{number}", 值班]
      """)
    try hide("robot.url", "https://robot.gov.example/cgi-bin/webhook/send?key=5f3b\n", in: scratch)
    try hide("ding.url", "http://127.0.0.1:8080/robot/send?access_token=8d21", in: scratch)
    try hide("ding.secret", "SEC0a1b2c\n", in: scratch)
    try hide("ring", "#!/bin/sh\n", in: scratch, as: 0o700)
    let reading = try Settings.read(scratch.path("huiyin.yaml"), checks: .forTests)
    #expect(reading.diagnostics.map { $0.line(in: .zh) } == [])
    let channels = try #require(reading.setup).office.channels
    #expect(
      channels == [
        Channel(
          name: "govwecom",
          way: .robot(.govwecom, urlFile: scratch.path("robot.url"), secretFile: nil)),
        Channel(
          name: "值班群",
          way: .robot(
            .dingtalk, urlFile: scratch.path("ding.url"), secretFile: scratch.path("ding.secret"))),
        Channel(name: "command", way: .command([scratch.path("ring"), "{number}", "值班"])),
      ])
    #expect(!"\(reading)".contains("5f3b") && !"\(reading)".contains("SEC0a1b2c"))
  }

  @Test(arguments: [0o600, 0o400, 0o640, 0o604, 0o620, 0o666])
  func `is warned of where others may read its secret`(mode: Int) throws {
    let scratch = try scratch("webhooks: [{kind: wecom, url_file: ./robot.url}]\n")
    try hide("robot.url", "https://robot.example/send?key=5f3b", in: scratch, as: mode)
    let reading = try Settings.read(scratch.path("huiyin.yaml"), checks: .forTests)
    #expect(reading.setup != nil)
    let isWarned = reading.diagnostics.contains { $0.line(in: .zh).contains("chmod 600") }
    #expect(isWarned == (mode & 0o066 != 0))
  }

  @Test func `whose file is absent keeps the daemon from running, and check warns of it`() throws {
    let scratch = try scratch(
      "webhooks: [{kind: wecom, url_file: ./nowhere.url}]\ncommand: ./nothing\n")
    let reading = try Settings.read(scratch.path("huiyin.yaml"), checks: .forTests)
    #expect(reading.setup != nil)
    #expect(reading.diagnostics.allSatisfy { $0.weight == .warning })
    #expect(reading.absent.count == 2)
  }
}
