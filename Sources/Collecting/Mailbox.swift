internal import Foundation
internal import Synchronization
package import Vocabulary

/// Reads the mails that come back (收信箱), from a mail server or a folder, and changes nothing there.
///
/// A mail server may think for minutes: each reading is on a thread of its own, which holds one
/// letter at a time and fetches the next when that one was taken. What was read is remembered only
/// as long as the mailbox lives; after a restart the mails of the last month come once more, under
/// the same ids.
package final class Mailbox: Sendable {
  private let inbox: any Inbox
  private let isBeingRead = Mutex(false)

  /// The mailbox of the settings. Reads the password file; touches nothing else before it is asked.
  package init(
    _ settings: MailboxSettings, zone: OfficeZone, version: String,
    limits: CollectingLimits = CollectingLimits(), now: @escaping @Sendable () -> Instant
  ) throws(MailboxFault) {
    switch settings {
    case .server(let server):
      inbox = IMAPInbox(
        try IMAPAccess(server), zone: zone, version: version, limits: limits, now: now)
    case .maildir(let path):
      inbox = MaildirInbox(path: path, limits: limits, now: now)
    }
  }

  /// Gives each letter that has come since it was last asked to `take`, oldest first; one whose
  /// `take` throws is given again at the next asking, after what is new then.
  ///
  /// Runs where its caller runs, and waits. Returns when nothing is left, when several in a row were
  /// refused, or after two minutes, with the rest left for the next time; throws where the mailbox
  /// cannot be read, at the latest as long after as the limits say. A cancelled task stops it within
  /// about a second.
  nonisolated(nonsending) package func collect(
    _ take: (Letter) async throws -> Void
  ) async throws(MailboxFault) {
    guard begin() else {
      throw MailboxFault(zh: "收件箱正在读取", en: "the mailbox is being read")
    }
    let reading = Reading()
    reading.start(inbox)
    await withTaskCancellationHandler {
      while let letter = await reading.next() {
        do {
          try await take(letter)
          reading.answer(isTaken: true)
        } catch {
          reading.answer(isTaken: false)
        }
      }
    } onCancel: {
      reading.stop()
    }
    isBeingRead.withLock { $0 = false }
    if let fault = reading.fault { throw fault }
  }

  /// Whether nobody reads it yet; from now on somebody does.
  private func begin() -> Bool {
    isBeingRead.withLock { isBeingRead in
      defer { isBeingRead = true }
      return !isBeingRead
    }
  }
}

/// Where mails are, and what was read of them: a server, or a folder.
protocol Inbox: Sendable {
  /// Gives what is new, until it is told to stop.
  func read(_ reading: Reading) throws(MailboxFault)
}

/// A switch that ends a reading under way, within about a second.
final class Cut: Sendable {
  private let made = Atomic(false)

  var isMade: Bool { made.load(ordering: .relaxed) }
  func make() { made.store(true, ordering: .relaxed) }
}
