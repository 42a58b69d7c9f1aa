import ArgumentParser
import Storage
import Vocabulary

/// `huiyin backup FILE`: the ledger, while the daemon runs (备份).
struct Backup: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      abstract: say(zh: "备份台账，值守程序不必停", en: "copy the ledger while the daemon runs"),
      discussion: say(
        zh: "已有同名文件时不覆盖。\n示例：\n  huiyin backup /srv/backup/huiyin-$(date +%F).sqlite",
        en: """
          A file of that name is never overwritten.
          Example:
            huiyin backup /srv/backup/huiyin-$(date +%F).sqlite
          """))
  }

  @OptionGroup var config: Config

  @Argument(help: ArgumentHelp(say(zh: "备份文件", en: "the copy"), valueName: "file"))
  var file: String

  func run() async throws {
    let books = try Books.look(try config.setup())
    defer { books.ledger.close() }
    try await books.ledger.backup(to: file)
    Terminal.complain(Phrase(zh: "已备份到 \(file)", en: "copied to \(file)")[books.language])
  }
}
