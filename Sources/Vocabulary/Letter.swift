/// A mail that came back (回信): a person's reply, a mail server's refusal, or a machine's answer.
///
/// Nothing of who wrote it is in it but the address, which is compared with those that were written
/// to and kept nowhere.
package struct Letter: Sendable, Hashable, Identifiable {
  /// The same mail read twice is one letter: the first 32 hexadecimal digits of the SHA-256 of its
  /// Message-ID, or of its first bytes where it has none.
  package struct ID: RawRepresentable, Hashable, Sendable {
    package var rawValue: String
    /// An id as it stands in the ledger.
    package init(rawValue: String) { self.rawValue = rawValue }
  }

  /// What kind of mail it is, whatever its words say.
  package enum Nature: Sendable, Hashable {
    /// A person's own words, without what they quote and without their signature.
    case reply(String)
    /// A mail server says for whom there is no delivery (退信; RFC 3464, and those that are not).
    case bounce([Bounce])
    /// A machine answered (自动回复; RFC 3834), or a program says that the mail was shown (已读回执).
    case automatic
  }

  /// One recipient who was not reached (退信对象).
  package struct Bounce: Sendable, Hashable {
    /// The bare address, lower case; nil where the mail server does not say it readably.
    package var recipient: String?
    /// Whether trying again is of no use (`5.x.x`, or words to that effect).
    package var isFinal: Bool
    /// What the mail server said, one line of at most 300 characters.
    package var reply: String

    /// A recipient who was not reached.
    package init(recipient: String?, isFinal: Bool, reply: String) {
      self.recipient = recipient
      self.isFinal = isFinal
      self.reply = reply
    }
  }

  package var id: ID
  /// The bare address it is from, lower case; empty for a bounce with none.
  package var from: String
  /// The Message-IDs it answers, in angle brackets, nearest first: In-Reply-To, then References from
  /// the last; of a bounce, that of the mail that came back.
  package var answers: [String]
  /// Decoded, on one line.
  package var subject: String
  package var nature: Nature

  /// A mail that came back.
  package init(id: ID, from: String, answers: [String], subject: String, nature: Nature) {
    self.id = id
    self.from = from
    self.answers = answers
    self.subject = subject
    self.nature = nature
  }
}

extension Letter {
  /// What a subject begins with by which an officer mails something in (录入).
  private static let openings = ["录入", "Entry"]

  /// What the subject says after 录入, which may be nothing; nil where the mail is no entry.
  package var entered: String? { Letter.entered(in: subject) }

  /// The same of a subject.
  package static func entered(in subject: String) -> String? {
    let subject = subject.drop { " \u{3000}【[".contains($0) }
    guard let mark = openings.first(where: subject.hasPrefix) else { return nil }
    let rest = subject.dropFirst(mark.count)
    guard rest.first.map({ " \u{3000}】]:：-—".contains($0) }) ?? true else { return nil }
    return String(rest.drop { " \u{3000}】]:：-—".contains($0) })
  }
}
