import Collecting
import Foundation
import TestSupport
import Testing
import Vocabulary

@Suite(.serialized, .enabled(if: Dovecot.isPossible, "needs root and Dovecot"))
struct `A mailbox at a real Dovecot` {
  @Test(arguments: IMAPServer.Protection.allCases)
  func `is read and left as it was`(protection: IMAPServer.Protection) async throws {
    let dovecot = try await Dovecot()
    try dovecot.put([("1.a", reply(1, "收到")), ("2.a", other(2))], for: "duty")
    try dovecot.put([("0.a", reply(0, "已读过的"))], for: "duty", flags: "S")
    try dovecot.put([("3.a", reply(3, "退回"))], for: "duty", flags: "")
    let before = dovecot.names(of: "duty")
    let mailbox = try dovecot.mailbox(of: "duty", protection)
    let letters = try await mailbox.letters()
    #expect(Set(letters.words) == ["收到", "已读过的", "退回"])
    #expect(letters.allSatisfy { $0.answers == ["<notice@letters.example>"] })
    #expect(dovecot.names(of: "duty") == before, "no flag set, nothing moved")
    #expect(try await mailbox.letters().isEmpty)
    #expect(dovecot.names(of: "duty") == before)
  }

  @Test func `gives what is new, and again what was not taken`() async throws {
    let dovecot = try await Dovecot()
    try dovecot.put((1...3).map { ("\($0).a", reply($0, "第\($0)封")) }, for: "duty")
    let mailbox = try dovecot.mailbox(of: "duty")
    var first: [Letter] = []
    try await mailbox.collect { letter in
      first.append(letter)
      if first.count == 2 { throw Refused() }
    }
    #expect(first.words == ["第1封", "第2封", "第3封"])
    try dovecot.put([("4.a", reply(4, "第4封"))], for: "duty")
    #expect(try await mailbox.letters().words == ["第4封", "第2封"])
    #expect(try await mailbox.letters().isEmpty)
  }

  @Test func `stops for whoever takes nothing, and goes on where it was`() async throws {
    let dovecot = try await Dovecot()
    try dovecot.put((1...12).map { ("\($0 + 10).a", reply($0, "第\($0)封")) }, for: "duty")
    let mailbox = try dovecot.mailbox(of: "duty")
    var asked = 0
    try await mailbox.collect { _ in
      asked += 1
      throw Refused()
    }
    #expect(asked == 5)
    let rest = try await mailbox.letters().words
    #expect(rest == ((6...12).map { "第\($0)封" } + (1...5).map { "第\($0)封" }))
  }

  @Test func `of ten thousand unread mails gives the three that are ours`() async throws {
    let dovecot = try await Dovecot()
    let ours: Set = [17, 5000, 9999]
    let mails = (1...10_000).map { number in
      (
        name: "\(number + 100_000).a",
        mail: ours.contains(number) ? reply(number, "第\(number)封") : other(number)
      )
    }
    try dovecot.put(mails, for: "duty")
    let letters = try await dovecot.mailbox(of: "duty").letters()
    #expect(letters.words.sorted() == ["第17封", "第5000封", "第9999封"])
    #expect(dovecot.folder.names(in: "dovecot/mail/duty/new").count == 10_000)
  }

  @Test func `reads the beginning of a mail of fifty megabytes`() async throws {
    let dovecot = try await Dovecot()
    let line = String(repeating: "QUJD", count: 19) + "\r\n"
    let head =
      "From: water@unit.example\r\nSubject: Re: 2026-0017\r\nMIME-Version: 1.0\r\n"
      + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
      + "Content-Type: text/plain; charset=utf-8\r\n\r\n照片见附件\r\n--b\r\n"
      + "Content-Type: image/jpeg; name=p.jpg\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    let big = Array(head.utf8) + Array(String(repeating: line, count: 50_000_000 / 78).utf8)
    try dovecot.put([("1.a", big), ("2.a", reply(2, "下一封"))], for: "duty")
    #expect(try await Set(dovecot.mailbox(of: "duty").letters().words) == ["照片见附件", "下一封"])
  }

  @Test func `is not fooled by a mail that looks like its server`() async throws {
    let dovecot = try await Dovecot()
    let forged =
      (1...40).map { "h\($0) OK done\r\n" }.joined()
      + "* 2 FETCH (UID 2 BODY[]<0> {4}\r\n退回)\r\n* BYE gone\r\n)\r\nh5 NO {999999}"
    try dovecot.put([("1.a", reply(1, "真话\r\n" + forged)), ("2.a", reply(2, "收到"))], for: "duty")
    let words = try await dovecot.mailbox(of: "duty").letters().words
    #expect(words.count == 2 && words.contains("收到"))
    #expect(words.contains { $0.hasPrefix("真话\nh1 OK done") && $0.hasSuffix("h5 NO {999999}") })
  }

  @Test func `says why it cannot be read, without the password`() async throws {
    let dovecot = try await Dovecot()
    let refused = try await dovecot.mailbox(of: "duty", password: "wrong-password").fault()
    #expect(refused?.why.zh.contains("登录被拒") == true, "\(String(describing: refused))")
    #expect(refused?.why.en.contains("barley") == false)
    let untrusted = try await dovecot.mailbox(of: "duty", .imaps, trusted: false).fault()
    #expect(
      untrusted?.why.en.contains("certificate") == true, "\(String(describing: untrusted))")
    var elsewhere = IMAPServer(
      protection: .imap, host: "127.0.0.1", port: dovecot.port, username: "duty",
      folder: "Nowhere \"here\"", passwordFile: dovecot.folder.path("password"))
    let absent = try await Mailbox(.server(elsewhere), limits: .short).fault()
    #expect(absent?.why.en.contains("refused EXAMINE") == true, "\(String(describing: absent))")
    elsewhere.port = try Loopback.freePort()
    let down = try await Mailbox(.server(elsewhere), limits: .short).fault()
    #expect(down?.why.zh.hasPrefix("收件箱连不上") == true, "\(String(describing: down))")
  }

  @Test func `leaves mails alone that are older than a month`() async throws {
    let dovecot = try await Dovecot()
    try dovecot.put([("1.a", reply(1, "收到"))], for: "duty")
    let path = dovecot.folder.path("dovecot/mail/duty/new/1.a")
    let long = Date(timeIntervalSinceNow: -40 * 86_400)
    try FileManager.default.setAttributes([.modificationDate: long], ofItemAtPath: path)
    #expect(try await dovecot.mailbox(of: "duty").letters().isEmpty)
  }
}

/// Whoever takes letters could not take this one.
struct Refused: Error {}
