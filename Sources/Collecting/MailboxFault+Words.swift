internal import Vocabulary

extension MailboxFault {
  init(zh: String, en: String) {
    self.init(Phrase(zh: zh, en: en))
  }

  /// Whoever asked does not want to know any more.
  static var stopped: MailboxFault {
    MailboxFault(
      zh: "程序正在退出，收件箱没有读完",
      en: "the program is closing: the mailbox was not read to its end")
  }
}
