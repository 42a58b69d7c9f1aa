internal import Foundation
internal import Vocabulary

/// A file that holds one secret on one line (密钥文件), read at each call, so that a new one needs no
/// restart.
struct SecretFile: Sendable {
  let path: String

  /// What stands in it; nil where it cannot be read or holds anything but one line.
  var secret: String? {
    guard let bytes = FileManager.default.contents(atPath: path), bytes.count <= 4096,
      let text = String(data: bytes, encoding: .utf8)
    else { return nil }
    let secret = text.trimmingCharacters(in: .whitespacesAndNewlines)
    let isOneWord = secret.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F }
    return secret.isEmpty || !isOneWord ? nil : secret
  }

  /// What is said where it holds none.
  var unreadable: Ending {
    Ending(
      .deferred, zh: "读不到密钥文件 \(path)，或内容不是一行文字",
      en: "the file \(path) cannot be read, or does not hold one line")
  }
}
