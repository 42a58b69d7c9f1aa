import Vocabulary

/// A paper before it is laid out (文稿): what it says, in one language, and nothing about how it looks.
///
/// The HTML template and the plain text are made of the same sheet, so that neither says less.
struct Sheet: Sendable {
  /// What the paper is called and who writes it.
  struct Heading: Sendable {
    let office: String
    let name: String

    /// The heading on one line.
    func line(_ lang: String) -> String {
      office + (lang == "en" ? "  " : "　") + name
    }
  }

  /// A framed remark above the paper, as for trial (提示框).
  struct Box: Sendable {
    let heading: String
    let lines: [String]
  }

  /// The language tag of the document.
  let lang: String
  let subject: String
  /// How much smaller than on the screen it is printed, so that a full contact sheet is one page.
  let zoom = "0.9"
  /// The colour of the grade, readable on white and on black.
  let tint: String
  /// What a telephone shows below the subject: grade, what, where, by when.
  let leads: [String]
  var box: Box?
  var notes: [String] = []
  let heading: Heading
  var form: Form?
  /// Plain paragraphs, for letters.
  var paragraphs: [String] = []
  /// Lines to be shown as they are, in a typewriter face.
  var verbatim: [String] = []
  var foot: [String] = []
}

/// The ruled part of a paper (表格). A type of its own, because an empty table is no table.
struct Form: Sendable {
  let rows: [Row]

  /// A form of rows; nil without any.
  init?(_ rows: [Row]) {
    guard !rows.isEmpty else { return nil }
    self.rows = rows
  }
}

/// One row of a form: two boxes side by side, or one across (表格行).
struct Row: Sendable {
  let cells: [Cell]

  /// One box across the whole form.
  init(_ cell: Cell) {
    var wide = cell
    wide.span = 3
    cells = [wide]
  }

  /// Two boxes side by side.
  init(_ left: Cell, _ right: Cell) {
    cells = [left, right]
  }
}

/// One box of a form: its label and what is written in it (表格栏).
struct Cell: Sendable {
  let label: String
  var lines: [String]
  /// What belongs to the line above and needs no line of its own in plain text.
  var aside: String?
  var link: Link?
  /// Set in bold in the grade's colour.
  var isGrade = false
  /// Columns it takes beside its label.
  var span = 1
  /// The height of a box left blank for handwriting, in pixels.
  var blank: Int?

  /// A box with lines in it.
  init(_ label: String, _ lines: [String], link: Link? = nil) {
    self.label = label
    self.lines = lines
    self.link = link
  }

  /// A box with one line in it.
  init(_ label: String, _ line: String, aside: String? = nil, isGrade: Bool = false) {
    self.init(label, [line])
    self.aside = aside
    self.isGrade = isGrade
  }

  /// A box left blank for handwriting.
  init(_ label: String, blank height: Int, _ lines: [String] = []) {
    self.init(label, lines)
    self.blank = height
  }
}

extension Grade {
  /// The colour of a grade: readable on white and on black, printed without backgrounds.
  var tint: String {
    switch self {
    case .none: "#767676"
    case .general: "#3b78c4"
    case .considerable: "#c25700"
    case .major: "#d93025"
    }
  }
}
