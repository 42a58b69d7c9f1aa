import CFaultBoard

/// What the shim does to the program, and at which of its steps (故障).
package struct Fault: Sendable {
  /// What happens.
  package enum Strike: Sendable {
    /// Nothing; the steps are counted.
    case none
    /// SIGKILL.
    case kill
    /// The power fails: some of what was not synced is lost, torn or out of order.
    case cut
    /// The step fails with an errno, so often in a row; 0 is until it is called off.
    case fail(Int32, times: Int)
  }

  /// Steps of the program.
  package struct Points: OptionSet, Sendable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    package static let read = Points(rawValue: FAULT_READ.rawValue)
    package static let write = Points(rawValue: FAULT_WRITE.rawValue)
    package static let truncate = Points(rawValue: FAULT_TRUNCATE.rawValue)
    /// Right before a sync.
    package static let sync = Points(rawValue: FAULT_SYNC.rawValue)
    /// Right after it.
    package static let synced = Points(rawValue: FAULT_SYNCED.rawValue)
    /// The text of `after` has come in.
    package static let received = Points(rawValue: FAULT_RECEIVED.rawValue)
    package static let open = Points(rawValue: FAULT_OPEN.rawValue)
    /// Whatever changes a file or makes it durable.
    package static let changes: Points = [.write, .truncate, .sync, .synced]
  }

  /// What the steps are done to.
  package struct Files: OptionSet, Sendable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    package static let ledger = Files(rawValue: FAULT_LEDGER.rawValue)
    package static let log = Files(rawValue: FAULT_WAL.rawValue)
    /// A ledger that has not got its name yet.
    package static let making = Files(rawValue: FAULT_MAKING.rawValue)
    package static let folder = Files(rawValue: FAULT_FOLDER_ITSELF.rawValue)
    package static let network = Files(rawValue: FAULT_NETWORK.rawValue)
    package static let temporary = Files(rawValue: FAULT_TEMPORARY.rawValue)
    /// All that the ledger consists of.
    package static let all: Files = [.ledger, .log, .making, .folder]
  }

  package var strike: Strike
  package var points: Points
  package var files: Files
  /// Which of the steps, counted from 1.
  package var nth = 1
  /// Steps count from the moment this text has come in or gone out `afterNth` times.
  package var after: String?
  package var afterNth = 1
  package var seed: UInt64 = 1

  /// A fault at a step.
  package init(
    _ strike: Strike, at points: Points, of files: Files, nth: Int = 1, after: String? = nil,
    afterNth: Int = 1, seed: UInt64 = 1
  ) {
    self.strike = strike
    self.points = points
    self.files = files
    self.nth = nth
    self.after = after
    self.afterNth = afterNth
    self.seed = seed
  }

  /// No fault: the clocks can be shifted and the steps are counted.
  package static let none = Fault(.none, at: .changes, of: .all)
}
