import Vocabulary

/// The front of a batch (一般舆情汇总): what is in it, as a list; the papers are bound in behind it.
struct BatchLetter: Sendable {
  /// One paper in the list.
  struct Mention: Sendable {
    let head: String
    let gist: String
    let times: String
    let link: Link
  }

  let lang: String
  let subject: String
  /// A sheet's, since the papers behind it are sheets.
  let zoom = "0.9"
  let tint = Grade.general.tint
  /// What a telephone shows below the subject.
  let leads: [String]
  let heading: Sheet.Heading
  let mentions: [Mention]
  let foot: [String]

  /// A batch as its office writes it.
  init(_ batch: Batch, of office: Office) {
    let words = BatchWords(batch: batch, office: office)
    lang = office.language.tag
    subject = words.subject
    leads = words.leads
    heading = Sheet.Heading(office: office.name.onOneLine, name: words.name)
    mentions = batch.papers.map(words.mention(of:))
    foot = [words.use]
  }

  /// The list as plain text, for programs and telephones that show no HTML.
  var plainText: String {
    let listed = mentions.map { mention in
      [mention.head, mention.gist, mention.times, mention.link.address]
        .filter { !$0.isEmpty }.joined(separator: "\n  ")
    }
    let parts = [leads.joined(separator: "\n"), heading.line(lang)] + listed + foot
    return parts.joined(separator: "\n\n") + "\n"
  }
}

/// What a batch says (汇总用语).
private struct BatchWords {
  let batch: Batch
  let office: Office

  /// `【一般舆情】3月2日 上午 5件`
  var subject: String {
    let half =
      office.zone.civil(batch.at).hour < 12
      ? Phrase(zh: "上午", en: "morning") : Phrase(zh: "下午", en: "afternoon")
    return Subject(language: office.language).of(batch, on: dates.day(batch.at), half: half)
  }

  var name: String { say("一般舆情汇总", "General Alerts") }

  var leads: [String] {
    let count = batch.papers.count
    let due = dates.moment(batch.papers.map(\.dueAt).min() ?? batch.dueAt)
    switch batch.kind {
    case .contactSheet:
      return [
        say("联系单 \(count) 件：\(numbers)", "Contact sheets, \(count): \(numbers)"),
        say("请逐件签收，最早一件时限 \(due)。", "Acknowledge each of them, the first by \(due)."),
      ]
    case .bulletin, .reassignment, .batch, .reminder, .relay, .digest, .handOver, .trouble, .call,
      .probe:
      return [
        say("快报 \(count) 件：\(numbers)", "Bulletins, \(count): \(numbers)"),
        say("最早一件通知时限 \(due)。", "The first is due \(due)."),
      ]
    }
  }

  var use: String {
    say(
      "以下每件单独成页，可逐件打印、签收、归档。",
      "Each paper below has a page of its own, to be printed and filed by itself.")
  }

  func mention(of paper: Batch.Paper) -> BatchLetter.Mention {
    let listing = paper.listing
    let (found, due) = (dates.moment(listing.foundAt), dates.moment(paper.dueAt))
    return BatchLetter.Mention(
      head: "\(paper.alert) \(listing.title.onOneLine.clipped(to: 80))",
      gist: listing.gist.onOneLine.clipped(to: 140),
      times: say("发现 \(found)，通知时限 \(due)", "found \(found), due \(due)"),
      link: Link(listing.url))
  }

  private var numbers: String {
    let numbers = batch.papers.map(\.alert.description)
    let named = numbers.prefix(4).joined(separator: say("、", ", "))
    return numbers.count > 4 ? named + say("等", ", …") : named
  }

  private var dates: Dates { Dates(office, asOf: batch.at) }

  private func say(_ zh: String, _ en: String) -> String {
    Phrase(zh: zh, en: en)[office.language]
  }
}
