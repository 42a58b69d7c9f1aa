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

  @Test func `gives orders by the handful, oldest first, and loses none`() {
    let inbox = Inbox(waking: Multi())
    for id in 1...10 { #expect(inbox.send(.cancel(id: UInt64(id)))) }
    var ids: [UInt64] = []
    while case let orders = inbox.take(atMost: 4), !orders.isEmpty {
      #expect(orders.count <= 4)
      for case .cancel(let id) in orders { ids.append(id) }
    }
    #expect(ids == Array(1...10))
  }
}

@Suite struct `A thousand orders at once` {
  @Test func `are all obeyed, however many there are at one look`() async throws {
    let fetcher = makeFetcher()
    let missed = await withTaskGroup { group in
      for number in 1...1000 {
        group.addTask { (try? await fetcher.miss(request("no address \(number)"))) != nil }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(missed == 1000)
    await fetcher.close()
  }
}
