/// Elements that say who wrote (作者栏): name, nickname, avatar, user id, place of the address.
///
/// Known by their class, id, `itemprop` or `rel`, and by links to a person's own page.
enum AuthorMarks {
  /// Longer than any author's panel: what has more text also holds the message.
  private static let longestPanel = 900

  /// Whether an element tells who wrote, and nothing else.
  static func isAuthor(_ node: Node) -> Bool {
    guard node.hasAttributes else { return false }
    if Tag.anchors.contains(node.tag), let link = node.bytes(of: "href"), personalPaths.isIn(link) {
      return true
    }
    guard isMarked(node), !Tag.wholes.contains(node.tag) else { return false }
    return isShort(node)
  }

  /// Whether an address is a person's own page on a board.
  static func isPersonal(_ link: String) -> Bool { personalPaths.isIn(link) }

  private static func isMarked(_ node: Node) -> Bool {
    for name in ["class", "id", "itemprop", "rel"] as [StaticString] {
      // Nearly all classes hold none of the stems, and then there is nothing to take apart.
      guard let value = node.bytes(of: name), stems.isIn(value) else { continue }
      if isMark(String(decoding: value, as: UTF8.self)) { return true }
    }
    return false
  }

  /// Whether a class or id speaks of the one who wrote.
  static func isMark(_ value: String) -> Bool {
    for token in value.split(whereSeparator: { $0 == " " || $0 == "\n" || $0 == "\t" }) {
      let parts = words(in: token)
      if parts.contains(where: { people.contains($0) }) { return true }
      let whole = parts.joined()
      if places.contains(whole) || compounds.isIn(whole) { return true }
    }
    return false
  }

  /// `postUser-name` as `post`, `user`, `name`.
  private static func words(in token: Substring) -> [String] {
    var words: [String] = []
    var word = ""
    for byte in token.utf8 {
      let isUpper = (0x41...0x5A).contains(byte)
      let startsAnew = isUpper && (word.utf8.last.map { (0x61...0x7A).contains($0) } ?? false)
      if startsAnew || !(ASCII.isLetter(byte) || ASCII.isDigit(byte)) {
        if !word.isEmpty { words.append(word) }
        word = ""
      }
      guard ASCII.isLetter(byte) || ASCII.isDigit(byte) else { continue }
      word.unicodeScalars.append(Unicode.Scalar(ASCII.lowered(byte)))
    }
    return word.isEmpty ? words : words + [word]
  }

  private static func isShort(_ node: Node) -> Bool {
    var count = 0
    var next: Node? = node
    while let here = next, count <= longestPanel {
      here.withText { count += $0.count }
      next = here.following(within: node)
    }
    return count <= longestPanel
  }

  private static let people: Set<String> = [
    "author", "authors", "authi", "byline", "nick", "nickname", "nickName", "uname", "username",
    "userid", "uid", "avatar", "poster", "userinfo", "usercard", "writer", "zuozhe",
    "louzhu", "reporter", "journalist", "bianji", "jizhe", "faceimg", "userface",
    "touxiang", "yonghu", "wangyou", "nicheng",
  ]
  private static let stems = ByteWords([
    "auth", "line", "nick", "uname", "user", "uid", "avatar", "poster", "posted", "postip",
    "writer",
    "zuozhe", "louzhu", "reporter", "journal", "bianji", "jizhe", "face", "touxiang", "yonghu",
    "wangyou", "nicheng", "ip", "loc", "region", "name", "member", "usr",
  ])
  private static let compounds = ByteWords([
    "nickname", "username", "userinfo", "userid", "useravatar", "avatar", "iploc", "ipaddr",
    "ipregion", "ipbelong", "ipattr", "ipfrom", "userip", "postip", "authorname", "postedby",
    "postuser", "postauthor", "userlink", "userface", "usercard", "dauthor", "pbauthor",
    "replyname", "repuser", "memberinfo", "membername",
  ])
  private static let places: Set<String> = ["location", "ip", "iplocation", "loc", "region"]
  private static let personalPaths = ByteWords([
    "space-uid-", "mod=space", "space.php?uid", "/space/uid", "/user/", "/users/", "/u/",
    "/people/",
    "/profile/", "/member/", "/home/main?un=", "userinfo", "/author/", "user.php?", "profile.php?",
    "home.php?uid", "/i/sys/jump?un", "/personal/", "viewuser",
  ])
}

extension Tag {
  static let anchors: TagSet = ["a"]
  /// Elements too large to be an author's panel whatever they are called.
  static let wholes: TagSet = ["html", "body", "main", "article", "form"]
}
