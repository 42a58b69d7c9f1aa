internal import CCurl
internal import Foundation
internal import Vocabulary
internal import Wire

/// One conversation with a mail server that keeps mail (收信连接, RFC 9051), on one thread at a time.
///
/// libcurl connects, protects the connection and logs in. What follows is said and heard here, byte
/// by byte: libcurl's own fetching marks mails as read, and hands out a mail's text and the
/// server's words in one stream, in which a mail could speak for the server.
final class IMAPConnection: @unchecked Sendable {
  // Unchecked: whoever reads takes it out of its inbox's lock and puts it back at the end, and no two
  // read at a time. libcurl's handles may change threads, only not be used by two.
  let access: IMAPAccess
  let limits: CollectingLimits
  var cut: Cut
  var end: ContinuousClock.Instant
  let easy: OpaquePointer
  let detail = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
  let greeting = Greeting()
  var refusedOption: CURLcode?
  /// Nil before it is logged in.
  var wire: Wire?
  var room = [UInt8](repeating: 0, count: 65_536)
  var pending: [UInt8] = []
  var place = 0
  var tags = 0
  /// Whether more can be asked on it.
  var isOpen = false

  /// A connection that is logged in.
  init(_ access: IMAPAccess, limits: CollectingLimits, cut: Cut) throws(MailboxFault) {
    guard huiyin_curl_start() == CURLE_OK, let easy = curl_easy_init() else {
      throw MailboxFault(zh: "libcurl 不能使用", en: "libcurl cannot be used")
    }
    self.access = access
    self.limits = limits
    self.cut = cut
    self.easy = easy
    end = .now + limits.reading
    detail.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    setUp()
    try logIn()
    end = .now + limits.reading
  }

  deinit {
    // libcurl says nothing more on a connection that it was told only to make.
    curl_easy_cleanup(easy)
    detail.deallocate()
  }

  /// Begins another reading, with a switch of its own.
  func goOn(_ cut: Cut) {
    self.cut = cut
    end = .now + limits.reading
  }

  /// Whether the reading had better begin nothing more.
  var isLate: Bool { ContinuousClock.now > end - limits.reading / 3 }

  /// Says goodbye, and waits for no answer.
  func close() {
    guard isOpen else { return }
    isOpen = false
    _ = try? say("LOGOUT", until: .now + .seconds(1))
  }

  /// Says a command and hears each answer to it, as it comes, until the server has done with it.
  ///
  /// Of a literal no more is kept than so many bytes. False where the server says no to what it may
  /// say no to: one damaged mail must not end the reading of all.
  @discardableResult
  func ask(
    _ command: String, keeping most: Int = 65_536, mayBeRefused: Bool = false,
    _ hear: (IMAPLine) -> Void = { _ in }
  ) throws(MailboxFault) -> Bool {
    let deadline = min(end, ContinuousClock.now + limits.step)
    let tag = try say(command, until: deadline)
    while true {
      let line = try self.line(keeping: most, until: deadline)
      let words = line.opening
      if words.first == tag.uppercased() {
        let answer = words.dropFirst().first
        if mayBeRefused, answer == "NO" { return false }
        guard answer == "OK" else { throw refused(command, line) }
        return true
      }
      if words.first == "*", words.dropFirst().first == "BYE" { throw refused(command, line) }
      guard words.first == "*" else { throw strange }
      hear(line)
    }
  }
}
