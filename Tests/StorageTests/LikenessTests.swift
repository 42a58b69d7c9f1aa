import Foundation
import Testing
import Vocabulary

@testable import Storage

@Suite struct `Texts that are nearly the same` {
  let desk: Desk

  init() throws {
    desk = try Desk()
  }

  /// A text of 300 runs; the so-many-th and its neighbours have most of them in common.
  private func sketch(_ number: UInt32 = 0) throws -> Sketch {
    let runs = (number * 10..<number * 10 + 300).map { ($0 + 1) &* 2_654_435_761 }.sorted()
    return try #require(Sketch(runs: runs, numbers: [7, UInt32.max]))
  }

  @Test func `come back as they were drawn`() async throws {
    let drawn = try sketch()
    let ledger = try desk.ledger()
    defer { ledger.close() }
    try await ledger.write { writing in
      try writing.raise()
      try writing.insert(drawn, of: Item.sample().id, at: .sample)
      try writing.insert(drawn, of: Item.sample().id, at: .sample + .hours(1))
    }
    #expect(try await ledger.read { try $0.sketch(of: Item.sample().id) } == drawn)
    #expect(try await ledger.integrity().isEmpty)
  }

  @Test func `are found by their bands, within the time that is asked for`() async throws {
    let (drawn, near, other) = (try sketch(), try sketch(2), try sketch(100))
    let ledger = try desk.ledger()
    defer { ledger.close() }
    try await ledger.write { writing in
      try writing.raise()
      try writing.insert(drawn, of: Item.sample().id, at: .sample)
    }
    func found(_ sketch: Sketch, since: Instant = .sample) async throws -> [Item.ID] {
      try await ledger.read {
        try $0.items(like: sketch, on: .portal, since: since.steady).map(\.item)
      }
    }
    #expect(try await found(near) == [Item.sample().id])
    #expect(try await found(other) == [])
    #expect(try await found(near, since: .sample + .hours(1)) == [])
  }

  @Test func `cost no more where ten thousand share a form`() async throws {
    let drawn = try sketch()
    let ledger = try desk.ledger()
    defer { ledger.close() }
    let found = try await ledger.write { writing in
      for number in 0..<500 {
        let item = Item.sample("a\(number)")
        try writing.insert(item, admission: .new)
        try writing.insert(drawn, of: item.id, at: .sample + .minutes(Int64(number)))
      }
      return try writing.items(like: drawn, on: .portal, since: Instant.sample.steady)
    }
    #expect(found.count == Reading.candidates)
    // The latest are looked at.
    #expect(found.allSatisfy { ($0.item.rawValue.dropFirst().description) >= "a468".dropFirst() })
  }

  @Test func `make the alert of the one a precedent of the other`() async throws {
    let drawn = try sketch()
    let second = Item.sample("a2", feed: .portal)
    let ledger = try desk.ledger()
    defer { ledger.close() }
    let (precedents, carriers) = try await ledger.write { writing in
      try writing.raise()
      try writing.insert(drawn, of: Item.sample().id, at: .sample)
      try writing.insert(second, admission: .new)
      try writing.insert(resemblance: second.id, to: Item.sample().id, share: 0.9, at: .sample)
      let precedents = try writing.precedents(of: second.id, fingerprint: nil)
      let verdict = try writing.insert(Verdict.sample(second.id), at: .sample)
      try writing.insert(
        .merge(into: .first, .nearText), item: second.id, verdict: verdict, at: .sample)
      return (precedents, try writing.carriers(of: .first))
    }
    #expect(precedents.map(\.relation) == [.nearText])
    #expect(precedents.map(\.alert) == [.first])
    #expect(Set(carriers) == [.board, .portal])
    let course = try await ledger.read { try $0.course(of: .first) }
    #expect(course.contains { $0.what.zh == "并入近似文本（较短一篇的 90% 相同）" && $0.feed == .portal })
  }

  @Test func `answer why nobody was told`() async throws {
    let second = Item.sample("a2")
    let third = Item.sample("a3")
    let ledger = try desk.ledger()
    defer { ledger.close() }
    try await ledger.write { writing in
      try writing.raise()
      try writing.insert(try self.sketch(), of: Item.sample().id, at: .sample)
      for (item, decision) in [
        (second, Decision.merge(into: .first, .nearText)), (third, .file(.notOurs)),
      ] {
        try writing.insert(item, admission: .new)
        let verdict = try writing.insert(Verdict.sample(item.id), at: .sample)
        try writing.insert(decision, item: item.id, verdict: verdict, at: .sample)
      }
      try writing.insert(resemblance: second.id, to: Item.sample().id, share: 0.9, at: .sample)
    }
    func told(_ item: Item, by id: Item.ID? = nil) async throws -> [String] {
      let url = id == nil ? item.url : "https://elsewhere.example/"
      return try await ledger.read { try $0.course(at: url, id ?? Item.ID(rawValue: "")) }
        .map(\.what.zh)
    }
    #expect(
      try await told(second) == [
        "发现", "系统初判：较大舆情", "并入 2026-0001，等级未升，不再通知：近似文本（较短一篇的 90% 相同）",
      ])
    #expect(try await told(third, by: third.id).last == "存查，不通知：外地信息，不在本单位辖区")
    #expect(try await told(Item.sample("never")) == [])
    let alerts = try await ledger.read { try $0.alerts(AlertFilter(url: second.url)) }
    #expect(alerts.map(\.id) == [.first])
  }

  @Test func `keep the outlets that made a grade`() async throws {
    let spread = Spread([Outlet(name: "青川日报"), Outlet(name: "全国日报", isNational: true)])
    let ledger = try desk.ledger()
    defer { ledger.close() }
    try await ledger.write { writing in
      try writing.raise(grade: .major)
      try writing.insert(spread, alert: .first, edition: 1)
    }
    #expect(try await ledger.read { try $0.alert(.first)?.spread } == spread)
    let course = try await ledger.read { try $0.course(of: .first) }
    #expect(course.contains { $0.what.zh == "预警：重大舆情（全国日报、青川日报报道（含中央媒体））" })
  }
}
