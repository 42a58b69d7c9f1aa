package import Vocabulary

extension Setup {
  /// What is otherwise than in the set-up that was in force before (设置变更): rules first, then feeds,
  /// units and the keys of the main file. Empty where both come to the same, whatever the files look
  /// like. Values are named only where no secret can stand in them.
  package func changes(since old: Setup) -> [SetupChange] {
    RuleComparison.changes(from: old.ruleBook.rules, to: ruleBook.rules)
      + feedChanges(since: old) + unitChanges(since: old) + settingChanges(since: old)
  }

  private func feedChanges(since old: Setup) -> [SetupChange] {
    Setup.compared(old.feeds, feeds, by: \.id) {
      .feed($0.id, name: $0.name)
    } details: {
      Setup.details(from: $0, to: $1)
    }
  }

  private func unitChanges(since old: Setup) -> [SetupChange] {
    Setup.compared(old.office.units, office.units, by: \.name) {
      .unit($0.name)
    } details: {
      [
        Setup.members("roles", from: $0.roles, to: $1.roles),
        Setup.members("mail", from: $0.mail, to: $1.mail),
        Setup.members("deputy", from: $0.deputy, to: $1.deputy),
        Setup.members("duty", from: $0.duty, to: $1.duty),
      ].compactMap { $0 }
    }
  }

  /// What came, what went and what is otherwise, in the order of the files.
  static func compared<Part: Hashable, Key: Hashable>(
    _ old: [Part], _ new: [Part], by key: (Part) -> Key,
    subject: (Part) -> SetupChange.Subject, details: (Part, Part) -> [Phrase]
  ) -> [SetupChange] {
    let before = Dictionary(old.map { (key($0), $0) }, uniquingKeysWith: { first, _ in first })
    let after = Set(new.map(key))
    let come = new.compactMap { part -> SetupChange? in
      guard let was = before[key(part)] else { return SetupChange(subject(part), .added) }
      guard was != part else { return nil }
      let details = details(was, part)
      return details.isEmpty ? nil : SetupChange(subject(part), .changed, details)
    }
    return come + old.filter { !after.contains(key($0)) }.map { SetupChange(subject($0), .removed) }
  }

  /// What came into a list and what went out of it; nil where it holds the same.
  static func members<Member: Hashable & CustomStringConvertible>(
    _ name: String, from old: [Member], to new: [Member]
  ) -> Phrase? {
    let come = new.filter { !Set(old).contains($0) }.map(\.description)
    let gone = old.filter { !Set(new).contains($0) }.map(\.description)
    let parts = [
      come.isEmpty
        ? nil : Phrase(zh: "增加 \(listed(come, "个").zh)", en: "added \(listed(come, "").en)"),
      gone.isEmpty
        ? nil : Phrase(zh: "删去 \(listed(gone, "个").zh)", en: "removed \(listed(gone, "").en)"),
    ].compactMap { $0 }
    guard !parts.isEmpty else { return nil }
    return Phrase(
      zh: "\(name) \(parts.map(\.zh).joined(separator: "，"))",
      en: "\(name): \(parts.map(\.en).joined(separator: "; "))")
  }

  private static func listed(_ words: [String], _ measure: String) -> Phrase {
    let shown = words.prefix(20)
    let rest = words.count - shown.count
    return Phrase(
      zh: "\(words.count) \(measure)：\(shown.joined(separator: "、"))\(rest > 0 ? "等" : "")",
      en: "\(words.count): \(shown.joined(separator: ", "))\(rest > 0 ? " …" : "")")
  }

  /// A value that is another one.
  static func turned(_ name: String, from old: Phrase, to new: Phrase) -> Phrase {
    Phrase(zh: "\(name) \(old.zh) → \(new.zh)", en: "\(name) \(old.en) → \(new.en)")
  }
}

extension Setup {
  private static func details(from old: Feed, to new: Feed) -> [Phrase] {
    var details: [Phrase] = []
    if old.off != new.off {
      details.append(
        new.off
          ? Phrase(zh: "停用，不再采集", en: "switched off: it is not polled")
          : Phrase(zh: "恢复采集", en: "switched on again"))
    }
    if old.every != new.every {
      details.append(turned("every", from: shown(old.every), to: shown(new.every)))
    }
    let others = keys.filter { $0.value(old) != $0.value(new) }.map(\.name)
    if !others.isEmpty {
      details.append(
        Phrase(
          zh: "改动了 \(others.joined(separator: "、"))",
          en: "otherwise: \(others.joined(separator: ", "))"))
    }
    return details
  }

