import Testing
import Vocabulary

@testable import Extracting

@Suite struct `Numbers that lead to a person` {
  @Test(arguments: [
    ("请打13800001234谢谢", "请打[电话]谢谢"), ("电话：138 0000 1234", "电话：[电话]"),
    ("138-0000-1234", "[电话]"), ("+86 13800001234", "[电话]"), ("+86-138-0000-1234", "[电话]"),
    ("008613800001234", "[电话]"), ("１３８００００１２３４", "[电话]"), ("1 3 8 0 0 0 0 1 2 3 4", "[电话]"),
    ("一三八零零零零一二三四", "[电话]"), ("幺三八〇〇〇〇幺二三四打我", "[电话]打我"), ("138零零零零1234", "[电话]"),
    ("138.0000.1234，", "[电话]，"), ("联系人王13800001234李13900001234", "联系人王[电话]李[电话]"),
    ("0839-6600123", "[电话]"), ("(0839)6600123", "[电话]"), ("（０８３９）６６００１２３", "[电话]"),
    ("08396600123", "[电话]"), ("010-66001234", "[电话]"), ("+86-839-6600123转", "+86-839-6600123转"),
    ("电话6600123", "电话[电话]"), ("座机：6600-1234", "座机：[电话]"),
  ])
  func `are telephones in every dress`(_ text: String, _ masked: String) {
    #expect(Privacy.scrubbed(text) == masked)
  }

  @Test(arguments: [
    ("身份证11010519491231002X。", "身份证[身份证号]。"), ("11010519491231002x", "[身份证号]"),
    ("１１０１０５１９４９１２３１００２Ｘ", "[身份证号]"), ("110105 19491231 002X", "[身份证号]"),
    ("证号440524188001010014，", "证号[身份证号]，"), ("510822850101123", "[身份证号]"),
    ("卡6222020000000000000 开户", "卡[银行卡号] 开户"), ("4111 1111 1111 1111", "[银行卡号]"),
    ("4111-1111-1111-1111", "[银行卡号]"), ("银行卡号：6222021234567890120", "银行卡号：[银行卡号]"),
    ("发到li.ming@mail.example吧", "发到[邮箱]吧"), ("13800001234@mail.example", "[邮箱]"),
    ("ａｂｃ＠mail.example", "[邮箱]"), ("QQ：123456789", "QQ：[账号]"), ("加qq 123456789", "加qq [账号]"),
    ("微信号qingxi_2026", "微信号[账号]"), ("vx:abc12345", "vx:[账号]"), ("来自 118.112.9.77 的", "来自 [IP地址] 的"),
  ])
  func `are identity cards, bank cards, addresses and accounts`(_ text: String, _ masked: String) {
    #expect(Privacy.scrubbed(text) == masked)
  }

  @Test(arguments: [
    "拨打12345热线", "12315、95598、96096", "110/119/120", "400-800-1234", "4008001234", "800-810-1234",
    "青府发〔2026〕12号", "受理编号：20260302123456", "工单号13800001234", "订单号6222020000000000008",
    "2026-03-02 08:55:00", "欠薪138000元", "总投资13800001234元", "邮编628100", "身份证号11010519491231002",
    "水表号00012345", "川H12345", "11010519491231002A", "123456789012345678", "第3.1.2.4条",
    "面积1380.5平方米",
    "二〇二六年三月二日", "一二三四五六七八九", "10:30-11:30", "@青川发布请关注水质", "热线0000-12345",
    "6222020000000000009", "统一社会信用代码91510822MA00000000",
  ])
  func `are not service, document, order and other numbers`(_ text: String) {
    #expect(Privacy.scrubbed(text) == text)
  }
}

@Suite struct `The one who wrote` {
  @Test(arguments: [
    ("网友：青溪渔夫", ""), ("作者：张三\n停水三天", "停水三天"), ("停水三天\n发帖人: qingxi_99", "停水三天"),
    ("IP属地：四川\n停水", "停水"), ("停水 IP属地四川", "停水"), ("用户ID：88231 停水", "停水"),
    ("uid=88231 停水", "停水"), ("网址带 guid=12345", "网址带 guid=12345"),
    ("发布时间：2026-03-02 作者：张三 来源：青川网", "发布时间：2026-03-02 来源：青川网"), ("楼主：渔夫", ""),
    ("四川省广元市网友", ""), ("来自四川", ""), ("发布于 四川", ""), ("全部停水。（记者 张三）", "全部停水。"),
    ("（责任编辑：李四）", ""), ("本报讯 记者张三报道：停水", "本报讯 报道：停水"), ("编辑：王五 校对：赵六", ""),
    ("网友“青溪渔夫”反映停水", "网友反映停水"), ("回复@青溪渔夫：同问", "回复@[网友]：同问"),
    ("现场积水。（王小五摄）", "现场积水。"), ("【文/青川网 王五】停水", "停水"),
    ("联系人：张 三 电话：13800001234", "电话：[电话]"), ("（记者 王小五 、赵六）停水", "停水"),
    ("编辑：王五 、赵六", ""), ("“青溪渔夫”网友：您好！", "网友：您好！"), ("网友A00012345：您好", "网友[账号]：您好"),
    ("“A00012345”网友，您好", "网友，您好"), ("对A000112959网友发的信", "对[账号]网友发的信"),
  ])
  func `goes without a trace`(_ text: String, _ left: String) {
    #expect(Privacy.scrubbed(text) == left)
  }

