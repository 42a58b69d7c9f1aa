internal import GRDB
internal import Vocabulary

extension LedgerFault {
  /// Any error as a fault. SQLite's message names tables and constraints, never values; the SQL
  /// and its arguments, which hold citizens' texts, are left behind.
  init(_ error: any Error) {
    switch error {
    case let fault as LedgerFault: self = fault
    case let error as DatabaseError: self.init(sqlite: error)
    default: self = .failed(detail: "\(type(of: error))")
    }
  }

  private init(sqlite error: DatabaseError) {
    switch error.resultCode {
    case .SQLITE_CORRUPT: self = .damaged
    case .SQLITE_NOTADB: self = .notALedger
    case .SQLITE_FULL: self = .diskFull
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy
    case .SQLITE_READONLY: self = .readOnly
    case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH: self = .unreadable
    case .SQLITE_IOERR: self = LedgerFault(ioError: error)
    default: self = .failed(detail: LedgerFault.detail(of: error))
    }
  }

  private init(ioError error: DatabaseError) {
    // The shared-memory file cannot grow: SQLite knows no other name for a full disk there.
    guard error.extendedResultCode != .SQLITE_IOERR_SHMSIZE else {
      self = .diskFull
      return
    }
    let code = error.extendedResultCode.rawValue
    self = LedgerFault(
      .failed,
      Phrase(
        zh: "读写台账时磁盘出错（SQLite \(code)）：请检查磁盘；如台账损坏，用 huiyin restore 恢复备份",
        en: "the disk failed while the ledger was used (SQLite \(code)): check the disk, and if "
          + "the ledger is damaged, put a backup in place with huiyin restore"),
      retry: true)
  }

  private static func detail(of error: DatabaseError) -> String {
    "SQLite \(error.extendedResultCode.rawValue), \(error.message ?? "")"
  }
}

extension LedgerFault {
  static let damaged = LedgerFault(
    .damaged,
    Phrase(
      zh: "台账文件已损坏，未作任何改动：请用 huiyin restore 恢复最近的备份，原文件会保留在旁边",
      en: "the ledger is damaged and was left as it is: put the latest backup in place with "
        + "huiyin restore, which keeps the damaged file beside it"))

  static let notALedger = LedgerFault(
    .notALedger,
    Phrase(
      zh: "该文件不是回音的台账，未作任何改动：请检查 data 目录，或用 huiyin restore 恢复备份",
      en: "this file is no ledger of Huiyin's and was left as it is: check the data folder, or "
        + "put a backup in place with huiyin restore"))

  static let newer = LedgerFault(
    .newer,
    Phrase(
      zh: "台账由更新版本的回音写成，未作任何改动：请升级程序，或用 huiyin restore 恢复旧备份",
      en: "a newer Huiyin wrote this ledger and it was left as it is: upgrade the program, or put "
        + "an older backup in place with huiyin restore"))

  static let older = LedgerFault(
    .failed,
    Phrase(
      zh: "台账由旧版本写成，尚未升级：请先启动一次 huiyin run",
      en: "an older Huiyin wrote this ledger: start huiyin run once, which brings it up to date"))

  static let diskFull = LedgerFault(
    .diskFull,
    Phrase(
      zh: "磁盘已满，台账写不进去，已写入的内容完好：请清理磁盘空间",
      en: "the disk is full and nothing more can be written; what was written is safe: make room"),
    retry: true)

  static let busy = LedgerFault(
    .busy,
    Phrase(
      zh: "台账正被另一个程序长时间占用：请稍后再试",
      en: "another program has been writing to the ledger for too long: try again later"),
    retry: true)

  static let readOnly = LedgerFault(
    .readOnly,
    Phrase(
      zh: "台账只能读、不能写：请检查 data 目录的所有者和权限",
      en: "the ledger may be read and not written: check who owns the data folder and its modes"))

  static let unreadable = LedgerFault(
    .unreadable,
    Phrase(
      zh: "无权打开台账或其目录：请检查 data 目录的所有者和权限",
      en: "the ledger or its folder may not be opened: check who owns the data folder and its "
        + "modes"))

  static let noLedger = LedgerFault(
    .notFound,
    Phrase(
      zh: "还没有台账：请先启动 huiyin run，或用 huiyin restore 恢复备份",
      en: "there is no ledger yet: start huiyin run, or put a backup in place with huiyin restore"))

  static let heldByDaemon = LedgerFault(
    .locked,
    Phrase(
      zh: "台账正由运行中的 huiyin run 使用：请先停止它（systemctl stop huiyin）",
      en: "a running huiyin run holds the ledger: stop it first (systemctl stop huiyin)"))

  static let superseded = LedgerFault(
    .locked,
    Phrase(
      zh: "另一个 huiyin run 已接管台账，本进程不再写入",
      en: "another huiyin run has taken the ledger over; this one writes no more"))

  static let inUse = LedgerFault(
    .locked,
    Phrase(
      zh: "另一条 huiyin 命令正在使用台账：请待其结束后再试",
      en: "another huiyin command is using the ledger: try again when it has ended"),
    retry: true)

  static let inTheWay = LedgerFault(
    .inTheWay,
    Phrase(
      zh: "目标文件已存在，未覆盖：请换一个文件名",
      en: "there is a file of that name already, and it was left as it is: name another"))

  static func failed(detail: String) -> LedgerFault {
    LedgerFault(
      .failed, Phrase(zh: "台账操作失败（\(detail)）", en: "the ledger failed (\(detail))"))
  }

  static func noSuch(_ what: Phrase) -> LedgerFault {
    LedgerFault(.notFound, Phrase(zh: "台账中没有\(what.zh)", en: "the ledger has no \(what.en)"))
  }
}
