import Vocabulary

/// A time as people and spreadsheet programs write it in a roster (值班表时间写法).
enum RosterTime {
  /// `2026-11-22 17:30`, `2026/11/22 17:30:00`, `2026年11月22日 17时30分`; nil for anything else.
  static func civil(_ written: String) -> CivilTime? {
    let (numbers, signs) = parts(written)
    guard (5...6).contains(numbers.count), numbers[0] >= 1000,
      let first = signs.first, first.isEmpty, isDay(signs[1], signs[2]), isMiddle(signs[3]),
      isTime(Array(signs[4...]))
    else { return nil }
    let second = numbers.count == 6 ? numbers[5] : 0
    // Midnight at a day's end, as shifts are written.
    if numbers[3] == 24, numbers[4] == 0, second == 0 {
      return CivilTime(year: numbers[0], month: numbers[1], day: numbers[2])?.adding(days: 1)
    }
    return CivilTime(
      year: numbers[0], month: numbers[1], day: numbers[2], hour: numbers[3], minute: numbers[4],
      second: second)
  }

  /// The same for the end of a shift, where the last minute of an hour means all of it: 23:59 is
  /// midnight to whoever writes it.
  static func end(_ written: String) -> CivilTime? {
    guard let civil = civil(written) else { return nil }
    guard civil.minute == 59 else { return civil }
    return CivilTime(
      year: civil.year, month: civil.month, day: civil.day, hour: civil.hour)?.addingHour
  }

  /// The numbers of a text, and what stands before, between and behind them.
  private static func parts(_ written: String) -> (numbers: [Int], signs: [String]) {
    var (numbers, signs) = ([Int](), [""])
    var isInNumber = false
    for scalar in written.unicodeScalars.map(halfWidth) {
      guard let digit = scalar.properties.numericType == .decimal ? Int(String(scalar)) : nil else {
        signs[signs.count - 1].unicodeScalars.append(scalar)
        isInNumber = false
        continue
      }
      if isInNumber, let last = numbers.indices.last {
        guard numbers[last] < 10_000 else { return ([], []) }
        numbers[last] = numbers[last] * 10 + digit
      } else {
        numbers.append(digit)
        signs.append("")
        isInNumber = true
      }
    }
    return (numbers, signs.map { $0.filter { !$0.isWhitespace } })
  }

  private static func isDay(_ first: String, _ second: String) -> Bool {
    [["-", "-"], ["/", "/"], [".", "."], ["年", "月"]].contains([first, second])
  }

  private static func isMiddle(_ sign: String) -> Bool { ["", "T", "日"].contains(sign) }

  /// What stands between hour, minute and second, and behind them.
  private static func isTime(_ signs: [String]) -> Bool {
    [[":", ""], [":", ":", ""], ["时", "分"], ["点", "分"]].contains(signs)
  }

  private static func halfWidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    guard (0xFF01...0xFF5E).contains(scalar.value) else {
      return scalar == "\u{3000}" ? " " : scalar
    }
    return Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
  }
}

extension CivilTime {
  /// An hour later by the civil clock.
  fileprivate var addingHour: CivilTime? {
    guard hour == 23 else {
      return CivilTime(year: year, month: month, day: day, hour: hour + 1, minute: minute)
    }
    return startOfDay.adding(days: 1)
  }
}
