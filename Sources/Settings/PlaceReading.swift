import Vocabulary

extension Section {
  /// What the office answers for: names, and names with what is known of them (辖区地名).
  ///
  /// A name or alias stands once; a place may lie in another that is listed, before it or behind.
  func localities(_ roll: Roll) -> [Locality] {
    let one = Form<Locality>.locality(roll)
    guard let value = value("places") else { return [] }
    var taken: [String: String] = [:]
    var listed: [(place: Locality, value: Value)] = []
    for element in value.elements() ?? [] {
      guard let place = one.read(element) else { continue }
      guard isFree(place, &taken, element) else { continue }
      listed.append((place, element))
    }
    let places = listed.map(\.place)
    for (place, value) in listed { check(place, among: places, value) }
    return places
  }

  private func isFree(
    _ place: Locality, _ taken: inout [String: String], _ value: Value
  ) -> Bool {
    for name in [place.name] + place.aliases {
      if let holder = taken[name] {
        let sentence =
          holder == name
          ? Phrase(zh: "地名“\(name)”重复", en: "place \"\(name)\" is listed twice")
          : Phrase(
            zh: "“\(name)”已是“\(holder)”的别称：一个名字只能指一个地方",
            en: "\"\(name)\" is already an alias of \"\(holder)\": one name, one place")
        findings.error(at: value.place, sentence)
        return false
      }
      taken[name] = place.name
    }
    return true
  }

  private func check(_ place: Locality, among places: [Locality], _ value: Value) {
    guard let parent = place.parent else { return }
    guard places.contains(where: { $0.isCalled(parent) }) else {
      findings.error(
        at: value.place,
        Phrase(
          zh: "“\(place.name)”的 in 写了“\(parent)”，places 里没有它",
          en: "\"\(place.name)\" lies in \"\(parent)\", which is none of the places")
          + NearestWord.hint(parent, among: places.map(\.name).filter { $0 != place.name }))
      return
    }
    var (next, seen) = (Locality?.some(place), Set<String>())
    while let at = next {
      guard seen.insert(at.name).inserted else {
        findings.error(
          at: value.place,
          Phrase(
            zh: "“\(place.name)”绕了一圈又在它自己里面：请改 in",
            en: "\"\(place.name)\" lies in itself, by way of others: mend in"))
        return
      }
      next = at.parent.flatMap { name in places.first { $0.isCalled(name) } }
    }
  }

  /// The province and the city in which the office lies, the larger first.
  func area(of places: [Locality]) -> [String] {
    let named = Form<String>.word.map(Division.whole)
    let area = read("area", .list(of: named)) ?? []
    if let value = value("area"), let elements = value.elements() {
      for (name, element) in zip(area, elements) where Division.named(name).isEmpty {
        let known = Division.all.filter { $0.rank > .county }.map(\.name)
        // An office may lie where no table is told of; a slip is close to what it meant.
        guard let near = NearestWord.to(name, among: known) else { continue }
        findings.warning(
          at: element.place,
          Phrase(
            zh: "国家行政区划里没有“\(name)”，是否为“\(near)”？",
            en: "no division of the country is called \"\(name)\"; did you mean \"\(near)\"?"))
      }
    }
    if area.isEmpty, !has("area") { warnOfNoArea(places) }
    return area
  }

  /// Where the office's own names do not tell in which province it lies.
  private func warnOfNoArea(_ places: [Locality]) {
    guard let first = places.first else { return }
    let known = places.map { Division.named($0.name).count }
    guard !known.contains(1) else { return }
    if let (place, count) = zip(places, known).first(where: { $0.1 > 1 }) {
      findings.warning(
        at: keyPlace("places"),
        Phrase(
          zh: "全国有 \(count) 个“\(place.name)”：请用 area 写明所在省市，如 area: [某省, 某市]",
          en: "\(count) places in the country are called \"\(place.name)\": say with area in which "
            + "province and city yours lies"))
    } else if !places.contains(where: { Division.isCounty($0.name) }) {
      findings.warning(
        at: keyPlace("places"),
        Phrase(
          zh: "places 里没有县区一级的地名，认不出外省的“\(first.name)”：请用 area 写明所在省市",
          en: "none of the places is a county: without area, a \"\(first.name)\" of another "
            + "province is taken for yours"))
    }
  }
}

extension Division {
  /// The whole name of a division that a person may have written short: 四川省 for 四川.
  fileprivate static func whole(_ written: String) -> String {
    named(written).map { all[$0] }.first { $0.short == written }?.name ?? written
  }
}

extension Form where Result == Locality {
  /// A name, or a section of keys.
  fileprivate static func locality(_ roll: Roll) -> Form {
    .scalar(
      Form<String>.placeName.map { Locality($0) },
      otherwise: Form { value in
        guard let section = value.section() else { return nil }
        let name = section.require("name", .placeName)
        let aliases = section.read("aliases", .list(of: .placeName)) ?? []
        let unit = section.read("unit", .unit(in: roll))
        let parent = section.read("in", .word)
        section.close()
        return name.map {
          Locality($0, aliases: aliases.filter { $0 != name }, unit: unit, in: parent)
        }
      })
  }
}

extension Form where Result == String {
  /// A place's name: one character would be found in every text.
  fileprivate static var placeName: Form {
    Form<String>.word.unless { name in
      guard name.unicodeScalars.count < 2 else { return nil }
      return Phrase(
        zh: "地名“\(name)”只有一个字，处处都会命中：至少写两个字",
        en: "the place \"\(name)\" is one character long and would be found everywhere: write two")
    }
  }
}
