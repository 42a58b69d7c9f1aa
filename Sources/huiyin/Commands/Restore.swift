import ArgumentParser
import Foundation
import Storage
import Vocabulary

/// `huiyin restore FILE`: puts a copy of the ledger in its place (恢复).
struct Restore: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      abstract: say(zh: "用备份恢复台账，原文件保留", en: "put a copy in the ledger's place"),
      discussion: say(
        zh: """
          值守程序运行时拒绝恢复；原来的台账留在旁边。
          示例：
            huiyin restore /srv/backup/huiyin-2026-03-02.sqlite
          """,
        en: """
          Refused while a daemon runs; the ledger that was there is kept beside it.
          Example:
            huiyin restore /srv/backup/huiyin-2026-03-02.sqlite
          """))
  }

  @OptionGroup var config: Config

  @Argument(help: ArgumentHelp(say(zh: "备份文件", en: "the copy"), valueName: "file"))
  var file: String

  func run() throws {
    let setup = try config.setup()
    let before = names(in: setup.folder)
    try Ledger.restore(from: file, into: setup.folder, now: WallClock.now())
    let kept = names(in: setup.folder).subtracting(before)
      .first { $0.contains(".before-restore-") && $0.hasSuffix("Z") }
    let language = setup.office.language
    Terminal.complain(
      Phrase(
        zh: "已恢复；备份中没有回执的通知标为“可能已重复发送”",
        en: "restored; notices without a receipt are marked \"may have been sent twice\"")[language]
    )
    guard let kept else { return }
    let path = setup.folder + "/" + kept
    Terminal.complain(
      Phrase(zh: "原来的台账：\(path)", en: "the ledger that was there: \(path)")[language])
  }

  private func names(in folder: String) -> Set<String> {
    Set((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
  }
}
