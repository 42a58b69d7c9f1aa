/// Mail addresses, mentions and accounts after the words that announce them.
enum AccountMasking {
  private static let mail = Scalars.of("[邮箱]")
  private static let account = Scalars.of("[账号]")
  private static let mention = Scalars.of("@[网友]")

  /// The text with mail addresses and mentions of nicknames masked.
  static func mailMasked(_ text: [UInt32]) -> [UInt32] {
    var output: [UInt32] = []
    output.reserveCapacity(text.count)
    var index = 0
    while index < text.count {
      guard text[index] == 0x40 || text[index] == 0xFF20 else {
        output.append(text[index])
        index += 1
        continue
      }
      let local = localLength(output)
      if local > 0, let end = domainEnd(text, index + 1) {
        output.removeLast(local)
        output += mail
        index = end
      } else if local == 0, let end = mentionEnd(text, index) {
        output += mention
        index = end
      } else {
        output.append(text[index])
        index += 1
      }
    }
    return output
  }

  private static func localLength(_ output: [UInt32]) -> Int {
    var length = 0
    while length < output.count, length < 64 {
      let scalar = output[output.count - 1 - length]
      guard Scalars.isLatin(scalar) || [0x2E, 0x5F, 0x25, 0x2B, 0x2D].contains(scalar) else {
        break
      }
      length += 1
    }
    return length
  }

  private static func domainEnd(_ text: [UInt32], _ start: Int) -> Int? {
    var (end, lastDot) = (start, -1)
    while end < text.count, end - start < 128 {
      let isDot = text[end] == 0x2E || text[end] == 0xFF0E
      guard isDot || Scalars.isLatin(text[end]) || text[end] == 0x2D else { break }
      if isDot { lastDot = end }
      end += 1
    }
    if lastDot == end - 1 { end -= 1 }
    guard let dot = text[start..<end].firstIndex(where: { $0 == 0x2E || $0 == 0xFF0E }) else {
      return nil
    }
    return dot > start && end - dot > 2 ? end : nil
  }

  /// `//@青溪渔夫：`, `回复@青溪渔夫 `: only where the name plainly ends, or words would be lost.
  private static func mentionEnd(_ text: [UInt32], _ at: Int) -> Int? {
    let isFirst = at == 0 || !Scalars.isHan(text[at - 1]) || text[at - 1] == 0x590D
    guard isFirst else { return nil }
    var end = at + 1
    while end < text.count, end - at <= 20,
      Scalars.isHan(text[end]) || Scalars.isLatin(text[end]) || text[end] == 0x5F
        || text[end] == 0x2D
    { end += 1 }
    guard end > at + 1, end - at <= 20 else { return nil }
    let isEnded =
      end >= text.count
      ? end - at <= 7
      : Scalars.isSpace(text[end])
        || [0x3A, 0xFF1A, 0x2F, 0x40, 0xFF20].contains(text[end])
    return isEnded ? end : nil
  }

  private static let labels = WordSet(
    "QQ QQ号 QQ号码 QQ群 扣扣 企鹅号 微信 微信号 微信号码 威信 薇信 VX V信 WX WECHAT WEIXIN 抖音号 快手号 微博号")
  private static let joints = Set(Scalars.of(":： 　是为（(＝=+也同号码群"))

  /// The text with accounts after QQ, 微信 and the like masked.
  static func accountsMasked(_ text: [UInt32]) -> [UInt32] {
    guard text.contains(where: labels.beginnings.contains) else { return text }
    var output: [UInt32] = []
    output.reserveCapacity(text.count)
    var index = 0
    while index < text.count {
      guard labels.beginnings.contains(text[index]) else {
        output.append(text[index])
        index += 1
        continue
      }
      let isWord = index > 0 && Scalars.isLatin(text[index]) && Scalars.isLatin(text[index - 1])
      if !isWord, let length = labels.length(in: text, at: index),
        let (start, end) = accountSpan(text, index + length)
      {
        output += text[index..<start]
        output += account
        index = end
      } else {
        output.append(text[index])
        index += 1
      }
    }
    return output
  }

  private static func accountSpan(_ text: [UInt32], _ start: Int) -> (Int, Int)? {
    var first = start
    while first < text.count, first - start < 6, joints.contains(text[first]) { first += 1 }
    var (end, digits) = (first, 0)
    while end < text.count, end - first <= 32 {
      let scalar = text[end]
      guard Scalars.isLatin(scalar) || scalar == 0x5F || scalar == 0x2D else { break }
      if DigitScalar.value(scalar) != nil { digits += 1 }
      end += 1
    }
    let isNamed = first > start || digits == end - first || Scalars.isHan(text[start - 1])
    return (5...32).contains(end - first) && digits > 0 && isNamed
      || (6...20).contains(end - first) && first > start
        && text[start..<first].contains(where: {
          $0 == 0x3A || $0 == 0xFF1A
        })
      ? (first, end) : nil
  }
}
