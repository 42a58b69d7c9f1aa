import Foundation

/// The lines of a file or of standard input, read as they are wanted; a file of any size does.
struct LineReader: Sequence, IteratorProtocol {
  private let handle: FileHandle
  private var buffer: [UInt8] = []
  private var start = 0
  private var isAtEnd = false

  /// The lines of a file; `-` is standard input.
  init(path: String) throws {
    guard path != "-" else {
      handle = .standardInput
      return
    }
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw Ending.couldNotRun(
        say(zh: "读不了文件 \(path)，请检查路径和权限", en: "cannot read \(path): check path and rights"))
    }
    handle = file
  }

  /// The next line without its end; bytes that are no UTF-8 come as U+FFFD.
  mutating func next() -> String? {
    while true {
      if let end = buffer[start...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { start = end + 1 }
        return String(decoding: buffer[start..<end], as: UTF8.self)
      }
      guard !isAtEnd else { return lastLine() }
      let more = handle.availableData
      isAtEnd = more.isEmpty
      buffer.removeFirst(start)
      start = 0
      buffer.append(contentsOf: more)
    }
  }

  private mutating func lastLine() -> String? {
    guard start < buffer.count else { return nil }
    defer { start = buffer.count }
    return String(decoding: buffer[start...], as: UTF8.self)
  }
}
