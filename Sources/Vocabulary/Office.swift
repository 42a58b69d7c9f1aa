/// The name of a unit as the set-up writes it (单位名称).
package struct UnitName: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
  package var rawValue: String
  /// A unit by its name.
  package init(rawValue: String) { self.rawValue = rawValue }
  package var description: String { rawValue }
}

/// Who must act on an item (承办单位).
package struct ResponsibleUnit: Sendable, Hashable {
  package var name: UnitName
  /// What it does, so that one rule book serves many offices.
  package var roles: [String]
  package var mail: [MailAddress]
  /// Who hears when nobody acknowledges.
  package var deputy: [MailAddress]
  /// Who is there after hours and on days off (值班邮箱); none where `mail` is read then too.
  package var duty: [MailAddress]

  /// A unit of an office.
  package init(
    name: UnitName, roles: [String], mail: [MailAddress], deputy: [MailAddress] = [],
    duty: [MailAddress] = []
  ) {
    self.name = name
    self.roles = roles
    self.mail = mail
    self.deputy = deputy
    self.duty = duty
  }

  /// Whether the set-up has an address as one of its own.
  package func has(_ address: String) -> Bool {
    (mail + deputy + duty).contains { $0.address.lowercased() == address.lowercased() }
  }

  /// Where a notice goes that leaves then: general ones of a day off to whoever is there alone;
  /// what cannot wait for the morning to them and to where it is found in the morning.
  package func mail(at leaving: LeavingTime?, afterHours: Bool) -> [MailAddress] {
    switch leaving?.reason {
    case .hour: mail
    case .dayOff: duty.isEmpty ? mail : duty
    case .window, .quiet, .release, nil: afterHours ? (duty + mail).uniqued : mail
    }
  }
}

/// A mail address, with a name where one is written (邮箱地址).
package struct MailAddress: Sendable, Hashable, Codable, CustomStringConvertible {
  /// The name before the angle brackets.
  package var name: String?
  /// `local@domain`.
  package var address: String

  /// An address by its parts; `address` has been checked by whoever read it.
  package init(name: String? = nil, address: String) {
    self.name = name
    self.address = address
  }

  /// An address as people write it, `name <local@domain>` or bare; nil where it is none (RFC 5321).
  package init?(_ written: String) {
    let trimmed = MailAddress.trim(written)
    if trimmed.hasSuffix(">"), let open = trimmed.lastIndex(of: "<") {
      let inside = String(trimmed[trimmed.index(after: open)...].dropLast())
      guard MailAddress.isAddress(inside) else { return nil }
      var name = MailAddress.trim(String(trimmed[..<open]))
      if name.count >= 2, name.hasPrefix("\""), name.hasSuffix("\"") {
        name = String(name.dropFirst().dropLast())
      }
      self.init(name: name.isEmpty ? nil : name, address: inside)
    } else {
      guard MailAddress.isAddress(trimmed) else { return nil }
      self.init(address: trimmed)
    }
  }

  /// The part after the last `@`.
  package var domain: String {
    address.lastIndex(of: "@").map { String(address[address.index(after: $0)...]) } ?? ""
  }

  package var description: String {
    name.map { "\($0) <\(address)>" } ?? address
  }

  private static func trim(_ text: String) -> String {
    var rest = text[...]
    while let first = rest.first, first.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return String(rest)
  }

  /// Whether a text is `local@domain` and nothing else (RFC 5321), so that it can be handed to a mail
  /// server.
  package static func isAddress(_ text: String) -> Bool {
    let bytes = text.utf8
    guard bytes.count <= 254, let at = bytes.firstIndex(of: UInt8(ascii: "@")) else { return false }
    let local = bytes[..<at]
    let domain = bytes[bytes.index(after: at)...]
    // Byte by byte: every letter that is mailed is asked this, and none has more than ASCII.
    return (1...64).contains(local.count) && isDotted(local, allowing: marks, hyphensAtEnds: true)
      && isDotted(domain, allowing: [], hyphensAtEnds: false)
  }

  private static let marks = Array("!#$%&'*+-/=?^_`{|}~".utf8)

  /// Whether it is atoms with dots between them.
  private static func isDotted(
    _ text: Substring.UTF8View, allowing marks: [UInt8], hyphensAtEnds: Bool
  ) -> Bool {
    var before = UInt8(ascii: ".")
    for byte in text {
      switch byte {
      case UInt8(ascii: "."):
        guard before != byte, hyphensAtEnds || before != UInt8(ascii: "-") else { return false }
      case UInt8(ascii: "-"):
        guard hyphensAtEnds || before != UInt8(ascii: ".") else { return false }
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        break
      default: guard marks.contains(byte) else { return false }
      }
      before = byte
    }
    return before != UInt8(ascii: ".") && (hyphensAtEnds || before != UInt8(ascii: "-"))
  }
}

