import Foundation
import Mailing
import TestSupport
import Testing
import Vocabulary

extension Instant {
  /// 2026-03-02 09:03 in Beijing.
  static let sample = Instant(
    wall: WallTime(seconds: 1_772_413_380), boot: "boot", sinceBoot: 60_000)
}

extension MailAddress {
  static let duty = MailAddress(name: "舆情值班室", address: "duty@letters.example")
  static let waterworks = MailAddress(name: "区水务局", address: "shuiwu@unit.example")
  static let housing = MailAddress(name: "区住建局", address: "zhujian@unit.example")
}

extension Envelope {
  /// A contact sheet, made out to one unit.
  static func sample(
    to recipient: MailAddress = .waterworks, id: String = "<2026-0017.1@letters.example>",
    subject: String = "【重大舆情】2026-0017 竹园镇三个小区停水三天，青溪村老人住院",
    text: String = "竹园镇三个小区停水三天。\n.\n请于10:25前通知。\n",
    html: String = "<!DOCTYPE html><p>竹园镇三个小区停水三天。</p>"
  ) -> Envelope {
    Envelope(
      notice: Notice.ID(rawValue: "2026-0017/contactSheet/1"), recipient: recipient, messageID: id,
      subject: subject, text: text, html: html, draftedAt: Instant.sample.wall)
  }
}

extension MailLimits {
  /// Long enough for loopback on a busy machine, short enough to wait for.
  static let short = MailLimits(connect: .seconds(60), delivery: .seconds(60), closing: .seconds(1))
  /// For servers that never answer.
  static let impatient = MailLimits(
    connect: .seconds(10), delivery: .seconds(5), closing: .seconds(1))
}

extension Mailer {
  /// A mailer to a server on a port of loopback.
  convenience init(
    port: Int, _ protection: SMTPServer.Protection = .smtp, host: String = "127.0.0.1",
    username: String? = nil, passwordFile: String? = nil, limits: MailLimits = .short
  ) throws {
    let server = SMTPServer(
      protection: protection, host: host, port: port, username: username,
      passwordFile: passwordFile)
    try self.init(way: .server(server), limits: limits)
  }

  /// A mailer on its way, for an office of samples.
  convenience init(way: MailSettings.Way, limits: MailLimits = .short) throws {
    try self.init(
      settings: MailSettings(from: .duty, way: way), officeName: "青川区信访局", version: "0.1",
      language: .en, limits: limits, now: { .sample })
  }
}

/// A folder of a test's own, removed with it.
final class Folder: Sendable {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "huiyin-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and returns its path.
  func file(_ name: String, _ content: some Collection<UInt8>) throws -> String {
    try Data(content).write(to: URL(fileURLWithPath: path + "/" + name))
    return path + "/" + name
  }

  /// The names in a folder of this one, sorted.
  func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path + "/" + folder).sorted()
  }
}

/// Waits until something on another thread has happened, for three at most.
func until(_ condition: () -> Bool) async throws {
  let deadline = ContinuousClock.now + patience
  while !condition() {
    try #require(ContinuousClock.now < deadline, "it did not happen in time")
    try await Task.sleep(for: .milliseconds(5))
  }
}
