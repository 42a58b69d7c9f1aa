package import Vocabulary

/// Why a mailbox could not be read (收信失败).
package struct CollectingFault: Error, Sendable, Hashable {
  /// One sentence for the admin, with the remedy where there is one.
  package var reason: Phrase

  init(zh: String, en: String) {
    reason = Phrase(zh: zh, en: en)
  }

  /// Whoever asked does not want to know any more.
  static let stopped = CollectingFault(
    zh: "程序正在退出，收件箱没有读完", en: "the program is closing: the mailbox was not read to its end")
}
