import Vocabulary

/// What people call the country's divisions, some 3,900 names (区划地名), folded once for all rule
/// books: only whose a name is depends on the office.
enum DivisionNames {
  /// Each name once, with all divisions that are called so; another's until an office says otherwise.
  static let all: [Gazetteer.Name] = {
    var names: [Gazetteer.Name] = []
    var places: [String: Int] = [:]
    for (index, division) in Division.all.enumerated() {
      for text in Set([division.name, division.short].compactMap(\.self)).sorted() {
        if let place = places[text] {
          names[place].divisions.append(index)
          continue
        }
        places[text] = names.count
        var name = Gazetteer.Name(text: text, relation: .another)
        name.isShort = text != division.name
        name.isVague =
          name.isShort ? FalseFriends.isVague(text) : FalseFriends.isVague(county: text)
        name.divisions = [index]
        names.append(name)
      }
    }
    return names
  }()
}
