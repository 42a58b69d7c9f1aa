import Foundation
import Vocabulary

/// The lines of JSON that other programs rely on: every key always there, null or empty where
/// there is nothing (the contract's "Lines of JSON").
enum Lines {
  /// One value as one line.
  static func line(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// A value that is null rather than absent when there is none.
  struct Nullable<Value: Encodable>: Encodable {
    let value: Value?

    init(_ value: Value?) { self.value = value }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      if let value { try container.encode(value) } else { try container.encodeNil() }
    }
  }
}

/// An item as `judge` takes it; `title` or `body` may be absent or empty.
struct ItemLine: Decodable {
  var id: String
  var title: String
  var body: String
  var publishedAt: String?
  var feed: String?

  private enum Key: String, CodingKey {
    case id, title, body, publishedAt, feed
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    // Spreadsheets write ids as numbers.
    if let number = try? container.decode(Int.self, forKey: .id) {
      id = String(number)
    } else {
      id = try container.decode(String.self, forKey: .id)
    }
    title = try container.decodeIfPresent(String.self, forKey: .title) ?? ""
    body = try container.decodeIfPresent(String.self, forKey: .body) ?? ""
    publishedAt = try container.decodeIfPresent(String.self, forKey: .publishedAt)
    feed = try container.decodeIfPresent(String.self, forKey: .feed)
  }
}

/// A verdict as `judge` prints it.
struct VerdictLine: Encodable {
  struct EvidenceLine: Encodable {
    var rule: String
    var keyword: String
    var field: Field
    var start: Int
    var end: Int
  }

  struct NearMissLine: Encodable {
    var rule: String
    var missing: [String]
    var excludedBy: [String]
  }

  var id: String
  var grade: Grade
  var topic: Lines.Nullable<String>
  var kind: Kind
  var unit: Lines.Nullable<String>
  var assist: [String]
  var evidence: [EvidenceLine]
  var nearMisses: [NearMissLine]

  init(_ verdict: Verdict) {
    id = verdict.item.rawValue
    grade = verdict.grade
    topic = Lines.Nullable(verdict.topic?.rawValue)
    kind = verdict.kind
    unit = Lines.Nullable(verdict.unit?.rawValue)
    assist = verdict.assist.map(\.rawValue)
    evidence = verdict.evidence.map {
      EvidenceLine(
        rule: $0.rule.rawValue, keyword: $0.keyword, field: $0.field, start: $0.start,
        end: $0.end)
    }
    nearMisses = verdict.nearMisses.map {
      NearMissLine(rule: $0.rule.rawValue, missing: $0.missing, excludedBy: $0.excludedBy)
    }
  }
}

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
