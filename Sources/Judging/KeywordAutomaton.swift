/// Finds every word of every rule in one pass over a folded text (关键词匹配).
///
/// Two facts make it fast. Nearly no pair of neighbouring characters begins a word, so a bitmap of
/// hashed pairs, small enough for the L2 cache, throws most places out without a branch.
/// And what is left is walked through a tree of the words, kept as one hash table of edges: each
/// step is one probe, however many words share a beginning.
///
/// What must always hold:
/// - the filter has no false negatives: whatever bit a word's first pair sets, a text's pair reads;
/// - a place costs at most as many steps as the longest word has characters, so the pass is linear
///   in the text for a given rule book, also where all words share a prefix and the text repeats it;
/// - for one word, places are reported from front to back.
struct KeywordAutomaton: Sendable {
  /// A word by the order in which it was first added, from 0.
  typealias Word = Int32

  /// An edge of the tree; the key 0 marks a free place, and its node 0 means "no way on".
  private struct Edge {
    var key: UInt64
    var node: UInt32
  }

  /// A node: the word that ends here, or -1, and whether longer words go on from here.
  private struct Node {
    var word: Word
    var goesOn: Bool
  }

  /// How many candidate places are collected before they are verified; they stay in the L1 cache.
  private static let block = 2048

  private var edges: [Edge]
  private var edgeShift: UInt64
  private var nodes: [Node] = [Node(word: -1, goesOn: false)]
  private var pairs: [UInt64]
  private var pairShift: UInt64
  /// One bit for the low 16 bits of every word of one character; empty where there is none.
  private var singles: [UInt64] = []
  /// How many different words there are.
  private(set) var wordCount = 0

  /// Room for so many words, and so many edges; a wrong guess costs time only.
  init(words: Int, edges edgeCount: Int) {
    let edgeBits = max(4, Self.bits(for: edgeCount + edgeCount / 3))
    edges = Array(repeating: Edge(key: 0, node: 0), count: 1 << edgeBits)
    edgeShift = UInt64(64 - edgeBits)
    let pairBits = min(21, max(12, Self.bits(for: words * 16)))
    pairs = Array(repeating: 0, count: 1 << (pairBits - 6))
    pairShift = UInt64(64 - pairBits)
    nodes.reserveCapacity(edgeCount + 1)
  }

  private static func bits(for count: Int) -> Int {
    Int.bitWidth - count.leadingZeroBitCount
  }

  /// Adds a word and says which it is; the same word again is the same one. Nil for an empty word.
  mutating func add(_ codes: some RandomAccessCollection<UInt32>) -> Word? {
    guard let first = codes.first else { return nil }
    let rest = codes.dropFirst()
    guard let second = rest.first else {
      nameSingle(first)
      return word(at: step(along: Self.key(single: first)))
    }
    let key = Self.key(pair: first, second)
    let bit = Self.mix(key) >> pairShift
    pairs[Int(bit >> 6)] |= 1 << (bit & 63)
    var node = step(along: key)
    for code in rest.dropFirst() {
      nodes[Int(node)].goesOn = true
      node = step(along: Self.key(from: node, code))
    }
    return word(at: node)
  }

  private mutating func nameSingle(_ code: UInt32) {
    if singles.isEmpty { singles = Array(repeating: 0, count: 1024) }
    singles[Int(code & 0xFFFF) >> 6] |= 1 << UInt64(code & 63)
  }

  private mutating func word(at node: UInt32) -> Word {
    if nodes[Int(node)].word < 0 {
      nodes[Int(node)].word = Word(wordCount)
      wordCount += 1
    }
    return nodes[Int(node)].word
  }

  private mutating func step(along key: UInt64) -> UInt32 {
    var slot = Int(Self.mix(key) >> edgeShift)
    while edges[slot].key != 0 {
      if edges[slot].key == key { return edges[slot].node }
      slot = (slot + 1) & (edges.count - 1)
    }
    edges[slot] = Edge(key: key, node: UInt32(nodes.count))
    nodes.append(Node(word: -1, goesOn: false))
    // A quarter stays free, so that every search soon meets a free place.
    if nodes.count > edges.count / 4 * 3 { doubleEdges() }
    return UInt32(nodes.count - 1)
  }

