import ArgumentParser
import Vocabulary

/// A day as it is written at the terminal, `2026-03-02`.
struct Day {
  /// Its midnight.
  let civil: CivilTime

  /// Reads a day: four figures, two and two, and one that the calendar has.
  init?(_ written: String) {
    let parts = written.split(separator: "-", omittingEmptySubsequences: false)
    let isPlain = written.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2D }
    guard isPlain, parts.map(\.utf8.count) == [4, 2, 2] else { return nil }
    let numbers = parts.compactMap { Int($0) }
    guard let civil = CivilTime(year: numbers[0], month: numbers[1], day: numbers[2]) else {
      return nil
    }
    self.civil = civil
  }

  /// Reads a day for an option, or says how days are written.
  static func read(_ written: String) throws -> Day {
    guard let day = Day(written) else {
      throw ValidationError(
        say(
          zh: "“\(written)”不是日期：请写成 2026-03-02 这样",
          en: "\"\(written)\" is no day: write it as 2026-03-02"))
    }
    return day
  }
}
