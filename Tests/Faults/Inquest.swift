import Foundation
package import TestSupport

/// What was found after a fault, measured against what must be (事后核对).
package struct Findings: Sendable {
  /// Something was lost, torn or never told.
  package var losses: [String] = []
  /// Something was told twice that must not have been, or is not shown as perhaps told twice.
  package var forbidden: [String] = []
  /// How many mails came twice as they may.
  package var allowed = 0
  /// How much of its window the slowest mail used.
  package var windowUse = 0.0

  /// Nothing found.
  package init() {}
}

/// Follows a district through its faults and closes each run (核对).
///
/// It knows which posts there are, reads the ledger's file and counts what the sink has. Between them
/// must hold: each item that should be raised ↔ one alert, its own or the one it joined ↔ its notices
/// ↔ at least one mail; distinct Message-IDs = notices × recipients. A mail comes twice only where the
/// program, or a connection, died between the end of its content and the commit of `sent`, at most once for each time
/// it was seen open then, and the ledger shows that it may have.
package final class Inquest {
  /// As many connections to the mail server as the program opens.
  private static let connections = 4

  /// Addresses that the mail server refuses for good, and channels that refuse, `channel:wecom`: what
  /// goes to them is tried once and given up, and shown as failed.
  package var refused: Set<String> = []

  let district: District
  var findings = Findings()
  /// How often each mail, and each call, was begun and unfinished when the program died.
  var openAtDeath: [String: Int] = [:]
  private var alertsBefore: Set<String> = []
  private var read: [ReadArrival] = []

  /// An inquest into what happens in a district.
  package init(_ district: District) {
    self.district = district
  }

  /// Looks at what a dead program left behind: whole, all that it had said is there, no letter that
  /// the ledger does not know of, no more between end of data and `sent` than connections.
  package func see(the dead: Program) throws {
    let left = try Snapshot(of: district)
    lose(unless: left.integrity == ["ok"], "the ledger is torn: \(left.integrity.first ?? "")")
    for mail in left.open { openAtDeath[mail, default: 0] += 1 }
    seeCalls(left)
    lose(
      unless: left.open.count <= Inquest.connections,
      "\(left.open.count) mails were open at one time")
    // Of those alone whose content was there to its end can there be two.
    let whole = left.open.intersection(letters.map(\.messageID))
    forbid(
      unless: whole.count <= Inquest.connections, "\(whole.count) mails stood between end and sent")
    let now = Set(left.alerts.map(\.id))
    lose(
      unless: alertsBefore.isSubset(of: now), "alerts are gone: \(alertsBefore.subtracting(now))")
    alertsBefore = now
    expectWhatWasSaid(dead.errors, left)
    let begun = Set(left.envelopes.filter { $0.attempts > 0 && !$0.isCarried }.map(\.messageID))
    for letter in letters {
      lose(
        unless: begun.contains(letter.messageID), "\(letter.messageID) left unknown to the ledger")
    }
  }

  /// What the program logged as sent it had been told was durable.
  private func expectWhatWasSaid(_ log: String, _ left: Snapshot) {
    var said: [String: Int] = [:]
    for line in log.split(separator: "\n") where line.hasSuffix("notice sent") {
      guard let notice = line.firstMatch(of: /notice=(\S+)/)?.output.1 else { continue }
      said[String(notice), default: 0] += 1
    }
    for (notice, count) in said {
      let known = (left.envelopes + left.calls).count { $0.notice == notice && $0.state == "sent" }
      lose(
        unless: known >= count,
        "\(count) of \(notice) were said to be sent, \(known) are known to be")
    }
  }

  /// Closes the run: nothing is under way any more, and the program is stopped. It may go on after
  /// that, and be closed again. What was used of a window is counted up to the sink's end of data, and where the program's clocks were moved on the
  /// ledger's own line.
  package func close(byLine: Bool = false) async throws -> Findings {
    let before = findings
    defer { findings = before }
    let end = try Snapshot(of: district)
    lose(unless: end.integrity == ["ok"], "the ledger is torn: \(end.integrity.first ?? "")")
    let own = Dictionary(grouping: end.alerts) { Post.path(in: $0.url) }
    // What was told on a title alone is told again with the full text.
    let told = Dictionary(
      grouping: end.envelopes.filter { $0.kind != "reminder" && !$0.isOvertaken }, by: \.alert)
    for post in district.posts { examine(post, own[post.path] ?? [], told, end) }
    examineMails(end, byLine: byLine)
    examineCalls(end)
    try await examineStatus()
    return findings
  }

  /// The letters that the sink has and did not refuse; each is read once.
  private var letters: [ReadArrival] {
    let arrivals = district.sink.seen.arrivals
    read += arrivals.dropFirst(read.count).map(ReadArrival.init)
    return zip(arrivals, read).filter { !$0.0.isRefused }.map(\.1)
  }

  func lose(unless holds: Bool, _ what: @autoclosure () -> String) {
    if !holds { findings.losses.append(what()) }
  }

  func forbid(unless holds: Bool, _ what: @autoclosure () -> String) {
    if !holds { findings.forbidden.append(what()) }
  }
}

// MARK: Posts

