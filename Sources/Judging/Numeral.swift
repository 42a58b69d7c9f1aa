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
      last = found
      at = found.run.upperBound
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
    isInDigits ? !Signs.measures.contains(next) : Signs.counters.contains(next)
  }

  /// Whether it is part of a name: 第3, A3, 3-5, 12:30.
  private static func isName(_ number: Numeral, _ codes: [UInt32]) -> Bool {
    let before = number.run.lowerBound > 0 ? codes[number.run.lowerBound - 1] : 0
    let after = number.run.upperBound < codes.count ? codes[number.run.upperBound] : 0
    return Signs.beforeNames.contains(before) || Signs.isLatin(before) || Signs.isLatin(after)
      || Signs.afterNames.contains(after)
  }

  /// Whether a mark parts what stands before it from what follows; the comma of 1,200 does not.
  private static func parts(_ codes: [UInt32], _ at: Int) -> Bool {
    guard Signs.parting.contains(codes[at]) else { return false }
    guard codes[at] == Signs.comma, at > 0 else { return true }
    return Signs.digit(codes[at - 1]) == nil || Signs.digit(codes[at + 1]) == nil
  }

  private static func isNumeric(_ code: UInt32) -> Bool {
    Signs.digit(code) != nil || Signs.character(code) != nil || Signs.unit(code) != nil
  }
}

extension Numeral {
  /// The number that begins at a place, if one does.
  static func read(_ codes: [UInt32], at start: Int, upTo end: Int) -> Numeral? {
    guard start < end, isNumeric(codes[start]) || Signs.isRough(codes[start]) else { return nil }
    var reading = NumeralReading(codes: codes, at: start, end: end)
    guard let value = reading.number() else { return nil }
    return Numeral(
      value: rounded(value, codes, before: start), run: start..<reading.at,
      isInDigits: Signs.digit(codes[start]) != nil)
  }

  /// 近百 is less than a hundred, 不足百 too; 上百 is a hundred at least.
  private static func rounded(_ value: Int, _ codes: [UInt32], before start: Int) -> Int {
    guard start > 0 else { return value }
    if codes[start - 1] == Signs.nearly { return value - value / 10 }
    guard start > 1, codes[start - 2] == Signs.not, Signs.reaching.contains(codes[start - 1])
    else { return value }
    return value - 1
  }
}

/// A number being read, character by character.
private struct NumeralReading {
  let codes: [UInt32]
  var at: Int
  let end: Int

  /// What is larger counts as this much; a further unit cannot overflow it.
  private static let most = 1_000_000_000

  private var next: UInt32? { at < end ? codes[at] : nil }

  /// The whole number with what makes it rough.
  mutating func number() -> Int? {
    let start = at
    let read = Signs.digit(codes[at]) != nil ? digits() : characters()
    guard var value = read, at > start else { return nil }
    // 50多户, 200余万: how many more is not said.
    if let code = next, Signs.more.contains(code) {
      at += 1
      if let code = next, let unit = Signs.unit(code), unit >= 10_000 {
        at += 1
        value = value * unit
      }
    }
    return value
  }

  /// 12, 1,200, 3.5万, 5千.
  private mutating func digits() -> Int? {
    var (value, hundredths, count) = (0, 0, 0)
    while let code = next {
      if let digit = Signs.digit(code) {
        value = value * 10 + digit
        count += 1
      } else if !(code == Signs.comma && hasThousands) {
        break
      }
      at += 1
      guard count <= 9 else { return nil }
    }
    if next == Signs.point, at + 1 < end, let tenth = Signs.digit(codes[at + 1]) {
      hundredths = tenth * 10
      at += 2
      while let code = next, Signs.digit(code) != nil { at += 1 }
    }
    guard let code = next, let unit = Signs.unit(code) else { return value }
    at += 1
    return min(value * unit + hundredths * unit / 100, Self.most)
  }

  /// Whether three digits follow the comma, and no fourth.
  private var hasThousands: Bool {
    let isDigit = { (place: Int) in place < end && Signs.digit(codes[place]) != nil }
    return (1...3).allSatisfy { isDigit(at + $0) } && !isDigit(at + 4)
  }

