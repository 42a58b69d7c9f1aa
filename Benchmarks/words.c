// Looks for words in texts with Hyperscan's C API, as word-bench does with Huiyin's own engine.
//
//   words TEXTS WORDS PASSES
//
// The files hold texts, or words, with a zero byte behind each. Times are seconds of CPU of the one
// thread; the first pass warms the caches and counts for nothing.

#include <hs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

struct pieces {
  char *bytes;
  const char **starts;
  size_t *lengths;
  size_t count;
};

static void fail(const char *what) {
  fprintf(stderr, "words: %s\n", what);
  exit(1);
}

static double cpu(void) {
  struct timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static struct pieces read_pieces(const char *path) {
  struct pieces pieces = {0};
  struct stat facts;
  FILE *file = fopen(path, "rb");
  if (!file || fstat(fileno(file), &facts)) fail(path);
  size_t size = (size_t)facts.st_size, room = 1;
  pieces.bytes = malloc(size + 1);
  if (!pieces.bytes || fread(pieces.bytes, 1, size, file) != size) fail(path);
  fclose(file);
  for (size_t at = 0; at < size; at++) room += pieces.bytes[at] == 0;
  pieces.starts = calloc(room, sizeof *pieces.starts);
  pieces.lengths = calloc(room, sizeof *pieces.lengths);
  if (!pieces.starts || !pieces.lengths) fail("no memory");
  for (char *at = pieces.bytes; at < pieces.bytes + size; at += strlen(at) + 1) {
    pieces.starts[pieces.count] = at;
    pieces.lengths[pieces.count++] = strlen(at);
  }
  return pieces;
}

static int on_hit(unsigned id, unsigned long long from, unsigned long long to, unsigned flags,
                  void *hits) {
  (void)id, (void)from, (void)to, (void)flags;
  ++*(unsigned long *)hits;
  return 0;
}

int main(int count, char **words) {
  if (count != 4) fail("words TEXTS WORDS PASSES");
  struct pieces texts = read_pieces(words[1]), wanted = read_pieces(words[2]);
  int passes = atoi(words[3]);
  unsigned *ids = calloc(wanted.count, sizeof *ids), *flags = calloc(wanted.count, sizeof *flags);
  if (!ids || !flags) fail("no memory");
  for (size_t at = 0; at < wanted.count; at++) ids[at] = (unsigned)at;

  hs_database_t *database;
  hs_compile_error_t *error;
  hs_scratch_t *scratch = NULL;
  double began = cpu();
  if (hs_compile_lit_multi(wanted.starts, flags, ids, wanted.lengths, (unsigned)wanted.count,
                           HS_MODE_BLOCK, NULL, &database, &error))
    fail(error->message);
  if (hs_alloc_scratch(database, &scratch)) fail("no scratch");
  double build = cpu() - began;

  unsigned long hits = 0;
  double *seconds = calloc((size_t)passes + 1, sizeof *seconds);
  if (!seconds) fail("no memory");
  for (int pass = 0; pass <= passes; pass++) {
    hits = 0;
    began = cpu();
    for (size_t at = 0; at < texts.count; at++)
      hs_scan(database, texts.starts[at], (unsigned)texts.lengths[at], 0, scratch, on_hit, &hits);
    seconds[pass] = cpu() - began;
  }
  printf("{\"build\": %f, \"words\": %zu, \"hits\": %lu, \"scan\": [", build, wanted.count, hits);
  for (int pass = 1; pass <= passes; pass++) printf("%s%f", pass > 1 ? ", " : "", seconds[pass]);
  printf("]}\n");
  return 0;
}
