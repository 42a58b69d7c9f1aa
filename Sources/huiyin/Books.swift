import Alerting
import Foundation
import Storage
import Vocabulary

/// The ledger as commands open it: to look, or to write beside a running daemon.
struct Books {
  let setup: Setup
  let ledger: Ledger

  /// Opens the ledger to look at it.
  static func look(_ setup: Setup) throws(LedgerFault) -> Books {
    Books(setup: setup, ledger: try Ledger.look(folder: setup.folder))
  }

  /// Opens the ledger to write what somebody says at the terminal. Where there is none yet, nobody
  /// can have anything to say of it, and none is made.
  static func open(_ setup: Setup) throws(LedgerFault) -> Books {
    try look(setup).ledger.close()
    return Books(
      setup: setup, ledger: try Ledger.open(folder: setup.folder, now: WallClock.now()))
  }

  /// This moment by the ledger's clock.
  func now() async throws -> Instant { try await ledger.clock(WallClock.read).now() }

  var language: Language { setup.office.language }
  var zone: OfficeZone { setup.office.zone }

  /// The alert of a number.
  func alert(_ id: Alert.ID) async throws -> AlertRow {
    guard let row = try await ledger.read({ try $0.alert(id) }) else {
      throw Ending.no(
        Phrase(zh: "没有编号为 \(id) 的预警", en: "there is no alert \(id)")[language])
    }
    return row
  }
}

extension Books {
  /// How an alert has used its window until now.
  func use(of row: AlertRow) async throws -> WindowUse {
    let now = try await self.now()
    let facts = try await ledger.read { try $0.windowFacts(of: row, at: now) }
    let every = setup.feeds.first { $0.id == row.feed }?.every
    return WindowReckoning(facts, every: every, at: now).use
  }
}

extension Office {
  /// A moment as the office reads it at the terminal, `03-02 08:55`.
  func short(_ time: WallTime) -> String {
    let text = zone.rfc3339(time)
    return String(text.dropFirst(5).prefix(11)).replacing("T", with: " ")
  }

  /// The same to the second, `03-02 08:55:07`.
  func exact(_ time: WallTime) -> String {
    let text = zone.rfc3339(time)
    return String(text.dropFirst(5).prefix(14)).replacing("T", with: " ")
  }

  /// A span in two words at most, `3分20秒`.
  func exactSpan(_ duration: Duration) -> String {
    let seconds = Int(duration.inMilliseconds / 1000)
    let parts = [
      (seconds / 86_400, Phrase(zh: "天", en: "d")), (seconds / 3600 % 24, Phrase(zh: "时", en: "h")),
      (seconds / 60 % 60, Phrase(zh: "分", en: "m")), (seconds % 60, Phrase(zh: "秒", en: "s")),
    ]
    let first = parts.firstIndex { $0.0 > 0 } ?? parts.count - 1
    return parts[first...].prefix(2).enumerated().filter { $0.offset == 0 || $0.element.0 > 0 }
      .map { "\($0.element.0)\($0.element.1[language])" }.joined()
  }

  /// A span in the coarsest words that say enough, `3分钟`.
  func span(_ duration: Duration) -> String {
    let minutes = duration.inMilliseconds / 60_000
    return switch abs(minutes) {
    case ..<1: Phrase(zh: "不到1分钟", en: "<1 min")[language]
    case ..<120: Phrase(zh: "\(minutes)分钟", en: "\(minutes) min")[language]
    case ..<2880: Phrase(zh: "\(minutes / 60)小时", en: "\(minutes / 60) h")[language]
    default: Phrase(zh: "\(minutes / 1440)天", en: "\(minutes / 1440) d")[language]
    }
  }
}
