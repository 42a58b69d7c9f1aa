/// A number being read, character by character.
struct NumeralReading {
  let codes: [UInt32]
  var at: Int
  let end: Int

  /// What is larger counts as this much; a further unit cannot overflow it.
  private static let most = 1_000_000_000

  private var next: UInt32? { at < end ? codes[at] : nil }

  /// The whole number with what makes it rough.
  mutating func number() -> Int? {
    let start = at
    let read = NumeralSigns.digit(codes[at]) != nil ? digits() : characters()
    guard var value = read, at > start else { return nil }
    // 50多户, 200余万: how many more is not said.
    if let code = next, NumeralSigns.more.contains(code) {
      at += 1
      if let code = next, let unit = NumeralSigns.unit(code), unit >= 10_000 {
        at += 1
        value = min(value * unit, Self.most)
      }
    }
    return value
  }

  /// 12, 1,200, 3.5万, 5千.
  private mutating func digits() -> Int? {
    var (value, hundredths, count) = (0, 0, 0)
    while let code = next {
      if let digit = NumeralSigns.digit(code) {
        value = value * 10 + digit
        count += 1
      } else if !(code == NumeralSigns.comma && hasThousands) {
        break
      }
      at += 1
      guard count <= 9 else { return nil }
    }
    if next == NumeralSigns.point, at + 1 < end, let tenth = NumeralSigns.digit(codes[at + 1]) {
      hundredths = tenth * 10
      at += 2
      while let code = next, NumeralSigns.digit(code) != nil { at += 1 }
    }
    guard let code = next, let unit = NumeralSigns.unit(code) else { return value }
    at += 1
    return min(value * unit + hundredths * unit / 100, Self.most)
  }

  /// Whether three digits follow the comma, and no fourth.
  private var hasThousands: Bool {
    let isDigit = { (place: Int) in place < end && NumeralSigns.digit(codes[place]) != nil }
    return (1...3).allSatisfy { isDigit(at + $0) } && !isDigit(at + 4)
  }

  /// 三十二, 两百, 一千二百, 十几, 数十, 上百, 三四十, 二〇二三.
  private mutating func characters() -> Int? {
    if let row = row() { return row }
    var (total, section, digit) = (0, 0, Int?.none)
    let start = at
    while let code = next {
      if let value = NumeralSigns.character(code) {
        guard digit == nil else { break }
        at += 1
        // 一百零五: the zero holds a place.
        if value == 0, section > 0 || total > 0 { continue }
        digit = value
        // 三四十 and 七八个: the smaller of two neighbours.
        if let other = next.flatMap(NumeralSigns.character), other == value + 1, value > 0 {
          at += 1
        }
      } else if NumeralSigns.isRough(code) {
        guard digit == nil, let value = several(after: section) else { break }
        digit = value
        at += 1
      } else if let unit = NumeralSigns.unit(code) {
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
    let follower = at + 1 < codes.count ? codes[at + 1] : 0
    // 人数十余 is not 数十.
    guard
      at == 0 || codes[at] == NumeralSigns.several
        || !NumeralSigns.beforeSome.contains(codes[at - 1])
    else {
      return nil
    }
    if NumeralSigns.unit(follower) != nil { return 2 }
    if section > 0 { return codes[at] == NumeralSigns.several ? 1 : nil }
    return NumeralSigns.plainCounters.contains(follower) ? 3 : nil
  }

  /// A year or a number read out digit by digit.
  private mutating func row() -> Int? {
    var (place, value) = (at, 0)
    while place < end, let digit = NumeralSigns.character(codes[place]), value < 100_000_000 {
      value = value * 10 + digit
      place += 1
    }
    guard place - at >= 3, place >= end || NumeralSigns.unit(codes[place]) == nil else {
      return nil
    }
    at = place
    return value
  }

  /// Whether 十, 百, 千 or 万 says a number by itself: 十人, 上百, 千余, but not 百姓, 千万 or 万一.
  private func mayStandAlone(from start: Int) -> Bool {
    guard NumeralSigns.unit(codes[at]) != 10 else { return true }
    let before = start > 0 ? codes[start - 1] : 0
    let after = at + 1 < codes.count ? codes[at + 1] : 0
    return NumeralSigns.roughly.contains(before) || NumeralSigns.more.contains(after)
      || NumeralSigns.counters.contains(after) && NumeralSigns.character(after) == nil
  }
}

/// The characters of numbers, as they are folded.
enum NumeralSigns {
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

  /// Telephone services: who calls 120 counts nobody.
  static let dialled: Set<Int> = [110, 114, 119, 120, 122, 12_306, 12_315, 12_345, 12_369]
  /// What makes people or things of such a number all the same.
  static let things = codes("人名位个口户家余多头只辆间栋套")

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
