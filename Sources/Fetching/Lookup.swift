internal import CCares
internal import Glibc

/// One name being looked up, both families together.
final class Lookup {
  /// What came of one family.
  enum Answer {
    case addresses([String])
    case none
    case failed(String)
  }

  let name: String
  private var first: Answer?
  private var second: Answer?
  /// Whether it ends with what has come by now.
  var isPressing = false

  init(_ name: String) { self.name = name }

  func take(_ answer: Answer, family: Int32) {
    if family == AF_INET { first = answer } else { second = answer }
  }

  var isWhole: Bool { first != nil && second != nil }

  private var addresses: [String] {
    [first, second].flatMap { answer -> [String] in
      guard case .addresses(let found) = answer else { return [] }
      return found
    }
  }

  var hasAddresses: Bool { !addresses.isEmpty }

  var finding: Names.Finding {
    let found = addresses
    guard found.isEmpty else { return .addresses(found) }
    for case .failed(let word) in [first, second] { return .failed(word) }
    return isWhole ? .unknown : .late
  }
}

/// What c-ares hands back with an answer: whose it is.
final class Question {
  let lookup: Lookup
  unowned let names: Names
  let family: Int32

  init(_ lookup: Lookup, of names: Names, family: Int32) {
    self.lookup = lookup
    self.names = names
    self.family = family
  }
}

func answerArrived(
  _ context: UnsafeMutableRawPointer?, _ status: Int32, _ timeouts: Int32,
  _ found: UnsafeMutablePointer<ares_addrinfo>?
) {
  defer { ares_freeaddrinfo(found) }
  guard let context else { return }
  let question = Unmanaged<Question>.fromOpaque(context).takeRetainedValue()
  // While the channel is being taken down nobody is there to be told.
  guard status != ARES_EDESTRUCTION else { return }
  question.names.take(
    answer(status, found), for: question.lookup, family: question.family)
}

private func answer(_ status: Int32, _ found: UnsafeMutablePointer<ares_addrinfo>?) -> Lookup.Answer
{
  switch status {
  case ARES_SUCCESS:
    let addresses = addresses(from: found?.pointee.nodes)
    return addresses.isEmpty ? .none : .addresses(addresses)
  case ARES_ENOTFOUND, ARES_ENODATA, ARES_EBADNAME, ARES_ENONAME: return .none
  default: return .failed(String(cString: ares_strerror(status)))
  }
}

private func addresses(from node: UnsafeMutablePointer<ares_addrinfo_node>?) -> [String] {
  var addresses: [String] = []
  var next = node
  while let node = next {
    if let address = node.pointee.ai_addr, let bytes = AddressPolicy.bytes(of: address) {
      let text = AddressPolicy.text(of: bytes)
      addresses.append(bytes.count == 16 ? "[\(text)]" : text)
    }
    next = node.pointee.ai_next
  }
  return addresses
}
