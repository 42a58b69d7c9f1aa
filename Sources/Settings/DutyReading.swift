import Vocabulary

extension Section {
  /// When digests leave.
  func digestHours() -> DigestHours {
    let hours = DigestHours(
      daily: read("daily", .timeOfDay), weekly: read("weekly", .weekly),
      monthly: read("monthly", .monthly))
    close()
    return hours
  }

  /// The hours of the office's day; what is not said is as usual.
  func dutyHours() -> DutyHours {
    let usual = DutyHours.usual
    let batch = value("batch")
    let hours = DutyHours(
      batch: batch.flatMap(Form<[DigestHours.TimeOfDay]>.some(of: .timeOfDay).read) ?? usual.batch,
      duty: read("duty", .hours) ?? usual.duty, quiet: read("quiet", .hours) ?? usual.quiet)
    close()
    for hour in hours.batch where hours.quiet.contains(hour) {
      findings.warning(
        at: batch?.place ?? place,
        Phrase(
          zh: "集中发送时刻 \(TimeText.written(hour)) 在静默时间（quiet）内，一般舆情不会在这时送出",
          en: "the hour \(TimeText.written(hour)) lies in the quiet time: nothing leaves then"))
    }
    return hours
  }

  /// How Huiyin behaves toward other people's servers.
  func manners() -> Manners {
    let manners = Manners(
      pause: read("pause", .duration) ?? Manners().pause,
      allowPrivate: read("allow_private", .list(of: .network)) ?? [],
      contact: read("contact", .contact))
    close()
    return manners
  }
}

extension Form where Result == DutyHours.Span {
  /// `08:30-18:00`; past midnight where the second is the earlier.
  fileprivate static var hours: Form {
    let expected = Phrase(
      zh: "起止时刻，如 \"08:30-18:00\"", en: "two times such as \"08:30-18:00\"")
    return parsed(expected) { words in
      let ends = words.split(separator: "-", omittingEmptySubsequences: false)
        .map { TimeText.timeOfDay(String($0)) }
      guard ends.count == 2, let from = ends[0], let to = ends[1] else { return nil }
      return DutyHours.Span(from: from, to: to)
    }
  }
}
