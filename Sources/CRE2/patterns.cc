#include "patterns.h"

#include <re2/filtered_re2.h>
#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <memory>
#include <new>
#include <string>
#include <vector>

namespace {

// Of this much memory at most is a pattern's automaton, and that of those that are asked together. An
// alternation of hundreds of words needs more than a short pattern, and whatever has too little is built
// anew again and again: so a byte that is written brings a kilobyte, within these bounds.
constexpr int64_t one = 4 << 20, all = 32 << 20, least = 256 << 10, each = 1 << 10;

// A shorter word than one ideograph is in every text, and tells nothing.
constexpr int shortest = 3;

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
  re2::FilteredRE2 each{shortest};
  std::vector<std::string> atoms;
  // Those that no atom announces are asked together; `places` are their numbers in `each`.
  std::unique_ptr<RE2::Set> unannounced;
  std::vector<int> places;
};

huiyin_patterns *huiyin_patterns_open(void) { return new (std::nothrow) huiyin_patterns; }

void huiyin_patterns_free(huiyin_patterns *patterns) { delete patterns; }

huiyin_pattern_fault huiyin_patterns_add(
    huiyin_patterns *patterns, const char *pattern, size_t length, char *piece, size_t room) {
  const re2::StringPiece text(pattern, length);
  int number = 0;
  const int64_t memory = std::clamp(static_cast<int64_t>(length) * each, least, one);
  for (const int64_t most : {memory, one})
    if (patterns->each.Add(text, options(most), &number) == RE2::NoError)
      return HUIYIN_PATTERN_FINE;
  const RE2 wrong(text, options(one));
  if (room > 0) piece[wrong.error_arg().copy(piece, room - 1)] = 0;
  return fault(wrong.error_code());
}

size_t huiyin_patterns_close(huiyin_patterns *patterns) {
  if (patterns->each.NumRegexps() == 0) return 0;
  patterns->each.Compile(&patterns->atoms);
  patterns->each.AllPotentials({}, &patterns->places);
  if (patterns->places.size() < 2) return patterns->atoms.size();
  auto set = std::make_unique<RE2::Set>(options(all), RE2::UNANCHORED);
  for (const int number : patterns->places)
    if (set->Add(patterns->each.GetRE2(number).pattern(), nullptr) < 0)
      return patterns->atoms.size();
  if (set->Compile()) patterns->unannounced = std::move(set);
  return patterns->atoms.size();
}

const char *huiyin_patterns_atom(const huiyin_patterns *patterns, size_t number, size_t *length) {
  *length = patterns->atoms[number].size();
  return patterns->atoms[number].data();
}

bool huiyin_patterns_sift(
    const huiyin_patterns *patterns, const int *atoms, size_t count, bool *possible) {
  std::vector<int> numbers;
  if (count == 0) {
    numbers = patterns->places;
  } else {
    patterns->each.AllPotentials(std::vector<int>(atoms, atoms + count), &numbers);
  }
  std::fill_n(possible, patterns->each.NumRegexps(), false);
  for (const int number : numbers) possible[number] = true;
  return !numbers.empty();
}

void huiyin_patterns_narrow(
    const huiyin_patterns *patterns, const char *text, size_t length, bool *possible) {
  if (!patterns->unannounced) return;
  std::vector<int> there;
  RE2::Set::ErrorInfo error{};
  const bool any =
      patterns->unannounced->Match(re2::StringPiece(text, length), &there, &error);
  if (!any && error.kind != RE2::Set::kNoError) return;
  for (const int number : patterns->places) possible[number] = false;
  for (const int place : there) possible[patterns->places[place]] = true;
}

bool huiyin_patterns_find(
    const huiyin_patterns *patterns, size_t number, const char *text, size_t length, size_t from,
    size_t *start, size_t *end) {
  re2::StringPiece place;
  const re2::StringPiece piece(text, length);
  const RE2 &pattern = patterns->each.GetRE2(static_cast<int>(number));
  if (!pattern.Match(piece, from, length, RE2::UNANCHORED, &place, 1)) return false;
  *start = static_cast<size_t>(place.data() - text);
  *end = *start + place.size();
  return true;
}
