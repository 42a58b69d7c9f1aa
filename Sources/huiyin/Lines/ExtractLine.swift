import Vocabulary

/// An item as `extract` and `try` print it.
struct ExtractLine: Encodable {
  struct AnswerLine: Encodable {
    var unit: Lines.Nullable<String>
    var body: String
    var publishedAt: Lines.Nullable<String>
  }

  var url: String
  var title: String
  var body: String
  var publishedAt: Lines.Nullable<String>
  var answer: Lines.Nullable<AnswerLine>

  init(_ item: Item, zone: OfficeZone) {
    self.init(
      url: item.url, title: item.title, body: item.body, published: item.published,
      answer: item.answer, zone: zone)
  }

  /// A lead is an item whose body stands on another page.
  init(_ lead: Lead, zone: OfficeZone) {
    self.init(
      url: lead.url, title: lead.title, body: "", published: lead.published, answer: nil,
      zone: zone)
  }

  private init(
    url: String, title: String, body: String, published: PublicationTime, answer: Answer?,
    zone: OfficeZone
  ) {
    self.url = url
    self.title = title
    self.body = body
    publishedAt = Lines.Nullable(published.moment.map(zone.rfc3339))
    self.answer = Lines.Nullable(
      answer.map {
        AnswerLine(
          unit: Lines.Nullable($0.unit), body: $0.body,
          publishedAt: Lines.Nullable($0.published.moment.map(zone.rfc3339)))
      })
  }
}
