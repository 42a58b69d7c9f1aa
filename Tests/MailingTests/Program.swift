import Foundation

/// A program that a test runs, and the end of its standard input with it.
///
/// Waiting for a program is done off the test's own thread, of which there are only a few for all
/// tests together.
final class Program: Sendable {
  struct Failed: Error, CustomStringConvertible {
    var description: String
  }

  private let process: Process
  private let input = Pipe()
  private let output = Pipe()

  /// Starts a program that says `ready` once it listens, and waits for that.
  static func server(_ arguments: [String]) async throws -> Program {
    let program = try Program(arguments)
    let first = await program.offThread { $0.output.fileHandleForReading.availableData }
    guard String(decoding: first, as: UTF8.self).hasPrefix("ready") else {
      throw Failed(description: "did not start: \(arguments.joined(separator: " "))")
    }
    return program
  }

  /// Runs a program to its end and returns what it printed.
  static func output(of arguments: [String]) async throws -> Data {
    let program = try Program(arguments)
    let printed = await program.offThread { $0.output.fileHandleForReading.readDataToEndOfFile() }
    await program.stop()
    guard program.process.terminationStatus == 0 else {
      throw Failed(description: "failed: \(arguments.joined(separator: " "))")
    }
    return printed
  }

  private init(_ arguments: [String]) throws {
    process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    process.standardInput = input
    process.standardOutput = output
    process.standardError = arguments.first == "openssl" ? FileHandle.nullDevice : nil
    try process.run()
  }

  /// Runs a body while the program runs, and stops the program however the body ends.
  func whileRunning(_ body: () async throws -> Void) async throws {
    do {
      try await body()
    } catch {
      await stop()
      throw error
    }
    await stop()
  }

  /// Ends its standard input, and waits until it has cleaned up and gone.
  func stop() async {
    try? input.fileHandleForWriting.close()
    await offThread { $0.process.waitUntilExit() }
  }

  private func offThread<Value: Sendable>(
    _ wait: @escaping @Sendable (Program) -> Value
  ) async -> Value {
    await withCheckedContinuation { done in
      DispatchQueue.global().async { done.resume(returning: wait(self)) }
    }
  }

  /// A script beside these tests.
  static func script(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/Servers/" + name
  }
}

/// What Python's mail parser reads in a mail.
struct ReadMail: Decodable {
  var names: [String]
  var from: [[String]]
  var to: [[String]]
  var subject: String
  var date: String
  var messageID: String
  var inReplyTo: String?
  var references: String?
  var autoSubmitted: String
  var kinds: [String]
  var charsets: [String?]
  var contents: [String]
  var defects: [String]
  var longestLine: Int
  var isASCII: Bool

  /// Reads mails in files, one for each.
  static func read(_ files: [String]) async throws -> [ReadMail] {
    let printed = try await Program.output(of: ["python3", Program.script("read_mail.py")] + files)
    return try printed.split(separator: UInt8(ascii: "\n")).map {
      try JSONDecoder().decode(ReadMail.self, from: Data($0))
    }
  }

  /// Reads mails as bytes, one for each; Python is slow to start, so many at once.
  static func read(_ mails: [[UInt8]]) async throws -> [ReadMail] {
    let folder = try Folder()
    return try await read(
      mails.enumerated().map { try folder.file(String($0.offset), $0.element) })
  }

  /// Reads one mail as bytes.
  static func read(_ mail: [UInt8]) async throws -> ReadMail {
    guard let read = try await read([mail]).first else {
      throw Program.Failed(description: "nothing read")
    }
    return read
  }
}

/// A key, a certificate for a name, and the authority that signed it, made for one test run.
struct Certificate {
  let authority: String
  let certificate: String
  let key: String

  /// A certificate for `localhost` and 127.0.0.1, or for a name that is neither.
  init(in folder: Folder, for name: String = "localhost") async throws {
    let path = folder.path
    (authority, certificate, key) = (path + "/ca.pem", path + "/cert.pem", path + "/key.pem")
    let request = [
      "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
      "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
    ]
    _ = try await Program.output(
      of: request + [
        "-subj", "/CN=test authority", "-keyout", path + "/ca-key.pem", "-out", authority,
      ])
    let names = name == "localhost" ? "DNS:localhost,IP:127.0.0.1" : "DNS:\(name)"
    _ = try await Program.output(
      of: request + [
        "-subj", "/CN=\(name)", "-addext", "subjectAltName=\(names)", "-addext",
        "basicConstraints=critical,CA:FALSE", "-CA", authority, "-CAkey", path + "/ca-key.pem",
        "-keyout", key, "-out", certificate,
      ])
  }
}
