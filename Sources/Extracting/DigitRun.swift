/// Digits however they are written.
enum DigitScalar {
  /// The value of a digit: plain, full-width, circled or mathematical.
  static func value(_ scalar: UInt32) -> Int? {
    switch scalar {
    case 0x30...0x39: Int(scalar - 0x30)
    case 0xFF10...0xFF19: Int(scalar - 0xFF10)
    case 0x2460...0x2468: Int(scalar - 0x245F)
    case 0x24EA: 0
    case 0x1D7CE...0x1D7FF: Int((scalar - 0x1D7CE) % 10)
    default: nil
    }
  }
}

/// The digits that begin at a place, single signs between them allowed.
struct DigitRun {
  private static let most = 22
  private static let signs = Set(Scalars.of(" 　\u{A0}-‐‑–—－.．·•_()（）/"))

  private let text: [UInt32]
  private let start: Int
  private(set) var digits: [Int] = []
  /// Where each digit stands.
  private var places: [Int] = []
  /// How many digits stand together, group by group.
  private var groups: [Int] = []
  /// The signs between the groups.
  private var joints: [[UInt32]] = []

  /// Reads from a place; with `mixed`, Chinese numerals count as digits.
  init(_ text: [UInt32], at start: Int, mixed: Bool = false) {
    self.text = text
    self.start = start
    var index = start
    while digits.count < DigitRun.most, index < text.count {
      let plain = DigitScalar.value(text[index])
      guard let value = plain ?? (mixed ? ChineseDigit.value(text[index]) : nil) else {
        guard let next = signsEnd(index), !mixed else { break }
        joints.append(Array(text[index..<next]))
        index = next
        continue
      }
      add(value, at: index)
      index += 1
    }
  }

  private mutating func add(_ value: Int, at index: Int) {
    let continues = places.last.map { $0 == index - 1 } ?? false
    if continues { groups[groups.count - 1] += 1 } else { groups.append(1) }
    digits.append(value)
    places.append(index)
  }

  private func signsEnd(_ index: Int) -> Int? {
    var end = index
    while end < text.count, end - index < 2, DigitRun.signs.contains(text[end]) { end += 1 }
    guard end > index, end < text.count, DigitScalar.value(text[end]) != nil else { return nil }
    return end
  }

  /// The place after so many digits, nil where more digits follow them at once.
  private func end(after count: Int) -> Int? {
    guard digits.count >= count, count > 0 else { return nil }
    let end = places[count - 1] + 1
    return end < text.count && DigitScalar.value(text[end]) != nil ? nil : end
  }

  /// The sizes of the groups that some digits form, from one digit on; nil where they cut a group.
  private func shape(from first: Int, count: Int) -> [Int]? {
    var (skipped, taken) = (0, 0)
    var shape: [Int] = []
    for group in groups where taken < count {
      let rest = min(group, max(0, skipped + group - first), count - taken)
      skipped += group
      guard rest > 0 else { continue }
      shape.append(rest)
      taken += rest
    }
    return taken == count ? shape : nil
  }

  /// 11 digits from 13 to 19, 86 before them or not, in the groups in which people write them.
  var mobileEnd: Int? {
    for prefix in [[], [8, 6], [0, 0, 8, 6], [0]] {
      guard digits.starts(with: prefix), digits.count >= prefix.count + 11 else { continue }
      let number = digits[prefix.count...]
      guard number.first == 1, number.dropFirst().first.map({ $0 >= 3 }) == true,
        let shape = shape(from: prefix.count, count: 11), DigitRun.mobileShapes.contains(shape)
      else { continue }
      if let end = end(after: prefix.count + 11) { return end }
    }
    return nil
  }

  private static let mobileShapes: Set<[Int]> = [
    [11], [3, 4, 4], [3, 8], [7, 4], [3, 3, 5], [4, 4, 3], [4, 3, 4], [5, 6], [6, 5], [3, 5, 3],
    [3, 2, 2, 2, 2], [3, 4, 2, 2], [1, 10], [1, 2, 4, 4], [1, 3, 3, 4], [2, 9], [4, 7],
    Array(repeating: 1, count: 11),
  ]

  /// An area code and 7 or 8 digits, or these alone after a word like 电话.
  func landlineEnd(after context: NumberContext) -> Int? {
    if digits.starts(with: [8, 6, 0]) || digits.first == 0 {
      let area = digits.first == 0 ? 0 : 2
      return areaEnd(from: area)
    }
    guard context.isTelephone, let first = digits.first, (2...8).contains(first) else { return nil }
    for count in [8, 7] {
      let shape = shape(from: 0, count: count)
      guard shape == [count] || shape == [count - 4, 4], let end = end(after: count) else {
        continue
      }
      return end
    }
    return nil
  }

