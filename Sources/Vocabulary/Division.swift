/// One of the country's administrative divisions down to the counties (行政区划).
package struct Division: Sendable, Hashable {
  /// How high it stands (行政级别), the lowest first.
  package enum Rank: Int, Sendable, Comparable {
    /// A county, a district or a city of that rank (县级).
    case county
    /// A prefecture-level city, a prefecture or a league (地级).
    case prefecture
    /// A province, a municipality or an autonomous or special region (省级).
    case province

    /// The lower first.
    package static func < (left: Rank, right: Rank) -> Bool { left.rawValue < right.rawValue }
  }

  /// The whole name: 河北省, 石家庄市.
  package var name: String
  /// What people call it, for a province or a prefecture: 河北, 石家庄; nil where that says too little.
  package var short: String?
  package var rank: Rank
  /// Where it lies, by its place in `all`; nil for a province.
  package var parent: Int?
}

extension Division {
  /// All of them, each behind the one in which it lies.
  package static let all: [Division] = reading.divisions

  /// Those of a whole or a short name, by their place in `all`.
  package static func named(_ name: String) -> [Int] { byName[name] ?? [] }

  private static let byName: [String: [Int]] = {
    var byName: [String: [Int]] = [:]
    for (place, division) in all.enumerated() {
      for name in Set([division.name, division.short].compactMap(\.self)) {
        byName[name, default: []].append(place)
      }
    }
    return byName
  }()

  private static let reading = DivisionReading(
    DivisionTable.written, shortNames: DivisionTable.shortNames)

  /// Whether a name is that of a county, a district or more, and not of an estate (小区) or the like.
  package static func isCounty(_ name: String) -> Bool {
    let others = ["小区", "社区", "园区", "校区", "厂区", "景区", "片区", "矿区", "库区", "开发区", "街区"]
    return ["县", "区", "市", "旗", "州", "盟", "省"].contains(where: name.hasSuffix)
      && !others.contains(where: name.hasSuffix)
  }

  /// What a name is without the word for what it is: 河北 of 河北省, 内蒙古 of 内蒙古自治区.
  package static func short(of name: String) -> String? {
    let suffixes = [
      "壮族自治区", "回族自治区", "维吾尔自治区", "特别行政区", "自治区", "省", "市", "地区", "盟",
    ]
    guard let suffix = suffixes.first(where: name.hasSuffix) else { return nil }
    let short = String(name.dropLast(suffix.count))
    return short.count >= 2 ? short : nil
  }
}

/// The table of divisions being read.
private struct DivisionReading {
  private(set) var divisions: [Division] = []
  private var province: Int?
  private var prefecture: Int?

  init(_ table: String, shortNames: String) {
    var shorts: [String: String] = [:]
    for pair in shortNames.split(whereSeparator: \.isWhitespace) {
      let halves = pair.split(separator: "=")
      if halves.count == 2 { shorts[String(halves[0])] = String(halves[1]) }
    }
    for word in table.split(whereSeparator: \.isWhitespace) {
      switch word.first {
      case "#": addProvince(String(word.dropFirst()))
      case "@": addPrefecture(String(word.dropFirst()), shorts)
      case .some, nil: add(String(word), short: nil, .county, in: prefecture ?? province)
      }
    }
  }

  private mutating func addProvince(_ name: String) {
    province = divisions.count
    prefecture = nil
    add(name, short: Division.short(of: name), .province, in: nil)
  }

  private mutating func addPrefecture(_ name: String, _ shorts: [String: String]) {
    prefecture = name.isEmpty ? nil : divisions.count
    guard !name.isEmpty else { return }
    add(name, short: shorts[name] ?? Division.short(of: name), .prefecture, in: province)
  }

  private mutating func add(
    _ name: String, short: String?, _ rank: Division.Rank, in parent: Int?
  ) {
    divisions.append(Division(name: name, short: short, rank: rank, parent: parent))
  }
}