  private mutating func doubleEdges() {
    let old = edges
    edges = Array(repeating: Edge(key: 0, node: 0), count: old.count * 2)
    edgeShift -= 1
    for edge in old where edge.key != 0 {
      var slot = Int(Self.mix(edge.key) >> edgeShift)
      while edges[slot].key != 0 { slot = (slot + 1) & (edges.count - 1) }
      edges[slot] = edge
    }
  }

  // Scalars end at 21 bits, so the three kinds of key cannot meet, and none is 0: no code is.
  @inline(__always)
  private static func key(pair first: UInt32, _ second: UInt32) -> UInt64 {
    UInt64(first) | UInt64(second) << 32
  }

  @inline(__always)
  private static func key(single code: UInt32) -> UInt64 { UInt64(code) | 1 << 62 }

  @inline(__always)
  private static func key(from node: UInt32, _ code: UInt32) -> UInt64 {
    UInt64(node) | UInt64(code) << 32 | 1 << 63
  }

  @inline(__always)
  private static func mix(_ key: UInt64) -> UInt64 {
    (key ^ key >> 29) &* 0x9E37_79B9_7F4A_7C15
  }
}

extension KeywordAutomaton {
  /// Reports every place of every word in a text, overlapping ones too, as runs of its codes.
  func scan(_ text: FoldedText, _ report: (Word, Range<Int>) -> Void) {
    guard wordCount > 0, text.count > 0 else { return }
    text.codes.withUnsafeBufferPointer { codes in
      edges.withUnsafeBufferPointer { edges in
        if !singles.isEmpty { scanSingles(codes, edges, report) }
        withUnsafeTemporaryAllocation(of: Int.self, capacity: Self.block) { candidates in
          var start = 0
          while start + 1 < text.count {
            let end = min(start + Self.block, text.count - 1)
            let found = collect(codes, start..<end, into: candidates)
            for at in candidates[..<found] { walk(codes, edges, from: at, report) }
            start = end
          }
        }
      }
    }
  }

  /// Writes down where a word may begin. No branch depends on the text: a mispredicted one would
  /// cost more than the store it saves.
  @inline(__always)
  private func collect(
    _ codes: UnsafeBufferPointer<UInt32>, _ run: Range<Int>,
    into candidates: UnsafeMutableBufferPointer<Int>
  ) -> Int {
    pairs.withUnsafeBufferPointer { pairs in
      var found = 0
      for at in run {
        let bit = Self.mix(Self.key(pair: codes[at], codes[at &+ 1])) &>> pairShift
        candidates[found] = at
        found &+= Int(truncatingIfNeeded: pairs[Int(bit &>> 6)] &>> (bit & 63) & 1)
      }
      return found
    }
  }

  @inline(__always)
  private func walk(
    _ codes: UnsafeBufferPointer<UInt32>, _ edges: UnsafeBufferPointer<Edge>, from start: Int,
    _ report: (Word, Range<Int>) -> Void
  ) {
    var node = follow(edges, Self.key(pair: codes[start], codes[start &+ 1]))
    var at = start &+ 2
    while node != 0 {
      let here = nodes[Int(node)]
      if here.word >= 0 { report(here.word, start..<at) }
      // The last code is the 0 behind the text, which no word holds.
      guard here.goesOn, at < codes.count &- 1 else { return }
      node = follow(edges, Self.key(from: node, codes[at]))
      at &+= 1
    }
  }

  @inline(__always)
  private func follow(_ edges: UnsafeBufferPointer<Edge>, _ key: UInt64) -> UInt32 {
    var slot = Int(truncatingIfNeeded: Self.mix(key) &>> edgeShift)
    while edges[slot].key != key {
      guard edges[slot].key != 0 else { return 0 }
      slot = (slot &+ 1) & (edges.count &- 1)
    }
    return edges[slot].node
  }

  private func scanSingles(
    _ codes: UnsafeBufferPointer<UInt32>, _ edges: UnsafeBufferPointer<Edge>,
    _ report: (Word, Range<Int>) -> Void
  ) {
    for at in 0..<codes.count - 1 {
      let code = codes[at]
      guard singles[Int(code & 0xFFFF) >> 6] &>> UInt64(code & 63) & 1 == 1 else { continue }
      let node = follow(edges, Self.key(single: code))
      if node != 0 { report(nodes[Int(node)].word, at..<at + 1) }
    }
  }
}
