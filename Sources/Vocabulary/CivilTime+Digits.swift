extension CivilTime {
  /// The midnight of a day as files and commands write it, `2026-05-01` and nothing looser; nil where
  /// the calendar has no such day.
  package init?(day written: some StringProtocol) {
    let parts = written.utf8.split(separator: 0x2D, omittingEmptySubsequences: false)
    guard parts.map(\.count) == [4, 2, 2],
      parts.allSatisfy({ $0.allSatisfy { (0x30...0x39).contains($0) } })
    else { return nil }
    let numbers = parts.map { $0.reduce(0) { $0 * 10 + Int($1 - 0x30) } }
    self.init(year: numbers[0], month: numbers[1], day: numbers[2])
  }

  /// The day, `2026-05-01`.
  package var dayInDigits: String { "\(padded(year, 4))-\(padded(month))-\(padded(day))" }

  /// The time of day, `08:55:07`.
  package var timeInDigits: String { "\(padded(hour)):\(padded(minute)):\(padded(second))" }

  private func padded(_ number: Int, _ width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
