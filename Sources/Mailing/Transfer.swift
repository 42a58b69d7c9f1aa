internal import CCurl
internal import Foundation

/// One perform of an easy handle, as its callbacks see it; all on the carrier's thread.
final class Transfer {
  /// How long the server may take to say goodbye after it has refused the letter.
  private static let goodbye = Duration.seconds(2)

  private(set) var conversation = Conversation()
  /// Whether the content was kept back because it may not leave.
  private(set) var isWithheld = false
  private let bytes: [UInt8]
  private let connection: Int
  private let mayBegin: @Sendable (Int) -> Bool
  private let cut: Cut
  private var hasBegun = false
  private var offset = 0
  private var hungUpAt: ContinuousClock.Instant?

  /// A transfer of a letter, ended early by the cut.
  init(_ parcel: Parcel, cut: Cut) {
    bytes = parcel.bytes
    connection = parcel.connection
    mayBegin = parcel.mayBegin
    self.cut = cut
  }

  /// Puts these callbacks on a handle; each is handed the transfer as its context.
  static func listen(on easy: OpaquePointer) {
    huiyin_on_read(easy) { buffer, size, count, context in
      Transfer.at(context)?.fill(buffer, size * count) ?? Int(CURL_READFUNC_ABORT)
    }
    huiyin_on_header(easy) { line, size, count, context in
      Transfer.at(context)?.conversation.hear(Transfer.bytes(line, size * count))
      return size * count
    }
    huiyin_on_trace(easy) { _, kind, line, count, context in
      if kind == CURLINFO_HEADER_OUT { Transfer.at(context)?.said(Transfer.bytes(line, count)) }
      return 0
    }
    huiyin_on_progress(easy) { context, _, _, _, _ in
      Transfer.at(context)?.isToStop == true ? 1 : 0
    }
    huiyin_set_long(easy, CURLOPT_VERBOSE, 1)
    huiyin_set_long(easy, CURLOPT_NOPROGRESS, 0)
  }

  private var isToStop: Bool {
    cut.isMade || hungUpAt.map { ContinuousClock.now - $0 > Transfer.goodbye } == true
  }

  private func said(_ line: UnsafeBufferPointer<UInt8>) {
    conversation.say(line)
    if conversation.isOver, hungUpAt == nil { hungUpAt = .now }
  }

  private func fill(_ buffer: UnsafeMutablePointer<CChar>?, _ room: Int) -> Int {
    conversation.beginContent()
    guard begin() else { return Int(CURL_READFUNC_ABORT) }
    let count = min(room, bytes.count - offset)
    bytes.withUnsafeBytes { source in
      guard let buffer, count > 0 else { return }
      UnsafeMutableRawPointer(buffer).copyMemory(
        from: UnsafeRawBufferPointer(rebasing: source[offset..<offset + count]).baseAddress
          ?? UnsafeRawPointer(buffer), byteCount: count)
    }
    offset += count
    if offset == bytes.count { conversation.endContent() }
    return count
  }

  /// Asks once whether the content may leave.
  private func begin() -> Bool {
    guard !hasBegun else { return !isWithheld }
    hasBegun = true
    isWithheld = !mayBegin(connection)
    return !isWithheld
  }

  private static func at(_ context: UnsafeMutableRawPointer?) -> Transfer? {
    context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
  }

  private static func bytes(
    _ start: UnsafeMutablePointer<CChar>?, _ count: Int
  ) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(
      start: UnsafeRawPointer(start)?.assumingMemoryBound(to: UInt8.self), count: count)
  }
}
