/// Word lists that come with the program, for `not_after` (自带语境词表): where an emergency is none.
///
/// Chosen so that few longer words hide one: 电影里 is on a screen, 电影院 may burn, and who has had
/// 预防针 has prevented nothing.
enum ContextLists {
  /// The lists by their names.
  static let words: [String: [String]] = [
    "context": drill + supposition + prevention + screen + past,
    "context-drill": drill, "context-if": supposition, "context-prevent": prevention,
    "context-screen": screen, "context-past": past, "context-not": negation,
  ]

  /// 演练.
  private static let drill = [
    "演练", "演习", "预演", "模拟", "推演", "应急预案", "实战化训练", "消防培训", "安全培训", "知识讲座",
  ]

  /// 假设.
  private static let supposition = [
    "万一", "一旦", "一但", "如果", "假如", "假设", "假使", "倘若", "若是", "若发生", "若遇",
    "如遇", "设想", "担心", "生怕", "唯恐", "极易", "容易引发", "容易发生", "会不会",
  ]

  /// 避免、预防.
  private static let prevention = [
    "加强预防", "做好预防", "如何预防", "预防措施", "预防火", "预防溺", "预防煤", "防止", "防范", "避免", "严防",
    "谨防", "免得", "杜绝", "消除",
  ]

  /// 影视、小说、游戏.
  private static let screen = [
    "电影里", "电影中的", "电影情节", "影片中", "影片里", "电视剧里", "电视剧中", "剧中", "剧里", "剧情",
    "小说里", "小说中", "游戏里", "游戏中的", "故事里", "影评",
  ]

  /// 曾经.
  private static let past = [
    "曾经", "曾发生", "曾因", "曾有", "历史上", "当年", "早年", "多年前", "几年前", "数年前", "十年前",
  ]

  /// 否定. Only for a short reach: 没有人管，着火了 is a fire.
  private static let negation = [
    "没有发生", "没发生", "未发生", "不会发生", "没有出现", "未出现", "没有造成", "没造成", "未造成", "没有引发",
    "未引发", "并非", "不是", "谈不上", "不存在",
  ]
}
