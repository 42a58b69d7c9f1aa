/// The day that many addresses hold (网址日期).
enum AddressDay {
  /// As in /2026/03/02/, /2026-03/02/, /202603/02/ and t20260302_17: `2026-03-02`; nil where an
  /// address holds no day.
  static func of(_ url: String) -> String? {
    let path = url.prefix { $0 != "?" && $0 != "#" }
    let runs = path.split { !$0.isASCII || !$0.isNumber }.map(String.init)
    for (index, run) in runs.enumerated() {
      if run.count == 8, let day = day(run) { return day }
      let rest = runs[(index + 1)...]
      if run.count == 6, let day = rest.first, day.count == 2, let found = self.day(run + day) {
        return found
      }
      guard run.count == 4, let month = rest.first, month.count <= 2,
        let day = rest.dropFirst().first,
        day.count <= 2
      else { continue }
      let padded = run + (month.count < 2 ? "0" : "") + month + (day.count < 2 ? "0" : "") + day
      if let found = self.day(padded) { return found }
    }
    return nil
  }

  private static func day(_ digits: String) -> String? {
    guard digits.count == 8, let year = Int(digits.prefix(4)), (1995...2100).contains(year),
      let month = Int(digits.dropFirst(4).prefix(2)), (1...12).contains(month),
      let day = Int(digits.suffix(2)), (1...31).contains(day)
    else { return nil }
    return "\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))-\(digits.suffix(2))"
  }
}
