import Vocabulary

/// What a rule's reader needs to know of the office (规则上下文).
struct RuleFrame {
  var roll: Roll
  var defaultUnit: UnitName?
  var lists: WordLists
  var checks: Checks
}

extension Section {
  /// One rule; nil only where it has no id, by which all else is known.
  func rule(_ frame: RuleFrame) -> Rule? {
    let id = require("id", .ruleID)
    let name = read("name", .text)
    let grade = require("grade", .choice(of: Grade.allCases)) ?? .none
    var rule = Rule(
      id: Rule.ID(rawValue: id ?? ""), name: name ?? id ?? "", grade: grade,
      condition: condition(frame), place: value("id")?.place ?? place)
    rule.topic = read("topic", .text).map(Topic.init)
    rule.kind = read("kind", .choice(of: Kind.allCases))
    rule.isForAbove = value("unit")?.bareText == Rule.above && frame.roll.holders[Rule.above] == nil
    if !rule.isForAbove { rule.unit = read("unit", .taker(frame)) }
    rule.leads = read("leads", .choice(of: Rule.Leading.allCases)) ?? .department
    rule.assist = read("assist", .list(of: .taker(frame))) ?? []
    rule.fields = read("in", .some(of: .choice(of: Field.allCases))).map { Set($0) } ?? rule.fields
    rule.raises = read("raise", .some(of: .raise(above: grade, frame))) ?? []
    rule.weight = read("weight", .number(0...1000)) ?? 1
    rule.wantsOurs = read("place", .choice(of: RulePlace.allCases)) == .ours
    rule.examples = read("examples", .examples) ?? []
    close()
    return id == nil ? nil : rule
  }
}

extension Form where Result == String {
  /// A rule's id: what commands and the ledger call it.
  fileprivate static var ruleID: Form {
    let expected = Phrase(
      zh: "编号，由字母、数字、- 和 _ 组成，如 water-cut",
      en: "an id of letters, digits, - and _, such as water-cut")
    return parsed(expected) { word in
      let fits = word.unicodeScalars.allSatisfy { scalar in
        scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
          || "-_.".unicodeScalars.contains(scalar)
      }
      return !word.isEmpty && fits ? word : nil
    }
  }
}

extension Form where Result == UnitName {
  /// Who takes what a rule finds: a unit, a role's holder, or else the office's default unit.
  fileprivate static func taker(_ frame: RuleFrame) -> Form {
    Form { value in
      guard let word = Form<String>.text.read(value) else { return nil }
      if let holder = frame.roll.holders[word] { return holder }
      guard let unit = frame.defaultUnit else { return Form.unit(in: frame.roll).read(value) }
      if NearestWord.to(word, among: frame.roll.holders.keys.sorted()) != nil {
        value.findings.warning(
          at: value.place,
          frame.roll.unknown(word)
            + Phrase(zh: "现归“\(unit)”", en: " For now it goes to \"\(unit)\"."))
      }
      return unit
    }
  }
}

extension Form where Result == Rule.Raise {
  fileprivate static func raise(above grade: Grade, _ frame: RuleFrame) -> Form {
    Form { value in
      guard let section = value.section() else { return nil }
      let choice = Form<Grade>.choice(of: Grade.raised).unless { higher in
        higher > grade
          ? nil
          : Phrase(
            zh: "升级后的等级应高于规则本身的“\(grade.rawValue)”",
            en: "a raise must lead above the rule's own grade, \(grade.rawValue)")
      }
      let higher = section.require("grade", choice)
      let condition = section.condition(frame)
      section.close()
      return higher.map { Rule.Raise(grade: $0, condition: condition) }
    }
  }
}

extension Form where Result == [Rule.Example] {
  /// Texts that a rule must match, and must not.
  fileprivate static var examples: Form {
    Form { value in
      guard let section = value.section() else { return nil }
      let match = section.read("match", .list(of: .example(mustMatch: true))) ?? []
      let skip = section.read("skip", .list(of: .example(mustMatch: false))) ?? []
      section.close()
      return match + skip
    }
  }
}

extension Form where Result == Rule.Example {
  fileprivate static func example(mustMatch: Bool) -> Form {
    Form { value in
      Form<String>.text.read(value).map {
        Rule.Example($0, mustMatch: mustMatch, place: value.place)
      }
    }
  }
}

/// Whose places a rule is about (属地条件).
private enum RulePlace: String, CaseIterable {
  case ours
  case any
}
