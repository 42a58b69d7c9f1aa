import Testing

/// What ends the process, or forces a value, instead of saying what went wrong.
private let forceful: [[String]] = [["try!"], ["as!"], ["fatalError", "("]]

/// Left for later, which is for the list of work and not for the code.
private let laterMarks = ["TO" + "DO", "FIX" + "ME", "X" + "XX:"]

/// `path:line` for each `package` type or function without a sentence before it.
private func undocumented(in file: SourceFile) -> [String] {
  let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
  return file.declarations.filter(\.isPackage).compactMap { declaration in
    guard !witnesses.contains(declaration.name) else { return nil }
    let above = lines[..<(declaration.line - 1)].reversed().lazy
      .map { $0.drop { $0 == " " } }
      .first { !$0.hasPrefix("@") }
    return above?.hasPrefix("///") == true ? nil : "\(file.path):\(declaration.line)"
  }
}

/// What the standard library asks for and documents itself.
private let witnesses: Set = ["hash", "encode", "next", "makeIterator"]

@Suite struct `Code` {
  @Test func `forces nothing and ends no process`() {
    #expect(House.sources.flatMap { file in forceful.flatMap(file.places) }.isEmpty)
  }

  @Test func `prints only from the commands`() {
    let stages = House.sources.filter { $0.target != "huiyin" }
    #expect(stages.flatMap { $0.places(of: ["print", "("]) }.isEmpty)
  }

  @Test func `leaves nothing for later`() {
    let tests = House.files(under: "Tests").filter { $0.hasSuffix(".swift") }.map(SourceFile.init)
    let marked = (House.sources + tests).filter { file in
      laterMarks.contains { file.text.contains($0) }
    }
    #expect(marked.map(\.path).isEmpty)
  }

  @Test func `says in a sentence what each package type and function is`() {
    #expect(House.sources.flatMap(undocumented).isEmpty)
  }

  @Test func `is public nowhere`() {
    let files = House.sources.filter { $0.path.hasSuffix(".swift") }
    #expect(files.flatMap { $0.places(of: ["public"]) }.isEmpty)
  }

  @Test func `is not seen to force what it negates`() {
    let file = SourceFile(path: "Sources/Judging/A.swift", text: "guard try !isDone() else {}")
    #expect(forceful.flatMap(file.places).isEmpty)
  }

  @Test func `is seen to break these rules`() {
    let file = SourceFile(
      path: "Sources/Judging/A.swift",
      text: """
        /// A judge.
        package struct Judge {
          package static func verdict() -> Int { try! f() as! Int }
          @inlinable
          package func g() { print(1); fatalError("no") }
        }
        """)
    #expect(forceful.flatMap(file.places).count == 3)
    #expect(file.places(of: ["print", "("]).count == 1)
    #expect(undocumented(in: file) == ["Sources/Judging/A.swift:3", "Sources/Judging/A.swift:5"])
  }
}