extension Inquest {
  private func examine(
    _ post: Post, _ own: [Snapshot.AlertFacts], _ told: [String?: [Snapshot.EnvelopeFacts]],
    _ end: Snapshot
  ) {
    let alerts = end.alertsByPath[post.path] ?? []
    forbid(unless: own.count <= 1, "\(post.path) has \(own.count) alerts of its own")
    guard post.speaks else {
      return forbid(
        unless: alerts.isEmpty, "\(post.path) has \(alerts) though nothing speaks for it")
    }
    lose(unless: !alerts.isEmpty, "\(post.path) has no alert")
    forbid(unless: alerts.count <= 1, "\(post.path) is in \(alerts.sorted())")
    if let first = post.repeats {
      let joined = end.alertsByPath["/t/\(first)"] ?? []
      return forbid(unless: alerts == joined, "\(post.path) is in \(alerts), not in \(joined)")
    }
    guard let alert = alerts.first else { return }
    let told = told[alert] ?? []
    let audience = district.audience(of: post)
    for address in audience {
      let count = told.count { $0.recipient == address }
      lose(unless: count > 0, "\(post.path) has no notice to \(address)")
      forbid(unless: count <= 1, "\(post.path) has \(count) notices to \(address)")
    }
    forbid(
      unless: Set(told.map(\.recipient)).isSubset(of: audience),
      "\(post.path) is told to \(Set(told.map(\.recipient)).subtracting(audience))")
  }
}

// MARK: Mails

extension Inquest {
  private func examineMails(_ end: Snapshot, byLine: Bool) {
    let letters = letters
    let came = Dictionary(grouping: letters, by: \.messageID)
    let mails = end.envelopes.filter { !$0.isCarried && !$0.isWithdrawn }
    forbid(
      unless: Set(mails.map(\.messageID)).count == mails.count, "two envelopes have one Message-ID")
    for mail in mails { examine(mail, came[mail.messageID] ?? []) }
    let known = Set(end.envelopes.filter { !$0.isCarried }.map(\.messageID))
    for id in came.keys where !known.contains(id) {
      findings.forbidden.append("\(id) came and the ledger does not know it")
    }
    measure(end, came, byLine)
    examineContents(end, came)
  }

  private func examine(_ mail: Snapshot.EnvelopeFacts, _ copies: [ReadArrival]) {
    let name = "\(mail.notice) to \(mail.recipient)"
    guard !refused.contains(mail.recipient) else {
      lose(unless: mail.state == "failed", "\(name) is \(mail.state)")
      forbid(unless: mail.attempts == 1, "\(name) was tried \(mail.attempts) times")
      return forbid(unless: copies.isEmpty, "\(name) came though it was refused")
    }
    lose(unless: mail.state == "sent", "\(name) is \(mail.state)")
    lose(unless: !copies.isEmpty, "\(name) never came")
    lose(
      unless: copies.allSatisfy { $0.recipient == mail.recipient }, "\(name) came to somebody else")
    guard copies.count > 1 else { return }
    let more = copies.count - 1
    // A connection that died left a receipt that says so; a daemon that died left an open attempt.
    let may = max(openAtDeath[mail.messageID] ?? 0, mail.doubts)
    forbid(unless: more <= may, "\(name) came \(copies.count) times and may have \(may + 1) times")
    forbid(unless: mail.isDoubtful, "\(name) came \(copies.count) times and is not shown so")
    findings.allowed += more
  }

  /// Each mail of an alert speaks of the post that it is about.
  private func examineContents(_ end: Snapshot, _ came: [String: [ReadArrival]]) {
    let mails = Dictionary(grouping: end.envelopes, by: \.alert)
    for alert in end.alerts {
      let path = Post.path(in: alert.url)
      for mail in mails[alert.id] ?? []
      where !refused.contains(mail.recipient) && !mail.isWithdrawn {
        let copies = came[mail.messageID] ?? []
        let right = copies.count { $0.paths.contains(path) }
        lose(unless: right > 0, "\(mail.notice) came without \(path)")
        forbid(unless: right == copies.count, "\(mail.messageID) came with something else too")
      }
    }
  }

  private func measure(
    _ end: Snapshot, _ came: [String: [ReadArrival]], _ byLine: Bool
  ) {
    let alerts = Dictionary(end.alerts.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for mail in end.envelopes where mail.kind != "reminder" {
      guard let alert = mail.alert.flatMap({ alerts[$0] }) else { continue }
      let first = byLine ? mail.sentAt : came[mail.messageID]?.map(\.at).min()
      guard let first else { continue }
      let begin = byLine ? mail.leavesBy - alert.window : alert.foundAt
      findings.windowUse = max(
        findings.windowUse, Double(first - begin) / Double(alert.window))
    }
  }
}

// MARK: Status

extension Inquest {
  private struct Shown: Decodable {
    var problems: [String]
    var waiting: Int
  }

  /// `huiyin status` knows of nothing wrong but that nobody is watching any more, and of each address
  /// that cannot be reached.
  private func examineStatus() async throws {
    let status = try district.start(["status", "--json"])
    try await status.waitForEnd()
    guard let shown = try? JSONDecoder().decode(Shown.self, from: Data(status.output.utf8)) else {
      return lose(unless: false, "status says nothing: \(status.errors)")
    }
    lose(unless: shown.waiting == 0, "\(shown.waiting) envelopes wait")
    let refused = refused.map { $0.replacing("channel:", with: "") }
    let others = shown.problems.filter { problem in !refused.contains { problem.contains($0) } }
    lose(unless: others.count == 1, "status says: \(shown.problems.joined(separator: "; "))")
    for address in refused {
      lose(
        unless: shown.problems.contains { $0.contains("\(address) ") },
        "status does not say that \(address) is not reached")
    }
  }
}
