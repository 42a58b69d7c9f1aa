import Vocabulary

/// What a value must look like, and how it is read (格式): the value, or nil with a finding.
struct Form<Result> {
  let read: (Value) -> Result?
}

extension Form {
  /// Text that a function understands; what it does not is reported as not what was expected.
  static func parsed(_ expected: Phrase, _ parse: @escaping (String) -> Result?) -> Form {
    Form { value in
      guard let words = value.words(expected: expected) else { return nil }
      return parse(words) ?? value.refuse(expected: expected)
    }
  }

  /// The same form under a further condition, whose sentence says what is wrong.
  func unless(_ fault: @escaping (Result) -> Phrase?) -> Form {
    Form { value in
      guard let result = read(value) else { return nil }
      return fault(result).map { value.refuse($0) } ?? result
    }
  }

  /// Anything, made into something else.
  func map<Other>(_ change: @escaping (Result) -> Other) -> Form<Other> {
    Form<Other> { read($0).map(change) }
  }

  /// Either of two forms, chosen by whether a list or section, or a word, is written.
  static func scalar(_ one: Form, otherwise other: Form) -> Form {
    Form { value in
      value.bareText == nil ? other.read(value) : one.read(value)
    }
  }
}

extension String {
  /// Whether it says something, in one line and without control characters, which quotes in YAML
  /// can write and which would end a header or a path early.
  var isOneLine: Bool {
    // Nearly every word is of ideographs alone, and a rule book may hold 100,000.
    if !isEmpty, unicodeScalars.allSatisfy({ (0x4E00...0x9FFF).contains($0.value) }) { return true }
    return !allSatisfy(\.isWhitespace)
      && unicodeScalars.allSatisfy { scalar in
        scalar.properties.generalCategory != .control
          && !"\u{2028}\u{2029}".unicodeScalars.contains(scalar)
      }
  }
}

extension Form where Result == String {
  /// One line of text that is not empty.
  static var text: Form {
    parsed(Phrase(zh: "一行文字", en: "one line of text")) { $0.isOneLine ? $0 : nil }
  }

  /// A path, made to count from the folder of the file that names it.
  static var path: Form {
    Form { value in text.read(value).map { FilePath.reached($0, from: value.file) } }
  }
}

extension Form where Result == Bool {
  /// `true` or `false`.
  static var flag: Form {
    parsed(Phrase(zh: " true 或 false", en: "true or false")) { word in
      ["true": true, "false": false][word.lowercased()]
    }
  }
}

extension Form where Result == Int {
  /// A whole number within bounds.
  static func number(_ range: ClosedRange<Int>) -> Form {
    let (low, high) = (range.lowerBound, range.upperBound)
    let expected = Phrase(
      zh: " \(low) 到 \(high) 的整数", en: "a whole number from \(low) to \(high)")
    return parsed(expected) { Int($0).flatMap { range.contains($0) ? $0 : nil } }
  }
}

extension Form where Result == Section {
  /// A section of keys, which the reader closes itself.
  static var section: Form { Form { $0.section() } }
}

extension Form {
  /// A list in which every element has one form; the elements that are wrong are left out.
  static func list<Element>(of element: Form<Element>) -> Form where Result == [Element] {
    Form { value in value.elements()?.compactMap(element.read) }
  }

  /// A list as above that holds something.
  static func some<Element>(of element: Form<Element>) -> Form where Result == [Element] {
    Form { value in
      guard let elements = value.elements() else { return nil }
      guard !elements.isEmpty else {
        return value.refuse(
          Phrase(zh: "“\(value.key)”至少要写一个", en: "\(value.key): at least one is needed"))
      }
      return elements.compactMap(element.read)
    }
  }

  /// One of a vocabulary's words.
  static func choice(of choices: [Result]) -> Form where Result: RawRepresentable<String> {
    Form { value in
      let words = choices.map(\.rawValue)
      let expected = Phrase(
        zh: " \(words.joined(separator: "、")) 之一", en: "one of \(words.joined(separator: ", "))")
      guard let word = value.words(expected: expected) else { return nil }
      return choices.first { $0.rawValue == word }
        ?? value.refuse(
          Phrase(
            zh: "“\(value.key)”没有“\(word)”这个取值", en: "\(value.key): unknown value \"\(word)\"")
            + NearestWord.hint(word, among: words))
    }
  }
}
