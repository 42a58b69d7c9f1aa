internal import Foundation
package import Vocabulary

/// Writes an envelope out as the bytes of a mail (拟成邮件, RFC 5322 and RFC 2045 to 2047).
///
/// The same envelope always gives the same bytes, so that a repeat is recognisable. Lines end in
/// CRLF, the last one too, none is longer than 998 bytes, all are ASCII, and none begins with a dot,
/// so that none has to be doubled on the way and the lone dot that ends a letter stands alone.
package struct Composer: Sendable {
  private let zone: OfficeZone
  /// The lines that are the same on every mail.
  private let sender: String
  private let manners: String

  /// A composer for an office by its sender, the zone its dates are written in, and the name and
  /// version of the program.
  package init(from: MailAddress, zone: OfficeZone, program: String) {
    self.zone = zone
    sender = HeaderField.mailbox("From", display: from.name, address: from.address)
    // RFC 3834 and Exchange's own: no out-of-office answers. Bounces still come, and are wanted.
    manners =
      HeaderField.line("Auto-Submitted", ["auto-generated"])
      + HeaderField.line("X-Auto-Response-Suppress", ["OOF, AutoReply"])
      + HeaderField.text("X-Mailer", program)
      + HeaderField.line("MIME-Version", ["1.0"])
  }

  /// The mail to the envelope's recipient alone.
  package func mail(for envelope: Envelope) -> [UInt8] {
    let boundary = boundary(for: envelope)
    let header = header(of: envelope)
    let plain = Base64Lines.encoding(canonical(envelope.text))
    let html = Base64Lines.encoding(canonical(envelope.html))
    var mail: [UInt8] = []
    mail.reserveCapacity(header.utf8.count + plain.count + html.count + 1000)
    mail += header.utf8
    mail +=
      HeaderField.line(
        "Content-Type", ["multipart/alternative;", "boundary=\"\(boundary)\""]
      ).utf8
    // Mail programs show the last part that they can: plain text first, HTML after it.
    for (head, part) in [(Composer.plainHead, plain), (Composer.htmlHead, html)] {
      mail += "\r\n--\(boundary)\r\n\(head)\r\n".utf8
      mail += part
      mail += "\r\n".utf8
    }
    mail += "\r\n--\(boundary)--\r\n".utf8
    return mail
  }

  private func header(of envelope: Envelope) -> String {
    let recipient = envelope.recipient
    var header = HeaderField.line("Date", [date(envelope.draftedAt)])
    header += sender
    header += HeaderField.mailbox("To", display: recipient.name, address: recipient.address)
    header += HeaderField.text("Subject", envelope.subject)
    header += HeaderField.identifiers("Message-ID", envelope.messageID) ?? ""
    if let first = envelope.inReplyTo {
      header += HeaderField.identifiers("In-Reply-To", first) ?? ""
      header += HeaderField.identifiers("References", first) ?? ""
    }
    return header + manners
  }

  private static let plainHead = head(ofPart: "plain")
  private static let htmlHead = head(ofPart: "html")

  private static func head(ofPart kind: String) -> String {
    HeaderField.line("Content-Type", ["text/\(kind);", "charset=UTF-8"])
      + HeaderField.line("Content-Transfer-Encoding", ["base64"])
  }

  /// The text with the line ends that RFC 2046 asks for inside base64 too, and no other control
  /// character than the tab.
  private func canonical(_ text: String) -> [UInt8] {
    var lines: [UInt8] = []
    lines.reserveCapacity(text.utf8.count + text.utf8.count / 32)
    var text = text
    text.withUTF8 { bytes in
      var start = 0
      // From one control character to the next: byte by byte it costs as much as all the rest.
      while let index = Composer.control(in: bytes, from: start) {
        lines.append(contentsOf: bytes[start..<index])
        start = index + 1
        let endsLine = bytes[index] == 0x0A && (index == 0 || bytes[index - 1] != 0x0D)
        if bytes[index] == 0x09 { lines.append(0x09) }
        if endsLine || bytes[index] == 0x0D {
          lines.append(0x0D)
          lines.append(0x0A)
        }
      }
      lines.append(contentsOf: bytes[start...])
    }
    return lines
  }

  /// The next control character, looked for in eight bytes at once.
  private static func control(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var index = start
    let raw = UnsafeRawBufferPointer(bytes)
    while index + 8 <= raw.count {
      let eight = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      if mayHaveControl(eight) { break }
      index += 8
    }
    while index < bytes.count {
      if bytes[index] < 0x20 || bytes[index] == 0x7F { return index }
      index += 1
    }
    return nil
  }

  /// Whether one of eight bytes is below 0x20 or is 0x7F: a byte that is borrows, by which its highest
  /// bit comes to be set that was not.
  private static func mayHaveControl(_ eight: UInt64) -> Bool {
    let each: UInt64 = 0x0101_0101_0101_0101
    let isDelete = eight ^ each &* 0x7F
    let below = (eight &- each &* 0x20) & ~eight
    return (below | (isDelete &- each) & ~isDelete) & (each &* 0x80) != 0
  }

  /// Base64 has no `-`, so no boundary can occur in a part; the id only tells two mails apart.
  private func boundary(for envelope: Envelope) -> String {
    let id = envelope.messageID.utf8.filter(HeaderField.isLetterOrDigit).prefix(40)
    return "huiyin-" + String(decoding: id, as: UTF8.self)
  }

  /// RFC 5322, section 3.3: `Mon, 02 Mar 2026 08:55:00 +0800`.
  private func date(_ time: WallTime) -> String {
    let civil = zone.civil(time)
    let minutes = zone.offset(at: time) / 60
    let clock =
      "\(twoDigits(civil.hour)):\(twoDigits(civil.minute)):\(twoDigits(civil.second))"
    let offset = "\(twoDigits(abs(minutes) / 60))\(twoDigits(abs(minutes) % 60))"
    return "\(Composer.days[civil.weekday - 1]), \(twoDigits(civil.day))"
      + " \(Composer.months[civil.month - 1]) \(civil.year) \(clock)"
      + " \(minutes < 0 ? "-" : "+")\(offset)"
  }

  private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private func twoDigits(_ number: Int) -> String {
    (number < 10 ? "0" : "") + String(number)
  }
}
