internal import Vocabulary

/// The public answer on a page or in a row (答复).
struct AnswerPart {
  var answer: Answer?
  /// What belongs to it and not to the message.
  var nodes: Set<Node> = []
  /// The letter's page as a form, where it is one and the feed names no places.
  var form: LetterForm?

  /// Reads it where the feed says, or, on a page read without selectors, where letterboxes have it;
  /// no answer yet is no fault.
  static func read(
    _ reading: Reading, in row: Node? = nil, isAuto: Bool = false
  ) throws(Miss) -> AnswerPart {
    guard let places = reading.feed.answer else { return isAuto ? found(reading) : AnswerPart() }
    let bodies = try reading.find(places.body, in: row)
    guard !bodies.isEmpty else { return AnswerPart() }
    let unitNodes = try nodes(places.unit, reading, row)
    let dateNodes = try nodes(places.date, reading, row)
    let body = Privacy.scrubbed(reading.texts(of: bodies, without: unitNodes.union(dateNodes)))
    let unit = try reading.text(places.unit, in: row).map { unitName($0) }
    var published = PublicationTime.absent
    if let date = places.date { published = try reading.time(date, in: row) }
    var part = AnswerPart(nodes: unitNodes.union(dateNodes).union(bodies.compactMap(\.node)))
    if !body.isEmpty, !Acknowledging.isAll(of: body) {
      part.answer = Answer(
        unit: unit.flatMap { $0.isEmpty ? nil : $0 }, body: body, published: published)
    }
    return part
  }

  /// The answer on the page of a letter for which the feed names no places.
  private static func found(_ reading: Reading) -> AnswerPart {
    guard let form = LetterForm.of(reading.document) else { return AnswerPart() }
    var part = AnswerPart(form: form)
    for reply in form.replies {
      let body = Privacy.scrubbed(reply.text)
      guard !body.isEmpty, !Acknowledging.isAll(of: body) else { continue }
      let unit = reply.unit.map { unitName($0) }
      part.answer = Answer(
        unit: unit.flatMap { $0.isEmpty ? nil : $0 }, body: body,
        published: reply.time.map { reading.dates.read($0) } ?? .absent)
      break
    }
    return part
  }

  private static func nodes(
    _ selector: Selector?, _ reading: Reading, _ row: Node?
  ) throws(Miss) -> Set<Node> {
    guard let selector else { return [] }
    return Set(try reading.find(selector, in: row).compactMap(\.node))
  }

  private static func unitName(_ text: String) -> String {
    var name = Privacy.scrubbed(text.onOneLine)
    for label in ["回复单位", "答复单位", "承办单位", "办理单位", "回复部门", "答复部门", "回复机构", "单位", "部门"]
    where name.hasPrefix(label) {
      name = String(name.dropFirst(label.count).drop { ":： 　".contains($0) })
      break
    }
    return name
  }
}
