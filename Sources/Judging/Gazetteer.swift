import Vocabulary

/// The names of places that are looked for, and whose each is (地名表): the office's own, and the
/// country's administrative divisions as facts.
///
/// Where the set-up does not say in which province and city the office lies, that is read off the
/// divisions if one of its places is one of them and no other is called so.
struct Gazetteer: Sendable {
  /// Whose a name is.
  enum Relation: Sendable, Hashable {
    /// One of the office's places, or what lies in one.
    case own(Int)
    /// A division in which the office lies.
    case above
    /// Anybody's else.
    case another
  }

  /// A name that is looked for.
  struct Name: Sendable {
    let text: String
    var relation: Relation
    /// Whether the word for what it is was left out: 河北 for 河北省.
    var isShort = false
    /// Whether it says something only behind the name of what it lies in: 城区, 新城区, 日照.
    var isVague = false
    /// Which divisions are called so, by their place in `Division.all`.
    var divisions: [Int] = []
    /// Whether it stands for a place by itself: 邻县 only says that the next is another's.
    var isPlace = true
    /// The text, folded.
    let codes: [UInt32]

    init(text: String, relation: Relation, isShort: Bool = false, isPlace: Bool = true) {
      self.text = text
      self.relation = relation
      self.isShort = isShort
      self.isPlace = isPlace
      codes = FoldedText.word(text)
    }
  }

  let localities: [Locality]
  private(set) var names: [Name] = []
  /// The divisions in which the office lies.
  private let above: Set<Int>
  /// Whether the office has a place of a county's rank, by whose name its others are told apart from
  /// places elsewhere even where its province is not known.
  let hasCounty: Bool
  /// Whether it is known in which province the office lies.
  let knowsArea: Bool

  init(_ book: RuleBook) {
    localities = book.places
    let area = Area(book)
    above = area.above
    knowsArea = area.isKnown
    hasCounty = book.places.contains { Division.isCounty($0.name) }
    addOwn(book)
    addDivisions(area)
    names += ["外省", "外市", "外县"].map { Name(text: $0, relation: .another) }
    names += FalseFriends.saying.map { Name(text: $0, relation: .another, isPlace: false) }
  }

  private mutating func addOwn(_ book: RuleBook) {
    for (index, place) in book.places.enumerated() {
      names += ([place.name] + place.aliases).map { Name(text: $0, relation: .own(index)) }
    }
    // A province or a city that no table knows.
    for name in book.area where Division.named(name).isEmpty {
      names.append(Name(text: name, relation: .above))
      if let short = Division.short(of: name) {
        names.append(Name(text: short, relation: .above, isShort: true))
      }
    }
  }

  private mutating func addDivisions(_ area: Area) {
    let taken = Set(names.map(\.text))
    let relations = Division.all.indices.map { area.relation(of: $0) }
    names.reserveCapacity(names.count + DivisionNames.all.count + 20)
    for var name in DivisionNames.all where !taken.contains(name.text) {
      for index in name.divisions { name.relation = name.relation.nearer(relations[index]) }
      names.append(name)
    }
  }

  /// Whether one division lies in another, or is it.
  func lies(_ division: Int, in other: Int) -> Bool {
    var next: Int? = division
    while let at = next {
      if at == other { return true }
      next = Division.all[at].parent
    }
    return false
  }

  /// Whether one of the office's places lies in another, or is it.
  func lies(locality: Int, in other: Int) -> Bool {
    var (next, left) = (Int?.some(locality), localities.count)
    while let at = next, left >= 0 {
      if at == other { return true }
      next = parent(of: at)
      left -= 1
    }
    return false
  }

  /// Who is the unit of a place: its own, or that of the place in which it lies.
  func unit(of locality: Int) -> UnitName? {
    var (next, left) = (Int?.some(locality), localities.count)
    while let at = next, left >= 0 {
      if let unit = localities[at].unit { return unit }
      next = parent(of: at)
      left -= 1
    }
    return nil
  }

  private func parent(of locality: Int) -> Int? {
    localities[locality].parent.flatMap { name in localities.firstIndex { $0.isCalled(name) } }
  }

  /// The one of the office's places that is called so.
  func locality(named name: String) -> Int? { localities.firstIndex { $0.isCalled(name) } }
}

extension Gazetteer.Relation {
  /// Of two divisions that are called the same, the one that is nearer to the office is meant.
  fileprivate func nearer(_ other: Gazetteer.Relation) -> Gazetteer.Relation {
    switch (self, other) {
    case (.own, _), (.above, .another), (.above, .above), (.another, .another): self
    case (.above, .own), (.another, .own), (.another, .above): other
    }
  }
}

/// In which divisions an office lies.
private struct Area {
  var above: Set<Int> = []
  /// Which divisions are the office's own places, and which.
  var own: [Int: Int] = [:]
  var isKnown: Bool

  init(_ book: RuleBook) {
    isKnown = !book.area.isEmpty
    for name in book.area {
      let all = Division.named(name)
      let within = all.filter { Division.all[$0].parent.map(above.contains) ?? true }
      above.formUnion(above.isEmpty || within.isEmpty ? all : within)
    }
    let places = book.places.map { Division.named($0.name) }
    if !isKnown, let one = places.first(where: { $0.count == 1 })?.first {
      var next = Division.all[one].parent
      while let at = next {
        above.insert(at)
        next = Division.all[at].parent
      }
      isKnown = true
    }
    for (index, divisions) in places.enumerated() {
      for division in divisions where divisions.count == 1 || lies(division) {
        own[division] = index
      }
    }
    above.subtract(own.keys)
  }

  /// Whether a division lies right in one of those in which the office does.
  private func lies(_ division: Int) -> Bool {
    Division.all[division].parent.map(above.contains) ?? true
  }

  func relation(of division: Int) -> Gazetteer.Relation {
    var next: Int? = division
    while let at = next {
      if let index = own[at] { return .own(index) }
      next = Division.all[at].parent
    }
    return above.contains(division) ? .above : .another
  }
}
