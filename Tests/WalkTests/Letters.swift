/// Writes letters that nobody has written, each with a wording of its own: about a few subjects, so
/// that many of them are about the same, and none is another one edited.
struct Letters {
  private var dice: Dice

  /// Letters that come out the same each time.
  init(seed: UInt64) {
    dice = Dice(state: seed)
  }

  /// How many subjects there are.
  static let subjects = 4

  /// A letter about a subject, several hundred characters long.
  mutating func letter(about subject: Int) -> String {
    let beside = Letters.passages[(subject + 1) % Letters.subjects].shuffled(using: &dice)
    let passages = Letters.passages[subject].shuffled(using: &dice) + beside.prefix(3)
    let middle = passages.map { written($0) }
    let (first, last) = (written(Letters.opening), written(Letters.closing))
    return ([first] + middle + [last]).joined(separator: "\n")
  }

  /// One form filled in by somebody: all that differs is who, where and when.
  mutating func form(_ number: Int) -> String {
    written(Letters.forms[number])
  }

  /// A text without a choice in it: each `{a|b}` is one of them, each `#` a number, each `@` the name
  /// of a place, drawn afresh.
  private mutating func written(_ pattern: String) -> String {
    var text = pattern
    while let end = text.firstIndex(of: "}"), let begin = text[..<end].lastIndex(of: "{") {
      let choices = text[text.index(after: begin)..<end].split(separator: "|")
      text.replaceSubrange(begin...end, with: choices.randomElement(using: &dice) ?? "")
    }
    return text.map { drawn($0) }.joined()
  }

  private mutating func drawn(_ letter: Character) -> String {
    switch letter {
    case "#": String(Int.random(in: 2...28, using: &dice))
    case "@": Letters.places.randomElement(using: &dice) ?? ""
    default: String(letter)
    }
  }

  /// A generator of numbers that is the same everywhere (SplitMix64).
  struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }
}

extension Letters {
  private static let places = [
    "锦绣家园", "东风小区", "青溪村", "竹园镇老街", "石桥坝", "春江花园", "翠湖苑", "和平里",
    "金桂名都", "柳林新村",
  ]

  private static let opening = """
    {尊敬的领导|领导|各位领导}{您好|你们好|，打扰了}，{我是|我们是|我家住在|我代表}@#{号楼|栋|组}的\
    {业主|住户|居民|村民}，{有件事|想反映一件事|实在没有办法才写信}{，请费心一看|，望能过问|，说给您听}。
    """

  private static let closing = """
    {恳请|盼望|希望|请}{领导|有关部门|政府}{派人来看一看|早日给个说法|督促他们改正|协调解决}，\
    {大家都等着|不胜感激|我们随时配合|先谢谢了}。
    """

  private static let passages = [water, noise, wages, school]

  private static let water = [
    "{水龙头|自来水|家里的水}{从#号起|这#天|上个礼拜以来}{一滴也没有|时断时续|只在半夜来一会儿}，{做饭|洗衣|冲厕所}全靠{买水|邻居接济|去河边挑}。",
    "{物业|居委会|抄表员}{说|推说|解释}{管子老了|水泵坏了|上面没来水}，{问到哪天修好|再问下去|一催}就{不接电话|讲不清楚|让我们等}。",
    "{隔壁|对门|楼上}{阿婆|大爷|带孩子的嫂子}{拎着桶|推着小车|挑着担子}{走#里路|爬#层楼|来回#趟}{接水|取水}，{摔了一跤|累得直喘|手都磨破了}。",
    "{供水公司|水厂|营业厅}{收费|扣钱|催缴}{倒是准时|从来不误|一天不差}，{修起来|出了毛病|该上门时}却{拖拖拉拉|没人露面|一拖再拖}。",
    "{来的水|放出来的水|偶尔有水也}{发黄|有股铁锈味|浑得像泥汤}，{沉一夜|烧开了|用纱布滤过}{仍不敢喝|还是有渣|照样难闻}。",
    "{听老住户说|据修理师傅讲|我打听到}{主管道|加压泵|总阀门}{是#年前装的|早该换了|去年就漏过}，{钱|预算|工程款}{不知用到哪里|一直没批|年年说有}。",
    "{幼儿园|小饭馆|理发店}{关了门|只好停业|开不了张}，{家长|老板|客人}{怨声不断|叫苦连天|都去找居委会}。",
  ]

