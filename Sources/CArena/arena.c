#include "arena.h"

#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlmemory.h>

// Pieces are cut off chunks in order. A piece that libxml2 frees goes to a list of its size and is
// the next one given out, so that a page on which thousands of selectors run needs no more memory
// than one. Large pieces are chunks of their own and go back to the system when they are freed.

enum {
  CHUNK_BYTES = 256 * 1024,
  // A thread keeps so much from page to page: what an ordinary page needs.
  KEPT_CHUNKS = 12,
  LARGE_BYTES = 64 * 1024,
  STEP_BYTES = 16,
  SMALL_BYTES = 512,
  SMALL_SIZES = SMALL_BYTES / STEP_BYTES,
  MEDIUM_SIZES = 7,  // twice 512 to 64 KiB
};

// Which memory a piece is of stands before it: libxml2 frees without saying.
enum origin { FROM_MALLOC = 0x6d616c6c, FROM_CHUNK = 0x6368756e, FROM_SYSTEM = 0x73797374 };

typedef struct piece {
  size_t bytes;
  size_t origin;
} piece;

_Static_assert(sizeof(piece) == STEP_BYTES, "what follows a header is aligned as malloc's is");

typedef struct chunk {
  struct chunk *next;
  struct chunk *previous;
} chunk;

typedef struct arena {
  int holders;
  int suspended;
  chunk *first;
  chunk *current;
  char *free;
  char *end;
  chunk *large;
  void *freed[SMALL_SIZES + MEDIUM_SIZES];
  unsigned long footprint;
} arena;

static __thread arena here;
static pthread_key_t thread_end;

static chunk *chunk_after(arena *arena) {
  chunk *next = arena->current == NULL ? arena->first : arena->current->next;
  if (next != NULL) return next;
  next = malloc(CHUNK_BYTES);
  if (next == NULL) return NULL;
  *next = (chunk){.next = NULL, .previous = arena->current};
  if (arena->current == NULL) {
    arena->first = next;
  } else {
    arena->current->next = next;
  }
  arena->footprint += CHUNK_BYTES;
  return next;
}

static piece *cut(arena *arena, size_t bytes) {
  size_t all = bytes + sizeof(piece);
  if ((size_t)(arena->end - arena->free) < all) {
    chunk *next = chunk_after(arena);
    if (next == NULL) return NULL;
    arena->current = next;
    arena->free = (char *)next + sizeof(chunk);
    arena->end = (char *)next + CHUNK_BYTES;
  }
  piece *made = (piece *)arena->free;
  arena->free += all;
  *made = (piece){.bytes = bytes, .origin = FROM_CHUNK};
  return made;
}

// The list that a piece of so many bytes belongs to; `bytes` becomes what the list's pieces hold.
static int size_list(size_t *bytes) {
  if (*bytes <= SMALL_BYTES) {
    size_t steps = *bytes == 0 ? 1 : (*bytes + STEP_BYTES - 1) / STEP_BYTES;
    *bytes = steps * STEP_BYTES;
    return (int)steps - 1;
  }
  int list = SMALL_SIZES;
  size_t size = SMALL_BYTES * 2;
  while (size < *bytes) {
    size *= 2;
    list++;
  }
  *bytes = size;
  return list;
}

static piece *take_large(arena *arena, size_t bytes) {
  if (bytes > (size_t)-1 - sizeof(chunk) - sizeof(piece)) return NULL;
  chunk *own = malloc(sizeof(chunk) + sizeof(piece) + bytes);
  if (own == NULL) return NULL;
  *own = (chunk){.next = arena->large, .previous = NULL};
  if (arena->large != NULL) arena->large->previous = own;
  arena->large = own;
  piece *made = (piece *)(own + 1);
  *made = (piece){.bytes = bytes, .origin = FROM_SYSTEM};
  arena->footprint += bytes;
  return made;
}

static void give_large(arena *arena, piece *large) {
  chunk *own = (chunk *)large - 1;
  if (own->next != NULL) own->next->previous = own->previous;
  if (own->previous != NULL) {
    own->previous->next = own->next;
  } else {
    arena->large = own->next;
  }
  arena->footprint -= large->bytes;
  free(own);
}

