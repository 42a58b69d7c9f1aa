import Foundation
import TestSupport

/// A town in whose pages lies one of everything that can become of an item.
struct WhyNotTold {
  /// A page, and what is said of it.
  static let answers = [
    ("t/1", "予以预警：重大舆情"), ("t/2", "等级未升，不再通知：同一文本"), ("t/3", "不再通知：近似文本（较短一篇的"),
    ("t/4", "存查，不通知：命中的规则只归类、不预警"), ("t/5", "存查，不通知：没有规则给出等级"),
    ("t/6", "不通知：早于该信源的时限"), ("t/7", "不通知：首次采集该信源时已经存在"),
    ("n/1", "存查，不通知：外地信息，不在本单位辖区"), ("b/1", "不通知：首次采集该信源时已经存在"),
    ("watched", "并再次通知（重大舆情）：等级上升"),
  ]

  private let town: Town

  private static let leak = """
    幸福路楼道里煤气味很重，二单元有燃气泄漏，已经有老人头晕，打了燃气公司的电话还没有人来，楼下就是小学，孩子们四点放学，
    整栋楼的人都不敢开灯，也不敢打火做饭，物业说管不了，请有关部门尽快派人到现场处置，并告诉大家该往哪里走，谢谢。
    """

  init(_ town: Town) throws {
    self.town = town
    try board()
    try others()
    try town.home.write(
      """
      rules:
        - {id: gas, name: 燃气泄漏, topic: 安全生产, unit: 燃气, grade: major, any: [燃气泄漏]}
        - {id: parking, name: 停车, topic: 交通运输, grade: none, any: [停车]}
        - {id: water, name: 停水, topic: 城乡建设, unit: 燃气, grade: general, any: [停水]}
      """, to: "Rules/gas.yaml")
  }

  /// A page of one address says something graver from now on.
  func raiseTheWatchedPage() throws {
    try put("停水公告", "抢修中又发现燃气泄漏，请周边住户暂时撤离。", at: "watched")
  }

  private func board() throws {
    let threads = [
      ("幸福路燃气泄漏", Self.leak, "刚刚"), ("请快来人，燃气泄漏", Self.leak, "刚刚"),
      ("燃气泄漏没人管", Self.leak + "编辑：夜班。", "刚刚"),
      ("门口停车难", "小区门口停车难，晚上回来找不到车位。", "刚刚"), ("夸一夸", "今天的晚霞很好看。", "刚刚"),
      ("燃气泄漏的旧帖", "幸福路燃气泄漏。", "2020-01-01"), ("燃气泄漏，没有日期", "竹园镇燃气泄漏。", ""),
    ]
    let rows = threads.enumerated().map { index, thread in
      "<li><a href='/t/\(index + 1)'>\(thread.0)</a> <span>\(thread.2)</span></li>"
    }
    for (index, thread) in threads.enumerated() {
      try put(thread.0, thread.1, at: "t/\(index + 1)")
    }
    try list(rows, at: "list")
  }

  private func others() throws {
    let row = { (path: String) in "<li><a href='/\(path)'>某地燃气泄漏</a> <span>刚刚</span></li>" }
    for (name, path, extra) in [("n", "n/1", ""), ("b", "b/1", "place: 青川区\nfirst_run: baseline")] {
      try put("某地燃气泄漏", "湖南省某县城发生燃气泄漏，编号\(name)，当地已经处置。", at: path)
      try list([row(path)], at: "list-\(name)")
      try town.home.write(
        """
        name: 门户\(name)
        kind: list
        url: http://\(town.web.host)/list-\(name)
        items: //li
        date: ./span
        article: {title: //h1, body: "css:.content"}
        \(extra)
        """, to: "Feeds/portal-\(name).yaml")
    }
    try put("停水公告", "明天上午停水，请储水。", at: "watched")
    try town.home.write(
      """
      name: 公告
      kind: article
      url: http://\(town.web.host)/watched
      article: {title: //h1, body: "css:.content"}
      place: 青川区
      first_run: all
      """, to: "Feeds/watched.yaml")
  }

  private func put(_ title: String, _ body: String, at path: String) throws {
    try town.web.pages.write(
      "<html><meta charset=utf-8><body><h1>\(title)</h1><div class=content>\(body)</div></body></html>",
      to: path)
  }

  private func list(_ rows: [String], at path: String) throws {
    try town.web.pages.write(
      "<html><meta charset=utf-8><body><ul>\(rows.joined(separator: "\n"))</ul></body></html>",
      to: path)
  }
}
