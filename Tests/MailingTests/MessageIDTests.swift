import Mailing
import Testing
import Vocabulary

@Suite struct `Message-IDs` {
  private let ids = MessageIDs(secret: Array("竹园镇".utf8), domain: "letters.example")
  private let notice = Notice.ID(rawValue: "2026-0017/contactSheet/1")
  private let unit = MailAddress(address: "shuiwu@unit.example")

  @Test func `are the same at every attempt`() {
    let again = MessageIDs(secret: Array("竹园镇".utf8), domain: "letters.example")
    #expect(ids.messageID(of: notice, to: unit) == again.messageID(of: notice, to: unit))
  }

  @Test func `look alike however the recipient is written`() {
    let shouted = MailAddress(name: "区水务局", address: "ShuiWu@Unit.Example")
    #expect(ids.messageID(of: notice, to: unit) == ids.messageID(of: notice, to: shouted))
  }

  @Test func `differ by notice, by recipient and by secret`() {
    let all: Set = [
      ids.messageID(of: notice, to: unit),
      ids.messageID(of: Notice.ID(rawValue: "2026-0017/contactSheet/2"), to: unit),
      ids.messageID(of: notice, to: MailAddress(address: "zjj@unit.example")),
      MessageIDs(secret: [1, 2, 3], domain: "letters.example").messageID(of: notice, to: unit),
    ]
    #expect(all.count == 4)
  }

  @Test func `do not run a notice and a recipient together`() {
    let left = ids.messageID(of: Notice.ID(rawValue: "a"), to: MailAddress(address: "b@c.example"))
    let right = ids.messageID(of: Notice.ID(rawValue: "ab"), to: MailAddress(address: "@c.example"))
    #expect(left != right)
  }

  @Test(
    arguments: [
      ("letters.example", "@letters.example>"),
      ("Letters.EXAMPLE", "@letters.example>"),
      (String(repeating: "long.", count: 40) + "example", ".long.example>"),
      ("evil\r\nBcc: all.example", "@example>"),
      ("", "@huiyin.invalid>"),
    ])
  func `end in the office's domain, whatever it is`(domain: String, end: String) {
    let id = MessageIDs(secret: [7], domain: domain).messageID(of: notice, to: unit)
    #expect(id.hasPrefix("<") && id.hasSuffix(end) && id.utf8.count <= 100)
    #expect(id.utf8.allSatisfy { (0x21...0x7E).contains($0) })
  }
}
