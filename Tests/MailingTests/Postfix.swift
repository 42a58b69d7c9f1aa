import Foundation
import Mailing
import TestSupport
import Testing
import Vocabulary

/// A Postfix of these tests' own, on free ports of loopback, gone with the process at the latest.
struct Postfix {
  /// The one that the suite runs in.
  @TaskLocal static var running: Postfix?

  private let folder: Folder
  private let certificate: Certificate
  private let port: Int
  private let tlsPort: Int
  fileprivate let program: Program

  fileprivate init() async throws {
    folder = try Folder()
    certificate = try await Certificate(in: folder)
    port = try Loopback.freePort()
    tlsPort = try Loopback.freePort()
    program = try await Program.server([
      "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "sh", Program.script("postfix.sh"),
      folder.path + "/postfix", String(port), String(tlsPort), certificate.certificate,
      certificate.key,
    ])
  }

  /// What came of handing it an envelope.
  func receipt(
    for envelope: Envelope, _ protection: SMTPServer.Protection = .smtp, trusted: Bool = true
  ) async throws -> Receipt {
    var limits = MailLimits.short
    limits.caFile = trusted ? certificate.authority : nil
    let mailer = try Mailer(
      port: protection == .smtps ? tlsPort : port, protection, host: "localhost", limits: limits)
    let receipt = await mailer.deliver(envelope)
    await mailer.close()
    return receipt
  }

  /// The mails in a mailbox, as soon as there is one.
  func mails(of box: String) async throws -> [ReadMail] {
    let place = "postfix/mail/\(box)/new"
    try await until { (try? folder.names(in: place))?.isEmpty == false }
    return try await ReadMail.read(folder.names(in: place).map { "\(folder.path)/\(place)/\($0)" })
  }
}

/// Runs a Postfix while a suite runs, and stops it however the suite ends.
struct PostfixTrait: SuiteTrait, TestScoping {
  func provideScope(
    for test: Test, testCase: Test.Case?, performing body: @Sendable () async throws -> Void
  ) async throws {
    let postfix = try await Postfix()
    try await postfix.program.whileRunning {
      try await Postfix.$running.withValue(postfix) { try await body() }
    }
  }
}

extension Trait where Self == PostfixTrait {
  static var postfix: PostfixTrait { PostfixTrait() }
}
