/// Where a place's name is no word of where something happened (地名的同形词).
///
/// 北京路 is a street anywhere, 重庆小面 a dish, 河南岸 a bank of a river, and who says that they are
/// 湖南人 says nothing of where the matter is. Whatever is passed over here wrongly leaves an item's
/// place unknown, and then officers see it: so in doubt a name is passed over.
enum FalseFriends {
  /// What says of the name behind it that it is another's, or holds a name and says nothing: a national
  /// agency writes 新华社北京 above whatever happened anywhere.
  static let saying = [
    "邻省", "邻市", "邻县", "新华社北京", "新华网北京", "中新社北京", "中新网北京", "央视网北京", "人民网北京",
    "北京时间",
  ]

  /// Whether a short name is an ordinary word as well, or part of many others.
  static func isVague(_ short: String) -> Bool { vague.contains(short) }

  /// Whether a county's name says where it is only behind the name of what it lies in.
  static func isVague(county name: String) -> Bool {
    name.unicodeScalars.count < 3 || vagueCounties.contains(name)
  }

  /// Whether what follows a short name makes it part of another word.
  static func follows(_ codes: ArraySlice<UInt32>) -> Bool {
    let text = codes.prefix(6)
    // 湖南人, and not 湖南人民医院.
    if text.first == code("人"), text.dropFirst().first != code("民") { return true }
    if after.contains(where: text.starts) { return true }
    let rest = text.drop { ordinals.contains($0) }
    return text.count - rest.count <= 3 && streets.contains(where: rest.starts)
  }

  /// Whether what stands before a name says where somebody is from or goes, and not where it is.
  static func precedes(_ codes: ArraySlice<UInt32>) -> Bool {
    before.contains { codes.suffix($0.count).elementsEqual($0) }
  }

  /// Whether what stands between two names makes the second part of the first: 湖南省某县竹园镇.
  static func joins(_ gap: ArraySlice<UInt32>) -> Bool {
    guard let last = gap.last else { return true }
    if gap.count == 1 { return last == code("的") || gapEnds.contains(last) }
    return gap.count <= 8 && gapEnds.contains(last)
      && gap.allSatisfy { (0x3400...0x9FFF).contains($0) && !gapStops.contains($0) }
  }

  private static let vague: Set = words(
    """
    朝阳 大同 中山 三明 安康 吉安 平凉 海口 大理 自贡 黄山 黄石 白山 东方 保定 宜春 安庆 安顺 资阳
    和田 海东 海西 海北 百色 白银 河池 来宾 四平 日照 云浮 内江 广安 普洱 延安 天水 武威 庆阳
    定西 固原 中卫 哈密 长治 长春 永州 宁德 龙岩 新余 通化 红河 文山 阳江 清远 巴中 玉树 山南 阿里
    大庆 本溪 营口 黄南 甘南 昌都 新乡 平顶山 桃园 新竹 玉林 北海 东营 怒江
    """)

  private static let vagueCounties: Set = words(
    """
    新城区 城中区 城关区 城东区 城西区 城北区 城南区 市中区 城厢区 城子河区 江北区 河东区 河西区
    南山区 青山区 桥东区 桥西区 路南区 路北区 东城区 西城区 长安区 和平区 向阳区 新华区 解放区
    山城区 中原区 江东区 江南区 江岸区 东山区 东湖区 西湖区 北湖区 南湖区 港口区 海港区 古城区
    铁西区 铁东区 铁山区 郊区 矿区 城区 老城区 中心区 高新区 新市区 老边区 东风区 前进区 爱民区
    平安区 民乐县 和平县 开平区 东区 西区 河口区 沙区 林区 经济区 红旗区 文化区 新区 黄山区
    """)

  private static let after = codes(
    """
    籍 话 菜 面 粉 鸭 味 烤 牌 料理 火锅 小面 小吃 饭 馆 包子 米粉 米线 拉面 口味 口音 户口 户籍
    大排档 酒店 酒家 宾馆 宾客 商会 商人 商户 老乡 老板 小伙 姑娘 女子 男子 男孩 女孩 大妈 大爷 游客 旅客
    客人 客户 车主 司机 牌照 车牌 银行 大学 学院 理工 师范 医科 日报 晚报 晨报 时报 商报 都市报 青年报
    卫视 在线讯 时间 现代 汽车城 移动 联通 电信 同仁堂 白药 岸 侧 坡 段 麓 端 头 滩 湾 面馆
    """)

  private static let streets = codes(
    "路 街 巷 弄 道 大道 大街 胡同 里 桥 大桥 广场 大厦 花园 小区 新村 苑 公馆 城 酒店 饭店 岸 门 站 侧")

  private static let ordinals = Set(codes("东南西北中一二三四五六七八九十上下前后内外新老大小").joined())

  private static let before = codes(
    "老家 老家在 来自 祖籍 原籍 籍贯 户籍 我是 本是 他是 她是 是 从 到 去 往 赴 回 飞 进 至 自 老家是 嫁 离开 路过")

  private static let gapEnds = Set(codes("省市县区州盟旗镇乡办").joined())
  private static let gapStops = Set(codes("我们本人在到来去和与及或是有从对把被请这那该是的了吗呢").joined())

  private static func words(_ text: String) -> Set<String> {
    Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
  }

  private static func codes(_ text: String) -> [[UInt32]] {
    text.split(whereSeparator: \.isWhitespace).map { FoldedText.word(String($0)) }
  }

  private static func code(_ scalar: Unicode.Scalar) -> UInt32 { scalar.value }
}
