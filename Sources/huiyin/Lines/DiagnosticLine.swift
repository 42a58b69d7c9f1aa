import Vocabulary

/// A problem of the set-up as `check --json` prints it.
struct DiagnosticLine: Encodable {
  var file: String
  var line: Int
  var column: Int
  var weight: String
  var sentence: String

  init(_ diagnostic: Diagnostic, in language: Language) {
    file = diagnostic.place.file
    line = diagnostic.place.line
    column = diagnostic.place.column
    weight = diagnostic.weight.rawValue
    sentence = diagnostic.sentence[language]
  }
}
