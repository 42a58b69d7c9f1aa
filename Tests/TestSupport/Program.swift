package import Foundation

/// The real `huiyin`, as it was built beside these tests.
package final class Program: @unchecked Sendable {
  // Unchecked: Process is told to start once and then only asked and signalled.
  private let process = Process()
  private let folder: Folder

  /// What a command said and how it ended.
  package struct Outcome {
    package var code: Int32
    package var output: String
    package var errors: String
  }

  /// Runs a command of `huiyin` to its end.
  package static func run(
    _ arguments: [String], input: String? = nil, in folder: String? = nil
  ) async throws -> Outcome {
    try await run(url.path, arguments, input: input, in: folder)
  }

  /// Runs another program to its end.
  package static func run(
    _ path: String, _ arguments: [String], input: String? = nil, in folder: String? = nil
  ) async throws -> Outcome {
    let program = try Program(arguments, input: input, path: path, in: folder)
    try await program.waitForEnd()
    return Outcome(
      code: program.process.terminationStatus, output: program.output, errors: program.errors)
  }

  /// Starts a command and returns while it runs.
  package init(
    _ arguments: [String], input: String? = nil, environment: [String: String] = [:],
    path: String? = nil, in place: String? = nil
  ) throws {
    folder = try Folder()
    try folder.write(input ?? "", to: "input")
    for name in ["output", "errors"] { try folder.write("", to: name) }
    process.executableURL = path.map { URL(fileURLWithPath: $0) } ?? Program.url
    process.arguments = arguments
    if let place { process.currentDirectoryURL = URL(fileURLWithPath: place) }
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let handles = [
      FileHandle(forReadingAtPath: folder.path("input")),
      FileHandle(forWritingAtPath: folder.path("output")),
      FileHandle(forWritingAtPath: folder.path("errors")),
    ]
    process.standardInput = handles[0]
    process.standardOutput = handles[1]
    process.standardError = handles[2]
    // Foundation keeps a process that has ended, and its handles with it; and with 1,300 descriptors
    // open its next start reads past the end of the list of them.
    defer { for handle in handles { try? handle?.close() } }
    try process.run()
  }

  deinit {
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
  }

  /// Whether it has not ended yet.
  package var isRunning: Bool { process.isRunning }
  /// What the kernel knows it by.
  package var id: Int32 { process.processIdentifier }
  /// Whether a signal ended it.
  package var wasKilled: Bool { !isRunning && process.terminationReason == .uncaughtSignal }
  /// How it ended.
  package var code: Int32 { process.terminationStatus }
  /// The most memory that it ever held, in megabytes.
  package var mostMemory: Int { get throws { try megabytes("VmHWM:") } }
  /// How much memory it holds, in megabytes.
  package var memory: Int { get throws { try megabytes("VmRSS:") } }
  /// How many descriptors it has open.
  package var descriptors: Int {
    get throws {
      try FileManager.default.contentsOfDirectory(
        atPath: "/proc/\(process.processIdentifier)/fd"
      ).count
    }
  }

  private func megabytes(_ name: String) throws -> Int {
    let status = try String(
      contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
    return Int(line?.split(separator: " ").dropLast().last ?? "").map { $0 / 1024 } ?? 0
  }

  /// What it has said to standard output.
  package var output: String { (try? folder.read("output")) ?? "" }
  /// What it has said to standard error.
  package var errors: String { (try? folder.read("errors")) ?? "" }

  /// Sends a signal.
  package func signal(_ number: Int32) {
    kill(process.processIdentifier, number)
  }

  /// Ends it by a signal and waits until it is gone.
  package func end(by number: Int32, within longest: Duration = .seconds(60)) async throws {
    signal(number)
    try await waitForEnd(within: longest)
  }

  /// Waits until it has ended. Where it does not, what its threads are doing is in the error: a
  /// failure that comes once in a hundred runs must tell all it can.
  package func waitForEnd(within longest: Duration = patience) async throws {
    do {
      try await eventually(within: longest) { !isRunning }
    } catch is NeverHeld {
      throw NeverEnded(
        command: process.arguments ?? [], after: longest, threads: threads,
        errors: String(errors.suffix(2000)))
    }
  }

  /// Each thread: its name, its state and where in the kernel it waits.
  private var threads: [String] {
    let tasks = "/proc/\(process.processIdentifier)/task"
    let ids = (try? FileManager.default.contentsOfDirectory(atPath: tasks)) ?? []
    return ids.sorted().map { id in
      let words = ["stat", "wchan", "syscall"].map { name in
        (try? String(contentsOfFile: "\(tasks)/\(id)/\(name)", encoding: .utf8)) ?? "-"
      }
      return words.joined(separator: " | ").replacing("\n", with: "")
    }
  }

  /// Where it lies: as `HUIYIN` in the environment says, else beside the tests.
  package static var url: URL {
    ProcessInfo.processInfo.environment["HUIYIN"].map { URL(fileURLWithPath: $0) }
      ?? beside("huiyin")
  }

  /// Something that was built beside the program that runs now.
  package static func beside(_ name: String) -> URL {
    URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appendingPathComponent(name)
  }
}

/// A program that went on longer than anybody waits.
package struct NeverEnded: Error {
  package var command: [String]
  package var after: Duration
  /// What each of its threads was doing.
  package var threads: [String]
  /// The last that it said to standard error.
  package var errors: String
}
