/// The name under a letter (落款): `村民 张小三`, `张小三 2026年3月2日`, and a report's last line.
///
/// A name is told from a word by what is around it: it closes the text, stands by itself, is as
/// long as names are, begins with a surname and ends like no place or office.
enum SignOff {
  /// The text without it.
  static func removed(from text: [UInt32]) -> [UInt32] {
    let tail = end(of: text)
    guard let start = start(of: text[..<tail]) else { return text }
    // A text that is nothing else is no letter with a name under it.
    guard text[..<start].contains(where: { Scalars.isHan($0) }) else { return text }
    var rest = Array(text[..<start])
    while let last = rest.last, Scalars.isSpace(last) || dashes.contains(last) { rest.removeLast() }
    // 2026年3月2日 under the name is no one's name.
    let date = text[tail...]
    guard date.contains(where: { !Scalars.isSpace($0) && !closers.contains($0) }) else {
      return rest
    }
    return rest + [0x0A] + date.drop { Scalars.isSpace($0) || closers.contains($0) }
  }

  /// Where a date, a masked number or 敬上 begins that may follow the name.
  private static func end(of text: [UInt32]) -> Int {
    var end = text.count
    while end > 0 {
      if let length = followers.lengthOfEnd(text, before: end) {
        end -= length
      } else if Scalars.isSpace(text[end - 1]) || trailing.contains(text[end - 1]) {
        end -= 1
      } else {
        return end
      }
      if text.count - end > 40 { return text.count }
    }
    return end
  }

  /// Where the name begins, with the word for who signs before it; nil where there is none.
  private static func start(of text: ArraySlice<UInt32>) -> Int? {
    var (start, length) = (text.endIndex, 0)
    while start > text.startIndex, length <= longest, !bounds.contains(text[start - 1]),
      !colons.contains(text[start - 1])
    {
      if Scalars.isSpace(text[start - 1]), !isSplit(text, at: start - 1) { break }
      start -= 1
      length += 1
    }
    guard length <= longest else { return nil }
    let word = text[start...].filter { !Scalars.isSpace($0) }
    let role = word.isEmpty ? nil : roles.length(in: word, at: 0)
    guard isName(Array(word.dropFirst(role ?? 0))) else { return nil }
    let whole = role == nil ? withRole(text, before: start) : start
    return whole < start || isParted(text, at: start) ? whole : nil
  }

  /// `张 三`, a name as wide as three characters.
  private static func isSplit(_ text: ArraySlice<UInt32>, at space: Int) -> Bool {
    guard space > text.startIndex, Scalars.isHan(text[space - 1]),
      space == text.endIndex - 2
    else { return false }
    let before = space - 2
    return before < text.startIndex || !Scalars.isHan(text[before])
  }

  /// Whether a sentence, a line or a courtesy has ended there: 高温 after another word is no name.
  private static func isParted(_ text: ArraySlice<UInt32>, at start: Int) -> Bool {
    var end = start
    while end > text.startIndex, Scalars.isSpace(text[end - 1]), text[end - 1] != 0x0A { end -= 1 }
    guard end > text.startIndex else { return false }
    if bounds.contains(text[end - 1]) { return true }
    let before = Array(text[..<end].suffix(8))
    if end < start { return courtesies.lengthOfEnd(before, before: before.count) != nil }
    return false
  }

  /// `村民：张三`, `业主 张三`: the word before goes with the name.
  private static func withRole(_ text: ArraySlice<UInt32>, before start: Int) -> Int {
    var end = start
    while end > text.startIndex,
      Scalars.isSpace(text[end - 1]) && text[end - 1] != 0x0A || colons.contains(text[end - 1])
    { end -= 1 }
    let before = Array(text[..<end].suffix(8))
    let length = roles.lengthOfEnd(before, before: before.count) ?? 0
    let first = end - length
    let isWhole =
      length > 0
      && (first == text.startIndex || Scalars.isSpace(text[first - 1])
        || bounds.contains(text[first - 1]))
    return isWhole ? first : start
  }

  private static func isName(_ word: [UInt32]) -> Bool {
    guard (2...4).contains(word.count), word.allSatisfy({ Scalars.isHan($0) }) else { return false }
    let isDouble = doubles.length(in: word, at: 0) != nil
    guard isDouble ? word.count > 2 : surnames.contains(word[0]) && word.count < 4 else {
      return false
    }
    return !words.begins(word) && !tails.contains(word[word.count - 1])
  }

