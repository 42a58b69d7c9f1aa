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
        zh: "设置文件（默认依次为 ./huiyin.yaml、/etc/huiyin/huiyin.yaml）",
        en: "the set-up (default ./huiyin.yaml, then /etc/huiyin/huiyin.yaml)"),
      valueName: "path"))
  var config: String?

  /// The path of the set-up: as given, or the first default that is there.
  var path: String { Config.path(given: config) }

  private static func path(given: String?) -> String {
    if let given { return given }
    let defaults = ["./huiyin.yaml", "/etc/huiyin/huiyin.yaml"]
    return defaults.first { FileManager.default.fileExists(atPath: $0) } ?? defaults[0]
  }

  /// Reads the set-up with all that is to be said of it.
  func reading() throws -> Settings.Reading {
    do {
      return try Settings.read(path, checks: Live.checks)
    } catch {
      throw Ending.couldNotRun("\(path): \(error.sentence[spoken])")
    }
  }

  /// Reads a set-up that must be valid; prints what is wrong with one that is not.
  func setup() throws -> Setup {
    let reading = try reading()
    guard let setup = reading.setup else {
      try refuse(reading.diagnostics.filter { $0.weight == .error }, reading.language)
    }
    return setup
  }

  /// Reads a set-up that must be valid and whose files and folders must be there.
  func setupToRun() throws -> Setup {
    let setup = try setup()
    let reading = try reading()
    // What `check` only warns of keeps a daemon from running.
    let absent = reading.absent.map { Diagnostic(.error, at: $0.place, $0.sentence) }
    if !absent.isEmpty { try refuse(absent, reading.language) }
    return setup
  }

  private func refuse(_ diagnostics: [Diagnostic], _ language: Language) throws -> Never {
    for diagnostic in diagnostics { print(diagnostic.line(in: language)) }
    throw Ending.no()
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
