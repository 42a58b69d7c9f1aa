/// What a sweep still has to look through (清理进度): years of names and hosts are thousands, and a turn
/// looks at a few of them.
struct Sweep {
  /// Keys as they were when it began.
  struct Pile<Key> {
    fileprivate static var handful: Int { 256 }

    private var keys: ArraySlice<Key>
    var isEmpty: Bool { keys.isEmpty }

    init(_ keys: [Key] = []) { self.keys = keys[...] }

    /// Takes the next handful.
    mutating func next() -> ArraySlice<Key> {
      let taken = keys.prefix(Self.handful)
      keys = keys.dropFirst(Self.handful)
      return taken
    }
  }

  var names = Pile<String>()
  var robots = Pile<RobotsShelf.Key>()
  var lines = Pile<String>()

  var isEmpty: Bool { names.isEmpty && robots.isEmpty && lines.isEmpty }

  /// Nothing to look through.
  init() {}

  /// Everything there is by now.
  init(names: [String], robots: [RobotsShelf.Key], lines: [String]) {
    self.names = Pile(names)
    self.robots = Pile(robots)
    self.lines = Pile(lines)
  }
}
