import Testing

/// How Swift code reads the wall clock.
private let readings: [[String]] = [
  ["Date", "(", ")"],
  ["Date", ".", "init", "(", ")"],
  ["Date", ".", "now"],
  ["Date", "=", ".", "now"],
  ["Date", "(", "timeIntervalSinceNow"],
  ["NSDate", "(", ")"],
  ["DispatchWallTime", ".", "now"],
  ["CFAbsoluteTimeGetCurrent"],
  ["clock_gettime", "(", "CLOCK_REALTIME"],
  ["gettimeofday"],
  ["time", "(", "nil", ")"],
  ["time", "(", "NULL", ")"],
]

private func clockReadings(in file: SourceFile) -> [String] {
  readings.flatMap(file.places)
}

@Suite struct `The wall clock` {
  @Test func `is read in one file`() {
    let readers = House.sources.filter { !clockReadings(in: $0).isEmpty }.map(\.path)
    #expect(readers == ["Sources/huiyin/WallClock.swift"])
  }

  @Test(arguments: [
    "let now = Date()", "let now = Date.now", "func f(at now: Date = .now) {}",
    "clock_gettime(CLOCK_REALTIME, &spec)", "let now = time(nil)", #"log("\(Date())")"#,
  ])
  func `is seen to be read`(line: String) {
    #expect(clockReadings(in: SourceFile(path: "Sources/Judging/A.swift", text: line)).count == 1)
  }

  @Test(arguments: [
    "// Date() is forbidden", #"let text = "Date()""#, "let deadline = ContinuousClock.now + wait",
    "clock_gettime(CLOCK_BOOTTIME, &spec)", "/* time(nil) */",
  ])
  func `is not seen where nobody reads it`(line: String) {
    #expect(clockReadings(in: SourceFile(path: "Sources/Judging/A.swift", text: line)).isEmpty)
  }
}
