internal import Foundation
package import Vocabulary

/// Sends envelopes (发送), one recipient each, by SMTP or into a Maildir.
///
/// Every outcome is a receipt, and `sent` is only said after the server's 2xx to the end of the
/// data, or once the file is on disk. What a receipt quotes of a server is on one line, bounded, and
/// without the password or the subject.
package final class Mailer: Sendable {
  /// In characters.
  private static let longestReply = 200

  private let from: MailAddress
  private let composer: Composer
  private let language: Language
  private let limits: MailLimits
  private let now: @Sendable () -> Instant
  private let accesses: [SMTPAccess]
  let pool: SenderPool
  private let cut = Cut()

  /// A mailer of an office. Reads the password file, and connects to nothing until the first
  /// delivery; throws where the settings could never deliver anything.
  ///
  /// `officeName` is shown as the sender where `settings.from` has no name; replies of our own are
  /// written in `language`, dates in `zone`.
  package init(
    settings: MailSettings, officeName: String, version: String, zone: OfficeZone = .shanghai,
    language: Language = .zh, limits: MailLimits = MailLimits(),
    now: @escaping @Sendable () -> Instant
  ) throws(MailFault) {
    guard settings.from.isDeliverable else {
      throw MailFault(
        zh: "mail.from 不是邮箱地址：\(HeaderField.cleaned(settings.from.address))",
        en: "mail.from is no mail address: \(HeaderField.cleaned(settings.from.address))")
    }
    from = MailAddress(name: settings.from.name ?? officeName, address: settings.from.address)
    composer = Composer(from: from, zone: zone, program: "Huiyin/\(version)")
    self.language = language
    self.limits = limits
    self.now = now
    (accesses, pool) = try Mailer.way(of: settings, limits: limits, cut: cut)
  }

  /// Delivers one envelope; returns when its outcome is known, which `limits.delivery` bounds for each
  /// server there is.
  ///
  /// `mayBegin` is asked once the server is ready for the content, before its first byte leaves, and
  /// at most once; where it says no nothing is sent. `ended` is told what came of it, and this returns
  /// once it calls what it is given. Both are called on the connection's own thread, which they may
  /// block: until `ended` returns the connection carries nothing else. What is no address at all is
  /// only returned.
  package func deliver(
    _ envelope: Envelope,
    mayBegin: @escaping @Sendable (_ connection: Int) -> Bool = { _ in true },
    ended: @escaping @Sendable (Receipt, _ goOn: @escaping @Sendable () -> Void) -> Void = { $1() }
  ) async -> Receipt {
    guard envelope.recipient.isDeliverable else {
      return receipt(.noAddress(envelope), for: envelope)
    }
    let parcel = Parcel(
      bytes: composer.mail(for: envelope), from: from.address, to: envelope.recipient.address,
      messageID: envelope.messageID, mayBegin: mayBegin)
    return await withCheckedContinuation { answer in
      pool.send(parcel) { attempt in
        let receipt = self.receipt(attempt, for: envelope)
        ended(receipt) { answer.resume(returning: receipt) }
      }
    }
  }

  /// Takes no more envelopes; those under way have `limits.closing` to end by themselves.
  package func close() async {
    await withTaskGroup { group in
      group.addTask { await self.pool.close() }
      group.addTask {
        try? await Task.sleep(for: self.limits.closing)
        self.cut.make()
      }
      await group.next()
      group.cancelAll()
    }
  }

  private func receipt(_ attempt: Attempt, for envelope: Envelope) -> Receipt {
    Receipt(
      attempt.outcome, reply: fitForLedger(attempt.reply[language], envelope),
      code: attempt.code, mayHaveBeenSent: attempt.mayHaveBeenSent,
      standIn: attempt.standIn.map { standIn in
        Receipt.StandIn(because: standIn.reply.map { fitForLedger($0[language], envelope) })
      }, at: now())
  }

  /// A reply without the password and without what the letter is about: some servers quote both.
  private func fitForLedger(_ reply: String, _ envelope: Envelope) -> String {
    let told = accesses.reduce(reply) { $1.withoutSecrets($0) }
    let subject = HeaderField.cleaned(envelope.subject)
    let mayQuote = subject.utf8.count <= told.utf8.count && subject.count >= 4
    let kept = mayQuote ? told.replacingOccurrences(of: subject, with: "…") : told
    // Cut last, so that no half of a secret is left standing at the end.
    return kept.utf8.count <= Mailer.longestReply ? kept : String(kept.prefix(Mailer.longestReply))
  }

  private static func way(
    of settings: MailSettings, limits: MailLimits, cut: Cut
  ) throws(MailFault) -> ([SMTPAccess], SenderPool) {
    switch settings.way {
    case .server(let server, nil):
      let access = try SMTPAccess(server, from: settings.from)
      let pool = SenderPool(limits: limits, cut: cut) {
        SMTPCarrier(access, limits: limits, cut: cut)
      }
      return ([access], pool)
    case .server(let server, let fallback?):
      let first = try SMTPAccess(server, from: settings.from)
      let second = try SMTPAccess(fallback, from: settings.from)
      let line = FirstLine()
      let pool = SenderPool(limits: limits, cut: cut) {
        FallbackCarrier(
          SMTPCarrier(first, limits: limits, cut: cut),
          or: SMTPCarrier(second, limits: limits, cut: cut), at: fallback.host, line: line)
      }
      return ([first, second], pool)
    case .maildir(let path):
      var one = limits
      one.connections = 1
      return ([], SenderPool(limits: one, cut: cut) { Maildir(path: path) })
    }
  }
}

extension MailAddress {
  /// Whether it is an address by the rules of SMTP, so that it cannot carry a second command.
  fileprivate var isDeliverable: Bool {
    MailAddress.isAddress(address)
  }
}

extension Attempt {
  fileprivate static func noAddress(_ envelope: Envelope) -> Attempt {
    let written = String(HeaderField.cleaned(envelope.recipient.address).prefix(100))
    return Attempt(
      .failed,
      Phrase(zh: "收件地址不是有效的邮箱地址：\(written)", en: "no valid mail address: \(written)"))
  }
}
