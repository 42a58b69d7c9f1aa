import Foundation
import TestSupport

/// A mail as the sink has it: whose it is and which posts it speaks of, read off its bytes alone.
struct ReadArrival {
  var messageID: String
  var recipient: String
  /// What the addresses in its text end in, `/t/17`.
  var paths: Set<String>
  var at: Int64

  init(_ arrival: Sink.Arrival) {
    let text = String(decoding: arrival.letter, as: UTF8.self)
      .replacingOccurrences(of: "\r\n", with: "\n")
    let head = text.components(separatedBy: "\n\n").first ?? ""
    // RFC 5322, section 2.2.3: a line that begins with a blank goes on.
    let lines = head.replacingOccurrences(of: "\n ", with: " ").split(separator: "\n")
    let named = lines.first { $0.lowercased().hasPrefix("message-id:") } ?? ""
    messageID = named.dropFirst("message-id:".count).trimmingCharacters(in: .whitespaces)
    recipient = arrival.recipient
    at = arrival.at
    paths = Set(ReadArrival.plain(text).matches(of: /\/t\/\d+/).map { String($0.output) })
  }

  /// The parts of a letter that are written in base64, as text.
  private static func plain(_ letter: String) -> String {
    letter.components(separatedBy: "\n\n").dropFirst().map { block in
      let code = block.prefix { $0 != "-" }.filter { !$0.isWhitespace }
      return String(decoding: Data(base64Encoded: code) ?? Data(), as: UTF8.self)
    }.joined(separator: "\n")
  }
}
