import Vocabulary
import Yams

/// One mapping of a file, read key by key (节).
///
/// A reader asks for each key it knows and closes the section; keys that nobody asked for are then
/// reported with the nearest of those that were. So a reader's code is the list of its keys, and
/// no second list can fall behind it.
final class Section {
  let place: Place
  let findings: Findings
  private let key: String
  private var pairs: [(key: Node, value: Node)] = []
  private var asked: [String] = []

  init(_ mapping: Node.Mapping, key: String, place: Place, findings: Findings) {
    self.key = key
    self.place = place
    self.findings = findings
    pairs = mapping.filter { !RepeatedKeys.isStained($0.key.scalar?.string ?? "") }
      .map { (key: $0.key, value: $0.value) }
    merge()
  }

  /// A value, where the key is there and something stands after it.
  func value(_ name: String) -> Value? {
    if !asked.contains(name) { asked.append(name) }
    findings.learn(path(name))
    guard let value = written(name), !value.isEmpty else { return nil }
    return value
  }

  /// What a form makes of a value; nil where there is none, or none that is right.
  @discardableResult
  func read<Result>(_ name: String, _ form: Form<Result>) -> Result? {
    value(name).flatMap(form.read)
  }

  /// The same for a key that must be there.
  @discardableResult
  func require<Result>(_ name: String, _ form: Form<Result>) -> Result? {
    if let value = value(name) { return form.read(value) }
    findings.error(
      at: place, Phrase(zh: "缺少“\(path(name))”", en: "\"\(path(name))\" is missing"))
    return nil
  }

  /// A key whose value is checked and which this version does not act upon yet.
  func notYet<Result>(_ name: String, _ form: Form<Result>) {
    guard let value = value(name), form.read(value) != nil else { return }
    findings.warning(
      at: keyPlace(name),
      Phrase(
        zh: "“\(path(name))”在本版本中尚不生效", en: "\"\(path(name))\" is not in force in this version"))
  }

  /// Where a key stands, or the section where it does not.
  func keyPlace(_ name: String) -> Place {
    pairs.first { $0.key.scalar?.string == name }.map { place(of: $0.key) } ?? place
  }

  /// Whether a key stands in the section.
  func has(_ name: String) -> Bool {
    pairs.contains { $0.key.scalar?.string == name }
  }

  /// The keys that stand in the section, in order.
  var names: [String] { pairs.compactMap { $0.key.scalar?.string } }

  /// Whether something is written for a key, be it right or wrong.
  func isGiven(_ name: String) -> Bool {
    guard let value = written(name) else { return false }
    return value.node.sequence.map { !$0.isEmpty } ?? !value.isEmpty
  }

  /// Reports the keys that nobody asked for.
  func close() {
    for pair in pairs {
      guard let name = pair.key.scalar?.string else {
        findings.error(
          at: place(of: pair.key), Phrase(zh: "键应是一个词", en: "a key must be a word"))
        continue
      }
      guard !asked.contains(name) else { continue }
      findings.error(at: place(of: pair.key), unknown(name))
    }
  }

  private func written(_ name: String) -> Value? {
    pairs.first { $0.key.scalar?.string == name }.map {
      Value(node: $0.value, key: path(name), file: place.file, findings: findings)
    }
  }

  private func unknown(_ name: String) -> Phrase {
    FullWidth.slip(inKey: name)
      ?? Phrase(zh: "没有“\(path(name))”这一项", en: "unknown key \"\(path(name))\"")
      + NearestWord.hint(name, among: asked)
  }

  private func path(_ name: String) -> String {
    key.isEmpty ? name : "\(key).\(name)"
  }

  private func place(of node: Node) -> Place {
    Place(file: place.file, line: node.mark?.line ?? place.line, column: node.mark?.column ?? 1)
  }

  /// `<<: *base` brings the keys of another mapping that this one does not say itself.
  private func merge() {
    guard let at = pairs.firstIndex(where: { $0.key.scalar?.string == "<<" }) else { return }
    let merged = pairs.remove(at: at).value
    let mappings = merged.sequence.map(Array.init) ?? [merged]
    for pair in mappings.compactMap(\.mapping).joined() where !has(pair.key.scalar?.string ?? "") {
      pairs.append((key: pair.key, value: pair.value))
    }
  }
}