  /// 三十二, 两百, 一千二百, 十几, 数十, 上百, 三四十, 二〇二三.
  private mutating func characters() -> Int? {
    if let row = row() { return row }
    var (total, section, digit) = (0, 0, Int?.none)
    let start = at
    while let code = next {
      if let value = Signs.character(code) {
        guard digit == nil else { break }
        at += 1
        // 一百零五: the zero holds a place.
        if value == 0, section > 0 || total > 0 { continue }
        digit = value
        // 三四十 and 七八个: the smaller of two neighbours.
        if let other = next.flatMap(Signs.character), other == value + 1, value > 0 { at += 1 }
      } else if Signs.isRough(code) {
        guard digit == nil, let value = several(after: section) else { break }
        digit = value
        at += 1
      } else if let unit = Signs.unit(code) {
        guard digit != nil || total + section > 0 || mayStandAlone(from: start) else { break }
        at += 1
        if unit < 10_000 {
          section += (digit ?? 1) * unit
        } else {
          total = (total + section + (digit ?? (section > 0 ? 0 : 1))) * unit
          section = 0
        }
        digit = nil
      } else {
        break
      }
      guard at - start <= 16, total + section < Self.most else { return nil }
    }
    return at > start ? total + section + (digit ?? 0) : nil
  }

  /// What 几 and 数 mean at least: 几十 twenty, 十几 eleven, 几个 three.
  private func several(after section: Int) -> Int? {
    let follower = at + 1 < end ? codes[at + 1] : 0
    // 人数十余 is not 数十.
    guard at == 0 || codes[at] == Signs.several || !Signs.beforeSome.contains(codes[at - 1]) else {
      return nil
    }
    if Signs.unit(follower) != nil { return 2 }
    if section > 0 { return codes[at] == Signs.several ? 1 : nil }
    return Signs.plainCounters.contains(follower) ? 3 : nil
  }

  /// A year or a number read out digit by digit.
  private mutating func row() -> Int? {
    var (place, value) = (at, 0)
    while place < end, let digit = Signs.character(codes[place]), value < 100_000_000 {
      value = value * 10 + digit
      place += 1
    }
    guard place - at >= 3, place >= end || Signs.unit(codes[place]) == nil else { return nil }
    at = place
    return value
  }

  /// Whether 十, 百, 千 or 万 says a number by itself: 十人, 上百, 千余, but not 百姓, 千万 or 万一.
  private func mayStandAlone(from start: Int) -> Bool {
    guard Signs.unit(codes[at]) != 10 else { return true }
    let before = start > 0 ? codes[start - 1] : 0
    let after = at + 1 < end ? codes[at + 1] : 0
    return Signs.roughly.contains(before) || Signs.more.contains(after)
      || Signs.counters.contains(after) && Signs.character(after) == nil
  }
}

/// The characters of numbers, as they are folded.
private enum Signs {
  static let comma = code(",")
  static let point = code(".")
  static let nearly = code("近")
  static let not = code("不")
  static let several = code("几")
  private static let some = code("数")

  static let beforeSome = codes("人户次件总")
  static let more = codes("多余来")
  static let reaching = codes("足到满")
  /// Before 百, 千 or 万 that stand without a number.
  static let roughly = codes("上成近逾超过约达足到满")
  static let parting = codes("。，,、!?;:…()[]《》「」\"“”\n\r\u{2028}\u{2029}")
  static let beforeNames = codes("第.-:/#")
  static let afterNames = codes(".-:/%")
  /// What follows digits that count time, money, length, weight, or number something.
  static let measures = codes("年月日号时点分秒岁楼层栋幢单元块角米里厘毫斤吨度升周天届次路线期代区县℃室")
  /// What follows numbers in characters that count people, households and things.
  static let counters = codes("人名位个口户家批例只头条间套辆艘架座所处余多男女学儿孩工村老青少乘旅游师民警消幼婴患病住群职员重轻死")

  /// What 几 and 数 may stand before by themselves; 数学 and 数字 are words.
  static let plainCounters = codes("人名位个口户家天次辆栋")

  static func isRough(_ code: UInt32) -> Bool { code == several || code == some }

  static func isLatin(_ code: UInt32) -> Bool { (0x61...0x7A).contains(code) }

  static func digit(_ code: UInt32) -> Int? {
    (0x30...0x39).contains(code) ? Int(code - 0x30) : nil
  }

  static func character(_ code: UInt32) -> Int? { values[code] }

  static func unit(_ code: UInt32) -> Int? { units[code] }

  private static let values: [UInt32: Int] = {
    let pairs = zip("零一二三四五六七八九〇两俩仨".unicodeScalars, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 2, 2, 3])
    return Dictionary(uniqueKeysWithValues: pairs.map { ($0.0.value, $0.1) })
  }()

  private static let units: [UInt32: Int] = [
    code("十"): 10, code("百"): 100, code("千"): 1000, code("万"): 10_000, code("亿"): 100_000_000,
  ]

  private static func code(_ scalar: Unicode.Scalar) -> UInt32 { scalar.value }

  private static func codes(_ text: String) -> Set<UInt32> { Set(text.unicodeScalars.map(\.value)) }
}
