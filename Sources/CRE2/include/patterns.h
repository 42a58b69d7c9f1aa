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

// No more patterns are added. False where they need more memory together than they may have: then
// each text is asked for each by itself, which is as right and slower.
bool huiyin_patterns_close(huiyin_patterns *patterns);

// Sets those elements of `found`, one for each pattern, whose pattern is somewhere in a text.
void huiyin_patterns_match(
    const huiyin_patterns *patterns, const char *text, size_t length, bool *found);

// The first place of one pattern at or behind `from`, the longest where several begin there.
bool huiyin_patterns_find(
    const huiyin_patterns *patterns, size_t number, const char *text, size_t length, size_t from,
    size_t *start, size_t *end);

#ifdef __cplusplus
}
#endif

#endif
