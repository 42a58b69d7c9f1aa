/// A number as it stands in a folded text (数词): 12, 3.5万, 三十, 两百多, 十几, 上千, 数十, 三四十.
///
/// A rough number counts as the least it may mean: 十几 is 11, 数十 is 20, 两百多 is 200, 三四十 is 30,
/// 近百 is 90.
struct Numeral {
  /// The number, or the least it may mean.
  var value: Int
  /// Where it stands, with 多, 余 or 来 behind it.
  var run: Range<Int>
  /// Whether it is written in digits and not in characters.
  var isInDigits: Bool
}

extension Numeral {
  /// How many characters may lie between a number and the word it counts: 12名年轻工人受伤.
  private static let longestGap = 8
  /// The same where the number follows: 受伤人数上升到15.
  private static let longestGapAfter = 6
  /// No number worth reading is longer.
  private static let longest = 16

  /// The run of a word together with a number that stands with it and is large enough; the number
  /// stands before the word or after it, in its clause.
  static func with(_ word: Range<Int>, in text: FoldedText, atLeast least: Int) -> Range<Int>? {
    if let before = before(word, in: text), before.value >= least {
      return before.run.lowerBound..<word.upperBound
    }
    if let after = after(word, in: text), after.value >= least {
      return word.lowerBound..<after.run.upperBound
    }
    return nil
  }

  /// The last number before a word in its clause, if it counts the word.
  private static func before(_ word: Range<Int>, in text: FoldedText) -> Numeral? {
    let codes = text.codes
    var start = word.lowerBound
    let earliest = max(0, start - longestGap - longest)
    while start > earliest, !parts(codes, start - 1) { start -= 1 }
    // A number that is cut in two says nothing.
    if start > 0, start == earliest {
      start = endOfNumber(codes, from: start, upTo: word.lowerBound)
    }
    var (at, last) = (start, Numeral?.none)
    while at < word.lowerBound {
      guard let found = read(codes, at: at, upTo: word.lowerBound) else {
        at += 1
        continue
      }
      at = found.run.upperBound
      // 一氧化碳, 十字路口: a word and no number.
      if found.isInDigits || at == word.lowerBound || found.mayCount(codes[at]) { last = found }
    }
    guard let number = last, !isName(number, codes) else { return nil }
    let gap = number.run.upperBound..<word.lowerBound
    guard !gap.isEmpty else { return number }
    return gap.count <= longestGap && number.mayCount(codes[gap.lowerBound]) ? number : nil
  }

  /// The first number after a word in its clause, if it counts the word.
  private static func after(_ word: Range<Int>, in text: FoldedText) -> Numeral? {
    let codes = text.codes
    let latest = min(text.count, word.upperBound + longestGapAfter)
    var at = word.upperBound
    while at < latest, !parts(codes, at) {
      guard let number = read(codes, at: at, upTo: min(text.count, at + longest)) else {
        at += 1
        continue
      }
      let next = number.run.upperBound
      let isEnd = next >= text.count || parts(codes, next)
      if !number.isInDigits, !isEnd, !number.mayCount(codes[next]) {
        at = next
        continue
      }
      return !isName(number, codes) && (isEnd || number.mayCount(codes[next])) ? number : nil
    }
    return nil
  }

  private static func endOfNumber(_ codes: [UInt32], from start: Int, upTo end: Int) -> Int {
    var at = start
    while at < end, isNumeric(codes[at]) { at += 1 }
    return at
  }

  /// Whether something may be counted that begins so. After digits nearly anything but a unit of
  /// time, money or measure; characters of small numbers begin too many words (三轮车, 四川, 百姓),
  /// so behind them only what counts people, households and things.
  private func mayCount(_ next: UInt32) -> Bool {
    isInDigits ? !NumeralSigns.measures.contains(next) : NumeralSigns.counters.contains(next)
  }

  /// Whether it is part of a name or of a longer row: 第3, A3, 3-5, 12:30, 120 that is dialled.
  private static func isName(_ number: Numeral, _ codes: [UInt32]) -> Bool {
    let before = number.run.lowerBound > 0 ? codes[number.run.lowerBound - 1] : 0
    let after = number.run.upperBound < codes.count ? codes[number.run.upperBound] : 0
    if number.isInDigits {
      // The tail of a row too long for a number.
      if NumeralSigns.digit(before) != nil { return true }
      let isPlain = NumeralSigns.digit(codes[number.run.upperBound - 1]) != nil
      if isPlain, NumeralSigns.dialled.contains(number.value),
        !NumeralSigns.things.contains(after)
      {
        return true
      }
    }
    return NumeralSigns.beforeNames.contains(before) || NumeralSigns.isLatin(before)
      || NumeralSigns.isLatin(after)
      || NumeralSigns.afterNames.contains(after)
  }

  /// Whether a mark parts what stands before it from what follows; the comma of 1,200 does not.
  private static func parts(_ codes: [UInt32], _ at: Int) -> Bool {
    guard NumeralSigns.parting.contains(codes[at]) else { return false }
    guard codes[at] == NumeralSigns.comma, at > 0, at + 1 < codes.count else { return true }
    return NumeralSigns.digit(codes[at - 1]) == nil || NumeralSigns.digit(codes[at + 1]) == nil
  }

  private static func isNumeric(_ code: UInt32) -> Bool {
    NumeralSigns.digit(code) != nil || NumeralSigns.character(code) != nil
      || NumeralSigns.unit(code) != nil
  }
}

extension Numeral {
  /// The number that begins at a place, if one does.
  static func read(_ codes: [UInt32], at start: Int, upTo end: Int) -> Numeral? {
    guard start < end, isNumeric(codes[start]) || NumeralSigns.isRough(codes[start]) else {
      return nil
    }
    var reading = NumeralReading(codes: codes, at: start, end: end)
    guard let value = reading.number() else { return nil }
    return Numeral(
      value: rounded(value, codes, before: start), run: start..<reading.at,
      isInDigits: NumeralSigns.digit(codes[start]) != nil)
  }

  /// 近百 is less than a hundred, 不足百 too; 上百 is a hundred at least.
  private static func rounded(_ value: Int, _ codes: [UInt32], before start: Int) -> Int {
    guard start > 0 else { return value }
    if codes[start - 1] == NumeralSigns.nearly { return value - value / 10 }
    guard start > 1, codes[start - 2] == NumeralSigns.not,
      NumeralSigns.reaching.contains(codes[start - 1])
    else { return value }
    return value - 1
  }
}
