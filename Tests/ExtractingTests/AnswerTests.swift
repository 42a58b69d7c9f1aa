import Foundation
import Testing
import Vocabulary

@testable import Extracting

@Suite struct `Letterboxes` {
  private func read(_ body: String, title: String = "信件详情_青川区人民政府") throws -> Item {
    let html = "<html><head><title>\(title)</title></head><body>\(body)</body></html>"
    return try extractor.item(on: page(html), for: lead(), of: feed(.board) { $0.article = .auto })
  }

  private static let cells = """
    <table><tr><th>信件编号</th><td>QC0017</td><th>来信时间</th><td>2026-02-27 08:55</td></tr>
    <tr><th>信件标题</th><td colspan=3>竹园镇停水三天</td></tr><tr><th>来信人</th><td>王小五</td></tr>
    <tr><th>来信内容</th><td colspan=3><p>青溪村已经停水三天。</p><p>请尽快恢复。</p></td></tr>
    <tr><th>答复单位</th><td>区水务局</td><th>答复时间</th><td>2026-03-01 16:20</td></tr>
    <tr><th>答复内容</th><td colspan=3><p>您好！经查，主管爆裂，已于2月28日修复。</p><p>感谢监督。</p></td></tr></table>
    <p>版权所有：青川区人民政府</p>
    """
  private static let lines = """
    <ul><li>标题：竹园镇停水三天</li><li>写信人：王小五</li><li>提交时间：2026-02-27 08:55:00</li>
    <li>内容：青溪村已经停水三天。<br>请尽快恢复。</li><li>办理单位：区水务局</li>
    <li>回复时间：2026-03-01 16:20</li><li>办理结果：您好！经查，主管爆裂，已于2月28日修复。<br>感谢监督。</li>
    <li>满意度：满意</li></ul>
    """
  private static let boxes = """
    <h1>竹园镇停水三天</h1><div class=facts>来信日期：2026-02-27 08:55　浏览次数：33</div>
    <div class=text><p>青溪村已经停水三天。</p><p>请尽快恢复。</p></div>
    <div class=head>区水务局 2026-03-01 16:20 回复：</div>
    <div class=said><p>您好！经查，主管爆裂，已于2月28日修复。</p><p>感谢监督。</p></div><p>上一篇：无</p>
    """
  private static let blocks = """
    <h2>竹园镇停水三天</h2><h3>【来信内容】</h3><div>青溪村已经停水三天。<br>请尽快恢复。</div>
    <div>留言时间：2026-02-27 08:55</div>
    <h3>【官方回复】</h3><div>您好！经查，主管爆裂，已于2月28日修复。<br>感谢监督。</div>
    <div>回复部门：区水务局</div><div>回复日期：2026-03-01 16:20</div><div>打印本页</div>
    """

  @Test(arguments: [cells, lines, boxes, blocks])
  func `have message and answer wherever they put them`(_ body: String) throws {
    let item = try read(body)
    #expect(item.title == "竹园镇停水三天")
    #expect(item.body == "青溪村已经停水三天。\n请尽快恢复。")
    #expect(shown(item.published) == "2026-02-27T08:55:00")
    #expect(item.answer?.unit == "区水务局")
    #expect(item.answer?.body == "您好！经查，主管爆裂，已于2月28日修复。\n感谢监督。")
    #expect(item.answer.map { shown($0.published) } == "2026-03-01T16:20:00")
  }

  @Test(arguments: ["暂无回复", "——", "", "您的留言已收悉，已转区水务局调查处理。", "网友您好，已收到，我们会尽快处理！"])
  func `have no answer while there is none`(_ text: String) throws {
    let body = Self.cells.replacingOccurrences(
      of: "您好！经查，主管爆裂，已于2月28日修复。</p><p>感谢监督。", with: text)
    let item = try read(body)
    #expect(item.answer == nil)
    #expect(item.body == "青溪村已经停水三天。\n请尽快恢复。")
  }

  @Test func `have their first answer that is one`() throws {
    let item = try read(
      """
      <div>信件标题：路灯不亮</div><div>信件内容：青溪村的路灯坏了两个月。</div>
      <div>处理单位：区信访局</div><div>处理时间：2026-02-20</div><div>处理意见：已转区城管局办理。</div>
      <div>处理单位：区城管局</div><div>处理时间：2026-02-24</div><div>处理意见：经查属实，灯头已更换。</div>
      """)
    #expect(item.answer?.unit == "区城管局")
    #expect(item.answer?.body == "经查属实，灯头已更换。")
    #expect(item.answer.map { shown($0.published) } == "day 2026-02-24")
  }

  @Test func `are not seen in news that speaks of answers`() throws {
    let item = try read(
      """
      <h1>区水务局答复停水问题</h1><p>本报讯 3月1日，区水务局就停水作出答复：主管爆裂，当日修复。</p>
      <p>回复市民时，区水务局表示将加强巡查，办理结果会向社会公布。</p>
      """, title: "区水务局答复停水问题_青川网")
    #expect(item.answer == nil)
    #expect(item.body.contains("当日修复") && item.body.contains("加强巡查"))
  }

  @Test(arguments: [
    "已收悉", "网友：您好！留言已收悉", "您的留言已收悉。关于您反映的问题，已转区教育局调查处理。",
    "您好，您所反映的问题已转交相关部门调查处置。2026年3月2日", "感谢您对我们工作的关心、监督与支持。",
    "网友您好：您反映的问题已收悉并交有关单位调查核处，如有情况将及时回复！", "2026年3月2日",
  ])
  func `acknowledge, and that is no answer`(_ text: String) {
    #expect(Acknowledging.isAll(of: text))
  }

  @Test(arguments: [
    "您好！留言已收悉，现回复如下：主管已修复。", "经查，情况属实，已责成物业整改。", "您反映的问题不属于我单位职责范围，感谢您的留言。",
    "请向当地民政部门咨询。", "您好，路灯已于3月3日更换灯头。", "目前没有这方面的规定。", "公交线路开通时间待定。",
  ])
  func `answer, however shortly`(_ text: String) {
    #expect(!Acknowledging.isAll(of: text))
  }
}
