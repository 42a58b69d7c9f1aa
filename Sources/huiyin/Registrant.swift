import Extracting
import Foundation
import Vocabulary

/// Who registers at the terminal what people say (登记人).
enum Registrant {
  /// Where it is said.
  static func place(in language: Language) -> String {
    Phrase(zh: "终端", en: "terminal")[language]
  }

  /// The officer by the name they logged in with: commands run as the daemon's own user, through
  /// `sudo`, which keeps it. Nil where nobody says.
  static var officer: String? {
    let name = ProcessInfo.processInfo.environment["SUDO_USER"] ?? ""
    return name.isEmpty ? nil : name
  }

  /// Why an officer says what they say, as it may be kept and sent: who notes down whom they called
  /// leaves no telephone in ledger and mail.
  static func reason(_ written: String?) -> String? { written.map(Extractor.scrubbed) }
}