  private static let longest = 10
  private static let bounds = Set(Scalars.of("\n。！？!?；;.…～~"))
  private static let courtesies = WordSet("谢谢 谢谢您 谢谢你 感谢 此致 敬礼 致敬 盼复 拜托 您好")
  private static let colons = Set(Scalars.of(":："))
  private static let dashes = Set(Scalars.of("—-－"))
  private static let closers = Set(Scalars.of("。.！!"))
  private static let trailing = Set(Scalars.of("0123456789０１２３４５６７８９-/.:：年月日号时分。！!"))
  private static let followers = WordSet("[电话] [邮箱] [账号] [身份证号] 敬上 呈上 谨上 敬启 谨启 叩首")
  private static let roles = WordSet(
    """
    村民 市民 居民 业主 群众 公民 家长 学生家长 职工 员工 教师 老师 学生 读者 住户 租户 租客 车主 司机 党员 农民 农民工 \
    退休职工 退休教师 下岗职工 反映人 投诉人 举报人 求助人 申请人 写信人 来信人 此致 敬礼 您的市民 一村民 一市民 一业主
    """)
  private static let doubles = WordSet("欧阳 司马 上官 诸葛 夏侯 东方 尉迟 皇甫 慕容 司徒 令狐 长孙 端木 公孙")
  private static let surnames = Set(
    Scalars.of(
      """
      王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏\
      钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟颜倪\
      严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁耿牟卜肖詹关苗凌费纪靳盛童欧甄项曲成游裴席卫查屈\
      鲍覃霍翁隋甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕\
      郎邸冀谈姬屠连郜晏栾郁商蒙计喻窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银\
      扬明沙伏岑习胥保和蔺
      """
    ).filter { Scalars.isHan($0) })
  /// Words that begin like a name. Not all can be listed; what is missed costs a closing word.
  private static let words = WordSet(
    """
    谢谢 谢了 和谐 和睦 安全 安居 平安 何时 何在 何解 何人 何处 何谓 何以 于是 于此 方便 方可 高兴 高新 高铁 高速 严查 严惩 严重 \
    严厉 全体 全部 全面 全家 万分 万谢 常住 常年 常理 金额 公正 公平 来信 来电 应该 应当 成功 成立 解决 解答 解释 强烈 强制 \
    管理 管管 关注 关心 关怀 关于 明天 明白 明确 明察 明年 文明 文件 单位 包括 包容 包庇 连续 连夜 原因 原则 商量 商业 台湾 \
    时间 计划 计较 都是 都有 向您 向阳 成都 江苏 江西 石家庄 华为 武汉 云南 白天 白费 马上 马路 许多 许久 任何 任务 程序 易燃 \
    施工 施救 盛世 盛赞 游客 查处 查明 查办 查询 费用 费解 房子 房屋 房产 房东 车辆 车位 车祸 路灯 路面 路过 路口 水电 田地 \
    古稀 冷漠 乐意 乐民 花钱 官方 官员 应急 保障 保护 习惯 封闭 项目 温暖 温馨 童叟 纪委 纪检 党员 党中央 老师 卫生 莫名 \
    莫非 段落 雷同 雷声 洪水 洪涝 夏天 夏季 秦岭 黄河 长江 周边 周末 周一 周二 周三 周四 周五 周六 周日 余下 余生 曾经 曾多次 \
    祝好 祝您 祝愿 祝福 祝你 祝顺 祝工作 祝身体 古人 简单 简直 农民 宁静 宁可 宁愿 童话 木已 米饭 池塘 井水 井盖 乔迁 符合 \
    司法 司机 席位 边防 边缘 左右 左边 屈服 申请 申诉 申报 毕竟 管道 游戏 燕窝 沙石 桑拿 银行 练习 章程 龙头 龙舟 石头 石油 \
    金融 金钱 康复 贺卡 贺电 方案 方向 方面 高考 高层 高度 高压 白云 孔雀 孟加拉 陆续 毛病 江山 温州 林业 林地 林木 孙女 孙子 \
    苏州 蔡家 牛奶 常见 常态 常规 向上 向前 古城 古镇 全国 全省 全市 全县 全镇 全村 全校 强拆 强调 强行 华侨 欧洲 都不 都没 \
    迟迟 迟到 来自 来看 来了 来水 来电 成本 成效 成长 乐园 匡正 宗旨 和平 和气 文化 文字 文明 明知 计生 商家 商户 商铺 党委 党和
    """)
  private static let tails = Set(Scalars.of("村镇乡县市区组路街局委院校厂社队站店处科办部厅庄屯寨们吗呢吧啊了的呀"))
}

extension WordSet {
  /// The length of the longest word that ends before a place.
  fileprivate func lengthOfEnd(_ text: [UInt32], before end: Int) -> Int? {
    for length in (1...8).reversed() where end - length >= 0 {
      if self.length(in: text, at: end - length) == length { return length }
    }
    return nil
  }

  /// Whether a text begins with one of the words.
  fileprivate func begins(_ text: [UInt32]) -> Bool { length(in: text, at: 0) != nil }
}
