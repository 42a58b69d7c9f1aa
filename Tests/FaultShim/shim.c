// What goes wrong below a program, from outside it: loaded into the real `huiyin` by LD_PRELOAD,
// it takes the place of the libc functions through which SQLite writes, libcurl receives and
// everybody reads the clock, and does at a step that the board names what the board says:
//
//  - kill: SIGKILL, before or after that step;
//  - cut: the power fails. For each file of the ledger the shim remembers what every write since the
//    last sync replaced; at the cut it takes all of them back, puts some of them into place again,
//    whole or torn at sectors of 512 bytes, and kills. Names made, changed or removed since the folder
//    was synced come undone from the last backwards;
//  - fail: the step fails with an errno. A sync that fails takes back what it should have made
//    durable, as a kernel may that drops pages it could not write.
//
// FAULT_BOARD is the board's file, FAULT_FOLDER the ledger's folder (both absolute), FAULT_AFTER a
// text: what counts is counted once it has been received or sent. FAULT_BOOT_ID is a file that is read in
// place of the kernel's boot_id, FAULT_TRUST one that is read in place of the system's certificates.

#ifdef __linux__

#define _GNU_SOURCE
#include "include/shim.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "../FaultBoard/board.h"

// Looked up at the beginning: under our lock nobody may wait for the loader's.
#define EACH(do)                                                                       \
  do(open) do(open64) do(close) do(pread64) do(pwrite64) do(ftruncate64) do(fsync)      \
  do(fdatasync) do(unlink) do(rename) do(recv) do(send) do(clock_gettime) do(gettimeofday)        \
  do(fopen)
