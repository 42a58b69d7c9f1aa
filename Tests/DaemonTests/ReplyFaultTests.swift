import Foundation
import Synchronization
import TestSupport
import Testing

@Suite(.serialized) struct `Replies, whatever fails` {
  @Test(arguments: ["greeting", "UID SEARCH"])
  func `mails of new alerts leave while the mailbox's server hangs, and a stop is no slower`(
    word: String
  ) async throws {
    let town = try await Town(every: "1s")
    let (port, folder) = (try freePort(), try Folder())
    try folder.write("", to: "seen")
    try folder.write("open-sesame\n", to: "password")
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Servers/hanging_imap.py").path
    let server = try Program(
      ["python3", script, "\(port)", word, folder.path("seen")], path: "/usr/bin/env")
    try await eventually { isListening(port) }
    try town.add(
      "mailbox: {url: \"imap://duty@127.0.0.1:\(port)/INBOX\", "
        + "password_file: \(folder.path("password"))}")
    try folder.write("", to: "seen")
    let daemon = try Program(["run", "--config", town.config])
    try await eventually { try folder.read("seen").contains("stuck") }
    try town.put(threads: 6)
    try await eventually { town.mails(to: "zjj@unit.example").count == 6 }
    // The first reading is still where it was: nobody has waited for it.
    #expect(try folder.read("seen") == "stuck\n", "\(daemon.errors)")
    try await daemon.end(by: SIGTERM)
    #expect(daemon.code == 0)
    #expect(try await town.alerts().flatMap(\.notices).allSatisfy { $0.state == "sent" })
    server.signal(SIGKILL)
  }

  @Test func `a reply to a mail whose receipt a kill took counts, and once`() async throws {
    let hangs = Mutex(true)
    let unit = "zjj@unit.example"
    let sink = try Sink(cues: { cue in
      cue.moment == .end && cue.recipient == unit && hangs.withLock(\.self) ? .hang : nil
    })
    defer { sink.stop() }
    let town = try await Town()
    try town.send(to: UInt16(sink.port))
    try town.openInbox()
    let daemon = try Program(["run", "--config", town.config])
    try await eventually { sink.seen.arrivals.contains { $0.recipient == unit } }
    // The server has it all and has not said so; the unit reads it and answers.
    try await daemon.end(by: SIGKILL)
    let sheet = try #require(sink.seen.arrivals.first { $0.recipient == unit })
    let mail = String(decoding: sheet.letter, as: UTF8.self).replacing("\r\n", with: "\n")
    try town.answer(mail, from: unit, saying: "收到，已派人", id: "early")
    hangs.withLock { $0 = false }
    for _ in 1...2 {
      let round = try await Program.run(["run", "--once", "--config", town.config])
      #expect(round.code == 0, "\(round.errors)")
    }
    let alert = try #require(try await town.alerts().first)
    #expect(alert.state == "acknowledged" && !alert.awaitsUnit)
    let notice = try #require(alert.notices.first { $0.recipient == unit })
    #expect(notice.state == "sent" && notice.mayHaveBeenSentTwice)
    let copies = sink.seen.arrivals.filter { $0.recipient == unit }
    #expect(copies.count == 2)
    #expect(
      copies.allSatisfy { String(decoding: $0.letter, as: UTF8.self).contains(notice.messageId) })
    #expect(try await town.sql("SELECT COUNT(*) FROM acknowledgement") == "1")
    #expect(try await town.sql("SELECT COUNT(*) FROM hearing") == "1")
  }

  @Test func `each letter counts once where the daemon is killed while it takes them in`()
    async throws
  {
    let letters = 120
    let town = try await Town()
    try town.openInbox()
    _ = try await Program.run(["run", "--once", "--config", town.config])
    let sheet = try #require(town.mails(to: "zjj@unit.example").first)
    for number in 1...letters {
      try town.answer(
        sheet, from: "zjj@unit.example", saying: "退回，第\(number)次说明", id: "return-\(number)")
    }
    var taken: [Int] = []
    for least in [1, 30, 60] {
      let daemon = try Program(["run", "--config", town.config])
      // Where it dies is the machine's affair; each time it has taken some, and never all at once.
      try await eventually(every: .milliseconds(2)) {
        daemon.errors.components(separatedBy: "letter heard").count > least
          || !daemon.isRunning
      }
      try await daemon.end(by: SIGKILL)
      taken.append(Int(try await town.sql("SELECT COUNT(*) FROM letter")) ?? -1)
      if taken.last == letters { break }
    }
    for _ in 1...2 {
      let round = try await Program.run(["run", "--once", "--config", town.config])
      #expect(round.code == 0, "\(round.errors)")
    }
    #expect(taken.first.map { $0 > 0 } == true, "\(taken)")
    let counts = try await town.sql(
      """
      SELECT COUNT(*) FROM letter UNION ALL SELECT COUNT(*) FROM hearing
      UNION ALL SELECT COUNT(DISTINCT text) FROM letter_text
      UNION ALL SELECT COUNT(*) FROM notice WHERE kind = 'relay'
      """)
    #expect(counts == Array(repeating: "\(letters)", count: 4).joined(separator: "\n"), "\(taken)")
    let relays = try await town.letters().filter {
      $0.to == "officer@letters.example" && $0.subject.contains("退回")
    }
    #expect(relays.count == letters && Set(relays.map(\.messageID)).count == letters)
    #expect(try await town.alerts().first?.state == "returned")
    // The mailbox has them all, as they came.
    #expect(town.home.names(in: "inbox/new").count == letters)
    #expect(town.home.names(in: "inbox/cur").isEmpty)
  }
}

extension Town {
  /// Has replies read from a Maildir.
  func openInbox() throws {
    try add("mailbox: {maildir: ./inbox}")
    for name in ["new", "cur", "tmp"] {
      try FileManager.default.createDirectory(
        atPath: home.path("inbox/\(name)"), withIntermediateDirectories: true)
    }
  }

  /// Answers one of the office's mails.
  func answer(
    _ mail: String, from sender: String, saying text: String, id: String
  ) throws {
    let ours = try #require(mail.firstMatch(of: /(?i)\nMessage-ID:\s*(<[^>]+>)/)).output.1
    try home.write(
      """
      From: \(sender)
      To: duty@letters.example
      Subject: Re: x
      In-Reply-To: \(ours)
      Message-ID: <\(id)@unit.example>
      MIME-Version: 1.0
      Content-Type: text/plain; charset=utf-8
      Content-Transfer-Encoding: 8bit

      \(text)
      """, to: "inbox/new/\(id).host")
  }
}
