package import CFaultBoard
import Foundation
import TestSupport

/// The page of memory that the suite shares with the shim inside the program: orders one way, what
/// was seen the other. What stands there survives the program.
package final class Board: @unchecked Sendable {
  // Unchecked: whole words, each read and written at once.
  private let words: UnsafeMutablePointer<Int64>
  private static let size = Int(FAULT_SLOTS.rawValue) * MemoryLayout<Int64>.size
  /// Where its file lies.
  let path: String

  /// An empty board in a folder.
  init(in folder: Folder) throws {
    path = folder.path("board")
    try folder.write(Data(count: Board.size), to: "board")
    let file = open(path, O_RDWR | O_CLOEXEC)
    defer { close(file) }
    let page = mmap(nil, Board.size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0)
    guard file >= 0, let page, page != MAP_FAILED else { throw CocoaError(.fileReadUnknown) }
    words = page.bindMemory(to: Int64.self, capacity: Int(FAULT_SLOTS.rawValue))
  }

  deinit {
    munmap(words, Board.size)
  }

  /// What stands in a slot.
  package subscript(slot: fault_slot) -> Int {
    get { Int(fault_get(words, slot)) }
    set { fault_set(words, slot, Int64(newValue)) }
  }

  /// Gives an order; what was seen before is forgotten.
  package func order(_ fault: Fault) {
    for slot in [
      FAULT_STRUCK, FAULT_STEPS, FAULT_MATCHES, FAULT_WRITES, FAULT_SYNCS, FAULT_UNSYNCED,
      FAULT_LOST, FAULT_LOADED,
    ] { self[slot] = 0 }
    self[FAULT_POINTS] = Int(fault.points.rawValue)
    self[FAULT_FILES] = Int(fault.files.rawValue)
    self[FAULT_NTH] = fault.nth
    self[FAULT_AFTER_NTH] = fault.afterNth
    self[FAULT_SEED] = Int(fault.seed & 0x7FFF_FFFF)
    switch fault.strike {
    case .none: self[FAULT_STRIKE] = Int(FAULT_NONE.rawValue)
    case .kill: self[FAULT_STRIKE] = Int(FAULT_KILL.rawValue)
    case .cut: self[FAULT_STRIKE] = Int(FAULT_CUT.rawValue)
    case .fail(let code, let times):
      self[FAULT_ERRNO] = Int(code)
      self[FAULT_TIMES] = times
      self[FAULT_STRIKE] = Int(FAULT_FAIL.rawValue)
    }
  }

  /// Calls an order off; what was seen stays.
  package func callOff() { self[FAULT_STRIKE] = Int(FAULT_NONE.rawValue) }

  /// How often the shim struck.
  package var strikes: Int { self[FAULT_STRUCK] }
  /// How many steps the order was aimed at.
  package var steps: Int { self[FAULT_STEPS] }
  /// Whether the program runs with the shim.
  package var isLoaded: Bool { self[FAULT_LOADED] == 1 }

  /// Has the program's wall clock and its time since boot run ahead by so much, or behind.
  package func shift(wall: Duration, boot: Duration = .zero) {
    self[FAULT_WALL_SHIFT] += wall.milliseconds
    self[FAULT_BOOT_SHIFT] += boot.milliseconds
  }

  /// Lets whoever waits for a mail server have waited so much longer.
  package func letMailWait(_ length: Duration) {
    self[FAULT_MAIL_WAITED] += length.milliseconds
  }
}

extension Duration {
  /// Whole milliseconds.
  package var milliseconds: Int {
    let (seconds, attoseconds) = components
    return Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
  }
}
