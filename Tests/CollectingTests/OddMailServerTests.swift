import Collecting
import Foundation
import Synchronization
import TestSupport
import Testing
import Vocabulary

@Suite struct `A mailbox at an odd server` {
  private func mailbox(
    _ server: OddMailServer, _ folder: Folder, limits: CollectingLimits = .short
  ) throws -> Mailbox {
    try folder.write("sesame", to: "password")
    return try Mailbox(
      .server(
        IMAPServer(
          protection: .imap, host: "127.0.0.1", port: server.port, username: "duty",
          passwordFile: folder.path("password"))), limits: limits)
  }

  @Test(arguments: [
    "greeting", "CAPABILITY", "LOGIN", "EXAMINE", "UID SEARCH", "UID FETCH 5 ",
    "UID FETCH 5 (UID BODY",
  ])
  func `is given up where the server falls silent, drips or hangs up`(step: String) async throws {
    for act in [OddMailServer.Act.hang, .cut, .drip("* OK still here\r\n")] {
      let folder = try Folder()
      let server = try OddMailServer { command in
        if command.hasPrefix(step) { return act }
        return command.hasPrefix("UID SEARCH")
          ? .say("* SEARCH 5\r\n% OK done") : .header(command)
      }
      let fault = try await mailbox(server, folder, limits: .tight).fault()
      #expect(fault != nil, "\(step) \(act)")
      #expect(fault?.why.zh.contains("sesame") == false)
      server.stop()
    }
  }

  @Test func `says who it is before it opens the folder, where the server asks for it`()
    async throws
  {
    let folder = try Folder()
    let server = try OddMailServer { command in
      command.hasPrefix("CAPABILITY") ? .say("* CAPABILITY IMAP4rev1 ID UIDPLUS\r\n% OK done") : nil
    }
    #expect(try await mailbox(server, folder).fault() == nil)
    let verbs = server.commands.map { $0.prefix { $0 != " " } }
    let said = try #require(verbs.firstIndex(of: "ID"))
    #expect(try said < #require(verbs.firstIndex(of: "EXAMINE")))
    #expect(server.commands[said].contains("\"name\" \"Huiyin\""))
    #expect(!verbs.contains("SELECT") && !verbs.contains("STORE"))
  }

  @Test(arguments: [
    "% NO EXAMINE Unsafe Login. Please contact kefu@mail.example", "% NO [INUSE] mailbox is locked",
    "* BYE too many connections", "% BAD command",
  ])
  func `tells what the server says that refuses it`(answer: String) async throws {
    let folder = try Folder()
    let server = try OddMailServer { $0.hasPrefix("EXAMINE") ? .say(answer) : nil }
    let fault = try await mailbox(server, folder).fault()
    let words = answer.split(separator: " ").last.map(String.init) ?? ""
    #expect(fault?.why.zh.contains(words) == true, "\(String(describing: fault))")
  }

  /// An untagged NO is a warning (RFC 3501, section 7.1.2; OVERQUOTA is RFC 5530's).
  @Test func `that is full is read as ever, whatever the server warns of`() async throws {
    let folder = try Folder()
    let server = try OddMailServer { command in
      if command.hasPrefix("EXAMINE") {
        return .say(
          "* OK [ALERT] the mailbox is full\r\n* OK [UIDVALIDITY 7] ok\r\n% OK [READ-ONLY] done")
      }
      if command.hasPrefix("UID SEARCH") {
        return .say("* NO [OVERQUOTA] quota exceeded\r\n* SEARCH 5\r\n% OK done")
      }
      return .header(command)
    }
    #expect(try await mailbox(server, folder).letters().words == ["收到"])
  }

  @Test func `is read again from the start where its numbers are new`() async throws {
    let folder = try Folder()
    let times = Counter()
    let server = try OddMailServer { command in
      if command.hasPrefix("EXAMINE") {
        return .say("* OK [UIDVALIDITY \(times.next() < 2 ? 7 : 8)] ok\r\n% OK done")
      }
      if command.hasPrefix("UID SEARCH") { return .say("* SEARCH 5\r\n% OK done") }
      return .header(command)
    }
    let mailbox = try mailbox(server, folder, limits: .short)
    #expect(try await mailbox.letters().words == ["收到"])
    #expect(try await mailbox.letters().isEmpty, "5:* names the last again")
    #expect(try await mailbox.letters().words == ["收到"])
  }

