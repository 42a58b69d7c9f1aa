/// Foreign text made fit for our papers.
///
/// Titles and bodies come from anybody. A line feed would open a mail header, a bidi control would
/// show an address backwards, a tower of combining marks would bury the page: none of them says
/// anything that an office must read.
extension String {
  /// One line of visible characters: whatever breaks lines, steers the screen or turns the writing
  /// direction is a space, and white space comes one at a time.
  package var onOneLine: String {
    let words = visible(keepingLines: false).split(whereSeparator: \.isWhitespace)
    return words.joined(separator: " ")
  }

  /// The paragraphs, each on one line, without empty ones.
  var paragraphs: [String] {
    visible(keepingLines: true).split(whereSeparator: \.isNewline)
      .map { String($0).onOneLine }.filter { !$0.isEmpty }
  }

  /// The paragraphs run together, with a space only where the writing has spaces.
  var runTogether: String {
    paragraphs.reduce("") { text, paragraph in
      let isSpaced = (text.last?.isASCII ?? false) && (paragraph.first?.isASCII ?? false)
      return text + (isSpaced ? " " : "") + paragraph
    }
  }

  /// What stands before the first full stop: of a reason what is wrong, without what to do about it.
  var firstSentence: String {
    let stop = [firstRange(of: "。"), firstRange(of: ". ")].compactMap(\.self).map(\.lowerBound)
      .min()
    return String(prefix(upTo: stop ?? endIndex))
  }

  /// At most so many characters, the last of them `…` where something was cut off.
  func clipped(to limit: Int) -> String {
    guard count > limit else { return self }
    let kept = prefix(max(0, limit - 1))
    return String(kept).onOneLine + "…"
  }

  private func visible(keepingLines: Bool) -> String {
    var result = String.UnicodeScalarView()
    var marks = 0
    for scalar in unicodeScalars {
      guard !scalar.isPlain else {
        marks = 0
        result.append(scalar)
        continue
      }
      marks = scalar.isMark ? marks + 1 : 0
      // Vietnamese, Thai and Arabic need two or three marks; nobody needs a tower of them.
      guard marks <= 4 else { continue }
      if scalar.isLineBreak {
        result.append(keepingLines ? "\n" : " ")
      } else {
        result.append(scalar.isUnseen ? " " : scalar)
      }
    }
    return String(result)
  }
}

extension Unicode.Scalar {
  /// Whether it is one of those that nearly all of a Chinese text is made of; the rest is looked up.
  fileprivate var isPlain: Bool {
    switch value {
    case 0x20...0x7E, 0x3001...0x3029, 0x4E00...0x9FFF, 0xFF01...0xFF5E: true
    default: false
    }
  }

  /// Whether any program might begin a new line here: CR, LF, VT, FF, NEL, U+2028, U+2029.
  fileprivate var isLineBreak: Bool {
    switch value {
    case 0x0A...0x0D, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }

  /// Whether it is written on top of the character before.
  fileprivate var isMark: Bool {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark: true
    default: false
    }
  }

  /// Whether it steers rather than shows: controls, bidi overrides, tags, noncharacters.
  fileprivate var isUnseen: Bool {
    // The joiners hold emoji and several scripts together, and move nothing.
    guard value != 0x200C, value != 0x200D else { return false }
    switch properties.generalCategory {
    case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator: return true
    default: return properties.isNoncharacterCodePoint
    }
  }
}
