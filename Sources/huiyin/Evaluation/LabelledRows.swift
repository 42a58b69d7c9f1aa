import Vocabulary

/// The rows of a labelled file one after another; what cannot be read is told on standard error.
struct LabelledRows {
  let file: LabelledFile
  private let lines: LineReader
  private let setup: Setup

  /// The rows of a file, or of standard input for `-`.
  init(_ path: String, _ setup: Setup) throws {
    self.setup = setup
    var lines = try LineReader(path: path)
    guard let first = lines.next() else {
      throw Ending.no(Phrase(zh: "文件是空的", en: "the file is empty")[setup.office.language])
    }
    do throws(LabelledFile.Fault) {
      file = try LabelledFile(heading: first.withoutMark)
    } catch {
      throw Ending.no(LabelledRows.sentence(error, line: 1)[setup.office.language])
    }
    self.lines = lines
  }

  /// Hands over each row with its line and what its feed says of its place; says how many lines could
  /// not be read.
  func forEach(_ take: (LabelledRow, _ line: Int, Origin) -> Void) -> Int {
    var origins = Origins(setup)
    var strangers: Set<String> = []
    var faults = 0
    for (index, line) in lines.enumerated() where !line.isBlank {
      do throws(LabelledFile.Fault) {
        let row = try file.row(line)
        let origin = origins.origin(of: row.feed, line: index + 2)
        for (aspect, label) in row.labels
        where !aspect.knows(label) && strangers.insert(label).inserted {
          Terminal.complain(stranger(label, aspect, line: index + 2)[setup.office.language])
        }
        take(row, index + 2, origin)
      } catch {
        faults += 1
        Terminal.complain(
          LabelledRows.sentence(error, line: index + 2)[setup.office.language])
      }
    }
    return faults
  }

  private func stranger(_ written: String, _ aspect: Aspect, line: Int) -> Phrase {
    let label = Terminal.plain(written)
    let column = aspect.column.rawValue
    return Phrase(
      zh: "第 \(line) 行：\(column) 列的“\(label)”不是研判会给出的取值，照标注计为一类",
      en:
        "line \(line): no verdict has the \(column) \"\(label)\"; it is counted as a class that is "
        + "never judged")
  }

  private static func sentence(_ fault: LabelledFile.Fault, line: Int) -> Phrase {
    Phrase(
      zh: "第 \(line) 行读不了：\(fault.sentence.zh)",
      en: "line \(line) cannot be read: \(fault.sentence.en)")
  }
}
