import Vocabulary

/// The office's units, found by name or by role (承办单位名册).
struct Roll {
  private(set) var units: [ResponsibleUnit] = []
  /// Who is meant by a name or a role.
  private(set) var holders: [String: UnitName] = [:]
  /// Whether every name and role could be read; else a rule cannot be blamed for an unknown one.
  private(set) var isWhole: Bool

  /// The units that a set-up lists. One with a fault still holds its name and roles, so that one
  /// fault is not reported at every rule.
  init(reading root: Section) {
    let sections = root.read("units", .list(of: .section))
    isWhole = sections != nil || !root.isGiven("units")
    for section in sections ?? [] {
      add(section)
    }
  }

  private mutating func add(_ section: Section) {
    let name = section.require("name", .text)
    let roles = section.read("roles", .list(of: .free(from: self, but: name)))
    let mail = section.require("mail", .some(of: .mailAddress)) ?? []
    let deputy = section.read("deputy", .list(of: .mailAddress)) ?? []
    let duty = section.read("duty", .list(of: .mailAddress)) ?? []
    section.close()
    isWhole = isWhole && name != nil && (roles != nil || !section.isGiven("roles"))
    guard let name else { return }
    if let holder = holders[name] {
      section.findings.error(at: section.place, Roll.taken(name, holder))
      return
    }
    if deputy.isEmpty, !section.isGiven("deputy") {
      section.findings.warning(
        at: section.place,
        Phrase(
          zh: "“\(name)”没有填 deputy（备用邮箱）：无人签收时无人可找",
          en: "\"\(name)\" has no deputy: nobody hears when nobody acknowledges"))
    }
    let unit = UnitName(rawValue: name)
    for word in [name] + (roles ?? []) { holders[word] = unit }
    units.append(
      ResponsibleUnit(name: unit, roles: roles ?? [], mail: mail, deputy: deputy, duty: duty))
  }

  fileprivate static func taken(_ word: String, _ holder: UnitName) -> Phrase {
    if word == holder.rawValue {
      return Phrase(zh: "单位“\(word)”重复", en: "unit \"\(word)\" is listed twice")
    }
    return Phrase(
      zh: "“\(word)”已是“\(holder)”的职责：一项职责只能归一个单位",
      en: "\"\(word)\" is already a role of \"\(holder)\": one unit, one role")
  }
}

extension Form where Result == String {
  /// A role that no unit before holds.
  fileprivate static func free(from roll: Roll, but name: String?) -> Form {
    Form<String>.word.unless { role in
      guard let holder = roll.holders[role], holder.rawValue != name else { return nil }
      return Roll.taken(role, holder)
    }
  }
}

extension Form where Result == UnitName {
  /// A unit by its name or by one of its roles.
  static func unit(in roll: Roll) -> Form {
    Form { value in
      guard let word = Form<String>.text.read(value) else { return nil }
      guard roll.holders[word] == nil, roll.isWhole else { return roll.holders[word] }
      return value.refuse(roll.unknown(word))
    }
  }
}

extension Roll {
  /// That no unit of a name, and none with a role, is there.
  func unknown(_ word: String) -> Phrase {
    Phrase(
      zh: "没有名为“\(word)”或承担“\(word)”职责的单位", en: "no unit is called \"\(word)\" or has that role")
      + NearestWord.hint(word, among: holders.keys.sorted())
  }
}
