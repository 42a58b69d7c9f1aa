import Pipeline
import Storage
import TestSupport
import Testing
import Vocabulary

@Suite struct `Exports that are dropped` {
  /// One file of a folder: its rows, or nothing where it cannot be read.
  private struct File {
    var name: String
    var items: [Item]?
    var brokenRows: [Int] = []
  }

  private static let answer = Answer(unit: "区水务局", body: "已修复。", published: .absent)

  private static func row(_ id: String, _ answer: Answer? = nil) -> Item {
    var item = Sample.item(id, title: "第\(id)号停水")
    (item.feed, item.answer) = (Feed.ID(rawValue: "exports"), answer)
    return item
  }

  /// A pipeline over a folder in which these files lie; what was deleted is gone from it.
  private func world(
    _ files: Mutexed<[File]>, _ afterwards: ExportFolder.Afterwards = .keep
  ) async throws -> PipelineWorld {
    var feed = Sample.feed("exports")
    (feed.kind, feed.url, feed.firstRun) = (.file, "", .all)
    feed.export = ExportFolder(
      path: "/in", columns: [.title: ["标题"], .answer: ["答复"]], afterwards: afterwards)
    return try await PipelineWorld(feeds: [feed]) { steps in
      steps.exports = Steps.Exports(
        pile: { feed in
          let names = files.value.map(\.name)
          return ExportPile(
            names.map { Export(feed: feed.id, path: $0, size: 1, writtenAt: 1, number: 1) },
            digest: names.joined(separator: " "))
        },
        page: { export in
          Page(
            feed: export.feed, requestedURL: export.path, url: export.path, bytes: [1],
            fetchedAt: Sample.instant())
        },
        discard: { export in files.change { $0.removeAll { $0.name == export.path } } })
      steps.extract = { page, _ throws(Miss) in
        let file = files.value.first { $0.name == page.url }
        guard let items = file?.items else {
          throw Miss(.unreadable, url: "", reason: Phrase(zh: "坏文件", en: "a bad file"))
        }
        var extract = Extract(items: items)
        extract.brokenRows = file?.brokenRows ?? []
        return extract
      }
    }
  }

  private func titles(_ world: PipelineWorld) async throws -> Int { try await world.alerts().count }

  @Test func `make nothing new twice, and hold one another up in nothing`() async throws {
    let files = Mutexed([
      File(name: "a", items: [Self.row("1")]), File(name: "b", items: nil),
      File(name: "c", items: [Self.row("1"), Self.row("2")]),
    ])
    let world = try await world(files)
    try await world.round()
    #expect(try await titles(world) == 2)
    let state = try await world.surroundings.ledger.read { try $0.feedStates() }.first
    #expect(state?.misses == 1 && state?.lastMiss?.cause == .unreadable)
    files.change { $0[1].items = [Self.row("3")] }
    try await world.round()
    try await world.round()
    #expect(try await titles(world) == 3)
    #expect(try await world.surroundings.ledger.read { try $0.feedStates() }.first?.misses == 0)
  }

  @Test func `tell of an answer that comes later, and take none back`() async throws {
    let files = Mutexed([File(name: "a", items: [Self.row("1")])])
    let world = try await world(files)
    try await world.round()
    func changes() async throws -> [AnswerChange] {
      try await world.surroundings.ledger.read {
        try $0.answerChanges(of: Item.ID(rawValue: "1")).map { $0.change }
      }
    }
    #expect(try await changes() == [])
    files.change { $0.append(File(name: "b", items: [Self.row("1", Self.answer)])) }
    for name in ["c", "d"] {
      try await world.round()
      #expect(try await changes() == [.appeared])
      // The older file is read again beside the newer one.
      files.change { $0.append(File(name: name, items: [Self.row(name)])) }
    }
    try await world.round()
    #expect(try await changes() == [.appeared])
  }

  @Test func `are deleted where they are done, and stay where a row was bad`() async throws {
    let files = Mutexed([
      File(name: "a", items: [Self.row("1")]),
      File(name: "b", items: [Self.row("2")], brokenRows: [2]),
    ])
    let world = try await world(files, .delete)
    try await world.round()
    #expect(files.value.map(\.name) == ["b"])
    #expect(try await titles(world) == 2)
  }
}
