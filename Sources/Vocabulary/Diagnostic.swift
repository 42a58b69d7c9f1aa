/// Something wrong in a file of the set-up (诊断), with its place and its remedy.
package struct Diagnostic: Sendable, Hashable {
  /// Whether a set-up with it can run.
  package enum Weight: String, Sendable {
    case error
    case warning
  }

  package var place: Place
  package var weight: Weight
  package var sentence: Phrase

  /// A finding at a place.
  package init(_ weight: Weight, at place: Place, _ sentence: Phrase) {
    self.weight = weight
    self.place = place
    self.sentence = sentence
  }

  /// `FILE:LINE:COLUMN: error: …`
  package func line(in language: Language) -> String {
    "\(place.file):\(place.line):\(place.column): \(weight.rawValue): \(sentence[language])"
  }
}
