internal import Foundation
internal import Synchronization
internal import Vocabulary

/// What came of a call, before a language and a time are put to it.
struct Ending: Sendable, Hashable {
  /// In characters.
  static let longestReply = 200

  var outcome: Receipt.Outcome
  var reply: Phrase
  var code: Int?
  var mayHaveBeenSent = false
  /// Nothing was answered in time: whoever waits behind it would wait as long for nothing.
  var isSilence = false

  init(_ outcome: Receipt.Outcome, zh: String, en: String, code: Int? = nil) {
    self.outcome = outcome
    self.reply = Phrase(zh: zh, en: en)
    self.code = code
  }

  /// The same where the call may have arrived all the same.
  var inDoubt: Ending {
    var ending = self
    ending.mayHaveBeenSent = true
    return ending
  }

  /// The same where the time was up.
  var inSilence: Ending {
    var ending = self
    ending.isSilence = true
    return ending
  }

  static let closing = Ending(.deferred, zh: "程序正在退出", en: "the program is closing")
  static let notBegun = Ending(.deferred, zh: "未开始", en: "not begun")
  static let tooMany = Ending(
    .deferred, zh: "每分钟条数已满，稍后再发", en: "as many as a minute may have were sent: later")
  static let behind = Ending(
    .deferred, zh: "通道没有反应，稍后再发", en: "the channel does not answer: later")
}

extension String {
  /// On one line, without what controls a terminal, without these words, and not too long.
  func asReply(without secrets: [String] = []) -> String {
    let known = secrets.filter { $0.count >= 4 }.sorted { $0.count > $1.count }
      .reduce(self) { $0.replacingOccurrences(of: $1, with: "***") }
    let words = known.unicodeScalars.map { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: " "
      default: String(scalar)
      }
    }.joined().split(separator: " ").joined(separator: " ")
    return words.count <= Ending.longestReply
      ? words : String(words.prefix(Ending.longestReply - 1)) + "…"
  }
}

/// A switch that ends every call under way, within about a second.
final class Cut: Sendable {
  private let made = Atomic(false)

  var isMade: Bool { made.load(ordering: .relaxed) }
  func make() { made.store(true, ordering: .relaxed) }
}