static void *from_arena(arena *arena, size_t bytes) {
  if (bytes > LARGE_BYTES) {
    piece *large = take_large(arena, bytes);
    return large == NULL ? NULL : large + 1;
  }
  int list = size_list(&bytes);
  void **freed = arena->freed[list];
  if (freed != NULL) {
    arena->freed[list] = *freed;
    return freed;
  }
  piece *made = cut(arena, bytes);
  return made == NULL ? NULL : made + 1;
}

static void *from_malloc(size_t bytes) {
  if (bytes > (size_t)-1 - sizeof(piece)) return NULL;
  piece *made = malloc(sizeof(piece) + bytes);
  if (made == NULL) return NULL;
  *made = (piece){.bytes = bytes, .origin = FROM_MALLOC};
  return made + 1;
}

static void *arena_malloc(size_t bytes) {
  arena *arena = &here;
  return arena->holders > 0 && arena->suspended == 0 ? from_arena(arena, bytes)
                                                      : from_malloc(bytes);
}

static void arena_free(void *memory) {
  if (memory == NULL) return;
  piece *freed = (piece *)memory - 1;
  switch (freed->origin) {
    case FROM_CHUNK: {
      size_t bytes = freed->bytes;
      int list = size_list(&bytes);
      *(void **)memory = here.freed[list];
      here.freed[list] = memory;
      break;
    }
    case FROM_SYSTEM: give_large(&here, freed); break;
    default: free(freed);
  }
}

static void *arena_realloc(void *memory, size_t bytes) {
  if (memory == NULL) return arena_malloc(bytes);
  piece *old = (piece *)memory - 1;
  if (old->origin == FROM_CHUNK && bytes <= old->bytes) return memory;
  if (old->origin == FROM_MALLOC) {
    if (bytes > (size_t)-1 - sizeof(piece)) return NULL;
    piece *made = realloc(old, sizeof(piece) + bytes);
    if (made == NULL) return NULL;
    made->bytes = bytes;
    return made + 1;
  }
  // A piece of the arena stays one, whoever asks: its owner counts on it.
  void *made = from_arena(&here, bytes);
  if (made == NULL) return NULL;
  memcpy(made, memory, old->bytes < bytes ? old->bytes : bytes);
  arena_free(memory);
  return made;
}

static char *arena_strdup(const char *text) {
  size_t bytes = strlen(text) + 1;
  char *copy = arena_malloc(bytes);
  return copy == NULL ? NULL : memcpy(copy, text, bytes);
}

static void free_chunks(arena *arena, chunk *from) {
  while (from != NULL) {
    chunk *next = from->next;
    free(from);
    arena->footprint -= CHUNK_BYTES;
    from = next;
  }
}

static void empty(arena *arena) {
  while (arena->large != NULL) give_large(arena, (piece *)(arena->large + 1));
  memset(arena->freed, 0, sizeof arena->freed);
  arena->current = NULL;
  arena->free = arena->end = NULL;
  chunk *last = arena->first;
  for (int kept = 1; last != NULL && kept < KEPT_CHUNKS; kept++) last = last->next;
  if (last == NULL) return;
  free_chunks(arena, last->next);
  last->next = NULL;
}

static void thread_ends(void *held) {
  arena *arena = held;
  empty(arena);
  free_chunks(arena, arena->first);
  arena->first = NULL;
}

static void install(void) {
  pthread_key_create(&thread_end, thread_ends);
  xmlMemSetup(arena_free, arena_malloc, arena_realloc, arena_strdup);
  // Now, outside of any arena: libxml2's own tables live as long as the program.
  xmlInitParser();
}

void huiyin_arena_install(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, install);
}

void huiyin_arena_hold(void) {
  if (here.holders++ == 0) pthread_setspecific(thread_end, &here);
}

void huiyin_arena_release(void) {
  if (--here.holders > 0) return;
  // The last error is the thread's and would point into what is gone.
  xmlResetLastError();
  empty(&here);
}

void huiyin_arena_suspend(void) { here.suspended++; }

void huiyin_arena_resume(void) { here.suspended--; }

unsigned long huiyin_arena_footprint(void) { return here.footprint; }