/// Which units are still in trial (试运行): their notices go to the officers only.
package enum Trial: Sendable, Hashable {
  /// Nobody: everything goes where it should.
  case off
  /// Everybody.
  case everyone
  /// These units.
  case units(Set<UnitName>)

  /// Whether a unit's notices go to the officers instead.
  package func covers(_ unit: UnitName) -> Bool {
    switch self {
    case .off: false
    case .everyone: true
    case .units(let units): units.contains(unit)
    }
  }

  /// Whether anyone is in trial.
  package var isOn: Bool {
    switch self {
    case .off: false
    case .everyone: true
    case .units(let units): !units.isEmpty
    }
  }
}

/// The letters office itself and everybody it writes to (单位设置).
package struct Office: Sendable, Hashable {
  package var name: String
  package var telephone: String?
  package var zone: OfficeZone
  package var language: Language
  package var trial: Trial
  package var windows: Windows
  package var units: [ResponsibleUnit]
  package var defaultUnit: UnitName?
  /// The unit that alone gets allegations of misconduct (监督单位).
  package var supervision: UnitName?
  package var officers: [MailAddress]
  package var leaders: [MailAddress]
  /// The grades whose bulletins reach the leaders at once.
  package var leadersHear: Set<Grade>
  package var admins: [MailAddress]
  /// On which days it works.
  package var calendar: WorkCalendar
  /// The hours of its day.
  package var hours: DutyHours
  package var escalation: Escalation
  /// What the duty officer signs off before anybody else hears.
  package var signOff: SignOff
  /// Where replies and bounces come in; nil where nobody reads them.
  package var mailbox: MailboxSettings?
  /// Who hears first after hours and on days off; nil where nobody keeps one.
  package var roster: Roster?
  /// What says beside mail that there is something major, in the order of the set-up.
  package var channels: [Channel]

  /// An office of its least parts.
  package init(name: String, units: [ResponsibleUnit] = []) {
    self.name = name
    self.zone = .shanghai
    self.language = .zh
    self.trial = .off
    self.windows = .regulation
    self.units = units
    self.officers = []
    self.leaders = []
    self.leadersHear = [.major]
    self.admins = []
    self.calendar = WorkCalendar()
    self.hours = .usual
    self.escalation = .usual(within: .regulation)
    self.signOff = SignOff()
    self.channels = []
  }

  /// Everybody it writes to, each once, in the order of the set-up.
  package var addresses: [MailAddress] {
    let all = units.flatMap { $0.mail + $0.deputy + $0.duty } + officers + leaders + admins
    var seen: Set<String> = []
    return (all + (roster?.addresses ?? [])).filter { seen.insert($0.address).inserted }
  }

  /// The channel of that name.
  package func channel(_ name: String) -> Channel? {
    channels.first { $0.name == name }
  }

  /// Whether what people reply is read.
  package var readsReplies: Bool { mailbox != nil }

  /// The unit of that name.
  package func unit(_ name: UnitName) -> ResponsibleUnit? {
    units.first { $0.name == name }
  }
}
