// The board between the fault suite and the shim inside the program: one page of shared memory, a
// word a slot. The suite writes orders, the shim writes what it saw; what stands there survives the
// program's death.

#ifndef HUIYIN_FAULT_BOARD_H
#define HUIYIN_FAULT_BOARD_H

#include <stdint.h>

enum fault_slot {
  // Set to 1 by the shim once it is in the program.
  FAULT_LOADED,

  // Orders. Milliseconds that are added to what the program's clocks say.
  FAULT_WALL_SHIFT,
  FAULT_BOOT_SHIFT,
  // The same for what those who send mail wait by, so that a mail server's hours pass at once.
  FAULT_MAIL_WAITED,
  // What is done (enum fault_strike) at which steps (enum fault_point) of which files
  // (enum fault_file): at the n-th of them, counted from 1 and downwards in the slot.
  FAULT_STRIKE,
  FAULT_POINTS,
  FAULT_FILES,
  FAULT_NTH,
  // For failures: what errno says, and how many steps in a row fail; 0 is until it is called off.
  FAULT_ERRNO,
  FAULT_TIMES,
  // What a power cut keeps of what was not synced yet is drawn from this.
  FAULT_SEED,
  // With the text of FAULT_AFTER in the environment: steps count once it was received so often.
  FAULT_AFTER_NTH,

  // What was seen: strikes, steps that were in the order's aim, texts received, all writes and syncs.
  FAULT_STRUCK,
  FAULT_STEPS,
  FAULT_MATCHES,
  FAULT_WRITES,
  FAULT_SYNCS,
  // Of a power cut: writes that were not synced yet, and how many of them were lost or torn.
  FAULT_UNSYNCED,
  FAULT_LOST,

  FAULT_SLOTS
};

enum fault_strike { FAULT_NONE, FAULT_KILL, FAULT_CUT, FAULT_FAIL };

enum fault_point {
  FAULT_READ = 1,
  FAULT_WRITE = 2,
  FAULT_TRUNCATE = 4,
  // Before a sync, and after it.
  FAULT_SYNC = 8,
  FAULT_SYNCED = 16,
  // When the text of FAULT_AFTER came in.
  FAULT_RECEIVED = 32,
  FAULT_OPEN = 64
};

enum fault_file {
  FAULT_LEDGER = 1,
  FAULT_WAL = 2,
  // A ledger that has not got its name yet, and its journal.
  FAULT_MAKING = 4,
  // The folder itself.
  FAULT_FOLDER_ITSELF = 8,
  FAULT_NETWORK = 16,
  // Files of SQLite's in the folder for temporary files.
  FAULT_TEMPORARY = 32
};

static inline int64_t fault_get(const int64_t *board, enum fault_slot slot) {
  return __atomic_load_n(&board[slot], __ATOMIC_SEQ_CST);
}

static inline void fault_set(int64_t *board, enum fault_slot slot, int64_t value) {
  __atomic_store_n(&board[slot], value, __ATOMIC_SEQ_CST);
}

#endif
