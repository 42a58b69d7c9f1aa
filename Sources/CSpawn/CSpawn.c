#define _GNU_SOURCE
#include "CSpawn.h"

#include <signal.h>
#include <spawn.h>

static int prepare(posix_spawn_file_actions_t *actions, posix_spawnattr_t *attributes, int input,
                   int output) {
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  int code = posix_spawn_file_actions_adddup2(actions, input, 0);
  if (!code) code = posix_spawn_file_actions_adddup2(actions, output, 1);
  if (!code) code = posix_spawn_file_actions_adddup2(actions, output, 2);
  // Whatever a library opened without closing it in programs that are started: none is theirs.
  if (!code) code = posix_spawn_file_actions_addclosefrom_np(actions, 3);
  // Whoever starts it may have every signal blocked: it would never hear that it is to end.
  if (!code) code = posix_spawnattr_setsigmask(attributes, &none);
  if (!code) code = posix_spawnattr_setsigdefault(attributes, &all);
  if (!code) code = posix_spawnattr_setpgroup(attributes, 0);
  if (!code)
    code = posix_spawnattr_setflags(
        attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  return code;
}

pid_t huiyin_spawn(const char *program, char *const arguments[], char *const environment[],
                   int input, int output) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  int code = posix_spawn_file_actions_init(&actions);
  if (code) return -code;
  code = posix_spawnattr_init(&attributes);
  if (!code) {
    pid_t child = 0;
    code = prepare(&actions, &attributes, input, output);
    if (!code) code = posix_spawn(&child, program, &actions, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
    if (!code) {
      posix_spawn_file_actions_destroy(&actions);
      return child;
    }
  }
  posix_spawn_file_actions_destroy(&actions);
  return -code;
}
