import ArgumentParser
import Foundation
import Settings
import Vocabulary

/// `--config PATH`, and the set-up behind it.
struct Config: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      say(
        zh: "设置文件，默认 ./huiyin.yaml，\n其次 /etc/huiyin/huiyin.yaml",
        en: "the set-up (default ./huiyin.yaml, then /etc/huiyin/huiyin.yaml)"),
      valueName: "path"))
  var config: String?

  /// The path of the set-up: as given, or the first default that is there.
  var path: String { Config.path(given: config) }

  private static let defaults = ["./huiyin.yaml", "/etc/huiyin/huiyin.yaml"]

  private static func path(given: String?) -> String {
    given ?? defaults.first(where: isThere) ?? defaults[0]
  }

  private static func isThere(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path)
  }

  /// Reads the set-up with all that is to be said of it; `rules` stands in for its folder of rules.
  func reading(rules: String? = nil) throws -> Settings.Outcome {
    guard config != nil || Config.isThere(path) else { throw Ending.couldNotRun(nowhere[spoken]) }
    do {
      return try Settings.read(path, rules: rules, checks: Live.checks)
    } catch {
      throw Ending.couldNotRun("\(path): \(error.sentence[spoken])")
    }
  }

  private var nowhere: Phrase {
    let places = Config.defaults
    return Phrase(
      zh: "找不到设置文件：\(places[0]) 和 \(places[1]) 都不存在，请用 --config 指明",
      en:
        "there is no set-up: neither \(places[0]) nor \(places[1]) is there; name it with --config")
  }

  /// Reads a set-up that must be valid; prints what is wrong with one that is not.
  func setup(rules: String? = nil) throws -> Setup {
    try valid(try reading(rules: rules))
  }

  /// Reads a set-up that must be valid and whose files and folders must be there.
  func setupToRun() throws -> Setup {
    let reading = try reading()
    let setup = try valid(reading)
    // What `check` only warns of keeps a daemon from running.
    let absent = reading.absent.map { Diagnostic(.error, at: $0.place, $0.sentence) }
    guard absent.isEmpty else { throw refusal(absent, reading.language) }
    return setup
  }

  private func valid(_ reading: Settings.Outcome) throws -> Setup {
    guard let setup = reading.setup else {
      throw refusal(reading.diagnostics.filter { $0.weight == .error }, reading.language)
    }
    return setup
  }

  private func refusal(_ diagnostics: [Diagnostic], _ language: Language) -> Ending {
    Terminal.show(diagnostics.map { $0.line(in: language) })
    return .no()
  }

  /// The language of the set-up that a command line names, without reading the rest of it.
  static func peekLanguage(_ arguments: [String]) -> Language {
    var given: String?
    for (index, argument) in arguments.enumerated() {
      if argument == "--config", index + 1 < arguments.count { given = arguments[index + 1] }
      if argument.hasPrefix("--config=") { given = String(argument.dropFirst(9)) }
    }
    return Settings.language(of: path(given: given))
  }
}

extension Setup {
  /// The feed of an id, or an ending that names those there are.
  func feed(_ id: String) throws -> Feed {
    if let feed = feeds.first(where: { $0.id.rawValue == id }) { return feed }
    let ids = feeds.map(\.id.rawValue).joined(separator: " ")
    throw Ending.no(
      Phrase(
        zh: "没有编号为“\(id)”的信源；现有：\(ids)", en: "there is no feed \"\(id)\"; there are: \(ids)")[
          office.language])
  }
}
