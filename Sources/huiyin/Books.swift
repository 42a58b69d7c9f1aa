import Foundation
import Storage
import Vocabulary

/// The ledger as commands open it: to look, or to write beside a running daemon.
struct Books {
  let setup: Setup
  let ledger: Ledger

  /// Opens the ledger to look at it.
  static func look(_ config: Config) throws -> Books {
    try opened(config) { setup throws(LedgerFault) in try Ledger.look(folder: setup.folder) }
  }

  /// Opens the ledger to write what somebody says at the terminal.
  static func open(_ config: Config) throws -> Books {
    try opened(config) { setup throws(LedgerFault) in
      try Ledger.open(folder: setup.folder, now: WallClock.now())
    }
  }

  private static func opened(
    _ config: Config, _ open: (Setup) throws(LedgerFault) -> Ledger
  ) throws -> Books {
    let setup = try config.setup()
    do {
      return Books(setup: setup, ledger: try open(setup))
    } catch {
      throw Ending.couldNotRun(error.reason[setup.office.language])
    }
  }

  var language: Language { setup.office.language }
  var zone: OfficeZone { setup.office.zone }

  /// Asks the ledger, and ends the command plainly where it cannot be asked.
  func read<T: Sendable>(
    _ work: @escaping @Sendable (Storage.Reading) throws -> T
  ) async throws -> T {
    do {
      return try await ledger.read(work)
    } catch let fault as LedgerFault {
      throw Ending.couldNotRun(fault.reason[language])
    }
  }

  /// Writes into the ledger, and ends the command plainly where it cannot be written.
  func write<T: Sendable>(_ work: @escaping @Sendable (Writing) throws -> T) async throws -> T {
    do {
      return try await ledger.write(work)
    } catch let fault as LedgerFault {
      throw fault.cause == .notFound
        ? Ending.no(fault.reason[language]) : Ending.couldNotRun(fault.reason[language])
    }
  }

  /// The alert of a number as people write it.
  func alert(_ written: String) async throws -> AlertRow {
    guard let id = Alert.ID(written) else {
      throw Ending(
        code: 2,
        sentence: Phrase(
          zh: "“\(written)”不是预警编号，应如 2026-0017",
          en: "\"\(written)\" is no alert's number; one looks like 2026-0017")[language])
    }
    guard let row = try await read({ try $0.alert(id) }) else {
      throw Ending.no(
        Phrase(zh: "没有编号为 \(id) 的预警", en: "there is no alert \(id)")[language])
    }
    return row
  }

  /// A moment as the office reads it at the terminal, `03-02 08:55`.
  func short(_ time: WallTime) -> String {
    let text = zone.rfc3339(time)
    return String(text.dropFirst(5).prefix(11)).replacing("T", with: " ")
  }

  /// A span in the coarsest words that say enough, `3 分钟`.
  func span(_ duration: Duration) -> String {
    let minutes = duration.inMilliseconds / 60_000
    switch abs(minutes) {
    case ..<1: return Phrase(zh: "不到1分钟", en: "<1 min")[language]
    case ..<120: return Phrase(zh: "\(minutes)分钟", en: "\(minutes) min")[language]
    case ..<2880: return Phrase(zh: "\(minutes / 60)小时", en: "\(minutes / 60) h")[language]
    default: return Phrase(zh: "\(minutes / 1440)天", en: "\(minutes / 1440) d")[language]
    }
  }
}
