import Foundation
import Testing

@Suite(.serialized) struct `A walk` {
  @Test(arguments: WalkFile.all)
  func `comes out as its file says`(_ url: URL) async throws {
    let file = try WalkFile(url)
    let result = try await Walker().walk(file)
    guard ProcessInfo.processInfo.environment["UPDATE"] == nil else {
      return try file.rewrite(result)
    }
    #expect(result == file.expected, "\(url.lastPathComponent)")
  }

  @Test func `is there to be taken`() {
    #expect(WalkFile.all.count >= 8)
  }
}