  /// The keys of a feed's file that are named without their values: an address, a proxy or a header
  /// may hold a password.
  private static var keys: [(name: String, value: (Feed) -> AnyHashable)] {
    [
      ("name", { $0.name }), ("kind", { $0.kind }), ("url", { $0.url }),
      ("charset", { $0.charset }), ("items", { $0.items }), ("title", { $0.title }),
      ("link", { $0.link }), ("date", { $0.date }), ("body", { $0.body }), ("next", { $0.next }),
      ("pages", { $0.pages }), ("article", { $0.article }), ("answer", { $0.answer }),
      ("place", { $0.place }), ("first_run", { $0.firstRun }), ("outlet", { $0.outlet }),
      ("national", { $0.national }), ("oldest", { $0.oldest }), ("empty", { $0.mayBeEmpty }),
      ("pause", { $0.pause }), ("proxy", { $0.proxy }), ("headers", { $0.headers }),
      ("tls", { $0.acceptsExpiredCertificate }), ("permission", { $0.permission }),
    ]
  }

  private func settingChanges(since old: Setup) -> [SetupChange] {
    let (was, isNow) = (old.office, office)
    var changes: [SetupChange] = []
    let add = { (name: String, details: [Phrase?]) in
      let details = details.compactMap { $0 }
      if !details.isEmpty { changes.append(SetupChange(.setting(name), .changed, details)) }
    }
    for (name, list) in Setup.addressees {
      add(name, [Setup.members(name, from: was[keyPath: list], to: isNow[keyPath: list])])
    }
    let (hadPlaces, places) = (old.ruleBook.places, ruleBook.places)
    add(
      "places",
      [
        Setup.members("places", from: hadPlaces.map(\.name), to: places.map(\.name))
          ?? (hadPlaces == places
            ? nil : Phrase(zh: "别称、单位或所属地名有变", en: "aliases, units or what they lie in"))
      ])
    add(
      "trial",
      [
        was.trial == isNow.trial
          ? nil : Setup.turned("trial", from: Setup.shown(was.trial), to: Setup.shown(isNow.trial))
      ])
    add(
      "windows",
      Grade.allCases.map { grade in
        guard let before = was.windows.window(of: grade),
          let after = isNow.windows.window(of: grade),
          before != after
        else { return nil }
        return Setup.turned(grade.rawValue, from: Setup.shown(before), to: Setup.shown(after))
      })
    for (name, value) in Setup.values where value(old) != value(self) {
      changes.append(SetupChange(.setting(name), .changed))
    }
    return changes
  }

  private static var addressees: [(String, KeyPath<Office, [MailAddress]>)] {
    [("officers", \.officers), ("leaders", \.leaders), ("admins", \.admins)]
  }

  /// The other keys of the main file, named without their values.
  private static var values: [(name: String, value: (Setup) -> AnyHashable)] {
    [
      ("office", { $0.office.name }), ("telephone", { $0.office.telephone }),
      ("time_zone", { $0.office.zone }), ("language", { $0.office.language }),
      ("default_unit", { $0.office.defaultUnit }), ("supervision", { $0.office.supervision }),
      ("leaders_hear", { $0.office.leadersHear }), ("calendar", { $0.office.calendar }),
      ("hours", { $0.office.hours }), ("escalate", { $0.office.escalation }),
      ("area", { $0.ruleBook.area }),
      ("release", { $0.office.signOff }),
      ("mailbox", { $0.office.mailbox }),
      ("roster", { $0.office.roster }), ("webhooks, command", { $0.office.channels }),
      ("mail", { $0.mail }), ("digests", { $0.digests }), ("fetch", { $0.fetch }),
      ("heartbeat", { $0.heartbeat }),
    ]
  }

  private static func shown(_ trial: Trial) -> Phrase {
    switch trial {
    case .off: Phrase(zh: "关闭", en: "off")
    case .everyone: Phrase(zh: "全部单位试运行", en: "everyone")
    case .units(let units):
      Phrase(
        zh: units.map(\.rawValue).sorted().joined(separator: "、"),
        en: units.map(\.rawValue).sorted().joined(separator: ", "))
    }
  }

  /// A length of time as the files write it.
  private static func shown(_ span: Duration) -> Phrase {
    let seconds = Int(span.components.seconds)
    let units = [(86_400, "d"), (3600, "h"), (60, "m")]
    let unit = units.first { seconds > 0 && seconds % $0.0 == 0 } ?? (1, "s")
    let text = "\(seconds / unit.0)\(unit.1)"
    return Phrase(zh: text, en: text)
  }
}
