/// Who publishes a feed (媒体), where that is a paper, a station or a news service.
package struct Outlet: Sendable, Hashable {
  package var name: String
  /// Whether the whole country reads it (中央媒体).
  package var isNational: Bool

  /// An outlet by its name.
  package init(name: String, isNational: Bool = false) {
    self.name = name
    self.isNational = isNational
  }
}

extension Feed {
  /// The outlet that speaks here. A message board is none, whoever runs it; a feed that names no
  /// publisher is an office's portal.
  package var publisher: Outlet? {
    guard kind != .board else { return nil }
    if let outlet { return Outlet(name: outlet, isNational: national) }
    return national ? Outlet(name: name, isNational: true) : nil
  }
}

extension Feed {
  /// Whether what it shows are citizens' messages (留言、诉求) and no publisher's reports: so it is of what
  /// is handed over as JSON, exported or mailed in, unless the feed says whose it is.
  package var carriesMessages: Bool {
    switch kind {
    case .board: true
    case .json, .file, .mail: publisher == nil
    case .list, .article, .rss: false
    }
  }
}

/// Which outlets carry a matter (传播范围), each once.
package struct Spread: Sendable, Hashable {
  /// So many outlets, or a national one, raise a considerable matter by one step.
  package static let wide = 3

  /// By name.
  package private(set) var outlets: [Outlet] = []

  /// The spread over these outlets; one outlet may have many feeds.
  package init(_ outlets: [Outlet] = []) {
    for outlet in outlets { insert(outlet) }
  }

  /// The outlets of either.
  package func union(_ other: Spread) -> Spread {
    Spread(outlets + other.outlets)
  }

  /// Whether it raises a considerable matter.
  package var isWide: Bool {
    outlets.count >= Spread.wide || outlets.contains(where: \.isNational)
  }

  /// `青川日报、青川晚报、竹园新闻网等3家媒体报道`
  package var words: Phrase {
    let told = outlets.sorted { $0.isNational && !$1.isNational }.prefix(5).map(\.name)
    let count = outlets.count
    let (zh, en) = (told.joined(separator: "、"), told.joined(separator: ", "))
    guard outlets.contains(where: \.isNational) else {
      return Phrase(zh: "\(zh)等\(count)家媒体报道", en: "reported by \(count) outlets: \(en)")
    }
    guard count > 1 else {
      return Phrase(zh: "中央媒体\(zh)报道", en: "reported by \(en), a national outlet")
    }
    let all = count > told.count ? "等\(count)家媒体" : ""
    let more = count > told.count ? " and \(count - told.count) more" : ""
    return Phrase(
      zh: "\(zh)\(all)报道（含中央媒体）", en: "reported by \(en)\(more) (a national outlet among them)")
  }

  private mutating func insert(_ outlet: Outlet) {
    if let known = outlets.firstIndex(where: { $0.name == outlet.name }) {
      outlets[known].isNational = outlets[known].isNational || outlet.isNational
      return
    }
    let place = outlets.firstIndex { $0.name > outlet.name } ?? outlets.endIndex
    outlets.insert(outlet, at: place)
  }
}
