import Foundation

/// The lines of a file or of standard input, as bytes, read as they are wanted: a file of any size
/// does, and so does a pipe that somebody writes into line by line.
struct LineReader: Sequence, IteratorProtocol {
  private static let chunk = 65_536

  private let path: String
  private let handle: FileHandle
  private var buffer: [UInt8] = []
  private var start = 0
  private var isAtEnd = false

  /// The lines of a file; `-` is standard input.
  init(path: String) throws {
    self.path = path
    guard path != "-" else {
      handle = .standardInput
      return
    }
    guard let file = FileHandle(forReadingAtPath: path) else { throw Ending.unreadable(path) }
    handle = file
  }

  /// The next line without its end.
  mutating func next() -> [UInt8]? {
    var searched = start
    while true {
      if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { start = end + 1 }
        return Array(buffer[start..<end])
      }
      guard !isAtEnd else { return lastLine() }
      searched = buffer.count - start
      readMore()
    }
  }

  private mutating func readMore() {
    buffer.removeFirst(start)
    start = 0
    var more = [UInt8](repeating: 0, count: LineReader.chunk)
    var count = read(handle.fileDescriptor, &more, more.count)
    while count < 0, errno == EINTR {
      count = read(handle.fileDescriptor, &more, more.count)
    }
    // Half a file must not pass for the whole.
    guard count >= 0 else {
      Terminal.complain(Ending.unreadable(path).sentence)
      exit(3)
    }
    isAtEnd = count == 0
    buffer.append(contentsOf: more.prefix(count))
  }

  private mutating func lastLine() -> [UInt8]? {
    guard start < buffer.count else { return nil }
    defer { start = buffer.count }
    return Array(buffer[start...])
  }
}

extension FileHandle {
  /// The whole of a file; `-` is standard input.
  static func bytes(of path: String) throws -> Data {
    guard path != "-" else { return standardInput.readDataToEndOfFile() }
    guard let bytes = try? Data(contentsOf: URL(fileURLWithPath: path)) else {
      throw Ending.unreadable(path)
    }
    return bytes
  }
}

extension Ending {
  /// A file that was named cannot be read.
  static func unreadable(_ path: String) -> Ending {
    couldNotRun(
      say(zh: "读不了文件 \(path)，请检查路径和权限", en: "cannot read \(path): check path and rights"))
  }
}

extension [UInt8] {
  /// Whether a line holds nothing but blanks.
  var isBlank: Bool { allSatisfy { [0x20, 0x09, 0x0D].contains($0) } }

  /// Without the byte order mark with which some programs begin a file.
  var withoutMark: [UInt8] {
    starts(with: [0xEF, 0xBB, 0xBF]) ? Array(dropFirst(3)) : self
  }
}
