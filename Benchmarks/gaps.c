/* How long the fetching thread stays away from its wait: loaded before libc (LD_PRELOAD), it stands
 * in for poll and times what lies between a return from it and the next call.
 *
 * Where a gap went is told in three parts: the thread's own CPU, the time it stood in line for a core
 * (schedstat), and the time in which its core was at nobody's disposal, because the machine under this
 * one had taken it away. The last is seen by a watcher on each core, of a higher rank than everything
 * else here (SCHED_FIFO; needs root), that sleeps a millisecond at a time and wakes late.
 *
 * What it finds stands in the file that GAPS_FILE names, as `struct found`, and is kept up to date
 * while the program runs, so that it can be killed at any time.
 */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* Nanoseconds, but for what counts. */
struct gap {
  uint64_t whole;
  uint64_t cpu;
  uint64_t in_line;
  uint64_t stolen;
};

struct found {
  uint64_t turns;
  uint64_t watched;  /* cores with a watcher: none, and `stolen` is not known */
  struct gap longest;
  struct gap longest_own; /* the longest without what was stolen in it */
  uint64_t dearest;  /* the most CPU in one gap */
  uint64_t over[4];  /* gaps over 5, 10, 20 and 50 ms */
  uint64_t own[4];   /* the same without what was stolen */
  uint64_t whole;    /* all gaps together */
  uint64_t stolen;   /* all that was stolen, of the busiest core */
};

static const uint64_t bounds[4] = {5000000, 10000000, 20000000, 50000000};
static int (*original)(struct pollfd *, nfds_t, int);
static struct found *found;
static void *program;
static __thread uint64_t returned_at, cpu_then, line_then;
static __thread int schedstat = -1;

static uint64_t now(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

/* What a watcher saw last: the ends of the times in which its core was away. */
enum { CORES = 16, KEPT = 64 };
static struct absence {
  uint64_t from, to;
} absences[CORES][KEPT];
static uint64_t counts[CORES], sums[CORES];

static void *watch(void *core_as_pointer) {
  long core = (long)core_as_pointer;
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(core, &set);
  struct sched_param rank = {.sched_priority = 50};
  if (pthread_setaffinity_np(pthread_self(), sizeof set, &set)) return NULL;
  if (pthread_setschedparam(pthread_self(), SCHED_FIFO, &rank)) return NULL;
  __atomic_fetch_add(&found->watched, 1, __ATOMIC_RELAXED);
  const uint64_t nap = 1000000;
  for (uint64_t due = now(CLOCK_MONOTONIC) + nap;; due += nap) {
    struct timespec until = {due / 1000000000u, due % 1000000000u};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL)) {}
    uint64_t woke = now(CLOCK_MONOTONIC);
    if (woke < due + nap) continue;
    absences[core][counts[core] % KEPT] = (struct absence){due, woke};
    __atomic_store_n(&counts[core], counts[core] + 1, __ATOMIC_RELEASE);
    sums[core] += woke - due;
    if (sums[core] > found->stolen) found->stolen = sums[core];
    due = woke;
  }
}

static __attribute__((constructor)) void prepare(void) {
  const char *path = getenv("GAPS_FILE");
  Dl_info entry;
  if (dladdr((void *)getauxval(AT_ENTRY), &entry)) program = entry.dli_fbase;
  original = (int (*)(struct pollfd *, nfds_t, int))dlsym(RTLD_NEXT, "poll");
  int file = path ? open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600) : -1;
  if (file < 0 || ftruncate(file, sizeof *found)) return;
  void *place = mmap(NULL, sizeof *found, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  close(file);
  if (place == MAP_FAILED) return;
  found = place;
  for (long core = 0; core < sysconf(_SC_NPROCESSORS_ONLN) && core < CORES; core++) {
    pthread_t thread;
    if (!pthread_create(&thread, NULL, watch, (void *)core)) pthread_detach(thread);
  }
}

static uint64_t stolen(uint64_t from, uint64_t to) {
  int core = sched_getcpu();
  if (core < 0 || core >= CORES) return 0;
  uint64_t sum = 0, count = __atomic_load_n(&counts[core], __ATOMIC_ACQUIRE);
  for (uint64_t back = 1; back <= KEPT && back <= count; back++) {
    struct absence seen = absences[core][(count - back) % KEPT];
    if (seen.to <= from) break;
    uint64_t begin = seen.from > from ? seen.from : from, end = seen.to < to ? seen.to : to;
    if (end > begin) sum += end - begin;
  }
  return sum;
}

/* How long this thread has stood in line for a core so far. */
static uint64_t in_line(void) {
  char text[96], *end;
  if (schedstat < 0) {
    snprintf(text, sizeof text, "/proc/self/task/%ld/schedstat", syscall(SYS_gettid));
    schedstat = open(text, O_RDONLY | O_CLOEXEC);
  }
  ssize_t length = pread(schedstat, text, sizeof text - 1, 0);
  if (length <= 0) return 0;
  text[length] = 0;
  strtoull(text, &end, 10);
  return strtoull(end, NULL, 10);
}

static void note(struct gap gap) {
  uint64_t own = gap.whole - (gap.stolen < gap.whole ? gap.stolen : gap.whole);
  found->turns++;
  found->whole += gap.whole;
  for (int index = 0; index < 4; index++) {
    found->over[index] += gap.whole > bounds[index];
    found->own[index] += own > bounds[index];
  }
  if (gap.cpu > found->dearest) found->dearest = gap.cpu;
  if (gap.whole > found->longest.whole) found->longest = gap;
  struct gap most = found->longest_own;
  if (own > most.whole - (most.stolen < most.whole ? most.stolen : most.whole))
    found->longest_own = gap;
}

/* Whether this is the fetching thread's wait: it watches its bell and its sockets at once, while threads
 * that speak to a mail server look at one file, and what libraries look at is theirs. */
static int waits(void *caller, nfds_t count) {
  Dl_info place;
  return found && count >= 2 && dladdr(caller, &place) && place.dli_fbase == program;
}

int poll(struct pollfd *fds, nfds_t count, int timeout) {
  if (!waits(__builtin_return_address(0), count)) return original(fds, count, timeout);
  if (returned_at) {
    uint64_t at = now(CLOCK_MONOTONIC);
    note((struct gap){at - returned_at, now(CLOCK_THREAD_CPUTIME_ID) - cpu_then,
                      in_line() - line_then, stolen(returned_at, at)});
  }
  int ready = original(fds, count, timeout);
  returned_at = now(CLOCK_MONOTONIC);
  cpu_then = now(CLOCK_THREAD_CPUTIME_ID);
  line_then = in_line();
  return ready;
}