#define DECLARE(name) static __typeof__(name) *real_##name;
#define LOOK_UP(name) real_##name = (__typeof__(real_##name))dlsym(RTLD_NEXT, #name);
#define REAL(name)                                                                     \
  if (!real_##name) LOOK_UP(name)                                                      \
  __typeof__(name) *real = real_##name
EACH(DECLARE)

enum { MOST_DESCRIPTORS = 65536, MOST_FILES = 64, SECTOR = 512 };

// A file of the ledger's, by the path it has now.
struct file {
  char path[PATH_MAX];
  int kind;
};

// A write, or a truncation, that no sync has followed yet.
struct change {
  int file;
  bool truncates;
  off64_t offset;
  size_t length;
  unsigned char *bytes;
  // What stood there before; of a truncation, all that was cut off.
  off64_t size_before;
  size_t old_length;
  unsigned char *old;
};

// A name that was made, changed or removed since the folder was synced.
struct naming {
  enum { MADE, RENAMED, REMOVED } what;
  char path[PATH_MAX];
  char other[PATH_MAX];
  unsigned char *content;
  size_t length;
};

static int64_t *board;
static char folder[PATH_MAX];
static const char *after;
static const char *boot_id;
static const char *trust;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct file files[MOST_FILES];
static int file_count;
// The file of each descriptor, from 1; 0 is none of ours.
static unsigned char file_of[MOST_DESCRIPTORS];
static struct change *changes;
static size_t change_count, change_room;
static struct naming *namings;
static size_t naming_count, naming_room;
static volatile bool is_dead;

// MARK: Beginning

__attribute__((constructor)) static void begin(void) {
  EACH(LOOK_UP)
  const char *path = getenv("FAULT_BOARD");
  const char *ours = getenv("FAULT_FOLDER");
  after = getenv("FAULT_AFTER");
  boot_id = getenv("FAULT_BOOT_ID");
  trust = getenv("FAULT_TRUST");
  if (after && !*after) after = NULL;
  if (ours) snprintf(folder, sizeof folder, "%s", ours);
  if (!path) return;
  int fd = open(path, O_RDWR | O_CLOEXEC);
  if (fd < 0) return;
  void *page =
      mmap(NULL, FAULT_SLOTS * sizeof *board, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
  if (page == MAP_FAILED) return;
  board = page;
  fault_set(board, FAULT_LOADED, 1);
}

// The dead do nothing more: other threads must not go on while the power is being cut.
static void stay_dead(void) {
  while (is_dead) pause();
}

static void die(void) {
  is_dead = true;
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

static void add(enum fault_slot slot, int64_t count) {
  fault_set(board, slot, fault_get(board, slot) + count);
}

static uint64_t draw(void) {
  static uint64_t state;
  if (!state) state = (uint64_t)fault_get(board, FAULT_SEED) * 0x9E3779B97F4A7C15u + 1;
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return state;
}

// MARK: Which files are ours

static int kind_of(const char *path) {
  if (!*folder) return 0;
  size_t length = strlen(folder);
  if (strstr(path, "/etilqs_")) return FAULT_TEMPORARY;
  if (strncmp(path, folder, length) != 0) return 0;
  if (!path[length]) return FAULT_FOLDER_ITSELF;
  const char *name = path + length + 1;
  if (strcmp(name, "ledger.sqlite") == 0) return FAULT_LEDGER;
  if (strcmp(name, "ledger.sqlite-wal") == 0) return FAULT_WAL;
  if (strncmp(name, "ledger.sqlite.making", 20) == 0) return FAULT_MAKING;
  if (strcmp(name, "ledger.sqlite-journal") == 0) return FAULT_MAKING;
  return 0;
}

static int number_of(const char *path, int kind) {
  for (int number = 0; number < file_count; number++) {
    if (strcmp(files[number].path, path) == 0) return number + 1;
  }
  if (file_count == MOST_FILES) return 0;
  snprintf(files[file_count].path, PATH_MAX, "%s", path);
  files[file_count].kind = kind;
  return ++file_count;
}

// The path with its links followed, though the file itself may not be there.
static void settle_path(const char *path, char *settled) {
  char copy[PATH_MAX], place[PATH_MAX];
  snprintf(copy, sizeof copy, "%s", path);
  char *slash = strrchr(copy, '/');
  const char *name = slash ? slash + 1 : copy;
  if (slash) *slash = 0;
  if (!realpath(slash ? (*copy ? copy : "/") : ".", place)) {
    snprintf(settled, PATH_MAX, "%s", path);
  } else if (snprintf(settled, PATH_MAX, "%s/%s", place, name) >= PATH_MAX) {
    settled[PATH_MAX - 1] = 0;
  }
}

static struct file *file_at(int fd) {
  if (!board || fd < 0 || fd >= MOST_DESCRIPTORS || !file_of[fd]) return NULL;
  return &files[file_of[fd] - 1];
}

static struct naming *new_naming(void) {
  if (naming_count == naming_room) {
    naming_room = naming_room ? naming_room * 2 : 16;
    namings = realloc(namings, naming_room * sizeof *namings);
  }
  struct naming *naming = &namings[naming_count++];
  memset(naming, 0, sizeof *naming);
  return naming;
}

static void note_opened(int fd, const char *asked, bool was_there) {
  if (!board || fd < 0 || fd >= MOST_DESCRIPTORS) return;
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) snprintf(path, sizeof path, "%s", asked);
  else path[length] = 0;
  int kind = kind_of(path);
  pthread_mutex_lock(&lock);
  file_of[fd] = kind ? (unsigned char)number_of(path, kind) : 0;
  if (kind && kind != FAULT_FOLDER_ITSELF && !was_there) {
    struct naming *naming = new_naming();
    naming->what = MADE;
    snprintf(naming->path, PATH_MAX, "%s", path);
  }
  pthread_mutex_unlock(&lock);
}

// MARK: Taking back

static int open_again(const char *path, int flags) {
  REAL(open64);
  return real(path, flags | O_CLOEXEC, 0600);
}

static void put(int fd, const unsigned char *bytes, size_t length, off64_t offset) {
  REAL(pwrite64);
  while (length > 0) {
    ssize_t count = real(fd, bytes, length, offset);
    if (count <= 0) return;
    bytes += count;
    offset += count;
    length -= (size_t)count;
  }
}

static void cut_to(int fd, off64_t size) {
  REAL(ftruncate64);
  if (real(fd, size) != 0) return;
}

static void take_back(const struct change *change, int fd) {
  if (change->truncates) {
    cut_to(fd, change->size_before);
    put(fd, change->old, change->old_length, change->offset);
  } else {
    put(fd, change->old, change->old_length, change->offset);
    struct stat64 facts;
    if (fstat64(fd, &facts) == 0 && facts.st_size > change->size_before) {
      cut_to(fd, change->size_before);
    }
  }
}

static void put_back(const struct change *change, int fd, bool is_torn) {
  if (change->truncates) {
    cut_to(fd, change->offset);
  } else if (!is_torn) {
    put(fd, change->bytes, change->length, change->offset);
  } else {
    off64_t end = change->offset + (off64_t)change->length;
    for (off64_t from = change->offset; from < end;) {
      off64_t to = (from / SECTOR + 1) * SECTOR;
      if (to > end) to = end;
      if (draw() & 1) put(fd, change->bytes + (from - change->offset), (size_t)(to - from), from);
      from = to;
    }
  }
}

static void drop(struct change *change) {
  free(change->bytes);
  free(change->old);
}

// What a sync has made durable need not be remembered.
static void settle(int file) {
  size_t kept = 0;
  for (size_t index = 0; index < change_count; index++) {
    if (changes[index].file == file) drop(&changes[index]);
    else changes[kept++] = changes[index];
  }
  change_count = kept;
}

// A kernel may drop the pages that it could not write.
static void forsake(int file, int fd) {
  for (size_t index = change_count; index-- > 0;) {
    if (changes[index].file == file) take_back(&changes[index], fd);
  }
  settle(file);
}

static void remember(int file, int fd, const void *bytes, size_t length, off64_t offset,
                     bool truncates) {
  if (change_count == change_room) {
    change_room = change_room ? change_room * 2 : 256;
    changes = realloc(changes, change_room * sizeof *changes);
  }
  struct stat64 facts;
  if (fstat64(fd, &facts) != 0) return;
  struct change change = {.file = file, .truncates = truncates, .offset = offset};
  change.size_before = facts.st_size;
  off64_t end = truncates ? facts.st_size : offset + (off64_t)length;
  if (end > facts.st_size) end = facts.st_size;
  if (end > offset) {
    REAL(pread64);
    change.old = malloc((size_t)(end - offset));
    // Through the same descriptor: to close another one would give up SQLite's locks on the file.
    ssize_t count = real(fd, change.old, (size_t)(end - offset), offset);
    change.old_length = count > 0 ? (size_t)count : 0;
  }
  if (!truncates) {
    change.length = length;
    change.bytes = malloc(length);
    memcpy(change.bytes, bytes, length);
  }
  changes[change_count++] = change;
}

// MARK: The power cut

static void undo_naming(const struct naming *naming) {
  REAL(unlink);
  if (naming->what == MADE) {
    real(naming->path);
  } else if (naming->what == RENAMED) {
    real_rename(naming->other, naming->path);
  } else {
    int fd = open_again(naming->path, O_RDWR | O_CREAT | O_TRUNC);
    if (fd < 0) return;
    put(fd, naming->content, naming->length, 0);
    close(fd);
  }
}

// Whether a change is kept, and then whether torn, by one of four manners of losing: all, nothing,
// any of them, all from one on.
static void cut_power(void) {
  is_dead = true;
  int descriptors[MOST_FILES];
  for (int number = 0; number < file_count; number++) {
    descriptors[number] = open_again(files[number].path, O_RDWR);
  }
  for (size_t index = change_count; index-- > 0;) {
    take_back(&changes[index], descriptors[changes[index].file]);
  }
  uint64_t manner = draw() % 4;
  size_t last = change_count ? draw() % change_count : 0;
  int64_t lost = 0;
  for (size_t index = 0; index < change_count; index++) {
    bool is_kept = manner == 1 || (manner == 2 && (draw() & 1)) || (manner == 3 && index <= last);
    bool is_torn = (manner == 2 && (draw() & 1)) || (manner == 3 && index == last);
    if (is_kept) put_back(&changes[index], descriptors[changes[index].file], is_torn);
    lost += !is_kept || is_torn;
  }
  size_t kept = manner == 1 ? naming_count : draw() % (naming_count + 1);
  for (size_t index = naming_count; index-- > kept;) undo_naming(&namings[index]);
  fault_set(board, FAULT_UNSYNCED, (int64_t)change_count);
  fault_set(board, FAULT_LOST, lost);
  die();
}

// MARK: Striking

// Called under the lock at each step; returns the errno with which the step is to fail, or 0.
static int strike(int kind, enum fault_point point) {
  stay_dead();
  if (!(fault_get(board, FAULT_POINTS) & point) || !(fault_get(board, FAULT_FILES) & kind)) return 0;
  if (after && fault_get(board, FAULT_MATCHES) < fault_get(board, FAULT_AFTER_NTH)) return 0;
  add(FAULT_STEPS, 1);
  int64_t what = fault_get(board, FAULT_STRIKE);
  if (what == FAULT_NONE) return 0;
  int64_t nth = fault_get(board, FAULT_NTH);
  if (nth > 1) {
    fault_set(board, FAULT_NTH, nth - 1);
    return 0;
  }
  add(FAULT_STRUCK, 1);
  if (what == FAULT_KILL) die();
  if (what == FAULT_CUT) cut_power();
  int64_t times = fault_get(board, FAULT_TIMES);
  if (times == 1) fault_set(board, FAULT_STRIKE, FAULT_NONE);
  if (times > 1) fault_set(board, FAULT_TIMES, times - 1);
  return (int)fault_get(board, FAULT_ERRNO);
}

// MARK: Files

static int opened(const char *path, int flags, mode_t mode,
                  int (*real)(const char *, int, ...)) {
  if (boot_id && strcmp(path, "/proc/sys/kernel/random/boot_id") == 0) path = boot_id;
  if (!board) return real(path, flags, mode);
  char settled[PATH_MAX];
  settle_path(path, settled);
  int kind = kind_of(settled);
  if (kind) {
    pthread_mutex_lock(&lock);
    int error = strike(kind, FAULT_OPEN);
    pthread_mutex_unlock(&lock);
    if (error) {
      errno = error;
      return -1;
    }
  }
  bool was_there = !(flags & O_CREAT) || access(path, F_OK) == 0;
  int fd = real(path, flags, mode);
  int error = errno;
  if (fd >= 0) note_opened(fd, settled, was_there);
  errno = error;
  return fd;
}

static mode_t mode_from(int flags, va_list arguments) {
  return flags & (O_CREAT | O_TMPFILE) ? (mode_t)va_arg(arguments, int) : 0;
}

int open(const char *path, int flags, ...) {
  REAL(open);
  va_list arguments;
  va_start(arguments, flags);
  mode_t mode = mode_from(flags, arguments);
  va_end(arguments);
  return opened(path, flags, mode, real);
}

int open64(const char *path, int flags, ...) {
  REAL(open64);
  va_list arguments;
  va_start(arguments, flags);
  mode_t mode = mode_from(flags, arguments);
  va_end(arguments);
  return opened(path, flags, mode, real);
}

int close(int fd) {
  REAL(close);
  if (fd >= 0 && fd < MOST_DESCRIPTORS && file_of[fd]) {
    pthread_mutex_lock(&lock);
    stay_dead();
    file_of[fd] = 0;
    pthread_mutex_unlock(&lock);
  }
  return real(fd);
}

ssize_t pread64(int fd, void *bytes, size_t length, off64_t offset) {
  REAL(pread64);
  struct file *file = file_at(fd);
  if (!file) return real(fd, bytes, length, offset);
  pthread_mutex_lock(&lock);
  int error = strike(file->kind, FAULT_READ);
  ssize_t count = error ? -1 : real(fd, bytes, length, offset);
  if (!error) error = errno;
  pthread_mutex_unlock(&lock);
  errno = error;
  return count;
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) {
  REAL(pwrite64);
  struct file *file = file_at(fd);
  if (!file) return real(fd, bytes, length, offset);
  pthread_mutex_lock(&lock);
  add(FAULT_WRITES, 1);
  int error = strike(file->kind, FAULT_WRITE);
  ssize_t count = -1;
  if (!error) {
    remember(file_of[fd] - 1, fd, bytes, length, offset, false);
    count = real(fd, bytes, length, offset);
    error = errno;
  }
  pthread_mutex_unlock(&lock);
  errno = error;
  return count;
}

static int truncated(int fd, off64_t size, int (*real)(int, off64_t)) {
  struct file *file = file_at(fd);
  if (!file) return real(fd, size);
  pthread_mutex_lock(&lock);
  int error = strike(file->kind, FAULT_TRUNCATE);
  int result = -1;
  if (!error) {
    remember(file_of[fd] - 1, fd, NULL, 0, size, true);
    result = real(fd, size);
    error = errno;
  }
  pthread_mutex_unlock(&lock);
  errno = error;
  return result;
}

int ftruncate64(int fd, off64_t size) {
  REAL(ftruncate64);
  return truncated(fd, size, real);
}

static int synced(int fd, int (*real)(int)) {
  struct file *file = file_at(fd);
  if (!file) return real(fd);
  pthread_mutex_lock(&lock);
  add(FAULT_SYNCS, 1);
  int number = file_of[fd] - 1;
  int error = strike(file->kind, FAULT_SYNC);
  int result = -1;
  if (error) {
    if (draw() & 1) forsake(number, fd);
  } else {
    result = real(fd);
    error = errno;
    if (result == 0 && file->kind == FAULT_FOLDER_ITSELF) naming_count = 0;
    else if (result == 0) settle(number);
    strike(file->kind, FAULT_SYNCED);
  }
  pthread_mutex_unlock(&lock);
  errno = error;
  return result;
}

int fsync(int fd) {
  REAL(fsync);
  return synced(fd, real);
}

int fdatasync(int fd) {
  REAL(fdatasync);
  return synced(fd, real);
}

// MARK: Names

static void keep_content(struct naming *naming, const char *path) {
  int fd = open_again(path, O_RDONLY);
  if (fd < 0) return;
  struct stat64 facts;
  if (fstat64(fd, &facts) == 0 && facts.st_size > 0) {
    REAL(pread64);
    naming->content = malloc((size_t)facts.st_size);
    ssize_t count = real(fd, naming->content, (size_t)facts.st_size, 0);
    naming->length = count > 0 ? (size_t)count : 0;
  }
  close(fd);
}

int unlink(const char *path) {
  REAL(unlink);
  char settled[PATH_MAX];
  if (!board) return real(path);
  settle_path(path, settled);
  int kind = kind_of(settled);
  if (!kind || kind == FAULT_TEMPORARY || access(settled, F_OK) != 0) return real(path);
  pthread_mutex_lock(&lock);
  stay_dead();
  struct naming *naming = new_naming();
  naming->what = REMOVED;
  snprintf(naming->path, PATH_MAX, "%s", settled);
  keep_content(naming, settled);
  int result = real(path);
  int error = errno;
  if (result != 0) naming_count--;
  else settle(number_of(settled, kind) - 1);
  pthread_mutex_unlock(&lock);
  errno = error;
  return result;
}

int rename(const char *from, const char *to) {
  REAL(rename);
  char old[PATH_MAX], new[PATH_MAX];
  if (!board) return real(from, to);
  settle_path(from, old);
  settle_path(to, new);
  int kind = kind_of(new);
  if (!kind) return real(from, to);
  pthread_mutex_lock(&lock);
  stay_dead();
  int result = real(from, to);
  int error = errno;
  if (result == 0) {
    struct naming *naming = new_naming();
    naming->what = RENAMED;
    snprintf(naming->path, PATH_MAX, "%s", old);
    snprintf(naming->other, PATH_MAX, "%s", new);
    int number = number_of(old, kind) - 1;
    snprintf(files[number].path, PATH_MAX, "%s", new);
    files[number].kind = kind;
  }
  pthread_mutex_unlock(&lock);
  errno = error;
  return result;
}

FILE *fopen(const char *restrict path, const char *restrict mode) {
  REAL(fopen);
  bool is_trust = trust && *trust && strcmp(path, "/etc/ssl/certs/ca-certificates.crt") == 0;
  return real(is_trust ? trust : path, mode);
}

FILE *fopen64(const char *restrict path, const char *restrict mode) { return fopen(path, mode); }

// MARK: The network

ssize_t recv(int fd, void *bytes, size_t length, int flags) {
  REAL(recv);
  stay_dead();
  ssize_t count = real(fd, bytes, length, flags);
  if (!board || !after || count <= 0 || flags & MSG_PEEK) return count;
  int error = errno;
  if (memmem(bytes, (size_t)count, after, strlen(after))) {
    pthread_mutex_lock(&lock);
    add(FAULT_MATCHES, 1);
    strike(FAULT_NETWORK, FAULT_RECEIVED);
    pthread_mutex_unlock(&lock);
  }
  errno = error;
  return count;
}

ssize_t send(int fd, const void *bytes, size_t length, int flags) {
  REAL(send);
  stay_dead();
  ssize_t count = real(fd, bytes, length, flags);
  if (!board || !after || count <= 0) return count;
  int error = errno;
  if (memmem(bytes, (size_t)count, after, strlen(after))) {
    pthread_mutex_lock(&lock);
    add(FAULT_MATCHES, 1);
    pthread_mutex_unlock(&lock);
  }
  errno = error;
  return count;
}

// MARK: Clocks

// Timers are set by the true clocks, as the kernel runs them: who asks in order to sleep is told no
// lies. What a suspension adds is seen by whoever asks what time it is.
static bool is_about_sleeping(const void *caller) {
  Dl_info who;
  if (!dladdr(caller, &who) || !who.dli_fname) return false;
  return strstr(who.dli_fname, "libdispatch") || strstr(who.dli_fname, "libswift_Concurrency");
}

// Mail is sent by threads that perform one transfer at a time; pages are fetched by one that does not.
static __thread bool is_performing;

int curl_easy_perform(void *transfer) {
  static int (*real)(void *);
  if (!real) real = (int (*)(void *))dlsym(RTLD_NEXT, "curl_easy_perform");
  is_performing = true;
  int result = real(transfer);
  is_performing = false;
  return result;
}

// Whoever sends mail has waited for so long as the board says, without having slept.
static bool is_about_mail(const void *caller) {
  Dl_info who;
  if (!is_performing || !dladdr(caller, &who) || !who.dli_fname) return false;
  return strstr(who.dli_fname, "libcurl");
}

static int64_t shift_of(clockid_t clock, const void *caller) {
  if (!board) return 0;
  if (clock == CLOCK_MONOTONIC || clock == CLOCK_MONOTONIC_RAW) {
    int64_t waited = fault_get(board, FAULT_MAIL_WAITED);
    return waited && is_about_mail(caller) ? waited : 0;
  }
  int64_t shift = 0;
  if (clock == CLOCK_REALTIME) shift = fault_get(board, FAULT_WALL_SHIFT);
  if (clock == CLOCK_BOOTTIME) shift = fault_get(board, FAULT_BOOT_SHIFT);
  return shift && !is_about_sleeping(caller) ? shift : 0;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  REAL(clock_gettime);
  int result = real(clock, time);
  int64_t shift = shift_of(clock, __builtin_return_address(0));
  if (result != 0 || !shift) return result;
  int64_t nanoseconds = time->tv_nsec + shift % 1000 * 1000000;
  time->tv_sec += shift / 1000 + (nanoseconds < 0 ? -1 : nanoseconds / 1000000000);
  time->tv_nsec = (nanoseconds + 1000000000) % 1000000000;
  return result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
  REAL(gettimeofday);
  int result = real(time, zone);
  int64_t shift = shift_of(CLOCK_REALTIME, __builtin_return_address(0));
  if (result == 0 && shift) time->tv_sec += shift / 1000;
  return result;
}

time_t time(time_t *result) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (result) *result = now.tv_sec;
  return now.tv_sec;
}

#endif
