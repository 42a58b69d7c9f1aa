import Vocabulary

/// Everything found wrong so far, in any file (诊断).
///
/// A class, because each reader adds to the one list while it holds on to a file of its own.
final class Findings {
  private(set) var all: [Diagnostic] = []
  /// Warnings that the daemon, which needs the thing to be there, takes for errors.
  private(set) var absent: [Diagnostic] = []
  /// The keys that the readers asked for, by section: `mail.from`, `units.name`.
  private(set) var known: Set<String> = []

  var hasErrors: Bool { all.contains { $0.weight == .error } }

  func error(at place: Place, _ sentence: Phrase) {
    all.append(Diagnostic(.error, at: place, Shown.phrase(sentence)))
  }

  func warning(at place: Place, _ sentence: Phrase) {
    all.append(Diagnostic(.warning, at: place, Shown.phrase(sentence)))
  }

  func absent(at place: Place, _ sentence: Phrase) {
    warning(at: place, sentence)
    absent.append(Diagnostic(.warning, at: place, Shown.phrase(sentence)))
  }

  func learn(_ key: String) {
    known.insert(key)
  }

  /// By file, line and column, each said once: an anchor used twice brings the same fault twice.
  func sorted(_ list: [Diagnostic]) -> [Diagnostic] {
    var seen: Set<Diagnostic> = []
    return list.filter { seen.insert($0).inserted }.sorted { left, right in
      let (one, other) = (left.place, right.place)
      guard one.file == other.file else { return one.file < other.file }
      return (one.line, one.column, left.sentence.en)
        < (other.line, other.column, right.sentence.en)
    }
  }
}

extension Phrase {
  static func + (left: Phrase, right: Phrase) -> Phrase {
    Phrase(zh: left.zh + right.zh, en: left.en + right.en)
  }

  /// The same in both languages: a word out of a file.
  init(_ word: String) {
    self.init(zh: word, en: word)
  }

  static let nothing = Phrase("")
}
