import Vocabulary

/// Reads the whole set-up from the top of `huiyin.yaml` on (设置读取).
///
/// Every part is read even where an earlier one is wrong, so that all is reported at once; what
/// comes out counts only if nothing was.
struct SetupReading {
  let root: Section
  /// A folder of rules that stands in for the one that is named.
  var rules: String?
  let checks: Checks
  let findings: Findings

  func setup() -> Setup? {
    let roll = Roll(reading: root)
    var office = root.office(roll)
    let places = root.localities(roll)
    let area = root.area(of: places)
    let mail = root.require("mail", .section)?.mailSettings()
    let digests = root.read("digests", .section)?.digestHours() ?? DigestHours()
    let fetch = root.read("fetch", .section)?.manners() ?? Manners()
    let folder = root.ledgerFolder()
    let roster = root.rosterFile(in: office.zone)
    office.roster = roster?.roster
    let heartbeat = root.read("heartbeat", .webAddress)
    let frame = FeedFrame(
      windows: office.windows, pause: fetch.pause, places: places, checks: checks)
    let feeds = FeedFolder(frame: frame, findings: findings).feeds(root.require("feeds", .folder))
    let rules = RuleFolder(
      roll: roll, defaultUnit: office.defaultUnit, checks: checks, findings: findings
    )
    .rules(root.require("rules", .folder(or: rules)))
    root.close()
    warn(office, digests, rules, feeds)
    roster?.warnOfGaps(office, at: checks.now, findings)
    guard let mail, let folder else { return nil }
    let ruleBook = RuleBook(
      rules, places: places, area: area, defaultUnit: office.defaultUnit)
    return Setup(
      office: office, feeds: feeds, ruleBook: ruleBook, mail: mail, digests: digests, fetch: fetch,
      folder: folder, heartbeat: heartbeat.map(HeartbeatAddress.init(url:)))
  }

  /// What an office should know before it relies on a set-up that is not wrong.
  private func warn(
    _ office: Office, _ digests: DigestHours, _ rules: [Rule], _ feeds: [Feed]
  ) {
    if office.admins.isEmpty, !root.isGiven("admins") {
      findings.warning(
        at: root.keyPlace("admins"),
        Phrase(
          zh: "没有管理员（admins）：信源和邮件故障无人知晓",
          en: "no admins: nobody hears when a feed or the mail fails"))
    }
    if office.leaders.isEmpty, !root.isGiven("leaders"), digests != DigestHours() {
      findings.warning(
        at: root.keyPlace("leaders"),
        Phrase(zh: "没有领导（leaders）：日报、周报、月报无人可收", en: "no leaders: digests reach nobody"))
    }
    for feed in feeds where feed.kind == .mail && !feed.off && office.mailbox == nil {
      findings.warning(
        at: root.place,
        Phrase(
          zh: "信源 \(feed.id) 等值班员邮件录入，却没有写收信邮箱（mailbox）：什么也收不到",
          en:
            "feed \(feed.id) waits for what officers mail in, and there is no mailbox: nothing comes"
        ))
    }
    if let year = office.calendar.missingYear(on: office.zone.civil(checks.now)) {
      findings.warning(
        at: root.value("calendar")?.place ?? root.place,
        Phrase(
          zh: "工作日历里没有 \(year) 年的安排：补上之前，周一至周五一律算工作日",
          en: "the calendar has no \(year): until it has, Mondays to Fridays count as worked"))
    }
    findings.warnOfEmptyChain(office, root)
    let conduct = rules.filter { $0.kind == .conduct }.map(\.id.rawValue)
    if office.supervision == nil, !root.isGiven("supervision"), !conduct.isEmpty {
      let ids = conduct.prefix(5).joined(separator: ", ") + (conduct.count > 5 ? ", …" : "")
      findings.warning(
        at: root.place,
        Phrase(
          zh: "没有监督单位（supervision）：检举控告类（规则 \(ids)）只送值班员",
          en: "no supervision: allegations of misconduct (rules \(ids)) go to the officers alone"))
    }
  }
}
