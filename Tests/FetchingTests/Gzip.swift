import Foundation

/// Compressed bytes made by the machine's own gzip.
enum Gzip {
  /// So many megabytes of zeros, compressed.
  static func zeros(megabytes: Int) throws -> [UInt8] {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "head -c \(megabytes)000000 /dev/zero | gzip -9"]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    defer { process.waitUntilExit() }
    return try Array(pipe.fileHandleForReading.readToEnd() ?? Data())
  }
}
