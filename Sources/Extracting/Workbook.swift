internal import CLibXML2
internal import Foundation
internal import Vocabulary

/// A workbook as Excel, WPS and boards write it (XLSX; ISO/IEC 29500): the cells of its sheets as text.
///
/// Formulas, formats and pictures are not looked at. Dates come as the numbers they are kept as.
struct Workbook {
  private let archive: ZipArchive
  private let shared: [String]
  /// Whether its dates count from 1904, as those of old Macs do.
  let countsFrom1904: Bool

  /// A workbook, or what is wrong with it.
  init(_ bytes: [UInt8]) throws(WorkbookFault) {
    guard let archive = ZipArchive(bytes) else { throw .damaged }
    self.archive = archive
    guard let book = try archive.read("xl/workbook.xml") else { throw .damaged }
    var isOld = false
    SheetXML.read(book) { element in
      if element.name == "workbookPr" {
        isOld = ["1", "true"].contains(element.attribute("date1904") ?? "")
      }
      return element.name != "sheets"
    }
    countsFrom1904 = isOld
    shared = try archive.read("xl/sharedStrings.xml").map(Workbook.strings) ?? []
  }

  /// The names of its sheets' files, in order.
  var sheets: [String] {
    archive.names.filter { $0.hasPrefix("xl/worksheets/") && $0.hasSuffix(".xml") }
      .sorted { $0.count == $1.count ? $0 < $1 : $0.count < $1.count }
  }

  /// Hands over each row of a sheet with its number as Excel shows it, until no more are wanted.
  func read(_ sheet: String, _ take: (Int, [String]) -> Bool) throws(WorkbookFault) {
    guard let bytes = try archive.read(sheet) else { throw .damaged }
    var rows = SheetRows(shared: shared)
    let isWhole = SheetXML.read(bytes) { element in
      guard let (number, cells) = rows.take(element) else { return true }
      return take(number, cells)
    }
    guard isWhole else { throw .damaged }
  }

  private static func strings(_ bytes: [UInt8]) -> [String] {
    var strings: [String] = []
    var text = ""
    var isShown = false
    // A reading aid over a word (`rPh`) is no part of it.
    var isAid = false
    SheetXML.read(bytes) { element in
      switch (element.name, element.kind) {
      case ("si", .begins): text = ""
      case ("si", .ends): strings.append(text)
      case ("rPh", .begins): isAid = true
      case ("rPh", .ends): isAid = false
      case ("t", .begins): isShown = !isAid
      case ("t", .ends): isShown = false
      case (_, .text): if isShown { text += element.text }
      default: break
      }
      return true
    }
    return strings
  }
}

/// The cells of a sheet, put together from the elements that pass.
private struct SheetRows {
  /// More cells than any export has across.
  private static let widest = 256

  private let shared: [String]
  private var number = 0
  private var cells: [String] = []
  private var column = 0
  private var type = ""
  private var text = ""
  private var isValue = false

  init(shared: [String]) { self.shared = shared }

  /// A row, where the element ends one.
  mutating func take(_ element: SheetXML.Element) -> (Int, [String])? {
    switch (element.name, element.kind) {
    case ("row", .begins):
      number = element.attribute("r").flatMap { Int($0) } ?? number + 1
      (cells, column) = ([], -1)
    case ("c", .begins):
      column = element.attribute("r").flatMap(Self.column) ?? column + 1
      (type, text) = (element.attribute("t") ?? "", "")
    case ("v", .begins), ("t", .begins): isValue = true
    case ("v", .ends), ("t", .ends): isValue = false
    case (_, .text): if isValue { text += element.text }
    case ("c", .ends): put()
    case ("row", .ends): return (number, cells)
    default: break
    }
    return nil
  }

