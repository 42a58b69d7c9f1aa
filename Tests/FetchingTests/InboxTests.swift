import Testing

@testable import Fetching

@Suite struct `An inbox` {
  @Test func `holds the fetching thread back while callers come after with reading`() {
    let inbox = Inbox(waking: Multi())
    var handedOver = 0
    while inbox.isKeepingUp, handedOver < 1_000 {
      inbox.handedOver(1)
      handedOver += 1
    }
    #expect(handedOver == 64)
    inbox.read(1)
    #expect(inbox.isKeepingUp)
    inbox.handedOver(64 << 20)
    #expect(!inbox.isKeepingUp, "few pages, and large")
  }
}
