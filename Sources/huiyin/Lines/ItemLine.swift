import Foundation
import Vocabulary

/// An item as `judge` takes it; `title` or `body` may be absent or empty.
struct ItemLine: Decodable {
  /// An id as it came, so that it goes out the same: spreadsheets write ids as numbers.
  enum ID: Codable {
    case text(String)
    case number(Int64)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Int64.self) {
        self = .number(number)
      } else {
        self = .text(try container.decode(String.self))
      }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .text(let text): try container.encode(text)
      case .number(let number): try container.encode(number)
      }
    }
  }

  var id: ID
  var title: String
  var body: String
  var publishedAt: String?
  var feed: String?

  private enum Key: String, CodingKey {
    case id, title, body, publishedAt, feed
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    id = try container.decode(ID.self, forKey: .id)
    title = try container.decodeIfPresent(String.self, forKey: .title) ?? ""
    body = try container.decodeIfPresent(String.self, forKey: .body) ?? ""
    publishedAt = try container.decodeIfPresent(String.self, forKey: .publishedAt)
    feed = try container.decodeIfPresent(String.self, forKey: .feed)
  }
}

extension ItemLine {
  /// A line that is no item, and why, without a word of it.
  struct Fault: Error {
    var sentence: Phrase
  }

  /// The item of one line.
  init(_ line: [UInt8]) throws(Fault) {
    guard String(validating: line, as: UTF8.self) != nil else {
      throw Fault(sentence: Phrase(zh: "应为 UTF-8 编码", en: "UTF-8 is wanted"))
    }
    do {
      self = try JSONDecoder().decode(ItemLine.self, from: Data(line))
    } catch let error as DecodingError {
      throw Fault(error)
    } catch {
      throw Fault(sentence: Fault.noObject)
    }
  }
}

extension ItemLine.Fault {
  fileprivate static let noObject = Phrase(zh: "应为 JSON 对象", en: "a JSON object is wanted")

  fileprivate init(_ error: DecodingError) {
    switch error {
    case .keyNotFound, .valueNotFound:
      self.init(sentence: Phrase(zh: "缺少 id", en: "it has no id"))
    case .typeMismatch(_, let context):
      guard let key = context.codingPath.first?.stringValue else {
        self.init(sentence: Self.noObject)
        return
      }
      self.init(sentence: Phrase(zh: "\(key) 应为字符串", en: "\(key) must be a string"))
    case .dataCorrupted: self.init(sentence: Self.noObject)
    @unknown default: self.init(sentence: Self.noObject)
    }
  }
}
