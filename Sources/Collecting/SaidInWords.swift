internal import Foundation
internal import Vocabulary

/// A bounce that is no report but a letter (系统退信), as Coremail, 163, QQ and qmail write them.
struct SaidInWords {
  private let text: String
  private let envelope: MailEnvelope
  private let isFromSystem: Bool
  /// Addresses that are not the recipient: who writes, and to whom.
  private let parties: Set<String>
  private let named: [String]

  /// A mail's words, its headers beside.
  init(_ mail: Mail, _ parts: [MailPart], _ envelope: MailEnvelope) {
    let root = mail.root
    self.envelope = envelope
    isFromSystem = SaidInWords.isFromSystem(root, envelope)
    parties = Set(
      ["To", "From", "Delivered-To", "X-Original-To"].compactMap { root.header($0) }
        .map(HeaderText.address))
    named = Addresses.all(in: root.text(of: "X-Failed-Recipients") ?? "")
    text = isFromSystem ? SaidInWords.words(parts) : ""
  }

  /// Whether a mail server seems to write, or nobody: what has no sender cannot be answered.
  static func isFromSystem(_ root: MailPart, _ envelope: MailEnvelope) -> Bool {
    systems.contains { envelope.mailbox.hasPrefix($0) } || envelope.from.isEmpty
      || root.header("Return-Path").map { $0.filter { $0 != 0x20 } == Array("<>".utf8) } == true
  }

  private static let systems = [
    "postmaster", "mailer-daemon", "mailer_daemon", "mailerdaemon", "mail-daemon", "maildaemon",
    "mail.daemon", "mailsystem", "bounce", "noreply-bounce", "mail-noreply",
  ]

  /// What is said, as plain text if there is any; what was returned is in other parts, or below.
  private static func words(_ parts: [MailPart]) -> String {
    let plain = parts.filter { $0.kind == "text/plain" && !$0.isAttached }.map(BodyText.plainText)
    let text = plain.joined(separator: "\n")
    guard !text.contains(where: { !$0.isWhitespace }) else { return text }
    return parts.filter { $0.kind == "text/html" }.map { HTMLText.of(BodyText.decoded($0)) }
      .joined(separator: "\n")
  }

  /// Whether a mail server says that it did not deliver.
  var isBounce: Bool {
    guard isFromSystem else { return false }
    if !named.isEmpty { return true }
    if AutomaticMarks.hasAutomaticSubject(envelope.subject) { return false }
    let subject = envelope.subject.lowercased()
    return SaidInWords.subjects.contains(where: subject.contains) || isStillTrying
      || (!codes.isEmpty && SaidInWords.failures.contains(where: text.lowercased().contains))
  }

  private static let subjects = [
    "退信", "退回", "投递失败", "发信失败", "发送失败", "无法投递", "无法送达", "未送达", "无法传递", "未能送达",
    "传递失败", "undeliver", "delivery fail", "delivery has failed", "delivery status notification",
    "failure notice", "returned mail", "mail delivery", "returned to sender",
    "could not be delivered",
    "delivery failure", "mail system error", "non-delivery", "delivery notification",
  ]
  private static let failures = [
    "could not be delivered", "not delivered", "undeliver", "rejected", "failed", "unknown user",
    "user unknown", "no such user", "退信", "退回", "无法", "失败", "不存在", "拒收", "拒绝",
  ]

  /// Whether it has not given up: a warning and no failure.
  private var isStillTrying: Bool {
    let words = (envelope.subject + "\n" + text.prefix(4000)).lowercased()
    return SaidInWords.delays.contains(where: words.contains)
      && !SaidInWords.final.contains(where: words.contains)
  }

  private static let delays = [
    "delayed mail", "delivery delayed", "still being retried", "will be retried", "延迟投递", "投递延迟",
    "暂时无法", "继续尝试", "仍在尝试", "warning: message", "not yet been delivered", "(delay)",
    "稍后重试", "will retry", "could not be delivered yet", "尚未投递",
  ]
  private static let final = ["permanent", "giving up", "永久", "最终失败", "不再尝试", "放弃"]

