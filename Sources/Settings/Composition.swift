import Vocabulary
import Yams

extension Manuscript {
  /// The mapping a YAML file must hold; nil, with a finding, where it holds none.
  func section(_ findings: Findings) -> Section? {
    guard let root = root(findings) else { return nil }
    return Value(node: root, key: "", file: path, findings: findings).section()
  }

  private func root(_ findings: Findings) -> Node? {
    var repeats = RepeatedKeys(text)
    while true {
      do {
        guard
          let node = try Parser(yaml: repeats.text, resolver: .basic, encoding: .utf8)
            .singleRoot()
        else {
          findings.error(at: place(1, 1), Manuscript.empty)
          return nil
        }
        return checked(node, repeats, findings)
      } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
        guard let key = keys.first, repeats.stain(key, at: context.mark) else {
          findings.error(
            at: place(context.mark.line, context.mark.column), RepeatedKeys.sentence(keys.first))
          return nil
        }
      } catch {
        let fault = SyntaxFault(error, in: self)
        findings.error(at: place(fault.line, fault.column), fault.sentence)
        return nil
      }
    }
  }

  private static let empty = Phrase(zh: "文件是空的", en: "the file is empty")

  private func place(_ line: Int, _ column: Int) -> Place {
    Place(file: path, line: line, column: column)
  }

  /// A node that says no key twice, and whose aliases, once spelled out, stay within what a set-up
  /// can mean: ten lines of aliases of aliases can stand for thousands of millions of words.
  private func checked(_ root: Node, _ repeats: RepeatedKeys, _ findings: Findings) -> Node? {
    var left = 1_000_000
    walk(root, &left) { mapping in
      for (mark, key) in repeats.found(in: mapping) {
        findings.error(at: place(mark.line, mark.column), RepeatedKeys.sentence(key))
      }
    }
    guard left > 0 else {
      findings.error(
        at: place(1, 1),
        Phrase(zh: "别名（*）层层引用，展开后过大", en: "the aliases (*) spell out to far too much"))
      return nil
    }
    return root
  }

  private func walk(_ node: Node, _ left: inout Int, _ visit: (Node.Mapping) -> Void) {
    left -= 1
    guard left > 0 else { return }
    switch node {
    case .scalar, .alias: return
    case .sequence(let list):
      for element in list { walk(element, &left, visit) }
    case .mapping(let mapping):
      visit(mapping)
      for pair in mapping { walk(pair.value, &left, visit) }
    }
  }
}