  @Test func `logs in once, and again where the server has hung up`() async throws {
    let folder = try Folder()
    let times = Counter()
    let server = try OddMailServer { command in
      command.hasPrefix("EXAMINE") && times.next() == 2 ? .cut : nil
    }
    let mailbox = try mailbox(server, folder)
    for logins in [1, 1, 2, 2] {
      #expect(await mailbox.fault() == nil)
      #expect(server.commands.count { $0.hasPrefix("LOGIN") } == logins)
    }
  }

  @Test func `leaves the rest for the next time where there is much of it`() async throws {
    let folder = try Folder()
    let server = try OddMailServer { command in
      if command.hasPrefix("UID SEARCH") {
        return .say("* SEARCH \(command.contains("SINCE") ? "5 6" : "6")\r\n% OK done")
      }
      return .header(command)
    }
    var limits = CollectingLimits.short
    limits.headersAtOnce = 1
    limits.reading = .seconds(3)
    let mailbox = try mailbox(server, folder, limits: limits)
    var first: [Letter] = []
    try await mailbox.collect { letter in
      first.append(letter)
      try await Task.sleep(for: .milliseconds(2200))
    }
    #expect(first.words == ["收到"])
    #expect(!server.commands.contains { $0.hasPrefix("UID FETCH 6") })
    #expect(await mailbox.fault() == nil)
    #expect(server.commands.contains { $0.hasPrefix("UID FETCH 6") })
  }

  @Test func `keeps no more of a literal than it asked for`() async throws {
    let folder = try Folder()
    let long = String(repeating: "x", count: 3_000_000)
    let server = try OddMailServer { command in
      if command.hasPrefix("UID SEARCH") { return .say("* SEARCH 5\r\n% OK done") }
      guard command.contains("BODY.PEEK[]") else { return .header(command) }
      let mail = "Subject: 2026-0017\r\n\r\n收到\r\n\r\n\(long)"
      return .say("* 1 FETCH (UID 5 BODY[]<0> {\(mail.utf8.count)}\r\n\(mail))\r\n% OK done")
    }
    let letters = try await mailbox(server, folder, limits: .short).letters()
    #expect(letters.words.first?.hasPrefix("收到") == true)
  }

  @Test func `stops at once when its task is cancelled`() async throws {
    let folder = try Folder()
    let server = try OddMailServer { $0.hasPrefix("UID SEARCH") ? .hang : nil }
    let patient = CollectingLimits(connect: .seconds(600), step: .seconds(600))
    let mailbox = try mailbox(server, folder, limits: patient)
    let reading = Task { await mailbox.fault() }
    try await eventually { server.commands.contains { $0.hasPrefix("UID SEARCH") } }
    reading.cancel()
    #expect(await reading.value?.why.en.contains("closing") == true)
  }
}

extension OddMailServer.Act {
  /// What a server says that has one mail, a reply under the UID 5; nil for other commands.
  static func header(_ command: String) -> OddMailServer.Act? {
    guard command.hasPrefix("UID FETCH") else { return nil }
    let mail =
      command.contains("HEADER") ? "Subject: 2026-0017\r\n\r\n" : "Subject: 2026-0017\r\n\r\n收到\r\n"
    let name = command.contains("HEADER") ? "BODY[HEADER.FIELDS (FROM SUBJECT)]<0>" : "BODY[]<0>"
    return .say("* 1 FETCH (FLAGS () UID 5 \(name) {\(mail.utf8.count)}\r\n\(mail))\r\n% OK done")
  }
}

/// Counts from 0.
final class Counter: Sendable {
  private let count = Mutex(0)

  func next() -> Int {
    count.withLock { count in
      defer { count += 1 }
      return count
    }
  }
}
