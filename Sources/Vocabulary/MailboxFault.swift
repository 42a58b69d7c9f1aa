/// The mailbox where replies arrive could not be read (收信失败).
package struct MailboxFault: Error, Sendable, Hashable {
  /// What stood in the way, for the admins.
  package var why: Phrase

  /// A mailbox that could not be read.
  package init(_ why: Phrase) {
    self.why = why
  }
}