  private static let noise = [
    "{工地|混凝土站|拆迁队}{夜里#点|天没亮|凌晨}就{打桩|倒石料|开搅拌机}，{玻璃|床板|整面墙}{嗡嗡响|跟着抖|震得发麻}。",
    "{孩子|刚出生的宝宝|上夜班的丈夫}{睡不着|一惊一乍|白天没精神}，{功课|身体|脾气}{一天不如一天|受了影响|都变坏了}。",
    "{拨#次热线|找过城管|跟项目部吵过}，{答复|回话|结果}{是有许可|是正在赶工期|是管不了}，{转天|当晚|没过多久}{照旧|更响了|又开工}。",
    "{渣土车|运料的卡车|水泥罐车}{排成长队|横冲直撞|按着喇叭}，{路面|人行道|排水沟}{压得坑坑洼洼|全是泥浆|堵了一半}。",
    "{窗台|晾的被子|菜叶子}{落一层灰|全是白粉|擦了又脏}，{咳嗽的人|去看病的|戴口罩的}{多起来|排到#个|越来越多}。",
    "{围挡上|告示牌写着|他们保证过}{晚#点停工|文明施工|不扰民}，{可从没做到|全是空话|没有一天算数}。",
    "{量过|用手机测|请人测了}{有#十分贝|超出一倍|早过了标准}，{照片|录音|视频}{都存着|可以提供|发给过他们}。",
  ]

  private static let wages = [
    "{我们#个人|一班工友|老乡几个}{在工地|跟着包工头|给项目部}{干了#个月|从春天做到入冬|绑钢筋砌墙}，{工钱|血汗钱|说好的日薪}{一分未结|只给过生活费|打了白条}。",
    "{包工头|带班的|签字的那位}{换了号码|回了老家|躲着不见}，{总包|公司|甲方}{说账清了|让找他要|推给下一家}。",
    "{家里|老家|父母那边}{等钱买药|要交学费|盖房欠着账}，{年关|开春|眼看#号}{拿什么回去|无法交代|车票都买不起}。",
    "{考勤本|欠条|微信里的记工}{都在|每人一份|有他手印}，{加起来|粗算|合计}{#万多|够买一辆车|不是小数}。",
    "{劳动监察|街道司法所|调解室}{登记过|去了#趟|说要立案}，{让补材料|叫我们先协商|至今没有回音}。",
    "{伙食|住的板房|被褥}{是自己掏钱|漏雨也没人管|几个人挤着用}，{受了伤|病了|下雨歇工}{还要倒扣|没人过问|不算工天}。",
    "{楼|桥|厂房}{已经封顶|都交付了|租出去了}，{盖它的人|我们这些出力的|做工的}{却拿不到钱|反被门卫拦着|连门也进不去}。",
  ]

  private static let school = [
    "{学校门口|校门外的路|孩子上学必经的路口}{没有红绿灯|斑马线磨没了|车开得飞快}，{接送时|早晚高峰|一下雨}{乱成一团|险些撞到人|家长提心吊胆}。",
    "{食堂|送餐公司|小卖部}的{菜|饭|牛奶}{是凉的|有股怪味|吃出过虫子}，{#个孩子|我女儿|班里好些同学}{闹肚子|饿着回家|不肯再吃}。",
    "{班主任|教务处|校办}{回应|在群里说|电话里讲}{会改进|是个别现象|要相信学校}，{过了#周|一学期|到现在}{毫无变化|反而收了费|再没下文}。",
    "{教室|宿舍|厕所}{漏雨|灯坏了一半|门锁不上}，{冬天|夜里|考试那天}{冻得写不了字|孩子害怕|只好点手电}。",
    "{课后服务|校服|资料}{收#百元|说自愿其实都得交|没有收据}，{不交|多问一句|要求退}{就被点名|给脸色看|让写说明}。",
    "{校车|包的面包车|黑车}{坐#人|超员|没有安全带}，{师傅|跟车的|老板}{边开边接电话|说大家都这样|一问三不知}。",
    "{操场|围墙|旁边的变电箱}{裂了缝|露着线|歪着没人扶}，{绳子一拉|贴张纸|摆个桶}{就算处理|当作警示|敷衍过去}。",
  ]

  /// How many forms there are.
  static let formCount = 2

  private static let forms = [
    """
    关于@临时停水的通告
    各位用户：为配合{滨河|人民|解放}路管网改造，定于#月#日#时至#日#时，对@、@暂停供水。\
    请提前储水备用，关好家中龙头，以免来水时溢出。恢复供水之初水质可能短时发黄，放流片刻即可正常使用。\
    施工遇雨顺延，不再另行通告。由此带来不便，请予谅解，如有疑问请咨询营业窗口。青川区供水公司 #月#日
    """,
    """
    本人{赵某|钱某某|孙某|李某某}，在@项目做{木工|钢筋工|水电工}，自#月干到#月，工资共#万元未付。\
    多次讨要，项目部称款项已拨给劳务公司，劳务公司又称项目部尚未结算，彼此推脱，无人出面负责。\
    家中老人治病、子女读书全指望这笔工钱，恳请主管部门依法查处，责令限期支付，维护劳动者的合法权益。
    """,
  ]
}