  @Test(arguments: [
    ("停水三天，望解决。\n张小三", "停水三天，望解决。"), ("停水三天，望解决。张小三", "停水三天，望解决。"),
    ("停水三天，望解决。\n张 三", "停水三天，望解决。"), ("停水三天。\n此致\n敬礼\n村民张小三", "停水三天。\n此致\n敬礼"),
    ("停水三天。\n村民：张小三", "停水三天。"), ("停水三天，谢谢 王五", "停水三天，谢谢"),
    ("停水三天。\n欧阳小五\n2026年3月2日", "停水三天。\n2026年3月2日"), ("停水三天。\n王五敬上", "停水三天。\n敬上"),
    ("停水三天。\n业主 王五 13800001234", "停水三天。\n[电话]"), ("报道全文。\n王小五", "报道全文。"),
  ])
  func `leaves no name under a text`(_ text: String, _ left: String) {
    #expect(Privacy.scrubbed(text) == left)
  }

  @Test(arguments: [
    "停水三天，请解决。\n谢谢", "停水三天。\n区水务局", "停水三天。\n青溪村", "停水三天。\n高新区", "已经停水三天，何时来水", "停水 停电 高温",
    "没有人管。和谐何在", "停水三天。\n王家村", "停水三天。\n金水路", "王小五", "停水三天，领导快来管管", "停水三天。\n方便", "编号A00012345",
    "水表号：A00012345", "停水三天。\n2026年3月2日", "停水三天。\n石桥镇全体村民",
  ])
  func `is not taken for a word that ends a text`(_ text: String) {
    #expect(Privacy.scrubbed(text) == text)
  }

  @Test(arguments: [
    "记者从区水务局获悉，停水已恢复", "网友反映停水三天", "匿名", "用户停水三天了", "网友：我们小区停水三天了，什么时候才来水？",
    "编辑部的门牌掉了", "作者权益受损", "来自水库的水有异味", "记者在现场看到",
  ])
  func `is not what people say`(_ text: String) {
    #expect(Privacy.scrubbed(text) == text)
  }

  @Test(arguments: [
    "author", "post-author", "postUserName", "user_info", "nickname", "avatar big", "ip-location",
    "authi", "byline", "uid", "iploc",
  ])
  func `is known by class and id`(_ name: String) {
    #expect(AuthorMarks.isMark(name))
  }

  @Test(arguments: ["content", "authority", "user-content", "posters-wall", "dislocation", "title"])
  func `is not seen where there is none`(_ name: String) {
    #expect(!AuthorMarks.isMark(name))
  }

  @Test func `reaches no field of any item, wherever the page hides him`() throws {
    let html = """
      <html><head><meta name="author" content="秘密甲"><title>停水_青川论坛</title></head><body>
      <div class="postlist"><div class="pls favatar"><a href="space-uid-77.html">秘密乙</a>
      <img class="avatar" alt="秘密丙"></div><h1>青溪村停水三天<em class="nick">秘密丁</em></h1>
      <div class="content"><span itemprop="author">秘密戊</span><a rel="author" href="/x">秘密己</a>
      <p>青溪村已经停水三天，没有人来修，老人孩子都没有水喝，电话13800001234没有人接。</p>
      <p>网友：秘密庚</p><p>IP属地：秘密辛</p><p>用户ID：998877</p><p>来自四川</p>
      <p data-user="秘密壬" style="display: none">秘密癸</p></div></div></body></html>
      """
    let way = ArticleReading.selectors(
      title: Selector("//h1"), body: Selector("css:.content"), date: nil)
    for reading in [ArticleReading.auto, way] {
      let item = try extractor.item(
        on: page(html), for: lead(), of: feed(.board) { $0.article = reading })
      let all = String(describing: item)
      #expect(item.body.contains("停水三天"))
      for secret in ["秘密", "13800001234", "998877", "四川", "space-uid"] {
        #expect(!all.contains(secret), "\(secret) in \(item)")
      }
    }
  }
}
