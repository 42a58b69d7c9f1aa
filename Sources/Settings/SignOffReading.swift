import Vocabulary

extension Form where Result == SignOff {
  /// What an officer signs off first: one word for all grades, or a word for each and how long a draft
  /// waits.
  static func signOff(within windows: Windows) -> Form {
    let choice = Form<Release>.choice(of: Release.allCases)
    return .scalar(
      choice.map { $0 == .officer ? SignOff(of: Set(Grade.raised)) : SignOff() },
      otherwise: Form { value in value.section()?.signOff(choice, within: windows) })
  }
}

extension Section {
  fileprivate func signOff(_ choice: Form<Release>, within windows: Windows) -> SignOff {
    let grades = Set(Grade.raised.filter { read($0.rawValue, choice) == .officer })
    let waits = read("wait", .section)?.waits(of: grades, within: windows)
    close()
    return SignOff(of: grades, waits: waits ?? [:])
  }

  private func waits(of grades: Set<Grade>, within windows: Windows) -> [Grade: Duration] {
    var waits: [Grade: Duration] = [:]
    for grade in Grade.raised {
      guard let window = windows.window(of: grade),
        let wait = read(grade.rawValue, .wait(within: window))
      else { continue }
      waits[grade] = wait
      guard !grades.contains(grade) else { continue }
      findings.warning(
        at: keyPlace(grade.rawValue),
        Phrase(
          zh: "“release.\(grade.rawValue)”不是 officer，不经签发，这里的等候时间不起作用",
          en: "release.\(grade.rawValue) is not officer: nothing of it waits"))
    }
    close()
    return waits
  }
}

extension Form where Result == Duration {
  /// A wait that leaves the mail and the unit their time.
  fileprivate static func wait(within window: Duration) -> Form {
    span.unless { wait in
      let most = SignOff.longest(in: window)
      guard wait > most else { return nil }
      let (room, now) = (TimeText.written(window - most), TimeText.written(wait))
      let (longest, whole) = (TimeText.written(most), TimeText.written(window))
      return Phrase(
        zh: "等签发最长 \(longest)：通知时限 \(whole)，须给邮件和承办单位留出 \(room)，现为 \(now)",
        en:
          "at most \(longest) may be waited: of the window of \(whole) the mail and the unit need "
          + "\(room), found \(now)")
    }
  }
}

/// Whether the duty officer signs off first (签发).
private enum Release: String, CaseIterable {
  case atOnce = "at_once"
  case officer
}
