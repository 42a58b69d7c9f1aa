/// The words by which by-lines are known.
extension ByLines {
  static let addresses = WordSet("IP属地 IP归属地 IP属地址 IP所在地 IP来源 IP地址 IP归属 IP属")
  static let ids = WordSet("用户ID 用户编号 会员ID 会员号 USERID UID 账号ID 数字ID")
  static let labels = WordSet(
    """
    网友 网民 作者 原作者 发帖人 发帖者 发贴人 发贴者 发布人 发布者 发表人 发表者 发信人 楼主 层主 博主 用户 用户名 \
    用户名称 会员 会员名 昵称 网名 笔名 微博名 留言人 留言者 留言网友 写信人 来信人 投诉人 举报人 反映人 诉求人 \
    信访人 提问人 提问者 咨询人 建议人 求助人 爆料人 联系人 姓名 真实姓名 署名 落款 发言人昵称 回复人 回帖人 \
    记者 本报记者 见习记者 实习记者 特约记者 首席记者 通讯员 本报通讯员 特约通讯员 编辑 责任编辑 责编 本期编辑 \
    网络编辑 美编 摄影 撰稿 撰文 采写 供稿 供稿人 投稿人 校对 编审 监制 终审 初审 复审 二审 三审 一审 文字 \
    图片 文 图 文/图 图/文 图文 AUTHOR BY USERNAME NICKNAME POSTER
    """)
  static let press = WordSet(
    """
    记者 本报记者 本网记者 本台记者 见习记者 实习记者 特约记者 首席记者 全媒体记者 通讯员 本报通讯员 特约通讯员
    """)
  static let pressEnds = WordSet("报道 报导 摄 文/图 图/文 采写 整理 通讯员 实习生")
  static let quoted = WordSet("网友 网民 用户 楼主 博主 昵称 网名 作者 昵称为 网名为 网名叫")
  static let netizens = WordSet("网友 网民")
  static let froms = WordSet("发布于 发表于 来自 IP 来自于 定位 所在地")
  static let provinces = WordSet(
    """
    北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 \
    海南 重庆 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆 台湾 香港 澳门 中国香港 中国澳门 中国台湾 海外 美国 \
    日本 韩国 英国 加拿大 澳大利亚 新加坡 马来西亚 泰国 未知
    """)
  static let fieldStops = Set(Scalars.of("|｜)）]】〕>》，,。；;！!？?、"))
  /// What follows a name never ends a sentence or joins two halves of one.
  static let speech = Set(Scalars.of("，,。！!？?；;"))
  static let verbs = Set(Scalars.of("从在了获近今昨日采走看来就对还向赶探随多通联致拨问发现再也又注于及和与的们证站节会表手调"))
  static let links = Set(Scalars.of("、/／"))
  static let works = WordSet("文/ 图/ 文丨 图丨 文｜ 图｜ 文| 图| 文／ 图／ 摄/ 摄影/ 文/图")
  static let ends = Set(Scalars.of(")）]】〕"))
  static let openings = Set(Scalars.of("(（[【〔<《"))
  static let closings = Set(Scalars.of(")）]】〕>》 　|｜/\t"))
  static let nameQuotes = Set(Scalars.of("“「『"))
  static let quotes: [UInt32: UInt32] = [
    0x201C: 0x201D, 0x300C: 0x300D, 0x3010: 0x3011, 0x22: 0x22, 0x300E: 0x300F, 0x5B: 0x5D,
    0x2018: 0x2019, 0xFF02: 0xFF02,
  ]
}
