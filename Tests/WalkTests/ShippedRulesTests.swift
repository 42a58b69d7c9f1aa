import Foundation
import Judging
import Settings
import TestSupport
import Testing
import Vocabulary

@testable import huiyin

/// What the rules of the repository make of single sentences: the lists' own warnings, tried.
@Suite struct `The shipped rules` {
  private static let judge: Judge? = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let reading = try? Settings.read(root.path + "/deploy/huiyin.yaml", checks: Live.checks)
    return (reading?.setup?.ruleBook).map { Judge($0) }
  }()

  private func grade(_ text: String) throws -> Grade {
    let now = Sample.instant(after: .zero)
    let item = Item(
      id: Item.ID(rawValue: "1"), feed: Feed.ID(rawValue: "board"), url: "https://board.example/1",
      title: "", body: text, published: .absent, foundAt: now, basis: .full)
    return try #require(Self.judge).verdict(on: item, from: .ours(nil)).grade
  }

  @Test(arguments: [
    "昨晚镇上的电影院着火了", "街口的游戏厅着火了", "厂房起火爆炸，火势蔓延", "周年庆现场发生坍塌", "汽车站的售票房着火了",
    "火势加剧情况危急，整层楼着火了", "隔壁煤气炸了，房子着火了", "高手游泳馆着火了", "巴黎春天小区发生火灾", "纽约公馆小区着火了",
    "许多哥们干活的工地发生坍塌", "江南非遗馆发生火灾", "电工刚果断拉闸，配电房还是着火了", "他机智利落地跑出来，楼里着火了",
    "青溪村村委会发生火灾", "竹园镇居委会楼下发生爆炸",
  ])
  func `hear an emergency whose words hide an exclusion`(_ text: String) throws {
    #expect(try grade(text) == .major)
  }

  @Test(arguments: [
    "全校消防演习，模拟教学楼发生火灾", "应急演练中模拟厂房发生爆炸", "电视剧里厂房发生爆炸，真好看", "影评：楼里发生火灾那一段最动人",
    "历史上的今天，一座桥梁垮塌", "巴基斯坦一座商场发生火灾", "当地时间三日，一座工厂发生爆炸", "印度尼西亚发生火灾，多人受伤",
  ])
  func `hear none in a drill, on a screen or abroad`(_ text: String) throws {
    #expect(try grade(text) == .none)
  }

  @Test(arguments: [
    "楼道堆满杂物，一旦发生火灾跑不出来", "楼道堆满杂物，一但发生火灾跑不出来", "电动车飞线充电，万一起火怎么办", "消防通道被占，如果发生火灾消防车进不来",
    "线路老化，极易发生火灾", "气罐放在楼下，万一发生爆炸怎么得了", "老墙开裂，如果围墙倒塌会压到人", "管道锈了，担心燃气泄漏",
    "路口没有红绿灯，万一发生交通事故谁负责",
  ])
  func `hear a danger and no emergency in what might happen`(_ text: String) throws {
    #expect(try grade(text) < .major)
  }

  @Test(arguments: [
    ("化工厂的废气严重危害居民健康，请处理", Grade.considerable),
    ("养殖场有污水，希望发展健康养殖", .general),
    ("水厂附近建议办一次健康讲座，介绍环境保护", .general),
  ])
  func `take pollution for graver where it harms health, not where the word stands`(
    _ text: String, _ expected: Grade
  ) throws {
    #expect(try grade(text) == expected)
  }
}
