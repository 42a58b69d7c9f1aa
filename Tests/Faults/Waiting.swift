import Synchronization
import TestSupport

/// A mail server that misbehaves by its script until it is told to stop.
final class Reluctance: Sendable {
  private let isOver = Mutex(false)
  private let performed = Mutex(0)
  private let act: @Sendable (Sink.Cue) -> Sink.Act?

  /// A server that does so for as long as it lasts.
  init(_ act: @escaping @Sendable (Sink.Cue) -> Sink.Act?) { self.act = act }

  /// One that does one thing at one moment.
  convenience init(_ act: Sink.Act, at moment: Sink.Moment) {
    self.init { $0.moment == moment ? act : nil }
  }

  /// One that says to come again later.
  static var later: Reluctance { Reluctance(.say("451 4.3.2 later"), at: .recipient) }

  func end() { isOver.withLock { $0 = true } }

  /// How often it misbehaved.
  var count: Int { performed.withLock(\.self) }

  var cues: @Sendable (Sink.Cue) -> Sink.Act? {
    { [self] cue in
      guard !isOver.withLock(\.self), let act = act(cue) else { return nil }
      performed.withLock { $0 += 1 }
      return act
    }
  }
}

/// A step of a session with the mail server, as RFC 5321 has them (发信步骤).
enum MailStep: String, CaseIterable {
  case connect, hello = "EHLO", login = "AUTH", sender = "MAIL", recipient = "RCPT", data = "DATA"
  case end = "end of data"

  /// What the sink calls it.
  var moment: Sink.Moment {
    switch self {
    case .connect: .greeting
    case .hello: .hello
    case .login: .login
    case .sender: .sender
    case .recipient: .recipient
    case .data: .data
    case .end: .end
    }
  }

  /// Whether what is said there is said of one letter.
  var isOfTheLetter: Bool {
    switch self {
    case .connect, .hello, .login, .sender: false
    case .recipient, .data, .end: true
    }
  }

  /// What the server must offer for it to be taken.
  var offers: [String] { self == .login ? ["AUTH PLAIN"] : [] }

  /// Has the set-up take it.
  func prepare(_ district: District) throws {
    if self == .login { try district.logIn() }
  }

  /// How long the program waits for an answer to it, and a second more.
  var patience: Duration {
    switch self {
    case .connect, .hello, .login: .seconds(31)
    case .sender, .recipient, .data, .end: .seconds(121)
    }
  }
}

/// A district whose notices have been put off, and the daemon that waits to try again.
struct Waiting {
  let reluctance: Reluctance
  let district: District
  let inquest: Inquest
  let program: Program

  /// Runs the daemon until each notice has been put off; `prepare` changes the set-up before.
  init(
    _ reluctance: Reluctance, offers: [String] = [], environment: [String: String] = [:],
    prepare: (District) async throws -> Void = { _ in }
  ) async throws {
    self.reluctance = reluctance
    district = try await District(Post.mixture(), offers: offers, cues: reluctance.cues)
    try await prepare(district)
    inquest = Inquest(district)
    program = try district.start(environment: environment)
    try await district.putOff()
  }
}

extension District {
  /// Waits until each notice has been tried and put off.
  func putOff() async throws {
    try await patiently {
      guard let now = try? Snapshot(beside: self) else { return false }
      return now.knows(posts) && now.openLeads == 0
        && now.envelopes.allSatisfy { $0.state == "deferred" || $0.isCarried }
    }
  }
}
