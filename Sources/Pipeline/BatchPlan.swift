package import Storage
import Vocabulary

/// Which waiting notices leave together (集中发送计划), without clock or ledger.
///
/// What goes to one address in one part, is one kind of paper and is or is not held back by trial
/// makes one batch; a batch of one is none. A mail holds so many papers at most, so that no server
/// finds it too large.
package struct BatchPlan: Sendable, Hashable {
  /// The most papers in one mail: a contact sheet is some 10 KB.
  package static let most = 20

  /// Each batch's notices, the batch that must leave first before the others.
  package let batches: [[Gatherable]]

  /// The plan for envelopes whose time has come, in the order in which they must leave.
  package init(for waiting: [Gatherable]) {
    var places: [Heap: Int] = [:]
    var heaps: [[Gatherable]] = []
    for envelope in waiting {
      let heap = Heap(envelope)
      if let place = places[heap], heaps[place].count < BatchPlan.most {
        heaps[place].append(envelope)
      } else {
        places[heap] = heaps.count
        heaps.append([envelope])
      }
    }
    batches = heaps.filter { $0.count > 1 }
  }

  /// What may lie together.
  private struct Heap: Hashable {
    let address: String
    let part: Part
    let kind: Notice.Kind
    let inTrial: Bool

    init(_ envelope: Gatherable) {
      address = envelope.recipient.address.address
      part = envelope.recipient.part
      kind = envelope.kind
      inTrial = envelope.inTrial
    }
  }
}
