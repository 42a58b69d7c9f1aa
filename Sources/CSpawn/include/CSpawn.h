// Starting a program for Swift, whose Glibc leaves out what closes every descriptor in between.

#ifndef HUIYIN_CSPAWN_H
#define HUIYIN_CSPAWN_H

#include <sys/types.h>

// Starts a program without a shell, in a process group of its own, with no signal blocked or ignored,
// `input` as its descriptor 0, `output` as 1 and 2, and none besides. Its process, or minus errno.
pid_t huiyin_spawn(const char *program, char *const arguments[], char *const environment[],
                   int input, int output);

#endif
