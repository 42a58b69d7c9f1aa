import Foundation
import Testing

private let python = Program.path(of: "python3")

/// The town of the demo as it stands once these happenings have happened; what it holds in a page.
private func town(after happenings: [String], page: String) throws -> [UInt8] {
  try Program.withFolder { folder in
    let script = """
      import sys; sys.path.insert(0, "demo"); import town
      town.put_up(sys.argv[1], 0, set(sys.argv[2:]), {"portal": 1, "board": 2, "paper": 3})
      """
    let (code, output) = try Program.run(
      python ?? "", ["-B", "-X", "utf8", "-c", script, folder.path] + happenings)
    #expect(code == 0, "\(output)")
    return try Array(Data(contentsOf: folder.appending(path: page)))
  }
}

@Suite(.enabled(if: python != nil, "python3 is not installed"))
struct `The demo's town` {
  @Test func `keeps a post back until it happens`() throws {
    let before = try town(after: ["water"], page: "board/list-1.html")
    let after = try town(after: ["water", "gas"], page: "board/list-1.html")
    let thread = Array("thread-8106.html".utf8)
    #expect(!before.contains(thread))
    #expect(after.contains(thread))
    #expect(!after.contains(Array("{{".utf8)), "every date is filled in")
  }

  @Test func `has a board in GBK that calls itself gb2312`() throws {
    let page = try town(after: [], page: "board/list-1.html")
    #expect(page.contains(Array("charset=gb2312".utf8)))
    #expect(page.contains([0xC7, 0xE0, 0xB4, 0xA8]), "青川 in GBK")
    #expect(try town(after: ["water"], page: "board/list-1.html").contains([0x88, 0xD2]), "堃")
  }

  @Test func `prints the very letter of the board on the portal again`() {
    let letters = ["board/thread-8106.html", "portal/letter-3021.html"].map { page in
      House.text("demo/town/" + page).components(separatedBy: "<div class=\"content\">").last?
        .components(separatedBy: "</div>").first
    }
    #expect(letters[0] == letters[1])
    #expect(letters[0]?.contains("燃气味") == true)
  }
}