  /// Whom it names, with what it says; one nobody where it names none.
  var bounces: [Letter.Bounce] {
    guard !isStillTrying else { return [] }
    let found = recipients
    let reply = diagnosis
    let isFinal = !isPassing
    guard !found.isEmpty else {
      return [Letter.Bounce(recipient: nil, isFinal: isFinal, reply: reply)]
    }
    return found.map { Letter.Bounce(recipient: $0, isFinal: isFinal, reply: reply) }
  }

  /// The ids of the mail that came back, where its headers stand in the text.
  var identifiers: [String] { BounceReading.ids(inText: text) }

  private var recipients: [String] {
    guard named.isEmpty else { return Array(named.prefix(50)) }
    var found: [String] = []
    for address in Addresses.all(in: said) where !isParty(address) && !found.contains(address) {
      found.append(address)
    }
    return Array(found.prefix(50))
  }

  private func isParty(_ address: String) -> Bool {
    parties.contains(address) || SaidInWords.systems.contains { address.hasPrefix($0 + "@") }
  }

  /// What the server says itself, without the mail that it quotes below.
  private var said: String {
    let marks = ["\nReceived:", "\nReturn-Path:", "--- Below this line", "\nMessage-ID:"]
    let ends = marks.compactMap { text.range(of: $0, options: .caseInsensitive)?.lowerBound }
    return String(text[..<(ends.min() ?? text.endIndex)])
  }

  /// The line with the reason: one with a code, else the one after the recipient's own line, else
  /// one with a word of failure, else the subject.
  private var diagnosis: String {
    let lines = said.split(separator: "\n").map(String.init)
    let failing = lines.first { line in
      SaidInWords.reasons.contains { line.lowercased().contains($0) }
    }
    let named = lines.firstIndex { Addresses.all(in: $0).first.map { !isParty($0) } == true }
    let after = named.flatMap { lines[$0].count < 60 ? lines.dropFirst($0 + 1).first : nil }
    let coded = lines.first { !StatusCodes.all(in: $0).isEmpty }
    let best = coded ?? after ?? failing ?? envelope.subject
    return BounceReading.line(best)
  }

  private static let reasons = [
    "不存在", "拒收", "拒绝", "已满", "超过", "原因", "失败", "无法", "unknown", "rejected", "quota", "full",
    "failed", "no such",
  ]

  private var codes: [String] { StatusCodes.all(in: said) }

  /// Whether trying again may be of use.
  private var isPassing: Bool {
    if let code = codes.first { return code.hasPrefix("4") }
    let words = said.lowercased()
    return ["已满", "超时", "timed out", "timeout", "temporar", "quota", "mailbox full", "连接失败"]
      .contains(where: words.contains)
  }
}

/// The addresses in a text.
enum Addresses {
  /// In order, small letters.
  static func all(in text: String) -> [String] {
    let marks: Set<Character> = [".", "_", "-", "+", "@", "=", "&", "'", "/", "#", "~"]
    return text.prefix(20_000).split { character in
      !(character.isASCII && (character.isLetter || character.isNumber))
        && !marks.contains(character)
    }.prefix(5000).compactMap { word in
      let bare = word.trimmingCharacters(in: CharacterSet(charactersIn: ".-'=/&#~")).lowercased()
      return bare.contains("@") && bare.contains(".") && MailAddress.isAddress(bare) ? bare : nil
    }
  }
}

/// The codes of mail servers in a text: `5.1.1` (RFC 3463), or `550` alone (RFC 5321).
enum StatusCodes {
  /// In order; the enhanced ones before the others.
  static func all(in text: String) -> [String] {
    let words = text.prefix(20_000).split {
      !($0.isASCII && ($0.isNumber || $0 == "." || $0.isLetter))
    }
    let enhanced = words.filter { word in
      let parts = word.split(separator: ".", omittingEmptySubsequences: false)
      return parts.count == 3 && ["4", "5"].contains(parts[0])
        && parts.dropFirst().allSatisfy { (1...3).contains($0.count) && $0.allSatisfy(\.isNumber) }
    }
    let plain = words.filter { word in
      word.count == 3 && word.allSatisfy(\.isNumber)
        && ["4", "5"].contains(word.first.map(String.init))
    }
    return (enhanced + plain).map(String.init)
  }
}
