internal import CCurl
internal import Foundation

/// Greeting, EHLO, STARTTLS and AUTH (相互介绍), as libcurl's callbacks see them while it connects.
final class Introduction {
  /// How long a server that refuses may take to say goodbye.
  private static let goodbye = Duration.seconds(2)

  private(set) var conversation = Conversation()
  private let cut: Cut
  private var hungUpAt: ContinuousClock.Instant?

  /// An introduction, ended early by the cut.
  init(cut: Cut) {
    self.cut = cut
  }

  /// Connects a handle and hears what is said meanwhile.
  func connect(_ easy: OpaquePointer) -> CURLcode {
    listen(on: easy)
    // Nobody listens any more: the handle outlives this.
    defer {
      huiyin_set_long(easy, CURLOPT_VERBOSE, 0)
      huiyin_set_long(easy, CURLOPT_NOPROGRESS, 1)
    }
    return withExtendedLifetime(self) { curl_easy_perform(easy) }
  }

  private func listen(on easy: OpaquePointer) {
    let context = Unmanaged.passUnretained(self).toOpaque()
    for option in [CURLOPT_HEADERDATA, CURLOPT_DEBUGDATA, CURLOPT_XFERINFODATA] {
      huiyin_set_pointer(easy, option, context)
    }
    huiyin_on_header(easy) { line, size, count, context in
      Introduction.at(context)?.conversation.hear(Introduction.bytes(line, size * count))
      return size * count
    }
    huiyin_on_trace(easy) { _, kind, line, count, context in
      if kind == CURLINFO_HEADER_OUT {
        Introduction.at(context)?.said(Introduction.bytes(line, count))
      }
      return 0
    }
    huiyin_on_progress(easy) { context, _, _, _, _ in
      Introduction.at(context)?.isToStop == true ? 1 : 0
    }
    huiyin_set_long(easy, CURLOPT_VERBOSE, 1)
    huiyin_set_long(easy, CURLOPT_NOPROGRESS, 0)
  }

  private var isToStop: Bool {
    cut.isMade || hungUpAt.map { ContinuousClock.now - $0 > Introduction.goodbye } == true
  }

  private func said(_ line: UnsafeBufferPointer<UInt8>) {
    conversation.say(line)
    if conversation.isOver, hungUpAt == nil { hungUpAt = .now }
  }

  private static func at(_ context: UnsafeMutableRawPointer?) -> Introduction? {
    context.map { Unmanaged<Introduction>.fromOpaque($0).takeUnretainedValue() }
  }

  private static func bytes(
    _ start: UnsafeMutablePointer<CChar>?, _ count: Int
  ) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(
      start: UnsafeRawPointer(start)?.assumingMemoryBound(to: UInt8.self), count: count)
  }
}
