internal import GRDB
internal import Vocabulary

/// What can be asked of the ledger, as it stood at one moment.
///
/// A class, so that `Writing` has all its questions too; valid only inside the closure it came to.
package class Reading {
  let db: Database

  init(_ db: Database) {
    self.db = db
  }

  /// What goes into a statement's question marks.
  typealias Values = [(any DatabaseValueConvertible)?]

  /// The rows that a statement, prepared once a connection, finds.
  func rows<T>(
    _ sql: String, _ values: Values = [], _ make: (Row) throws -> T
  ) throws(LedgerFault) -> [T] {
    do {
      let statement = try db.cachedStatement(sql: sql)
      let cursor = try Row.fetchCursor(statement, arguments: StatementArguments(values))
      var found: [T] = []
      while let row = try cursor.next() {
        found.append(try make(row))
      }
      return found
    } catch {
      throw LedgerFault(error)
    }
  }

  /// The first row that a statement finds.
  func first<T>(
    _ sql: String, _ values: Values = [], _ make: (Row) throws -> T
  ) throws(LedgerFault) -> T? {
    do {
      let statement = try db.cachedStatement(sql: sql)
      let cursor = try Row.fetchCursor(statement, arguments: StatementArguments(values))
      return try cursor.next().map(make)
    } catch {
      throw LedgerFault(error)
    }
  }

  /// The values in a statement's only column; quicker than rows, which learn the columns' names.
  func values<T: DatabaseValueConvertible & StatementColumnConvertible>(
    _ sql: String, _ values: Values
  ) throws(LedgerFault) -> [T] {
    do {
      let statement = try db.cachedStatement(sql: sql)
      return try T.fetchAll(statement, arguments: StatementArguments(values))
    } catch {
      throw LedgerFault(error)
    }
  }

  /// Whether a `SELECT EXISTS (…)` or another flag in the first column says so.
  func isTrue(_ sql: String, _ values: Values) throws(LedgerFault) -> Bool {
    try count(sql, values) != 0
  }

  /// The number in the first column of the only row.
  func count(_ sql: String, _ values: Values = []) throws(LedgerFault) -> Int {
    do {
      let statement = try db.cachedStatement(sql: sql)
      return try Int.fetchOne(statement, arguments: StatementArguments(values)) ?? 0
    } catch {
      throw LedgerFault(error)
    }
  }
}

/// What can be asked of the ledger and written into it, inside one transaction.
package final class Writing: Reading {
  /// Feeds that this work has seen to be known, so that a page of fifty leads asks once.
  var knownFeeds: Set<Feed.ID> = []

  /// Runs a statement that changes rows, and says how many.
  @discardableResult
  func run(_ sql: String, _ values: Values = []) throws(LedgerFault) -> Int {
    do {
      let statement = try db.cachedStatement(sql: sql)
      try statement.execute(arguments: StatementArguments(values))
      return db.changesCount
    } catch {
      throw LedgerFault(error)
    }
  }
}
