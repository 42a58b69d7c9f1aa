/// Tells an answer from the news that a letter has come (收悉, 转办).
///
/// 「已收悉」, 「已转区水务局调查处理」 and thanks tell a citizen nothing of the matter: a message with
/// such words under it is still open. A text is an acknowledgement when, clause by clause, nothing
/// is left of it but these, greetings, names of units and dates.
enum Acknowledging {
  /// Longer than any acknowledgement, in Chinese characters.
  private static let longest = 120

  /// Whether a text says no more than that the letter was received or handed on.
  static func isAll(of text: String) -> Bool {
    guard text.unicodeScalars.count(where: { Scalars.isHan($0.value) }) <= longest else {
      return false
    }
    return text.split { stops.contains($0) }.allSatisfy { isEmpty($0) }
  }

  private static func isEmpty(_ clause: Substring) -> Bool {
    let letters = clause.unicodeScalars.count { Scalars.isHan($0.value) }
    let isReceipt = receipts.isIn(clause)
    if letters <= 3, !isReceipt { return true }
    guard !results.isIn(clause) else { return false }
    return isReceipt || courtesies.isIn(clause) || isDate(clause)
  }

  private static func isDate(_ clause: Substring) -> Bool {
    let rest = clause.unicodeScalars.filter {
      !Scalars.isSpace($0.value) && !"0123456789年月日".unicodeScalars.contains($0)
    }
    return rest.count < 4
  }

  private static let stops = Set("。！？；，,!?;\n：:、")
  private static let receipts = ByteWords([
    "收悉", "已收到", "已阅", "已转", "转至", "转交", "转办", "转送", "交办", "交由", "移交", "责成", "督促", "调查处", "调查核",
    "核实处", "核实办", "核处", "核实", "正在调查", "正在处理", "正在办理", "处理中", "办理中", "尽快", "耐心等", "敬请", "予以答复",
    "给您答复", "给予答复", "及时回复", "及时答复", "及时反馈", "完善个人信息", "受理", "调查了解", "高度重视", "非常重视", "反映的问题",
    "反映的情况", "转相关部门", "转有关部门", "请勿重复",
  ])
  private static let courtesies = ByteWords([
    "网友", "您好", "你好", "感谢", "谢谢", "祝您", "祝你", "尊敬的", "亲爱的", "支持", "关心", "监督",
  ])
  private static let results = ByteWords([
    "经查", "经核", "经调查", "如下", "已解决", "妥善", "已修", "已完成", "已恢复", "已整改", "已处理", "已进行", "不属于", "没有",
    "不能", "可以", "应当", "规定", "无法", "不予", "已于", "已对", "已经对", "预计", "计划", "将于", "建议您", "建议你", "咨询",
  ])
}
