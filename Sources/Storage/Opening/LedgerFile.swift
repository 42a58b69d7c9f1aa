internal import GRDB

/// What is asked of a ledger's file before anything is written to it, and how it is opened.
enum LedgerFile {
  /// How a file compares with the tables that this program knows.
  enum Age {
    case older
    case current
    case newer
  }

  /// Looks into a file without changing it. Throws `.notALedger` for somebody else's, and
  /// `.damaged` for an empty one: a ledger is whole before it has its name.
  static func look(_ path: String) throws(LedgerFault) -> Age {
    // SQLite removes a log that it finds beside a file it does not understand, so such a file is
    // never shown to it.
    let beginning = try LedgerFolder.beginning(of: path, 18)
    guard !beginning.isEmpty else { throw .damaged }
    guard beginning.starts(with: "SQLite format 3\0".utf8) else { throw .notALedger }
    guard try endsWithAPage(path, beginning) else { throw .damaged }
    do {
      let queue = try DatabaseQueue(path: path, configuration: readOnly())
      defer { try? queue.close() }
      return try queue.read(age)
    } catch {
      throw LedgerFault(error)
    }
  }

  /// SQLite takes what a last page has lost for zeros. Where a log is left to be worked in, it may
  /// hold what the file lacks.
  private static func endsWithAPage(
    _ path: String, _ beginning: [UInt8]
  ) throws(LedgerFault) -> Bool {
    guard beginning.count == 18 else { return false }
    let written = Int(beginning[16]) << 8 + Int(beginning[17])
    let size = written == 1 ? 65_536 : max(512, written)
    let log = path + "-wal"
    if LedgerFolder.exists(log), try LedgerFolder.size(of: log) > 0 { return true }
    return try LedgerFolder.size(of: path).isMultiple(of: size)
  }

  private static func age(_ db: Database) throws -> Age {
    let mark = try Int64.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    guard mark == Schema.applicationID else { throw LedgerFault.notALedger }
    guard try !Schema.migrator.hasBeenSuperseded(db) else { return .newer }
    return try Schema.migrator.hasCompletedMigrations(db) ? .current : .older
  }

  /// Makes an empty ledger under another name and gives it its own once it is whole and on the
  /// disk, so that a crash leaves a ledger or none.
  static func make(_ folder: LedgerFolder) throws(LedgerFault) {
    let path = folder.making
    LedgerFolder.discard(path)
    do {
      try LedgerFolder.makeFile(path)
      let queue = try DatabaseQueue(path: path, configuration: writable())
      try bringUpToDate(queue)
      try turnOnLog(queue)
      try queue.close()
      try LedgerFolder.sync(path)
      try LedgerFolder.rename(path, to: folder.ledger)
      try LedgerFolder.sync(folder.path)
    } catch {
      LedgerFolder.discard(path)
      throw LedgerFault(error)
    }
  }

  /// Turns the write-ahead log on while the file has not got its name. Turned on later, with the
  /// power failing in the middle, it would leave a journal beside the ledger that has to be rolled
  /// back, which whoever opens it only to look cannot do: no daemon would start any more.
  static func turnOnLog(_ queue: DatabaseQueue) throws {
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA journal_mode = WAL")
    }
  }

  /// Runs the migrations that a ledger has not seen.
  static func bringUpToDate(_ writer: some DatabaseWriter) throws {
    try Schema.migrator.migrate(writer)
    try writer.write { db in try Writing(db).makeSecret() }
  }

  /// How a ledger is opened to write.
  static func writable() -> Configuration {
    var configuration = Configuration()
    // Another command may be writing; each holds the lock for milliseconds.
    configuration.busyMode = .timeout(10)
    configuration.label = "ledger"
    configuration.prepareDatabase { db in
      // REPLACE would delete without asking the triggers that keep facts.
      try db.execute(sql: "PRAGMA recursive_triggers = ON")
      // What retention removes is to be gone from the file too.
      try db.execute(sql: "PRAGMA secure_delete = ON")
      // What a savepoint would restore, and what a sort spills, stays in memory: texts of citizens
      // have no business in /tmp, and a page of news costs eighty small writes less.
      try db.execute(sql: "PRAGMA temp_store = MEMORY")
      try db.execute(sql: "PRAGMA trusted_schema = OFF")
      try db.execute(sql: "PRAGMA cell_size_check = ON")
    }
    return configuration
  }

  /// How a ledger is opened to read.
  static func readOnly() -> Configuration {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(10)
    configuration.label = "ledger"
    return configuration
  }

  /// Makes every commit wait for the disk, and does not believe it before it is read back.
  ///
  /// GRDB sets NORMAL when it turns on the write-ahead log, after `prepareDatabase`: a commit could
  /// then be lost with the power.
  static func makeDurable(_ db: Database) throws {
    try db.execute(sql: "PRAGMA synchronous = FULL")
    let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode")
    let synchronous = try Int.fetchOne(db, sql: "PRAGMA synchronous")
    guard mode == "wal", synchronous == 2 else {
      throw LedgerFault.failed(detail: "journal_mode \(mode ?? ""), synchronous not FULL")
    }
  }
}

extension Reading {
  /// What the integrity check and the foreign keys say; empty where all is well.
  func integrity() throws(LedgerFault) -> [String] {
    let pages = try rows("PRAGMA integrity_check") { row in
      String.fromDatabaseValue(row[0]) ?? ""
    }
    let keys = try rows("PRAGMA foreign_key_check") { row in
      "foreign key of \(String.fromDatabaseValue(row[0]) ?? "")"
    }
    return pages.filter { $0 != "ok" } + keys
  }
}
