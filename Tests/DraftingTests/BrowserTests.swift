import Drafting
import Foundation
import Glibc
import Testing
import Vocabulary

/// A browser is the judge of what markup does: the same hostile title runs in a page that does not
/// escape it (so that the trap is known to work) and must not run in our papers.
@Suite(.enabled(if: Browser.isHere, "chromium is not installed"))
struct `A browser` {
  @Test(.timeLimit(.minutes(10)))
  func `runs nothing and fetches nothing of a hostile contact sheet`() throws {
    let listener = try Listener()
    let payload = Browser.payload(port: listener.port)
    // On a machine that is busy a browser needs longer; our papers are given as long as the trap took.
    let long = try [4, 20, 60].first { seconds in
      let trap = try Browser.dom(
        of: "<!DOCTYPE html><title>x</title><body>\(payload)</body>", within: seconds)
      let wasCalled = listener.wasCalled
      return trap.contains("ran-ran") && wasCalled
    }
    let seconds = try #require(long)

    let dom = try Browser.dom(of: Browser.papers(of: payload), within: seconds)
    #expect(dom.contains("2026-0017"))
    #expect(!dom.contains("ran-ran"))
    #expect(!listener.wasCalled)
  }
}

/// A headless Chromium with a profile of its own.
enum Browser {
  static let path = "/usr/bin/chromium"
  static var isHere: Bool { FileManager.default.isExecutableFile(atPath: path) }

  /// Everything that ever slipped through somewhere; each piece would call home or leave a word.
  static func payload(port: UInt16) -> String {
    let home = "http://127.0.0.1:\(port)"
    let run = "document.body.append('ran'+'-ran')"
    return """
      "><script>\(run)</script><img src="\(home)/a" onerror="\(run)"><svg onload="\(run)"></svg>\
      </td></table></title></style><style>@import '\(home)/b';</style>\
      <link rel="stylesheet" href="\(home)/c"><iframe src="\(home)/d"></iframe>\
      <body background="\(home)/e"><meta http-equiv="refresh" content="0;url=\(home)/f">\
      "\u{301}/autofocus/onfocus=\(run)//{{subject}} "\u{301} style="background:url(\(home)/g)
      """
  }

  /// A contact sheet and a digest whose every field is hostile, in one document.
  static func papers(of payload: String) throws -> String {
    var item = Town.item
    (item.title, item.body) = (payload, payload + "\n" + payload)
    item.url = "https://board.example/?" + payload.filter { !$0.isWhitespace && $0 != "\\" }
    item.answer = Answer(unit: payload, body: payload, published: .absent)
    let unit = UnitName(rawValue: payload)
    let alertCase = Town.alertCase { changed in
      changed.item = item
      changed.alert.audience = .unit(unit)
      changed.verdict.assist = [unit]
      changed.verdict.topic = Topic(rawValue: payload)
      changed.verdict.evidence = [
        Evidence(
          rule: Rule.ID(rawValue: "r"), ruleName: payload, keyword: payload, field: .title,
          start: 0, end: 9, grade: .major)
      ]
      changed.feedName = payload
    }
    let office = Town.office { changed in
      changed.name = payload
      changed.telephone = payload
      changed.units = [ResponsibleUnit(name: unit, roles: [], mail: [Town.address("water")])]
    }
    let desk = try Desk(office: office)
    let notices =
      desk.notices(for: .raised(alertCase)) + desk.notices(for: .digest(digest(payload)))
    return notices.map(\.html).joined(separator: "\n")
  }

  private static func digest(_ payload: String) -> Digest {
    var digest = Days.busy
    for index in digest.lines.indices {
      digest.lines[index].title = payload
      digest.lines[index].url = payload
      digest.lines[index].feedName = payload
    }
    digest.counts.byTopic[Topic(rawValue: payload)] = 99
    digest.blindSpots[0].reason = payload
    digest.undated[0].title = payload
    return digest
  }

  /// What a page has become after it was loaded, or after so many seconds.
  static func dom(of html: String, within seconds: Int) throws -> String {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "huiyin-browser-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let page = folder.appending(path: "page.html")
    try html.write(to: page, atomically: true, encoding: .utf8)
    let output = folder.appending(path: "dom.html")
    try Data().write(to: output)
    let chromium = Process()
    chromium.executableURL = URL(filePath: path)
    chromium.arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
      "--user-data-dir=\(folder.path)/profile", "--timeout=\(seconds * 1000)", "--dump-dom",
      page.absoluteString,
    ]
    chromium.standardOutput = try FileHandle(forWritingTo: output)
    chromium.standardError = FileHandle.nullDevice
    try chromium.run()
    chromium.waitUntilExit()
    return try String(contentsOf: output, encoding: .utf8)
  }
}

/// A port on loopback that knows whether anybody called.
final class Listener {
  let port: UInt16
  private let descriptor: Int32

  /// Listens on a free port.
  init() throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = descriptor
    let result = withUnsafeMutableBytes(of: &address) { bytes -> Int32 in
      guard let start = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self),
        bind(descriptor, start, length) == 0, listen(descriptor, 64) == 0
      else { return -1 }
      return getsockname(descriptor, start, &length)
    }
    try #require(result == 0)
    port = UInt16(bigEndian: address.sin_port)
  }

  /// Whether anybody called since it was last asked.
  var wasCalled: Bool {
    var callers = 0
    while case let caller = accept(descriptor, nil, nil), caller >= 0 {
      close(caller)
      callers += 1
    }
    return callers > 0
  }

  deinit { close(descriptor) }
}
