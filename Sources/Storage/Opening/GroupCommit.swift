internal import Dispatch
internal import GRDB
internal import Synchronization

/// Works that wait for the writer, and the rule by which they share a transaction.
///
/// While one transaction is being made durable, what comes in waits; then all of it goes into the
/// next, each work in a savepoint of its own. A work that throws is rolled back alone. Nobody is
/// answered before COMMIT has returned, and with `synchronous = FULL` that means: before the
/// write-ahead log is on the disk. So a hundred works cost one fsync and each is as safe as alone.
/// A work that nobody waits for in person, a page's, waits a little for company on its own account.
final class GroupCommit: Sendable {
  /// One work and whom to answer.
  struct Work: Sendable {
    /// Does it, and returns how to answer once it is durable.
    let run: @Sendable (Writing) throws -> @Sendable () -> Void
    let fail: @Sendable (any Error) -> Void
    /// Whether it waits for others to share its commit.
    let waitsForCompany: Bool

    /// A work, and who is told what came of it.
    init<T: Sendable>(
      waitsForCompany: Bool, _ work: @escaping @Sendable (Writing) throws -> T,
      _ tell: @escaping @Sendable (Result<T, any Error>) -> Void
    ) {
      run = { writing in
        let result = try work(writing)
        return { tell(.success(result)) }
      }
      fail = { tell(.failure($0)) }
      self.waitsForCompany = waitsForCompany
    }
  }

  /// When somebody must bring `commitAll` to the writer.
  enum Turn {
    case now
    /// After `patience`.
    case later
  }

  private struct Waiting {
    var works: [Work] = []
    /// Whether somebody is on the writer's queue to take them.
    var isTaken = false
    /// Whether somebody will come for them.
    var isPromised = false

    /// Whether all of them wait for company and have not enough of it.
    var mayWait: Bool {
      !works.isEmpty && works.count < GroupCommit.enough && works.allSatisfy(\.waitsForCompany)
    }

    mutating func promise() -> Turn? {
      defer { isPromised = true }
      return isPromised ? nil : .later
    }

    mutating func take() -> [Work] {
      let taken = Array(works.prefix(GroupCommit.most))
      works.removeFirst(taken.count)
      isTaken = !taken.isEmpty
      return taken
    }
  }

  /// How long a work waits for company.
  static let patience = DispatchTimeInterval.milliseconds(100)
  /// So many are company enough.
  private static let enough = 64

  /// The most works in one transaction, so that the first does not wait for the thousandth.
  private static let most = 200

  private let waiting = Mutex(Waiting())

  var count: Int { waiting.withLock(\.works.count) }

  /// Queues a work; nil where somebody is to come for it already.
  func add(_ work: Work) -> Turn? {
    waiting.withLock { waiting in
      waiting.works.append(work)
      guard !waiting.isTaken else { return nil }
      if waiting.mayWait { return waiting.promise() }
      waiting.isTaken = true
      return .now
    }
  }

  /// Commits what waits, group after group; says when to come again where some are left: those that
  /// wait for company, and those beyond so many groups.
  func commitAll(_ db: Database, on turn: Turn, atMost groups: Int = .max) -> Turn? {
    var works = waiting.withLock { waiting in
      if turn == .later { waiting.isPromised = false }
      return waiting.take()
    }
    var done = 0
    while !works.isEmpty {
      commit(works, db)
      done += 1
      var next: Turn?
      (works, next) = waiting.withLock { [isEnough = done >= groups] waiting in
        waiting.isTaken = false
        if waiting.mayWait { return ([], waiting.promise()) }
        // Still taken: whoever is sent comes for what else is added.
        waiting.isTaken = isEnough && !waiting.works.isEmpty
        return isEnough ? ([], waiting.isTaken ? .now : nil) : (waiting.take(), nil)
      }
      if let next { return next }
    }
    return nil
  }

  private func commit(_ works: [Work], _ db: Database) {
    var answers: [@Sendable () -> Void] = []
    var failures: [(work: Work, error: any Error)] = []
    do {
      try db.inTransaction(.immediate) {
        // What is alone needs no savepoint: the transaction is one.
        if works.count == 1 {
          answers.append(try works[0].run(Writing(db)))
          return .commit
        }
        for work in works {
          do {
            answers.append(try attempt(work, db))
          } catch {
            // A full disk can undo the whole transaction, not only this work's savepoint.
            guard db.isInsideTransaction else { throw error }
            failures.append((work, error))
          }
        }
        return .commit
      }
      for answer in answers { answer() }
      for failure in failures { failure.work.fail(GroupCommit.plain(failure.error)) }
    } catch {
      for work in works { work.fail(GroupCommit.plain(error)) }
    }
  }

  private func attempt(_ work: Work, _ db: Database) throws -> @Sendable () -> Void {
    var answer: @Sendable () -> Void = {}
    try db.inSavepoint {
      answer = try work.run(Writing(db))
      return .commit
    }
    return answer
  }

  /// SQLite's errors as faults; what a work throws of its own stays what it is.
  static func plain(_ error: any Error) -> any Error {
    error is DatabaseError ? LedgerFault(error) : error
  }
}
