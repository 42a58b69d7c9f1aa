import Foundation
import TestSupport

// The set-up of a district, and changes of it.

extension District {
  /// The password to the mail server.
  static let password = "竹子开花-5173"

  /// Has the program log in with a name and a password, by the way to the mail server that is named.
  package func logIn(at server: String? = nil) throws {
    try home.write(District.password, to: "password")
    let plain = "smtp://127.0.0.1:\(sink.port)"
    try change(
      "\"\(plain)\"}",
      to: "\"\(server ?? plain)\", username: duty, password_file: ./password}")
  }

  /// Changes one place of a file of the set-up.
  package func change(_ from: String, to: String, in file: String = "huiyin.yaml") throws {
    let text = try home.read(file)
    guard text.contains(from) else { throw CocoaError(.fileReadCorruptFile) }
    try home.write(text.replacingOccurrences(of: from, with: to), to: file)
  }
}

extension District {
  // Windows that are too short to wait for an hour: what is general is gathered and leaves at once.
  static func setup(mail port: Int) -> String {
    """
    office: 青川区信访局
    data: ./data
    feeds: Feeds
    rules: Rules
    windows: {major: 10m, considerable: 20m, general: 25m}
    mail: {from: 舆情值班室 <duty@letters.example>, server: "smtp://127.0.0.1:\(port)"}
    units:
      - {name: 区住建局, roles: [燃气], mail: [zjj@unit.example], deputy: [zjj2@unit.example]}
      - {name: 区水务局, roles: [供水], mail: [swj@unit.example], deputy: [swj2@unit.example]}
      - {name: 区环保局, roles: [环保], mail: [hbj@unit.example], deputy: [hbj2@unit.example]}
    officers: [officer@letters.example]
    leaders: [leaders@letters.example]
    admins: [admin@letters.example]
    fetch: {pause: 0s, allow_private: [127.0.0.0/8]}
    """
  }

  static func feed(_ host: String, every: String) -> String {
    """
    name: 青川区领导留言板
    kind: board
    url: http://\(host)/list
    every: \(every)
    items: //li
    title: ./a
    link: ./a/@href
    date: ./span
    article: {title: //h1, body: "css:.content"}
    place: 青川区
    """
  }

  static let rules = """
    rules:
      - {id: gas, name: 燃气泄漏, topic: 安全生产, unit: 燃气, grade: major, any: [燃气泄漏]}
      - {id: water, name: 停水, topic: 城乡建设, unit: 供水, grade: considerable, any: [停水]}
      - {id: noise, name: 噪声, topic: 生态环境, unit: 环保, grade: general, any: [夜间噪声]}
    """
}
