// Nothing is called from outside: the shim is loaded by LD_PRELOAD and takes the place of libc's
// functions. Its orders come by the board; see ../../FaultBoard/board.h.

#ifndef HUIYIN_FAULT_SHIM_H
#define HUIYIN_FAULT_SHIM_H
#endif
