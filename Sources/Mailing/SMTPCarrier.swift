internal import Vocabulary

/// Delivers to a mail server over one connection, which is kept for the next parcel.
///
/// libcurl connects, protects the connection and logs in. The letters are handed over here, command
/// by command: libcurl's own sending waits for each reply before it says the next, looks at the socket
/// ten times a letter, and does not say to which command an answer came.
final class SMTPCarrier: Carrier {
  private let access: SMTPAccess
  private let limits: MailLimits
  private let cut: Cut
  private var link: SMTPLink?

  /// A carrier without a connection yet.
  init(_ access: SMTPAccess, limits: MailLimits, cut: Cut) {
    self.access = access
    self.limits = limits
    self.cut = cut
  }

  deinit { close() }

  var isConnected: Bool { link != nil }

  func carry(_ parcel: Parcel) -> Attempt {
    let deadline = ContinuousClock.now + limits.delivery
    if let link {
      let course = hand(parcel, over: link, until: deadline)
      // A server may have hung up, with or without a 421, while the connection lay idle.
      if !course.foundNobody { return Attempt(course.conversation, course.ending) }
    }
    do throws(SMTPLink.Closed) {
      let fresh = try SMTPLink(access, limits: limits, cut: cut, until: deadline)
      let course = hand(parcel, over: fresh, until: deadline)
      return Attempt(course.conversation, course.ending)
    } catch {
      return error.attempt
    }
  }

  func close() {
    link?.sayGoodbye()
    link = nil
  }

  /// Hands a parcel over, and keeps the link where the next one may use it.
  private func hand(
    _ parcel: Parcel, over link: SMTPLink, until deadline: ContinuousClock.Instant
  ) -> Course {
    let course = link.carry(parcel, until: deadline)
    self.link = link.isUsable ? link : nil
    return course
  }
}
