import Foundation
import TestSupport
import Vocabulary

@testable import Calling

extension Instant {
  /// The moment at which everything here happens, as this machine's clock says: 钉钉 compares it.
  static var today: Instant {
    Instant(
      wall: WallTime(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)), boot: "boot",
      sinceBoot: 1000)
  }
}

extension Caller {
  /// A caller at the machine's own time.
  convenience init(_ limits: CallLimits = CallLimits()) {
    self.init(limits: limits, now: { .today })
  }
}

extension Envelope {
  static let line = "【回音】重大 2026-0033 区水务局：请查收邮件并回复。"

  /// A call to a channel, as the outbox hands it over.
  static func sample(to channel: Channel) throws -> Envelope {
    let alert = Alert(
      id: Alert.ID(year: 2026, number: 33), item: Item.ID(rawValue: "item"), grade: .major,
      audience: .unit(UnitName(rawValue: "区水务局")), raisedAt: .today,
      deadline: Deadline(.notify, from: .today, window: .minutes(30)))
    let call = try JSONEncoder().encode(Call(.raised, of: alert))
    return Envelope(
      notice: Notice.ID(rawValue: "2026-0033/call/1"), recipient: channel.address,
      messageID: "<1@letters.example>", subject: line, text: String(decoding: call, as: UTF8.self),
      html: "", draftedAt: Instant.today.wall)
  }
}

extension Folder {
  /// A robot whose address stands in a file of this folder.
  func robot(_ robot: Channel.Robot, _ url: String, secret: String? = nil) throws -> Channel {
    try write(url + "\n", to: "\(robot).url")
    if let secret { try write(secret + "\n", to: "\(robot).secret") }
    return Channel(
      name: robot.rawValue,
      way: .robot(
        robot, urlFile: path("\(robot).url"),
        secretFile: secret.map { _ in path("\(robot).secret") }))
  }

  /// A command of these lines for sh, which may be run.
  func command(_ script: String, _ arguments: [String] = []) throws -> Channel {
    try write("#!/bin/sh\n" + script + "\n", to: "ring")
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path("ring"))
    return Channel(name: "command", way: .command([path("ring")] + arguments))
  }
}