  private func areaEnd(from zero: Int) -> Int? {
    guard digits.count > zero + 2 else { return nil }
    let isShort = digits[zero + 1] <= 2 && digits[zero + 1] > 0
    let area = isShort ? 3 : 4
    guard digits[zero + 1] > 0 else { return nil }
    for count in [8, 7] where digits.count >= zero + area + count {
      guard (2...8).contains(digits[zero + area]), let end = end(after: zero + area + count),
        let shape = shape(from: zero, count: area + count)
      else { continue }
      let allowed = [
        [area + count], [area, count], [area, count - 4, 4], [area + count - 4, 4],
        [area, 4, count - 4],
      ]
      if allowed.contains(shape) { return end }
    }
    return nil
  }

  /// 18 digits with the check digit of GB 11643, X for ten; or 15 of the older kind.
  func identityEnd(after context: NumberContext) -> Int? {
    if digits.count >= 17, DigitRun.provinces.contains(digits[0] * 10 + digits[1]) {
      if let end = end18(isNamed: context.isIdentity) { return end }
    }
    guard digits.count >= 15, let shape = shape(from: 0, count: 15), let end = end(after: 15),
      shape == [15] || shape == [6, 6, 3], DigitRun.provinces.contains(digits[0] * 10 + digits[1])
    else { return nil }
    let isDay = (1...12).contains(number(8, 2)) && (1...31).contains(number(10, 2))
    return !context.isOrder && isDay ? end : nil
  }

  private func end18(isNamed: Bool) -> Int? {
    guard let shape17 = shape(from: 0, count: 17) else { return nil }
    let isGrouped = shape17.allSatisfy { $0 >= 2 } || shape17.allSatisfy { $0 == 1 }
    guard isGrouped, (1850...2150).contains(number(6, 4)), (1...12).contains(number(10, 2)),
      (1...31).contains(number(12, 2)), let (last, end) = checkDigit()
    else { return nil }
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    let sum = zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 }
    let expected = [1, 0, 10, 9, 8, 7, 6, 5, 4, 3, 2][sum % 11]
    return last == expected || isNamed ? end : nil
  }

  private func checkDigit() -> (Int, Int)? {
    var place = places[16] + 1
    if place < text.count, DigitRun.signs.contains(text[place]) { place += 1 }
    guard place < text.count else { return nil }
    if [0x58, 0x78, 0xFF38, 0xFF58, 0xD7].contains(text[place]) { return (10, place + 1) }
    guard digits.count >= 18, let end = end(after: 18) else { return nil }
    return (digits[17], end)
  }

  private func number(_ first: Int, _ count: Int) -> Int {
    digits[first..<first + count].reduce(0) { $0 * 10 + $1 }
  }

  /// 15 to 19 digits, together or in fours, that pass Luhn's check (ISO/IEC 7812) and begin as cards
  /// do; after a word like 卡号 any 15 to 19.
  func bankEnd(after context: NumberContext) -> Int? {
    for count in stride(from: 19, through: 15, by: -1) {
      guard digits.count >= count, let end = end(after: count),
        let shape = shape(from: 0, count: count), DigitRun.isCard(shape)
      else { continue }
      if context.isBank { return end }
      guard [3, 4, 5, 6, 9].contains(digits[0]), DigitRun.luhn(digits[..<count]) else { continue }
      return end
    }
    return nil
  }

  private static func isCard(_ shape: [Int]) -> Bool {
    if shape.count == 1 || shape == [6, 13] || shape == [4, 6, 5] { return true }
    return shape.dropLast().allSatisfy { $0 == 4 } && (shape.last ?? 5) <= 4
  }

  private static func luhn(_ digits: ArraySlice<Int>) -> Bool {
    var sum = 0
    for (place, digit) in digits.reversed().enumerated() {
      let doubled = place.isMultiple(of: 2) ? digit : digit * 2
      sum += doubled > 9 ? doubled - 9 : doubled
    }
    return sum.isMultiple(of: 10)
  }

  /// Four numbers to 255 with dots between them, stars for hidden ones, the first at least 10:
  /// below that, it is a chapter's number.
  var addressEnd: Int? {
    var (index, part, parts, digitsHere) = (start, 0, 1, 0)
    var first = 0
    while index < text.count, index - start < 16 {
      if let digit = DigitScalar.value(text[index]) {
        part = part * 10 + digit
        digitsHere += 1
        guard part <= 255, digitsHere <= 3 else { return nil }
      } else if text[index] == 0x2A {
        digitsHere += 1
      } else if text[index] == 0x2E, digitsHere > 0, parts < 4 {
        if parts == 1 { first = part }
        (part, digitsHere, parts) = (0, 0, parts + 1)
      } else {
        break
      }
      index += 1
    }
    return parts == 4 && digitsHere > 0 && first >= 10 ? index : nil
  }

  private static let provinces: Set<Int> = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52,
    53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83,
  ]
}
