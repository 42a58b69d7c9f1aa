/// Every word of every rule, laid out so that one pass over a folded text finds them all (词表索引).
///
/// Two facts make the pass fast. Few pairs of neighbouring characters begin a word, and far fewer
/// rows of three, so two bitmaps of hashes, small enough for the L2 cache together, throw nearly all
/// places out without a branch that depends on the text. What is left is walked through a tree of the
/// words, kept as one hash table of edges: one probe for the first three characters, and then one for
/// each place where words part; what no other word parts from is compared at once.
///
/// What must always hold:
/// - the filters have no false negatives: whatever bit the beginning of a word sets, a text's reads;
/// - a place costs no more probes than there are partings in the longest word, so the pass is linear
///   in the text for a given rule book, also where all words share a prefix and the text repeats it;
/// - for one word, places are reported from front to back.
package struct KeywordAutomaton: Sendable {
  /// A word by the order in which it was first added, from 0.
  package typealias Word = Int32

  /// An edge of the tree, four to a cache line; the key 0 marks a free place.
  struct Edge {
    var key: UInt64
    /// Where it leads; 0 where no word goes on from here.
    var node: UInt32 = 0
    /// The word that ends here, or -1.
    var word: Word = -1
  }

  /// What all words behind an edge have in common, and whether they part after it.
  struct Node {
    /// Where the common characters stand among `rests`, and how many there are.
    var start: UInt32 = 0
    var length: UInt32 = 0
    /// The word that ends with them, or -1; where there are none, that is the edge's to say.
    var word: Word = -1
    var parts = false
  }

  private(set) var edges: [Edge]
  private(set) var edgeShift: UInt64
  private var edgeCount = 0
  /// The first stands for none.
  private(set) var nodes = [Node()]
  /// What words have behind a parting, one behind the other.
  private(set) var rests: [UInt32] = []
  /// A bit for the first two characters of each word.
  private(set) var pairs: Filter
  /// A bit for each word of two characters and for the first three of each longer one.
  private(set) var beginnings: Filter
  /// One bit for the low 16 bits of every word of one character; empty where there is none.
  private(set) var singles: [UInt64] = []
  /// One bit for the low 16 bits of the first and of the second character of every longer word: where
  /// they are few, every other character of a text need not be looked at. Empty where they are many.
  private(set) var heads = [UInt64](repeating: 0, count: 1024)
  private var headCount = 0
  /// So many heads are few: with more of them, too many of a text's characters are one.
  private static let fewHeads = 320
  /// How many different words there are.
  package private(set) var wordCount = 0

  /// Room for so many words, and so many edges; a wrong guess costs time only.
  init(words: Int, edges edgeCount: Int) {
    let edgeBits = max(4, Self.bits(for: edgeCount * 2))
    edges = Array(repeating: Edge(key: 0), count: 1 << edgeBits)
    edgeShift = UInt64(64 - edgeBits)
    // 16 bits a word let one place in sixteen through by chance; 128 and 256 KiB leave the L2 cache
    // room for the text.
    pairs = Filter(bits: min(20, max(15, Self.bits(for: words * 16))))
    beginnings = Filter(bits: min(21, max(15, Self.bits(for: words * 16))))
    nodes.reserveCapacity(words + 1)
  }

  /// Some words, folded.
  package init(_ words: some Collection<String>) {
    self.init(words: words.count, edges: words.count)
    for word in words { _ = add(FoldedText.word(word)) }
  }

  private static func bits(for count: Int) -> Int {
    Int.bitWidth - count.leadingZeroBitCount
  }

  /// Adds a word and says which it is; the same word again is the same one. Nil for an empty word.
  mutating func add(_ codes: some RandomAccessCollection<UInt32>) -> Word? {
    guard let first = codes.first else { return nil }
    var key: UInt64 = 0
    for (place, code) in codes.prefix(3).enumerated() { key |= UInt64(code) << UInt64(21 * place) }
    if codes.count == 1 {
      if singles.isEmpty { singles = Array(repeating: 0, count: 1024) }
      singles[Int(first & 0xFFFF) >> 6] |= 1 << UInt64(first & 63)
    } else {
      pairs.insert(key & (1 << 42 - 1))
      beginnings.insert(key)
      for code in codes.prefix(2) { addHead(code) }
    }
    return add(codes.dropFirst(3), behind: slot(of: key))
  }

  private mutating func addHead(_ code: UInt32) {
    guard !heads.isEmpty else { return }
    let (place, bit) = (Int(code & 0xFFFF) >> 6, UInt64(1) << UInt64(code & 63))
    guard heads[place] & bit == 0 else { return }
    heads[place] |= bit
    headCount += 1
    if headCount > Self.fewHeads { heads = [] }
  }

  /// Adds what is left of a word behind an edge.
  private mutating func add<Rest: RandomAccessCollection>(
    _ rest: Rest, behind first: Int
  ) -> Word where Rest.Element == UInt32, Rest.SubSequence == Rest {
    var (slot, rest) = (first, rest)
    while !rest.isEmpty {
      guard edges[slot].node != 0 else { return addNode(rest, behind: slot) }
      let whole = Int(nodes[Int(edges[slot].node)].length)
      let shared = sharedLength(of: edges[slot].node, with: rest)
      let node = shared < whole ? split(slot, after: shared) : edges[slot].node
      rest = rest.dropFirst(shared)
      guard let code = rest.popFirst() else {
        if nodes[Int(node)].word < 0 { nodes[Int(node)].word = newWord() }
        return nodes[Int(node)].word
      }
      nodes[Int(node)].parts = true
      slot = self.slot(of: Self.key(from: node, code))
    }
    if edges[slot].word < 0 { edges[slot].word = newWord() }
    return edges[slot].word
  }

  /// Puts all that is left of a word behind an edge that leads nowhere yet.
  private mutating func addNode(_ rest: some Collection<UInt32>, behind slot: Int) -> Word {
    edges[slot].node = UInt32(nodes.count)
    let word = newWord()
    nodes.append(Node(start: UInt32(rests.count), length: UInt32(rest.count), word: word))
    rests += rest
    return word
  }

  private mutating func newWord() -> Word {
    wordCount += 1
    return Word(wordCount - 1)
  }

  private func sharedLength(of node: UInt32, with rest: some Collection<UInt32>) -> Int {
    var shared = 0
    let start = Int(nodes[Int(node)].start)
    for code in rest.prefix(Int(nodes[Int(node)].length)) {
      guard rests[start + shared] == code else { break }
      shared += 1
    }
    return shared
  }

  /// Lets the words behind an edge part after so many characters, and says at which node. What came
  /// after them keeps its own and so its edges.
  private mutating func split(_ slot: Int, after shared: Int) -> UInt32 {
    let lower = edges[slot].node
    var node = nodes[Int(lower)]
    let code = rests[Int(node.start) + shared]
    let upper = UInt32(nodes.count)
    nodes.append(Node(start: node.start, length: UInt32(shared), parts: true))
    edges[slot].node = upper
    node.start += UInt32(shared + 1)
    node.length -= UInt32(shared + 1)
    let below = self.slot(of: Self.key(from: upper, code))
    if node.length == 0 {
      edges[below].word = node.word
      node.word = -1
    }
    nodes[Int(lower)] = node
    edges[below].node = node.length > 0 || node.parts ? lower : 0
    return upper
  }

  /// Where an edge is, made where there is none.
  private mutating func slot(of key: UInt64) -> Int {
    // Half stays free, so that a search for what is not there soon meets a free place.
    if edgeCount >= edges.count / 2 { doubleEdges() }
    let slot = freeSlot(for: key)
    if edges[slot].key == 0 {
      edges[slot].key = key
      edgeCount += 1
    }
    return slot
  }

  private func freeSlot(for key: UInt64) -> Int {
    var slot = Int(Filter.mix(key) >> edgeShift)
    while edges[slot].key != 0, edges[slot].key != key { slot = (slot + 1) & (edges.count - 1) }
    return slot
  }

  private mutating func doubleEdges() {
    let old = edges
    edges = Array(repeating: Edge(key: 0), count: old.count * 2)
    edgeShift -= 1
    for edge in old where edge.key != 0 { edges[freeSlot(for: edge.key)] = edge }
  }

  // A scalar has 21 bits at most and none is 0 in a folded text, so a word's first three characters
  // are one key, that of a shorter word ends in zeros, and the highest bit is left for the rest.

  /// The key of the edge that goes on from a node by a character.
  @inline(__always)
  static func key(from node: UInt32, _ code: UInt32) -> UInt64 {
    UInt64(code) | UInt64(node) &<< 21 | 1 << 63
  }
}

/// A set of keys that may hold some more by chance, as bits (位图过滤).
struct Filter: Sendable {
  private(set) var words: [UInt64]
  let shift: UInt64

  /// An empty one of two to the power of so many bits, six at least.
  init(bits: Int) {
    words = Array(repeating: 0, count: 1 << (bits - 6))
    shift = UInt64(64 - bits)
  }

  mutating func insert(_ key: UInt64) {
    let bit = Self.mix(key) >> shift
    words[Int(bit >> 6)] |= 1 << (bit & 63)
  }

  /// Fibonacci hashing: the high bits of the product depend on every bit of the key.
  @inline(__always)
  static func mix(_ key: UInt64) -> UInt64 { key &* 0x9E37_79B9_7F4A_7C15 }
}
