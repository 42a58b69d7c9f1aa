import Foundation
import Vocabulary

extension Section {
  /// What says beside mail that there is something major: group robots, and a command.
  func channels(inTrial isInTrial: Bool) -> [Channel] {
    let robots = read("webhooks", .list(of: .robot)) ?? []
    let command = command()
    var seen: Set<String> = []
    for robot in robots where !seen.insert(robot.name).inserted {
      findings.error(
        at: keyPlace("webhooks"),
        Phrase(
          zh: "有两个通道都叫“\(robot.name)”：请各写一个 name",
          en: "two channels are called \"\(robot.name)\": give each a name:"))
    }
    if let command, seen.contains(command.name) {
      findings.error(
        at: keyPlace("webhooks"),
        Phrase(
          zh: "“\(command.name)”是 command 的通道名，请另写一个 name",
          en: "\"\(command.name)\" is what command: is called: give another name:"))
    }
    let channels = robots + [command].compactMap(\.self)
    if isInTrial, !channels.isEmpty {
      findings.warning(
        at: has("webhooks") ? keyPlace("webhooks") : keyPlace("command"),
        Phrase(
          zh: "试运行期间第二通道不发任何提醒，可用 huiyin mail-test --channel 验证",
          en: "in trial the second channel says nothing; try it with huiyin mail-test --channel"))
    }
    return channels
  }

  private func command() -> Channel? {
    guard let value = value("command"),
      let words = Form<[String]>.scalar(
        Form<String>.text.map { [$0] }, otherwise: .some(of: .text)
      ).read(value), let program = words.first
    else { return nil }
    guard program.contains("/") else {
      return value.refuse(
        Phrase(
          zh: "“command”的程序应写路径，如 /usr/local/bin/\(program)，现为“\(program)”",
          en: "command: needs a path, such as /usr/local/bin/\(program), found \"\(program)\""))
    }
    let path = FilePath.absolute(FilePath.reached(program, from: value.file))
    if !FileManager.default.isExecutableFile(atPath: path) || FilePath.isFolder(path) {
      findings.absent(
        at: value.place,
        Phrase(
          zh: "命令“\(path)”不存在或不能执行", en: "no command \"\(path)\", or it may not be run"))
    }
    return Channel(name: "command", way: .command([path] + words.dropFirst()))
  }

  /// A file that holds a secret on one line, which must be there before the daemon runs and which
  /// nobody else should read.
  fileprivate func secretFile(_ key: String, isRequired: Bool) -> (path: String, secret: String?)? {
    guard let path = isRequired ? require(key, .path) : read(key, .path) else { return nil }
    let place = value(key)?.place ?? self.place
    guard !path.contains("://") else {
      // The address is the secret: it is not to stand here, nor in what is printed.
      findings.error(
        at: place,
        Phrase(
          zh: "“\(key)”应写存放密钥的文件路径，不要把网址写在设置里",
          en: "\(key): name a file that holds the secret, and keep the address out of the set-up"))
      return nil
    }
    let absolute = FilePath.absolute(path)
    guard let bytes = try? Manuscript.bytes(of: path) else {
      findings.absent(
        at: place,
        Phrase(zh: "密钥文件“\(path)”不存在或打不开", en: "no file \"\(path)\", or it cannot be read"))
      return (absolute, nil)
    }
    if FilePath.isOpenToOthers(absolute) {
      findings.warning(
        at: place,
        Phrase(
          zh: "密钥文件“\(path)”别人也能读写：请 chmod 600",
          en: "others may read or write the file \"\(path)\": chmod 600 it"))
    }
    let secret = String(decoding: bytes, as: UTF8.self).trimmingCharacters(
      in: .whitespacesAndNewlines)
    guard !secret.isEmpty, !secret.contains(where: { $0.isWhitespace || $0.isNewline }) else {
      findings.error(
        at: place,
        Phrase(
          zh: "密钥文件“\(path)”应只有一行，即机器人给出的内容",
          en: "the file \"\(path)\" must hold one line, as the robot gave it"))
      return (absolute, nil)
    }
    return (absolute, secret)
  }
}

extension Form where Result == Channel {
  /// `{kind: wecom, url_file: …}`, with a `name` where there are two of a kind.
  fileprivate static var robot: Form {
    Form { value in
      guard let section = value.section() else { return nil }
      let robot = section.require("kind", Form<Channel.Robot>.choice(of: Channel.Robot.allCases))
      let url = section.secretFile("url_file", isRequired: true)
      let secret = section.secretFile("secret_file", isRequired: false)
      let name = section.read("name", .channelName)
      section.close()
      guard let robot, let url else { return nil }
      if secret != nil, robot != .dingtalk {
        section.findings.error(
          at: section.keyPlace("secret_file"),
          Phrase(
            zh: "secret_file 只用于钉钉（dingtalk）的加签",
            en: "secret_file is for dingtalk alone, which signs with it"))
      }
      if let written = url.secret { section.check(written) }
      return Channel(
        name: name ?? robot.rawValue,
        way: .robot(robot, urlFile: url.path, secretFile: secret?.path))
    }
  }
}

extension Section {
  /// The address itself is never shown.
  fileprivate func check(_ url: String) {
    let parts = WebAddress.parts(url)
    let isLoopback =
      parts.map {
        $0.host == "localhost" || $0.host == "[::1]" || IPText.bytes($0.host)?.first == 127
      }
      ?? false
    let isFit = parts.map {
      $0.user == nil && ($0.scheme == "https" || $0.scheme == "http" && isLoopback)
    }
    guard isFit != true else { return }
    findings.error(
      at: value("url_file")?.place ?? place,
      Phrase(
        zh: "url_file 里应是以 https:// 开头的机器人网址（本机回环地址可用 http://）",
        en:
          "url_file must hold the robot's address, which begins with https:// (http:// for loopback "
          + "alone)"))
  }
}

extension Form where Result == String {
  /// What a channel is called: it stands in receipts, in `status` and on the command line.
  fileprivate static var channelName: Form {
    text.unless { name in
      guard name.count > 30 || name.contains(where: { $0.isWhitespace || ":/".contains($0) }) else {
        return nil
      }
      return Phrase(
        zh: "通道名称应在 30 字以内，没有空格、冒号和斜线",
        en: "a channel's name has 30 characters at most and neither blanks nor : nor /")
    }
  }
}

extension FilePath {
  /// Whether anybody but the owner may read or write a file.
  static func isOpenToOthers(_ path: String) -> Bool {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    let mode = attributes?[.posixPermissions] as? Int ?? 0
    return mode & 0o066 != 0
  }
}
