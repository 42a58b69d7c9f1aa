// RE2 for Swift. Its interface is C++; these few functions are all of it that is needed.
//
// RE2 and not an engine that backtracks: what a text costs grows with its length and with nothing
// else, whatever the pattern and whoever wrote the text.
#ifndef HUIYIN_PATTERNS_H
#define HUIYIN_PATTERNS_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

// Patterns that are looked for together. Once `huiyin_patterns_close` was called any number of
// threads may use one at a time.
typedef struct huiyin_patterns huiyin_patterns;

// A set without patterns; NULL where there is no memory.
huiyin_patterns *huiyin_patterns_open(void);
void huiyin_patterns_free(huiyin_patterns *patterns);

// What may be wrong with a pattern.
typedef enum {
  HUIYIN_PATTERN_FINE,
  HUIYIN_PATTERN_BRACKET,
  HUIYIN_PATTERN_PARENTHESIS,
  HUIYIN_PATTERN_CLASS,
  HUIYIN_PATTERN_ESCAPE,
  HUIYIN_PATTERN_REPEAT,
  HUIYIN_PATTERN_LOOKAROUND,
  HUIYIN_PATTERN_TOO_LARGE,
  HUIYIN_PATTERN_OTHER,
} huiyin_pattern_fault;

// Adds a pattern (RE2's syntax, UTF-8, letters of either case); they are numbered from 0. Where it is
// none it is not added, and the piece that is wrong stands in `piece`, of `room` bytes, cut and ended
// by NUL.
huiyin_pattern_fault huiyin_patterns_add(
    huiyin_patterns *patterns, const char *pattern, size_t length, char *piece, size_t room);

// No more patterns are added. Says how many atoms there are: words, in small letters, of which the
// right ones must stand in a text for a pattern to be in it.
size_t huiyin_patterns_close(huiyin_patterns *patterns);

// An atom, in UTF-8, without a NUL behind it.
const char *huiyin_patterns_atom(const huiyin_patterns *patterns, size_t number, size_t *length);

// Sets those elements of `possible`, one for each pattern, whose pattern may be in a text that has
// these atoms, and clears the others; says whether there is any. No pattern that is in it is missed.
bool huiyin_patterns_sift(
    const huiyin_patterns *patterns, const int *atoms, size_t count, bool *possible);

// Clears those of them that no atom announces and that are not in the text, which is read once for
// all of these together.
void huiyin_patterns_narrow(
    const huiyin_patterns *patterns, const char *text, size_t length, bool *possible);

// The first place of one pattern at or behind `from`, the longest where several begin there.
bool huiyin_patterns_find(
    const huiyin_patterns *patterns, size_t number, const char *text, size_t length, size_t from,
    size_t *start, size_t *end);

#ifdef __cplusplus
}
#endif

#endif
