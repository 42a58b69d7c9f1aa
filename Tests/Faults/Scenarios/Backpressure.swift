import Foundation
import TestSupport

// Item 5, seen from the sites that are read: while another process holds the ledger, no page is asked
// for again and again, listings are read the slower, and afterwards all is there, each once.

extension Scenario {
  /// A ledger that takes nothing while many pages come in.
  static let backpressure = Scenario(
    5, "locked for 30 s while 150 pages come in", runs: 3, isSlow: true
  ) { _ in
    // On a busy machine most pages may be there before the lock is: then it is tried again.
    for _ in 1...5 {
      if let findings = try await floodLocked() { return findings }
    }
    throw Broken("the ledger was never locked before its pages came")
  }

  /// Nil where fewer than a hundred pages were still to come when the ledger was locked.
  private static func floodLocked() async throws -> Findings? {
    let district = try await District([Post(1, .gas)])
    let inquest = Inquest(district)
    let program = try district.start()
    try await district.settled()
    try district.put(flood)
    let (lock, known) = try await district.lockOnceListed()
    guard known >= 100 else {
      try lock.end()
      district.web.standStill(false)
      try await program.end(by: SIGTERM)
      return nil
    }
    let before = (pages: district.visits(of: "/t/"), listings: district.visits(of: "/list"))
    district.web.standStill(false)
    try await Task.sleep(for: .seconds(30))
    let pages = district.visits(of: "/t/") - before.pages
    let listings = district.visits(of: "/list") - before.listings
    try lock.end()
    let findings = try await finish(district, inquest, program)
    guard pages >= known / 2 else {
      throw Broken("\(known) pages were to come, \(pages) came while the ledger was locked")
    }
    // Those on their way when everything stood still may be asked for once more, and no page again
    // and again.
    guard pages <= 2 * known else { throw Broken("\(known) pages were asked for \(pages) times") }
    // Every second while nothing is wrong.
    guard listings <= 8 else { throw Broken("the board was read \(listings) times") }
    let items = try district.count("item")
    guard items == district.posts.count else {
      throw Broken("\(items) items of \(district.posts.count) posts")
    }
    return findings
  }

  private static var flood: [Post] {
    (2...151).map { Post($0, $0.isMultiple(of: 15) ? .gas : $0 < 60 ? .thanks : .noise) }
  }
}

extension District {
  /// How often paths that begin so were asked for.
  fileprivate func visits(of path: String) -> Int {
    web.requests.count { $0.hasPrefix(path) }
  }

  /// Waits until the board has been read and few of its pages, and holds the ledger and the web server
  /// there; says how many pages are to come.
  fileprivate func lockOnceListed() async throws -> (lock: OpenTransaction, known: Int) {
    try await eventually(every: .milliseconds(2)) {
      try count("lead WHERE state = 'open'") > 0
    }
    web.standStill(true)
    let lock = try OpenTransaction(on: self, writing: true)
    return (lock, try count("lead WHERE state = 'open'"))
  }
}
