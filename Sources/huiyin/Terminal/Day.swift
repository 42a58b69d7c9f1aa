import ArgumentParser
import Vocabulary

/// A day as it is written at the terminal, `2026-03-02`.
struct Day {
  /// Its midnight.
  let civil: CivilTime

  /// Reads a day for an option, or says how days are written.
  static func read(_ written: String) throws -> Day {
    guard let civil = CivilTime(day: written) else {
      throw ValidationError(
        say(
          zh: "“\(written)”不是日期：请写成 2026-03-02 这样",
          en: "\"\(written)\" is no day: write it as 2026-03-02"))
    }
    return Day(civil: civil)
  }
}
