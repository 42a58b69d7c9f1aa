import Foundation

/// What a citizen posts on the board (帖子), with the grade that the rules give it by design.
package struct Post: Sendable, Hashable {
  /// What it is about, and so how grave.
  package enum Matter: String, Sendable, CaseIterable {
    case gas, water, noise
    /// Nothing that a rule looks for.
    case thanks
  }

  /// It stands at `/t/NUMBER`, which is the token that everything is known by.
  package var number: Int
  package var matter: Matter
  /// The post whose text it repeats: it joins that one's alert.
  package var repeats: Int?

  /// A post of its own, or one that repeats another.
  package init(_ number: Int, _ matter: Matter, repeats: Int? = nil) {
    self.number = number
    self.matter = matter
    self.repeats = repeats
  }

  /// One of each kind, and one that repeats the first; numbers begin there.
  package static func mixture(from number: Int = 1) -> [Post] {
    [
      Post(number, .gas), Post(number + 1, .water), Post(number + 2, .noise),
      Post(number + 3, .thanks), Post(number + 4, .gas, repeats: number),
    ]
  }

  /// So many of the gravest kind.
  package static func gas(_ numbers: ClosedRange<Int>) -> [Post] {
    numbers.map { Post($0, .gas) }
  }

  /// Who hears of it by design, each once; nobody hears of a repetition by itself.
  package var audience: Set<String> {
    guard repeats == nil else { return [] }
    return switch matter {
    case .gas: ["zjj@unit.example", "officer@letters.example", "leaders@letters.example"]
    case .water: ["swj@unit.example", "officer@letters.example"]
    case .noise: ["hbj@unit.example", "officer@letters.example"]
    case .thanks: []
    }
  }

  /// Whether an alert must come of it, its own or one that it joins.
  package var speaks: Bool { matter != .thanks }
  /// What its address ends in.
  package var path: String { "/t/\(number)" }

  /// The end of an address by which a post is known.
  static func path(in address: String) -> String {
    address.range(of: "/t/", options: .backwards).map { String(address[$0.lowerBound...]) }
      ?? address
  }

  private var told: Int { repeats ?? number }

  /// As the board shows it.
  package var title: String {
    switch matter {
    case .gas: "幸福路\(told)号燃气泄漏"
    case .water: "建设街\(told)号停水三天"
    case .noise: "和平巷\(told)号夜间噪声扰民"
    case .thanks: "感谢\(told)号窗口的同志"
    }
  }

  private var body: String {
    switch matter {
    case .gas:
      "幸福路\(told)号楼道里煤气味很重，\(told)单元有燃气泄漏，已经有老人头晕，打了电话还没有人来。"
        + "整栋楼的人都不敢开灯做饭，楼下就是幼儿园的操场，物业说管道早该更换，拖到今天没有动工，请尽快派人处置。"
    case .water:
      "建设街\(told)号从前天起停水，\(told)栋几十户人家没有水用，拨打热线没有答复。"
        + "家里有卧床的病人和刚出生的孩子，只能到两里外的村里挑水，请供水部门尽快抢修，早日恢复供应。"
    case .noise:
      "和平巷\(told)号对面工地夜间施工，\(told)栋住户每晚被夜间噪声吵得睡不着，孩子第二天还要上学。"
        + "大家去工地说过多次，答应得很好，到了夜里照旧开工，渣土车来来往往没有停过，请有关部门来管一管。"
    case .thanks:
      "昨天到政务大厅\(told)号窗口办事，工作人员耐心细致，一次就办好了，特此写信表示感谢，祝大家工作顺利。"
    }
  }

  /// Its own page.
  var page: String {
    """
    <html><meta charset=utf-8><body><h1>\(title)</h1>
    <div class=content><p>\(body)</p></div></body></html>
    """
  }

  /// Its row in the listing.
  var row: String { "<li><a href='\(path)'>\(title)</a> <span>刚刚</span></li>" }
}
