import Testing
import Vocabulary

@testable import Alerting

@Suite struct `A listener` {
  private static let office: Office = {
    var office = Office(
      name: "青川区信访局",
      units: [
        ResponsibleUnit(name: UnitName(rawValue: "区住建局"), roles: ["住建", "房管"], mail: []),
        ResponsibleUnit(name: UnitName(rawValue: "区水务局"), roles: ["供水"], mail: []),
        ResponsibleUnit(name: UnitName(rawValue: "竹园镇政府"), roles: [], mail: []),
        ResponsibleUnit(name: UnitName(rawValue: "石桥镇政府"), roles: [], mail: []),
      ])
    office.mailbox = .maildir("/var/mail/inbox")
    return office
  }()

  private func hearing(
    _ text: String, from part: Part?, isReply: Bool = true, isCurrent: Bool = true,
    isOfMany: Bool = false, isFormer: Bool = false
  ) -> Hearing {
    Listener(office: Self.office).hearing(
      of: text,
      from: Correspondence(
        alert: Alert.ID(year: 2026, number: 17), part: part, isReply: isReply,
        isCurrent: isCurrent, isOfMany: isOfMany, isFormer: isFormer))
  }

  @Test func `does not take the unit that had it before for a stranger`() {
    #expect(hearing("收到", from: nil, isFormer: true) == .relay(.formerUnit))
    #expect(hearing("收到", from: nil) == .relay(.stranger))
  }

  @Test(
    arguments: [
      "收到", "", "已收到，马上安排人员到现场。", "收到，谢谢！\n张工 13*********", "好的", "经核查，反映问题不属实，已向来信人说明。",
      "不属实。经现场查看，水压正常。", "情况属实，已停用该设备。", "已电话通知施工单位整改", "办结：已于今晨恢复供水", "Received, thanks.",
      "Returning to the spot tomorrow; water is back.", "closely watched since morning",
    ])
  func `takes a unit's plain answer as its acknowledgement`(text: String) {
    #expect(hearing(text, from: .unit) == .acknowledge(byUnit: true, relay: nil), "\(text)")
  }

  @Test(
    arguments: [
      "退回", "2026-0017 退回", "编号：2026－17，退回，非我局管护路段", "关于2026-0017号件，退回", "退回，属区水务局职责。",
      "您好，退回。该路段归公路局管养", "你好：\n退回 不在辖区", "【退回】非我局职责", "“退回”理由：属地在竹园镇",
      "不属我局职责，建议转区水务局", "不属于本单位管辖。", "  退回：", "收到，退回，不属我镇", "改派区水务局", "return: not ours",
      "Return, it is the water bureau's",
    ])
  func `takes a return for what it is, and acknowledges nothing`(text: String) {
    #expect(hearing(text, from: .unit) == .returned, "\(text)")
  }

  @Test(
    arguments: [
      "经了解，该处非我局职责，属区水务局。", "此事不归我们管，不是我单位的事", "收到。经核实该小区不属我镇管辖。", "该件建议转区水务局办理",
      "现将此件退回", "这不属于我们的职责范围",
    ])
  func `brings before the officers what may be a return and does not begin so`(text: String) {
    #expect(hearing(text, from: .unit) == .relay(.mayBeReturn), "\(text)")
  }

  @Test func `lets the officers read what a unit says that is theirs to say`() {
    for text in ["误报", "调级：一般", "签发"] {
      #expect(hearing(text, from: .unit) == .acknowledge(byUnit: true, relay: .officersWord))
    }
  }

  @Test(
    arguments: [
      ("收到", Hearing.acknowledge(byUnit: false, relay: nil)),
      ("2026-0017", .acknowledge(byUnit: false, relay: nil)),
      ("2026-0017 已电话通知", .phoned), ("【2026-0017】误报", .close(isFalseAlarm: true)),
      ("2026-17 改派 区水务局", .direct(.assign(UnitName(rawValue: "区水务局")), reason: nil)),
      ("改派 区水务局", .direct(.assign(UnitName(rawValue: "区水务局")), reason: nil)),
      ("改派：水务局，属供水管网", .direct(.assign(UnitName(rawValue: "区水务局")), reason: "属供水管网")),
      ("改派至【区水务局】。阀门井在其管线上", .direct(.assign(UnitName(rawValue: "区水务局")), reason: "阀门井在其管线上")),
      ("改派供水", .direct(.assign(UnitName(rawValue: "区水务局")), reason: nil)),
      ("改派竹园镇", .direct(.assign(UnitName(rawValue: "竹园镇政府")), reason: nil)),
      ("改派镇政府", .relay(.unknownUnit)),
      ("改派 区财政局", .relay(.unknownUnit)),
      ("改派", .relay(.unknownUnit)),
      ("assign 区水务局: theirs", .direct(.assign(UnitName(rawValue: "区水务局")), reason: "theirs")),
      ("调级 较大", .direct(.regrade(.considerable), reason: nil)),
      ("调级为一般舆情，只一户受影响", .direct(.regrade(.general), reason: "只一户受影响")),
      ("调级：重大", .direct(.regrade(.major), reason: nil)),
      ("grade major", .direct(.regrade(.major), reason: nil)),
      ("调级", .relay(.unknownGrade)),
      ("调级 特急", .relay(.unknownGrade)),
      ("误报", .close(isFalseAlarm: true)),
      ("误报，是演练通知", .close(isFalseAlarm: true)),
      ("已电话通知", .phoned),
      ("已电话通知值班室张主任", .phoned),
      ("签发", .release),
      ("同意签发", .release),
      ("办结", .close(isFalseAlarm: false)),
      ("已办结。", .close(isFalseAlarm: false)),
      ("办结了吗？", .relay(.question)),
      ("误报吗", .relay(.question)),
      ("误报可能性不大，请抓紧核实", .relay(.question)),
      ("误报率近期偏高", .relay(.question)),
      ("办结前请再核一次", .relay(.question)),
      ("已电话通知，无人接听", .relay(.question)),
      ("close to the school, hurry", .relay(.question)),
      ("退回", .relay(.mayBeReturn)),
    ])
  func `does what an officer's opening word says`(text: String, expected: Hearing) {
    #expect(hearing(text, from: .officer) == expected, "\(text)")
  }

  @Test func `believes nobody who was not written to, and no number alone`() {
    #expect(hearing("收到", from: nil) == .relay(.stranger))
    #expect(hearing("误报", from: nil) == .relay(.stranger))
    #expect(hearing("收到", from: .unit, isReply: false) == .relay(.numberAlone))
    #expect(hearing("请重视", from: .leader) == .relay(.leader))
  }

  @Test func `an earlier notice counts for no unit, and ends nothing for an officer`() {
    #expect(hearing("收到", from: .unit, isCurrent: false) == .relay(.earlierNotice))
    #expect(hearing("退回", from: .unit, isCurrent: false) == .relay(.earlierNotice))
    #expect(hearing("误报", from: .officer, isCurrent: false) == .relay(.earlierNotice))
    #expect(hearing("签发", from: .officer, isCurrent: false) == .relay(.earlierNotice))
    #expect(
      hearing("收到", from: .officer, isCurrent: false) == .acknowledge(byUnit: false, relay: nil))
  }

  @Test func `asks which one where a batch is answered with more than a receipt`() {
    #expect(
      hearing("收到", from: .unit, isOfMany: true) == .acknowledge(byUnit: true, relay: nil))
    #expect(hearing("退回", from: .unit, isOfMany: true) == .relay(.whichOne))
    #expect(hearing("误报", from: .officer, isOfMany: true) == .relay(.whichOne))
  }
}
