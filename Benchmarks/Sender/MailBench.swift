internal import Foundation
internal import Mailing
internal import Vocabulary

/// Hands letters to Mailing alone and says how long they took; or writes down what they hold.
///
///     mail-bench PORT CONNECTIONS COUNT     to a mail server on loopback
///     mail-bench --write FOLDER             a letter's text and its HTML
@main
enum MailBench {
  static func main() async throws {
    let words = CommandLine.arguments.dropFirst()
    if words.first == "--write", words.count == 2, let folder = words.last {
      let composer = Composer(from: duty, zone: .shanghai, program: "Huiyin")
      let whole = Data(composer.mail(for: letter(1)))
      let files = [
        "letter.txt": Data(text.utf8), "letter.html": Data(html.utf8), "letter.eml": whole,
      ]
      for (name, bytes) in files { try bytes.write(to: URL(filePath: "\(folder)/\(name)")) }
      return
    }
    let numbers = words.compactMap { Int($0) }
    guard words.count == 3, numbers.count == 3 else {
      FileHandle.standardError.write(
        Data("mail-bench PORT CONNECTIONS COUNT | mail-bench --write FOLDER\n".utf8))
      exit(2)
    }
    try await send(to: numbers[0], over: numbers[1], count: numbers[2])
  }

  private static func send(to port: Int, over connections: Int, count: Int) async throws {
    let server = SMTPServer(protection: .smtp, host: "127.0.0.1", port: port)
    let mailer = try Mailer(
      settings: MailSettings(from: duty, way: .server(server)), officeName: "青川区信访局",
      version: "bench", limits: MailLimits(connections: connections), now: { moment })
    let clock = ContinuousClock()
    let began = clock.now
    let atHand = connections * 4
    let sent = await withTaskGroup { group in
      // The outbox has four at hand for each connection, too.
      for first in 0..<atHand {
        group.addTask {
          var sent = 0
          for number in stride(from: first, to: count, by: atHand) {
            sent += await mailer.deliver(letter(number)).outcome == .sent ? 1 : 0
          }
          return sent
        }
      }
      return await group.reduce(0, +)
    }
    let took = (clock.now - began) / .seconds(1)
    await mailer.close()
    print(#"{"sent": \#(sent), "seconds": \#(took)}"#)
  }

  private static let duty = MailAddress(name: "舆情值班室", address: "duty@letters.example")
  private static let moment = Instant(
    wall: WallTime(seconds: 1_772_413_380), boot: "bench", sinceBoot: 0)

  /// A contact sheet of the size that they have: 12 KB as it leaves.
  private static func letter(_ number: Int) -> Envelope {
    Envelope(
      notice: Notice.ID(rawValue: "2026-\(number)/contactSheet/1"),
      recipient: MailAddress(name: "区水务局", address: "water@unit.example"),
      messageID: "<\(number).bench@letters.example>",
      subject: "【较大舆情】2026-\(number) 竹园镇三个小区停水三天", text: text, html: html,
      draftedAt: moment.wall)
  }

  private static let sentence = "竹园镇三个小区已经停水三天，居民多次反映，尚未得到答复。"
  private static let text = String(repeating: sentence + "\n", count: 22)
  private static let row =
    "<tr><td style=\"padding:6px 10px;border:1px solid #ccc;color:#555\">基本情况</td>"
    + "<td style=\"padding:6px 10px;border:1px solid #ccc\">\(sentence)</td></tr>\n"
  private static let html =
    "<!DOCTYPE html><html><body><table>\n" + String(repeating: row, count: 28)
    + "</table></body></html>\n"
}
