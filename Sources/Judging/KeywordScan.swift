// The pass itself, and the only file of this stage whose hot loops read memory unchecked.
//
// Why each index is within bounds:
// - codes: a folded text has one 0 behind its last code, so a text of n codes may be read up to n;
// - candidates: a block writes each place at most once, behind what it kept so far; of heads half as
//   many and one;
// - filters and edges: an index is a hash shifted down to the number of bits the array was made with,
//   or such an index plus one, masked;
// - nodes and rests: an edge's node and a node's rest are what `KeywordAutomaton` wrote.

internal import Glibc

extension KeywordAutomaton {
  /// How many places are looked at before what passed the filter is verified. The candidates stay in
  /// the L1 cache, and filtering is not disturbed by verifying.
  private static let block = 2048

  /// Reports every place of every word in a text, overlapping ones too, as runs of its codes; says
  /// how many edges were looked for, which is what hostile texts would drive up.
  @discardableResult
  package func scan(_ text: FoldedText, _ report: (Word, Range<Int>) -> Void) -> Int {
    guard wordCount > 0, text.count > 0 else { return 0 }
    return text.codes.withUnsafeBufferPointer { codes in
      edges.withUnsafeBufferPointer { edges in
        nodes.withUnsafeBufferPointer { nodes in
          rests.withUnsafeBufferPointer { rests in
            let pass = Pass(
              codes: codes, edges: edges, nodes: nodes, rests: rests, shift: edgeShift)
            return withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2 * Self.block) { room in
              var steps = singles.isEmpty ? 0 : scanSingles(pass, into: room, report)
              steps &+= scanBeginnings(pass, into: room, report)
              return steps
            }
          }
        }
      }
    }
  }

  /// The words of two characters and more.
  private func scanBeginnings(
    _ pass: Pass, into room: UnsafeMutableBufferPointer<Int32>, _ report: (Word, Range<Int>) -> Void
  ) -> Int {
    let count = pass.codes.count &- 1
    guard count > 1 else { return 0 }
    let candidates = UnsafeMutableBufferPointer(rebasing: room[..<Self.block])
    let longer = UnsafeMutableBufferPointer(rebasing: room[Self.block...])
    var steps = 1
    var start = 0
    while start < count - 2 {
      let end = min(start + Self.block, count - 2)
      let found =
        heads.isEmpty
        ? collect(pass.codes, start..<end, into: candidates)
        : collectBesideHeads(pass.codes, start..<end, into: candidates, by: longer)
      let kept = sift(pass.codes, candidates, found, longer)
      for at in candidates[..<kept.pairs] { pass.look(for: 2, at: Int(at), report) }
      for at in longer[..<kept.triples] { steps &+= pass.walk(from: Int(at), report) }
      steps &+= kept.pairs
      start = end
    }
    // The last two characters have no third.
    pass.look(for: 2, at: count - 2, report)
    return steps
  }

  /// Writes down where two characters stand with which a word begins. No branch depends on the text:
  /// a mispredicted one would cost more than the store it saves.
  @inline(__always)
  private func collect(
    _ codes: UnsafeBufferPointer<UInt32>, _ run: Range<Int>,
    into candidates: UnsafeMutableBufferPointer<Int32>
  ) -> Int {
    pairs.words.withUnsafeBufferPointer { bits in
      let shift = pairs.shift
      var found = 0
      var first = UInt64(codes[run.lowerBound])
      for at in run {
        let second = UInt64(codes[at &+ 1])
        candidates[found] = Int32(truncatingIfNeeded: at)
        found &+= Self.bit(Filter.mix(first | second &<< 21) &>> shift, of: bits)
        first = second
      }
      return found
    }
  }

  /// The same where words begin with few characters. Of two places that follow each other one is odd,
  /// so whatever begins has its first or its second character there; only where that is a head are
  /// the two pairs around it asked for.
  @inline(__always)
  private func collectBesideHeads(
    _ codes: UnsafeBufferPointer<UInt32>, _ run: Range<Int>,
    into candidates: UnsafeMutableBufferPointer<Int32>,
    by places: UnsafeMutableBufferPointer<Int32>
  ) -> Int {
    var there = 0
    heads.withUnsafeBufferPointer { bits in
      // A run begins at an even place and ends two before the text does.
      var at = run.lowerBound &+ 1
      while at <= run.upperBound {
        places[there] = Int32(truncatingIfNeeded: at)
        there &+= Self.bit(UInt64(codes[at] & 0xFFFF), of: bits)
        at &+= 2
      }
    }
    return pairs.words.withUnsafeBufferPointer { bits in
      let shift = pairs.shift
      var found = 0
      for place in places[..<there] {
        let at = Int(place)
        let code = UInt64(codes[at])
        candidates[found] = place &- 1
        found &+= Self.bit(
          Filter.mix(UInt64(codes[at &- 1]) | code &<< 21) &>> shift, of: bits)
        guard at < run.upperBound else { continue }
        candidates[found] = place
        found &+= Self.bit(
          Filter.mix(code | UInt64(codes[at &+ 1]) &<< 21) &>> shift, of: bits)
      }
      return found
    }
  }

  /// Parts the candidates into those that may be a word of two characters, which stay where they are,
  /// and those that may begin a longer one.
  @inline(__always)
  private func sift(
    _ codes: UnsafeBufferPointer<UInt32>, _ candidates: UnsafeMutableBufferPointer<Int32>,
    _ count: Int, _ longer: UnsafeMutableBufferPointer<Int32>
  ) -> (pairs: Int, triples: Int) {
    beginnings.words.withUnsafeBufferPointer { bits in
      let shift = beginnings.shift
      var (pairs, triples) = (0, 0)
      for candidate in 0..<count {
        let place = candidates[candidate]
        let at = Int(place)
        let pair = UInt64(codes[at]) | UInt64(codes[at &+ 1]) &<< 21
        let triple = pair | UInt64(codes[at &+ 2]) &<< 42
        candidates[pairs] = place
        longer[triples] = place
        pairs &+= Self.bit(Filter.mix(pair) &>> shift, of: bits)
        triples &+= Self.bit(Filter.mix(triple) &>> shift, of: bits)
      }
      return (pairs, triples)
    }
  }

  @inline(__always)
  private static func bit(_ number: UInt64, of bits: UnsafeBufferPointer<UInt64>) -> Int {
    Int(truncatingIfNeeded: bits[Int(truncatingIfNeeded: number &>> 6)] &>> (number & 63) & 1)
  }

  /// The words of one character, of which a table of 64 Ki bits knows all but what lies beyond the
  /// basic plane for certain.
  private func scanSingles(
    _ pass: Pass, into places: UnsafeMutableBufferPointer<Int32>,
    _ report: (Word, Range<Int>) -> Void
  ) -> Int {
    singles.withUnsafeBufferPointer { bits in
      let count = pass.codes.count &- 1
      var steps = 0
      for start in stride(from: 0, to: count, by: Self.block) {
        var found = 0
        for at in start..<min(start + Self.block, count) {
          places[found] = Int32(truncatingIfNeeded: at)
          found &+= Self.bit(UInt64(pass.codes[at] & 0xFFFF), of: bits)
        }
        for at in places[..<found] { pass.look(for: 1, at: Int(at), report) }
        steps &+= found
      }
      return steps
    }
  }
}

