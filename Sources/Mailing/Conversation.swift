internal import Foundation
internal import Vocabulary

/// A step of an SMTP session (RFC 5321, section 3), named by what the client waits for.
enum SMTPStep: String, Sendable, CaseIterable {
  case connect, greeting, hello, startTLS, login, sender, recipient, data, content, end

  /// The step as people read it.
  var name: Phrase {
    switch self {
    case .connect: Phrase(zh: "连接", en: "connecting")
    case .greeting: Phrase(zh: "等待服务器问候", en: "the greeting")
    case .hello: Phrase(zh: "EHLO", en: "EHLO")
    case .startTLS: Phrase(zh: "STARTTLS", en: "STARTTLS")
    case .login: Phrase(zh: "登录（AUTH）", en: "logging in (AUTH)")
    case .sender: Phrase(zh: "MAIL FROM", en: "MAIL FROM")
    case .recipient: Phrase(zh: "RCPT TO", en: "RCPT TO")
    case .data: Phrase(zh: "DATA", en: "DATA")
    case .content: Phrase(zh: "传送正文", en: "sending the content")
    case .end: Phrase(zh: "正文送完、等待确认", en: "waiting for the answer to the end of the content")
    }
  }

  /// Whether a refusal here is no word about the letter: the server turns everybody away, or us.
  var isBeforeAnyLetter: Bool {
    switch self {
    case .connect, .greeting, .hello, .startTLS, .login: true
    case .sender, .recipient, .data, .content, .end: false
    }
  }

  /// Whether a server that says this lets the session go on.
  func isPassed(by code: Int) -> Bool {
    switch self {
    case .connect, .greeting, .hello, .sender, .recipient, .end: (200..<300).contains(code)
    case .startTLS: code == 220
    case .login: code == 235 || code == 334
    case .data, .content: code == 354
    }
  }
}

/// A whole reply of a mail server (服务器答复, RFC 5321, section 4.2).
struct Answer: Sendable, Hashable {
  var code: Int
  /// What follows the code, line by line; of a long reply the beginning.
  fileprivate var lines: [[UInt8]]

  /// The code and what follows it, on one line. Made when it is asked for: of the five replies to
  /// a letter one is read by people, and the others are heard while the server waits.
  var text: String {
    let words = lines.map { HeaderField.cleaned(String(decoding: $0, as: UTF8.self)) }
      .filter { !$0.isEmpty }
    return words.isEmpty ? String(code) : "\(code) \(words.joined(separator: " "))"
  }
}

/// Where an SMTP session stands, from the lines that went over the wire.
///
/// While it connects, libcurl reports most refusals with one error and the last code that it saw,
/// without saying to what. The receipt depends on exactly that, so the lines are followed here: each
/// command opens a step and forgets the answer to the one before.
struct Conversation: Sendable {
  /// What a server says it can do (RFC 5321, section 4.1.1.1), as far as it is of use.
  struct Offers: Sendable, Hashable {
    /// Commands may be said before the replies to those before have come (RFC 2920).
    var pipelining = false
    /// It wants to know how long a letter is (RFC 1870).
    var size = false
  }

  private(set) var step: SMTPStep
  /// From the last EHLO.
  private(set) var offers = Offers()
  /// The whole answer to the step; nil as long as it has not come.
  var answer: Answer? { current ?? standing }
  /// Set when we hang up: what is said after that changes nothing.
  private(set) var isOver = false
  /// Whether the last line of the answer says that it is the last.
  private(set) var isAnswerWhole = false
  /// A reply that goes on for longer is taken at its word so far: each of its lines has the same
  /// code, and libcurl gives up soon after.
  private static let longestReply = 65_536
  /// How much of a reply is kept at least, more than a receipt quotes.
  private static let quoted = 400

  private var current: Answer?
  /// The refusal of EHLO, which stands until HELO has an answer of its own.
  private var standing: Answer?
  private var lines: [[UInt8]] = []
  private var length = 0

  /// A session from a step on; from the first unless said.
  init(at step: SMTPStep = .connect) {
    self.step = step
  }

  /// Whether the answer lets the session go on; false without one.
  var isPassed: Bool { answer.map { step.isPassed(by: $0.code) } ?? false }

  /// What comes next is the answer to this step.
  mutating func ask(_ step: SMTPStep) { open(step) }

  /// We said a line. Only its verb is looked at: the rest can be a password.
  mutating func say(_ line: some Collection<UInt8>) {
    guard !isOver else { return }
    // What follows a 334 is no command, whatever it looks like, but a part of the login.
    guard step != .login || answer?.code != 334 else { return open(.login) }
    switch String(decoding: line.prefix(4), as: UTF8.self).uppercased() {
    case "HELO": open(.hello, after: current)
    case "EHLO":
      offers = Offers()
      open(.hello)
    case "STAR": open(.startTLS)
    case "AUTH": open(.login)
    case "QUIT": isOver = true
    default: break
    }
  }

  /// The server said a line.
  mutating func hear(_ line: some Collection<UInt8>) {
    guard !isOver, current == nil, let code = Conversation.code(of: line) else { return }
    if step == .connect { open(.greeting) }
    let text = line.dropFirst(3)
    note(text.dropFirst())
    if step == .hello, code == 250 { offers.hear(text.dropFirst()) }
    isAnswerWhole = text.first != UInt8(ascii: "-")
    if isAnswerWhole || length > Conversation.longestReply { finish(code) }
  }

  private mutating func open(_ next: SMTPStep, after refusal: Answer? = nil) {
    step = next
    current = nil
    standing = refusal
    lines = []
    length = 0
  }

  private mutating func note(_ text: some Collection<UInt8>) {
    length += text.count + 1
    guard length < Conversation.quoted || lines.isEmpty else { return }
    var line = Array(text.prefix(1000))
    while let last = line.last, last == 0x0D || last == 0x0A { line.removeLast() }
    lines.append(line)
  }

  private mutating func finish(_ code: Int) {
    current = Answer(code: code, lines: lines)
    lines = []
    length = 0
  }

  /// The code of a reply line; nil for what is none, which libcurl skips too.
  private static func code(of line: some Collection<UInt8>) -> Int? {
    var rest = line[...]
    var code = 0
    for _ in 0..<3 {
      guard let digit = rest.popFirst(), (0x30...0x39).contains(digit) else { return nil }
      code = code * 10 + Int(digit - 0x30)
    }
    guard let mark = rest.first else { return code }
    return " -\r\n".utf8.contains(mark) ? code : nil
  }
}

extension Conversation.Offers {
  fileprivate mutating func hear(_ line: some Collection<UInt8>) {
    let keyword = line.prefix { $0 > UInt8(ascii: " ") }
    switch String(decoding: keyword, as: UTF8.self).uppercased() {
    case "PIPELINING": pipelining = true
    case "SIZE": size = true
    default: break
    }
  }
}
