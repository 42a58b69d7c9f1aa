/// The encoding of a page's characters (字符编码), by the names of the WHATWG Encoding Standard.
struct Charset: Hashable, Sendable {
  /// The name people know it by.
  let name: String
  /// The name glibc's iconv knows it by.
  let iconv: String

  static let utf8 = Charset(name: "UTF-8", iconv: "UTF-8")
  static let utf16LE = Charset(name: "UTF-16LE", iconv: "UTF-16LE")
  static let utf16BE = Charset(name: "UTF-16BE", iconv: "UTF-16BE")
  static let gb18030 = Charset(name: "GB18030", iconv: "GB18030")
  static let big5 = Charset(name: "Big5", iconv: "BIG5-HKSCS")
  static let windows1252 = Charset(name: "windows-1252", iconv: "CP1252")

  /// Whether a text in it may be a Chinese page.
  var isChinese: Bool { self == .gb18030 || self == .big5 }

  /// Whether browsers write the queries of a page's links in it; those of UTF-16 pages are UTF-8.
  var encodesQueries: Bool { self != .utf8 && self != .utf16LE && self != .utf16BE }

  private init(name: String, iconv: String) {
    self.name = name
    self.iconv = iconv
  }

  /// The charset a page, a header or a feed's file names, or nil where the name means nothing.
  ///
  /// `gb2312` and `gbk` are read as GB18030, which holds both: pages that say gb2312 use more.
  init?(label: some StringProtocol) {
    let label = label.lowercased().filter { !" \t\r\n\"'".contains($0) }
    if let known = Charset.labels[label] {
      self = known
    } else if let page = Charset.codePage(of: label) {
      self.init(name: "windows-\(page)", iconv: "CP\(page)")
    } else {
      return nil
    }
  }

  private static func codePage(of label: String) -> Int? {
    for prefix in ["windows-", "cp", "x-cp"] where label.hasPrefix(prefix) {
      guard let page = Int(label.dropFirst(prefix.count)), (1250...1258).contains(page) else {
        continue
      }
      return page
    }
    return nil
  }

  private static let labels: [String: Charset] = {
    var labels: [String: Charset] = [:]
    func add(_ charset: Charset, _ names: String...) {
      for name in names { labels[name] = charset }
    }
    add(.utf8, "utf-8", "utf8", "unicode-1-1-utf-8", "x-unicode20utf8")
    add(.utf16LE, "utf-16", "utf-16le", "unicode", "ucs-2", "iso-10646-ucs-2", "csunicode")
    add(.utf16BE, "utf-16be", "unicodefffe")
    add(.gb18030, "gb18030", "gbk", "gb2312", "gb_2312", "gb_2312-80", "x-gbk", "chinese", "cp936")
    add(.gb18030, "csgb2312", "csiso58gb231280", "iso-ir-58", "gb2312-80", "euc-cn", "ms936")
    add(.gb18030, "windows-936")
    add(.big5, "big5", "big5-hkscs", "big-5", "cn-big5", "csbig5", "x-x-big5", "cp950", "ms950")
    add(.big5, "windows-950")
    add(.windows1252, "iso-8859-1", "iso8859-1", "latin1", "l1", "ascii", "us-ascii", "iso-8859-15")
    add(Charset(name: "EUC-JP", iconv: "EUC-JP"), "euc-jp", "x-euc-jp")
    add(Charset(name: "Shift_JIS", iconv: "CP932"), "shift_jis", "sjis", "shift-jis", "x-sjis")
    add(Charset(name: "EUC-KR", iconv: "CP949"), "euc-kr", "ks_c_5601-1987", "korean")
    return labels
  }()
}