/// A text and the tree, as verifying reads them.
private struct Pass {
  let codes: UnsafeBufferPointer<UInt32>
  let edges: UnsafeBufferPointer<KeywordAutomaton.Edge>
  let nodes: UnsafeBufferPointer<KeywordAutomaton.Node>
  let rests: UnsafeBufferPointer<UInt32>
  let shift: UInt64

  /// Reports the word that is the one or two characters at a place, if they are one.
  @inline(__always)
  func look(
    for length: Int, at start: Int, _ report: (KeywordAutomaton.Word, Range<Int>) -> Void
  ) {
    var key = UInt64(codes[start])
    if length == 2 { key |= UInt64(codes[start &+ 1]) &<< 21 }
    let edge = edge(key)
    if edge.word >= 0 { report(edge.word, start..<start &+ length) }
  }

  /// Reports the words of three characters and more that begin at a place; says in how many steps.
  @inline(__always)
  func walk(
    from start: Int, _ report: (KeywordAutomaton.Word, Range<Int>) -> Void
  ) -> Int {
    var edge = edge(
      UInt64(codes[start]) | UInt64(codes[start &+ 1]) &<< 21 | UInt64(codes[start &+ 2]) &<< 42)
    var (end, steps) = (start &+ 3, 1)
    while true {
      if edge.word >= 0 { report(edge.word, start..<end) }
      guard edge.node != 0 else { return steps }
      let node = nodes[Int(edge.node)]
      if node.length > 0 {
        guard stands(node, at: end) else { return steps }
        end &+= Int(node.length)
        if node.word >= 0 { report(node.word, start..<end) }
      }
      // The 0 behind the text is no word's, so no walk goes beyond it.
      guard node.parts else { return steps }
      edge = self.edge(KeywordAutomaton.key(from: edge.node, codes[end]))
      end &+= 1
      steps &+= 1
    }
  }

  /// Whether what all words behind a node have in common stands at a place. The last character is
  /// looked at first: a text that repeats one character ends most comparisons there.
  @inline(__always)
  private func stands(_ node: KeywordAutomaton.Node, at place: Int) -> Bool {
    let (start, length) = (Int(node.start), Int(node.length))
    guard place &+ length < codes.count,
      codes[place &+ length &- 1] == rests[start &+ length &- 1]
    else { return false }
    guard length > 1, let own = rests.baseAddress, let text = codes.baseAddress else { return true }
    return memcmp(own + start, text + place, (length &- 1) &* MemoryLayout<UInt32>.size) == 0
  }

  /// The edge of a key; one that leads nowhere where there is none.
  @inline(__always)
  private func edge(_ key: UInt64) -> KeywordAutomaton.Edge {
    var slot = Int(truncatingIfNeeded: Filter.mix(key) &>> shift)
    while edges[slot].key != key {
      guard edges[slot].key != 0 else { return KeywordAutomaton.Edge(key: 0) }
      slot = (slot &+ 1) & (edges.count &- 1)
    }
    return edges[slot]
  }
}