  private mutating func put() {
    guard (0..<Self.widest).contains(column), !text.isEmpty else { return }
    while cells.count <= column { cells.append("") }
    switch type {
    case "s":
      guard let index = Int(text), shared.indices.contains(index) else { return }
      cells[column] = shared[index]
    case "e": return
    case "b": cells[column] = text == "1" ? "TRUE" : "FALSE"
    default: cells[column] = text
    }
  }

  /// `C5` is column 2.
  private static func column(_ reference: String) -> Int? {
    var column = 0
    for byte in reference.utf8.prefix(4) {
      guard ASCII.isLetter(byte) else { break }
      column = column * 26 + Int(ASCII.lowered(byte) - 0x61) + 1
    }
    return column > 0 ? column - 1 : nil
  }
}

/// The elements of a part of a workbook as they pass, none of them kept.
enum SheetXML {
  /// What passes: where an element begins or ends, or text in it.
  struct Element {
    /// What of an element passes.
    enum Kind { case begins, ends, text }

    let kind: Kind
    /// The element's name without its prefix; of text, nothing.
    let name: String
    fileprivate let reader: xmlTextReaderPtr

    /// The text itself.
    var text: String {
      xmlTextReaderConstValue(reader).map { String(cString: $0) } ?? ""
    }

    /// The value of an attribute.
    func attribute(_ name: String) -> String? {
      guard let value = xmlTextReaderGetAttribute(reader, name) else { return nil }
      defer { huiyin_xml_free(value) }
      return String(cString: value)
    }
  }

  /// Hands over what passes until no more is wanted; false where it is damaged, or has a DTD.
  @discardableResult
  static func read(_ bytes: [UInt8], _ take: (Element) -> Bool) -> Bool {
    Document.begin
    return bytes.withUnsafeBytes { raw in
      guard
        let reader = huiyin_xml_stream(
          raw.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(raw.count))
      else { return false }
      defer { xmlFreeTextReader(reader) }
      var state = xmlTextReaderRead(reader)
      while state == 1 {
        guard let goesOn = pass(reader, take) else { return false }
        guard goesOn else { return true }
        state = xmlTextReaderRead(reader)
      }
      return state == 0
    }
  }

  /// Nil at a DTD.
  private static func pass(_ reader: xmlTextReaderPtr, _ take: (Element) -> Bool) -> Bool? {
    let name = { xmlTextReaderConstLocalName(reader).map { String(cString: $0) } ?? "" }
    switch xmlReaderTypes(rawValue: UInt32(bitPattern: xmlTextReaderNodeType(reader))) {
    case XML_READER_TYPE_DOCUMENT_TYPE: return nil
    case XML_READER_TYPE_ELEMENT:
      let isEmpty = xmlTextReaderIsEmptyElement(reader) == 1
      let own = name()
      guard take(Element(kind: .begins, name: own, reader: reader)) else { return false }
      return isEmpty ? take(Element(kind: .ends, name: own, reader: reader)) : true
    case XML_READER_TYPE_END_ELEMENT:
      return take(Element(kind: .ends, name: name(), reader: reader))
    case XML_READER_TYPE_TEXT, XML_READER_TYPE_CDATA, XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
      return take(Element(kind: .text, name: "", reader: reader))
    default: return true
    }
  }
}

extension WorkbookFault {
  /// The miss for a workbook that cannot be read.
  func miss(_ page: Page) -> Miss {
    switch self {
    case .damaged:
      Misses.unreadable(
        page,
        Phrase(
          zh: "不是完整的 XLSX 文件（可能加了密码，或没有传完）：请重新导出，或另存为 .csv",
          en: "no whole workbook (a password, perhaps, or half a copy): export it again, or as .csv"
        ))
    case .tooLarge:
      Miss(
        .tooLarge, url: page.url,
        reason: Phrase(
          zh: "文件解压后过大（超过 \(ZipArchive.mostOfOne >> 20) MB），没有读：请分成几个文件",
          en: "the workbook unfolds to more than \(ZipArchive.mostOfOne >> 20) MB and was not read")
      )
    }
  }
}
