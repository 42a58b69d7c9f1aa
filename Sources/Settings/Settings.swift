import Foundation
package import Vocabulary

/// What Settings cannot know itself and is handed in.
package struct Checks: Sendable {
  /// What is wrong with a selector; nil when it compiles.
  package var selector: @Sendable (Selector) -> Phrase?
  /// What is wrong with a regular expression of a rule; nil when it can be looked for.
  package var pattern: @Sendable (String) -> Phrase?
  /// Why nothing is read under a name, of a path or an export's column, because it is a person's; nil
  /// for any other.
  package var personal: @Sendable (String) -> Phrase?
  /// The moment at which the set-up is read.
  package var now: WallTime

  /// Checks of what other parts of the program understand.
  package init(
    now: WallTime, selector: @escaping @Sendable (Selector) -> Phrase?,
    pattern: @escaping @Sendable (String) -> Phrase?,
    personal: @escaping @Sendable (String) -> Phrase? = { _ in nil }
  ) {
    self.now = now
    self.selector = selector
    self.pattern = pattern
    self.personal = personal
  }
}

/// The set-up file itself cannot be opened.
package struct Unreadable: Error, Sendable {
  /// The path as it was given.
  package var path: String
  /// Why, for the operator.
  package var sentence: Phrase
}

/// The office's YAML folders, read into a set-up or a list of diagnostics (设置).
package enum Settings {
  /// What reading an office's files gave (读取结果).
  package struct Outcome: Sendable {
    /// The whole set-up; nil exactly when one of the diagnostics is an error.
    package var setup: Setup?
    /// Every problem of every file, by file, line and column.
    package var diagnostics: [Diagnostic]
    /// Those of the warnings that name a file or folder which must be there before the daemon runs.
    package var absent: [Diagnostic]
    /// The language in which the office wants to be spoken to.
    package var language: Language
  }

  /// Reads `huiyin.yaml` and the two folders it names, and reports all that is wrong at once.
  ///
  /// A problem's file is the path as reached from `path`: the folder of `path` as given, then what
  /// the file says, without a leading `./` but with every `..`, which a symbolic link could turn
  /// elsewhere.
  ///
  /// `rules` is a folder that stands in for the one the file names.
  package static func read(
    _ path: String, rules: String? = nil, checks: Checks
  ) throws(Unreadable) -> Outcome {
    let bytes = try contents(of: path)
    let findings = Findings()
    let setup = Manuscript(bytes, path: path, findings: findings)?.section(findings).flatMap {
      SetupReading(root: $0, rules: rules, checks: checks, findings: findings).setup()
    }
    return Outcome(
      setup: findings.hasErrors ? nil : setup, diagnostics: findings.sorted(findings.all),
      absent: findings.sorted(findings.absent), language: Manuscript.language(in: bytes))
  }

  /// A light look at a file's `language:`, for texts that come before the set-up is read; Chinese
  /// where anything is in the way.
  package static func language(of path: String) -> Language {
    (try? contents(of: path)).map(Manuscript.language(in:)) ?? .zh
  }

  private static func contents(of path: String) throws(Unreadable) -> [UInt8] {
    do {
      return try Manuscript.bytes(of: path)
    } catch {
      throw Unreadable(path: path, sentence: error.sentence)
    }
  }
}
