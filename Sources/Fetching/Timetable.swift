/// What is to happen at which time, soonest first (日程): a binary heap.
struct Timetable<Event> {
  private var heap: [(at: Ticks, event: Event)] = []

  /// When the soonest event is due; nil where nothing is.
  var soonest: Ticks? { heap.first?.at }

  /// Adds an event; events at one time come in no particular order.
  mutating func add(_ event: Event, at time: Ticks) {
    heap.append((time, event))
    var child = heap.count - 1
    while child > 0, heap[child].at < heap[(child - 1) / 2].at {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// Takes the soonest event if it is due.
  mutating func takeDue(at now: Ticks) -> Event? {
    guard let first = heap.first, first.at <= now else { return nil }
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    sink()
    return first.event
  }

  private mutating func sink() {
    var parent = 0
    while true {
      var smaller = 2 * parent + 1
      guard smaller < heap.count else { return }
      if smaller + 1 < heap.count, heap[smaller + 1].at < heap[smaller].at { smaller += 1 }
      guard heap[smaller].at < heap[parent].at else { return }
      heap.swapAt(parent, smaller)
      parent = smaller
    }
  }
}

/// First in, first out, without moving what stays (队列).
struct Queue<Element> {
  private var elements: [Element?] = []
  private var head = 0

  var isEmpty: Bool { head == elements.count }
  var first: Element? { isEmpty ? nil : elements[head] }

  mutating func append(_ element: Element) { elements.append(element) }

  mutating func takeFirst() -> Element? {
    guard !isEmpty else { return nil }
    let element = elements[head]
    elements[head] = nil
    head += 1
    if head > 32, head * 2 > elements.count {
      elements.removeFirst(head)
      head = 0
    }
    return element
  }
}
