#include "patterns.h"

#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <memory>
#include <new>
#include <string>
#include <vector>

namespace {

// Of this much memory at most is a pattern's automaton, and that of all together.
constexpr int64_t one = 4 << 20, all = 32 << 20;

RE2::Options options(int64_t memory) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_case_sensitive(false);
  options.set_longest_match(true);
  options.set_max_mem(memory);
  return options;
}

huiyin_pattern_fault fault(RE2::ErrorCode code) {
  switch (code) {
    case RE2::ErrorMissingBracket: return HUIYIN_PATTERN_BRACKET;
    case RE2::ErrorMissingParen:
    case RE2::ErrorUnexpectedParen: return HUIYIN_PATTERN_PARENTHESIS;
    case RE2::ErrorBadCharClass:
    case RE2::ErrorBadCharRange: return HUIYIN_PATTERN_CLASS;
    case RE2::ErrorBadEscape:
    case RE2::ErrorTrailingBackslash: return HUIYIN_PATTERN_ESCAPE;
    case RE2::ErrorRepeatArgument:
    case RE2::ErrorRepeatSize:
    case RE2::ErrorRepeatOp: return HUIYIN_PATTERN_REPEAT;
    case RE2::ErrorBadPerlOp: return HUIYIN_PATTERN_LOOKAROUND;
    case RE2::ErrorPatternTooLarge: return HUIYIN_PATTERN_TOO_LARGE;
    default: return HUIYIN_PATTERN_OTHER;
  }
}

}  // namespace

struct huiyin_patterns {
  RE2::Set set{options(all), RE2::UNANCHORED};
  std::vector<std::unique_ptr<RE2>> each;
  bool together = false;
};

huiyin_patterns *huiyin_patterns_open(void) { return new (std::nothrow) huiyin_patterns; }

void huiyin_patterns_free(huiyin_patterns *patterns) { delete patterns; }

huiyin_pattern_fault huiyin_patterns_add(
    huiyin_patterns *patterns, const char *pattern, size_t length, char *piece, size_t room) {
  const re2::StringPiece text(pattern, length);
  auto compiled = std::make_unique<RE2>(text, options(one));
  if (room > 0) piece[compiled->error_arg().copy(piece, room - 1)] = 0;
  if (!compiled->ok()) return fault(compiled->error_code());
  if (patterns->set.Add(text, nullptr) < 0) return HUIYIN_PATTERN_OTHER;
  patterns->each.push_back(std::move(compiled));
  return HUIYIN_PATTERN_FINE;
}

bool huiyin_patterns_close(huiyin_patterns *patterns) {
  return patterns->together = !patterns->each.empty() && patterns->set.Compile();
}

void huiyin_patterns_match(
    const huiyin_patterns *patterns, const char *text, size_t length, bool *found) {
  const re2::StringPiece piece(text, length);
  std::fill_n(found, patterns->each.size(), false);
  if (patterns->together) {
    std::vector<int> numbers;
    RE2::Set::ErrorInfo error{};
    const bool any = patterns->set.Match(piece, &numbers, &error);
    if (any || error.kind == RE2::Set::kNoError) {
      for (int number : numbers) found[number] = true;
      return;
    }
  }
  for (size_t number = 0; number < patterns->each.size(); number++)
    found[number] = RE2::PartialMatch(piece, *patterns->each[number]);
}

bool huiyin_patterns_find(
    const huiyin_patterns *patterns, size_t number, const char *text, size_t length, size_t from,
    size_t *start, size_t *end) {
  re2::StringPiece place;
  const re2::StringPiece piece(text, length);
  if (!patterns->each[number]->Match(piece, from, length, RE2::UNANCHORED, &place, 1)) return false;
  *start = static_cast<size_t>(place.data() - text);
  *end = *start + place.size();
  return true;
}
