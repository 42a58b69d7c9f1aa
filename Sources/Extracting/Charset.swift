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

  /// The labels of the WHATWG Encoding Standard, section 4.2, with some that only old systems write;
  /// encodings that it declares dead are left out.
  private static let labels: [String: Charset] = {
    var labels: [String: Charset] = [:]
    func add(_ charset: Charset, _ names: String) {
      for name in names.split(whereSeparator: \.isWhitespace) { labels[String(name)] = charset }
    }
    func add(_ name: String, _ iconv: String, _ names: String) {
      add(Charset(name: name, iconv: iconv), names)
    }
    add(.utf8, "utf-8 utf8 unicode-1-1-utf-8 x-unicode20utf8 unicode11utf8 unicode20utf8")
    add(.utf16LE, "utf-16 utf-16le unicode ucs-2 iso-10646-ucs-2 csunicode unicodefeff")
    add(.utf16BE, "utf-16be unicodefffe")
    add(.gb18030, "gb18030 gbk gb2312 gb_2312 gb_2312-80 x-gbk chinese csgb2312 csiso58gb231280")
    add(.gb18030, "iso-ir-58 gb2312-80 euc-cn ms936 cp936 windows-936")
    add(.big5, "big5 big5-hkscs big-5 cn-big5 csbig5 x-x-big5 cp950 ms950 windows-950")
    add(
      .windows1252, "iso-8859-1 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 iso-ir-100 latin1 l1")
    add(.windows1252, "ascii us-ascii ansi_x3.4-1968 cp819 ibm819 csisolatin1 x-cp1252")
    add(
      "ISO-8859-2", "ISO-8859-2", "iso-8859-2 iso8859-2 iso_8859-2 latin2 l2 iso-ir-101 csisolatin2"
    )
    add("ISO-8859-3", "ISO-8859-3", "iso-8859-3 iso8859-3 latin3 l3")
    add("ISO-8859-4", "ISO-8859-4", "iso-8859-4 iso8859-4 latin4 l4")
    add("ISO-8859-5", "ISO-8859-5", "iso-8859-5 iso8859-5 iso_8859-5 cyrillic csisolatincyrillic")
    add("ISO-8859-6", "ISO-8859-6", "iso-8859-6 iso8859-6 arabic asmo-708 ecma-114")
    add("ISO-8859-7", "ISO-8859-7", "iso-8859-7 iso8859-7 greek greek8 sun_eu_greek ecma-118")
    add("ISO-8859-8", "ISO-8859-8", "iso-8859-8 iso-8859-8-i iso8859-8 hebrew visual logical")
    add("ISO-8859-10", "ISO-8859-10", "iso-8859-10 iso8859-10 latin6 l6")
    add("ISO-8859-13", "ISO-8859-13", "iso-8859-13 iso8859-13")
    add("ISO-8859-14", "ISO-8859-14", "iso-8859-14 iso8859-14")
    add("ISO-8859-15", "ISO-8859-15", "iso-8859-15 iso8859-15 iso_8859-15 l9 csisolatin9")
    add("ISO-8859-16", "ISO-8859-16", "iso-8859-16")
    add(
      "windows-1254", "CP1254", "iso-8859-9 iso8859-9 iso_8859-9 latin5 l5 iso-ir-148 csisolatin5")
    add("IBM866", "CP866", "ibm866 cp866 866 csibm866")
    add("KOI8-R", "KOI8-R", "koi8-r koi koi8 koi8_r cskoi8r")
    add("KOI8-U", "KOI8-U", "koi8-u koi8-ru")
    add("macintosh", "MACINTOSH", "macintosh mac x-mac-roman csmacintosh")
    add("windows-874", "CP874", "windows-874 tis-620 dos-874 iso-8859-11 iso8859-11")
    add("EUC-JP", "EUC-JP", "euc-jp x-euc-jp cseucpkdfmtjapanese")
    add("ISO-2022-JP", "ISO-2022-JP", "iso-2022-jp csiso2022jp")
    add(
      "Shift_JIS", "CP932", "shift_jis shift-jis sjis x-sjis ms932 ms_kanji windows-31j csshiftjis")
    add(
      "EUC-KR", "CP949", "euc-kr korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 iso-ir-149")
    add("EUC-KR", "CP949", "cseuckr csksc56011987 windows-949 cp949")
    return labels
  }()
}
