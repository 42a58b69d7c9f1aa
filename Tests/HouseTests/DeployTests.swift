import Foundation
import Testing

/// What systemd says of a unit file: nothing when all is well. The daemon need not be installed.
private func complaints(about unit: String) throws -> String {
  try Program.withFolder { folder in
    let file = folder.appending(path: "huiyin.service")
    let there = unit.replacing("/usr/local/bin/huiyin", with: "/bin/true")
    try there.write(to: file, atomically: true, encoding: .utf8)
    let verify = ["verify", "--man=no", "--recursive-errors=no", file.path]
    let (code, output) = try Program.run(systemdAnalyze ?? "", verify)
    let own = output.split(separator: "\n").filter { $0.contains("huiyin") }
    return code == 0 && own.isEmpty ? "" : "exit code \(code)\n\(output)"
  }
}

/// Whether a unit leaves a hostile page more than systemd's score allows, in tenths: 20 is 2.0.
private func isExposed(_ unit: String, beyond tenths: Int) throws -> Bool {
  try Program.withFolder { folder in
    let file = folder.appending(path: "huiyin.service")
    try unit.write(to: file, atomically: true, encoding: .utf8)
    let score = ["security", "--offline=true", "--threshold=\(tenths)", "--no-pager", file.path]
    return try Program.run(systemdAnalyze ?? "", score).code != 0
  }
}

private let systemdAnalyze = Program.path(of: "systemd-analyze")
private let shellcheck = Program.path(of: "shellcheck")

@Suite(.enabled(if: systemdAnalyze != nil, "systemd-analyze is not installed"))
struct `The service` {
  private let unit = House.text("deploy/huiyin.service")

  @Test func `is one that systemd understands`() throws {
    #expect(try complaints(about: unit) == "")
  }

  @Test func `exposes as little as 2.0`() throws {
    #expect(try !isExposed(unit, beyond: 20))
  }

  @Test func `speaks with systemd as the daemon does`() {
    for line in ["Type=notify", "NotifyAccess=main", "WatchdogSec=180", "TimeoutStopSec=15"] {
      #expect(unit.split(separator: "\n").contains(line[...]))
    }
  }

  @Test func `is seen to be wrong or exposed`() throws {
    #expect(try complaints(about: unit.replacing("ProtectHome=", with: "ProtectHme=")) != "")
    #expect(try isExposed("[Service]\nExecStart=/bin/true\n", beyond: 20))
  }
}

@Suite struct `The scripts` {
  /// Everything that begins with `#!` and a shell.
  static let scripts = ([".ci", "demo", "deploy", "Benchmarks"].flatMap(House.files))
    .filter { path in
      let first = House.text(path).prefix { $0 != "\n" }
      return first.hasPrefix("#!") && (first.hasSuffix("sh"))
    }

  @Test(.enabled(if: shellcheck != nil, "shellcheck is not installed"), arguments: scripts)
  func `are what shellcheck would write`(script: String) throws {
    #expect(try Program.run(shellcheck ?? "", [script]).output == "")
  }

  @Test(arguments: scripts) func `can be run`(script: String) {
    let path = House.root.appending(path: script).path
    #expect(FileManager.default.isExecutableFile(atPath: path))
    #expect(House.text(script).contains("set -eu"), "stops at the first mistake")
  }

  @Test func `are all linted by the Makefile`() {
    let line = House.text("Makefile").split(separator: "\n").first { $0.hasPrefix("SCRIPTS = ") }
    let named = line?.split { " ()".contains($0) }.map(String.init) ?? []
    #expect(Set(Self.scripts).subtracting(named).isEmpty)
  }
}

@Suite struct `The installation` {
  private func install(into folder: URL, locale: String = "en_US.UTF-8") throws -> String {
    let settings = ["BINARY=/bin/true", "DESTDIR=\(folder.path)", "LC_ALL=\(locale)"]
    let (code, output) = try Program.run("/usr/bin/env", settings + ["deploy/install"])
    #expect(code == 0, "\(output)")
    return output
  }

  @Test func `puts an example set-up beside its folders, and keeps an office's own`() throws {
    try Program.withFolder { folder in
      _ = try install(into: folder)
      let file = folder.appending(path: "etc/huiyin/huiyin.yaml")
      let example = try String(contentsOf: file, encoding: .utf8)
      #expect(example.contains("feeds: Feeds\n") && example.contains("rules: Rules\n"))
      try "office: 竹园镇\n".write(to: file, atomically: true, encoding: .utf8)
      #expect(try install(into: folder).contains("kept "))
      #expect(try String(contentsOf: file, encoding: .utf8) == "office: 竹园镇\n")
    }
  }

  @Test(arguments: [("", "装入　/usr"), ("C.UTF-8", "装入　/usr"), ("en_GB.UTF-8", "installed /usr")])
  func `speaks the language of the locale, and Chinese where that is none`(
    locale: String, words: String
  ) throws {
    try Program.withFolder { folder in
      let said = try install(into: folder, locale: locale)
      #expect(said.contains(words))
    }
  }

  @Test func `installs the service that the repository shows`() throws {
    try Program.withFolder { folder in
      _ = try install(into: folder)
      let unit = folder.appending(path: "etc/systemd/system/huiyin.service")
      #expect(try String(contentsOf: unit, encoding: .utf8) == House.text("deploy/huiyin.service"))
    }
  }
}

@Suite struct `The packages` {
  private func section(_ names: String...) throws -> [String] {
    let script = House.root.appending(path: "deploy/install-packages").path
    let (code, output) = try Program.run(script, ["--list"] + names)
    #expect(code == 0)
    return output.split(separator: "\n").map(String.init)
  }

  @Test(arguments: ["build", "run", "demo", "test"])
  func `are named for each purpose`(purpose: String) throws {
    #expect(try !section(purpose).isEmpty)
  }

  @Test func `hold what Package.swift asks Debian for`() throws {
    let asked = House.text("Package.swift").split(separator: ".apt([\"").dropFirst()
      .compactMap { $0.split(separator: "\"").first.map(String.init) }
    #expect(!asked.isEmpty)
    #expect(try Set(asked).subtracting(section("build")).isEmpty)
  }

  @Test func `are refused for a purpose that nobody named`() throws {
    let script = House.root.appending(path: "deploy/install-packages").path
    #expect(try Program.run(script, ["--list", "nothing"]).code == 2)
  }
}
