/// Telephone, identity-card and bank-card numbers.
struct NumberMasking {
  private let text: [UInt32]
  private var output: [UInt32] = []
  private var index = 0

  /// The text with the numbers that lead to a person masked.
  static func masked(_ text: [UInt32]) -> [UInt32] {
    guard text.contains(where: isDigit) else { return text }
    var scan = NumberMasking(text: text)
    scan.run()
    return scan.output
  }

  private init(text: [UInt32]) {
    self.text = text
    output.reserveCapacity(text.count)
  }

  private mutating func run() {
    while true {
      let start = index
      while index < text.count, !Self.isDigit(text[index]) { index += 1 }
      output += text[start..<index]
      guard index < text.count else { return }
      if startsNumber, let (word, start, end) = find() {
        output.removeLast(min(index - start, output.count))
        output += word
        index = end
      } else {
        output.append(text[index])
        index += 1
      }
    }
  }

  private static func isDigit(_ scalar: UInt32) -> Bool {
    DigitScalar.value(scalar) != nil || ChineseDigit.value(scalar) != nil
  }

  /// Whether a run of digits of one kind begins here.
  private var startsNumber: Bool {
    let here = text[index]
    let isPlain = DigitScalar.value(here) != nil
    guard isPlain || ChineseDigit.value(here) != nil else { return false }
    guard index > 0 else { return true }
    let before = text[index - 1]
    return isPlain ? DigitScalar.value(before) == nil : ChineseDigit.value(before) == nil
  }

  private typealias Found = (word: [UInt32], start: Int, end: Int)

  private func find() -> Found? {
    let digits = DigitRun(text, at: index)
    let context = NumberContext(text, before: index)
    if let end = userEnd(after: context) { return (Self.user, index - 1, end) }
    if let end = digits.identityEnd(after: context) { return (Self.identity, index, end) }
    if !context.isOrder, let end = digits.bankEnd(after: context) { return (Self.bank, index, end) }
    if !context.isOrder, let found = telephone(digits, context) { return found }
    if let end = digits.addressEnd { return (Self.address, index, end) }
    return nil
  }

  /// `A00012345`: the number by which boards show those who would not be named.
  private func userEnd(after context: NumberContext) -> Int? {
    guard index > 0, !context.isOrder, text[index - 1] < 0x80, Scalars.isLatin(text[index - 1]),
      DigitScalar.value(text[index - 1]) == nil,
      index < 2 || !Scalars.isLatin(text[index - 2]) && !Self.numbers.contains(text[index - 2])
    else { return nil }
    var (end, zeros) = (index, 0)
    while end < text.count, DigitScalar.value(text[end]) != nil {
      if text[end] == 0x30, zeros == end - index { zeros += 1 }
      end += 1
    }
    let isEnded = end >= text.count || !Scalars.isLatin(text[end])
    return zeros >= 2 && (7...12).contains(end - index) && isEnded ? end : nil
  }

  private func telephone(_ digits: DigitRun, _ context: NumberContext) -> Found? {
    if let end = digits.mobileEnd, !isAmount(end) { return (Self.phone, start(), end) }
    if let end = DigitRun(text, at: index, mixed: true).mobileEnd, !isAmount(end) {
      return (Self.phone, start(), end)
    }
    if let end = digits.landlineEnd(after: context) {
      return (Self.phone, start(), end)
    }
    return nil
  }

  /// The number's `+` or opening bracket belongs to it.
  private func start() -> Int {
    guard index > 0 else { return index }
    if text[index - 1] == 0x2B || text[index - 1] == 0xFF0B { return index - 1 }
    let isBracket = text[index - 1] == 0x28 || text[index - 1] == 0xFF08
    let run = text[index..<min(index + 6, text.count)]
    return isBracket && run.contains { $0 == 0x29 || $0 == 0xFF09 }
      && DigitScalar.value(text[index]) == 0
      ? index - 1 : index
  }

  private func isAmount(_ end: Int) -> Bool {
    if end < text.count, Self.amounts.contains(text[end]) { return true }
    return index > 0 && (text[index - 1] == 0xA5 || text[index - 1] == 0xFFE5)
  }

  /// What stands before a number that is a thing's: 表号A0001234, 编码：B0001234.
  private static let numbers = Set(Scalars.of("号码:：#№-－_/"))
  private static let user = Scalars.of("[账号]")
  private static let phone = Scalars.of("[电话]")
  private static let identity = Scalars.of("[身份证号]")
  private static let bank = Scalars.of("[银行卡号]")
  private static let address = Scalars.of("[IP地址]")
  private static let amounts = Set(Scalars.of("元万亿吨%％"))
}

/// What stands before a number and says what it is.
struct NumberContext {
  /// 工单编号, 受理号: a number of ours, which must stay readable.
  let isOrder: Bool
  /// 电话, 手机.
  let isTelephone: Bool
  /// 卡号, 账号.
  let isBank: Bool
  /// 身份证.
  let isIdentity: Bool

  /// The words before a place, joints between them and the number skipped.
  init(_ text: [UInt32], before index: Int) {
    var end = index
    while end > 0, index - end < 8,
      Self.joints.contains(text[end - 1]) || Scalars.isLatin(text[end - 1])
    { end -= 1 }
    isOrder = Self.orders.endsText(text, before: end)
    isTelephone = Self.telephones.endsText(text, before: end)
    isBank = Self.banks.endsText(text, before: end)
    isIdentity = Self.identities.endsText(text, before: end)
  }

  private static let joints = Set(Scalars.of(":： 　为是（(【[#＃-第"))
  private static let orders = WordSet(
    """
    编号 单号 运单号 订单 订单号 受理号 工单 工单号 案号 文号 流水 流水号 查询码 查询号 凭证号 登记号 信件号 信访件 \
    备案号 许可证号 信用代码 代码 编码 序列号 回执 回执号 批号 合同号 户号 发票 发票号 发票号码 税号 案件号
    """)
  private static let telephones = WordSet(
    "电话 电话号码 手机 手机号 手机号码 联系方式 座机 固话 致电 拨打 来电 回电 TEL 联系电话 传真 号码")
  private static let banks = WordSet("卡号 账号 帐号 银行卡 储蓄卡 信用卡 账户 帐户 社保卡 工资卡")
  private static let identities = WordSet("身份证 身份证号 身份证号码 证件号 证件号码 身份号码 公民身份号码")
}
