internal import Dispatch
internal import Vocabulary

/// Where errands end: with whoever waits, or with a robots.txt that lets others go on.
extension Loop {
  func finish(_ errand: Errand, _ result: Result<Answer, Miss>) {
    guard errand.end() else { return }
    errands[errand.id] = nil
    switch errand.purpose {
    case .page(let continuation):
      if case .success(let answer) = result { inbox.handedOver(answer.bytes.count) }
      continuation.resume(returning: result)
    case .robots(let key): robotsEnded(key, result)
    }
  }

  private func robotsEnded(_ key: RobotsShelf.Key, _ result: Result<Answer, Miss>) {
    switch result {
    case .success(let answer): robotsAnswered(answer, of: key)
    // RFC 9309, 2.3.1.2: redirects that lead nowhere are a robots.txt that is not there.
    case .failure(let miss) where miss.cause == .redirect: robotsRead(.silent, of: key)
    case .failure(let miss): robotsMissed(miss, of: key)
    }
  }

  private func robotsAnswered(_ answer: Answer, of key: RobotsShelf.Key) {
    switch answer.status {
    case 200...299: read(answer.bytes, of: key)
    case 429, 503: robotsMissed(.busyRobots(answer), of: key)
    case 521: robotsMissed(.wallBeforeRobots(answer), of: key)
    case 500...: robotsMissed(.noRobots(answer), of: key)
    default: robotsRead(.silent, of: key)
    }
  }

  /// Reads a robots.txt, a long one on another thread: half a megabyte takes longer than a turn may.
  private func read(_ bytes: [UInt8], of key: RobotsShelf.Key) {
    guard bytes.count > Self.shortRobots else {
      return robotsRead(Robots(bytes, product: "huiyin"), of: key)
    }
    DispatchQueue.global().async { [inbox] in
      _ = inbox.send(.read(Robots(bytes, product: "huiyin"), of: key))
    }
  }

  private static let shortRobots = 8 << 10

  func robotsRead(_ read: Robots, of key: RobotsShelf.Key) {
    robots.shelve(read, of: key, until: now + limits.robotsAge)
    for errand in robots.release(key) { news.append((errand, .robots(read))) }
  }

  /// Without its robots.txt a server is left alone (RFC 9309, 2.3.1.4). Where the server could not
  /// be reached at all, the page would fare the same, and the miss says so as it is.
  func robotsMissed(_ miss: Miss, of key: RobotsShelf.Key) {
    for errand in robots.release(key) { news.append((errand, .noRobots(miss))) }
  }
}

extension Miss {
  static func disallowed(_ url: String, by line: String) -> Miss {
    Miss(
      .robots, url: url,
      reason: Phrase(
        zh: "robots.txt 中的“\(line)”不允许采集该网址。请改用网站允许的页面、RSS 或授权导出，或请网站所有者放行。",
        en: "robots.txt asks us not to fetch this (“\(line)”). Use a page that is open, RSS or an "
          + "authorised export, or ask the owner to open it."))
  }

  static func noRobots(_ answer: Answer) -> Miss {
    Miss(
      .robots, url: answer.url, status: answer.status,
      reason: Phrase(
        zh: "读取 robots.txt 时网站答复 \(answer.status)。按惯例（RFC 9309），读不到时不采集该网站，稍后会自动重试；"
          + "长期如此请联系网站。",
        en:
          "robots.txt itself could not be had: the site answered \(answer.status). By RFC 9309 it is "
          + "left alone until it can; it is tried again by itself. If it stays, tell the site."))
  }

  static func wallBeforeRobots(_ answer: Answer) -> Miss {
    Miss(.wall, url: answer.url, status: answer.status, reason: Wall.reason(answer.status))
  }

  static func busyRobots(_ answer: Answer) -> Miss {
    Miss(
      .busy, url: answer.url, status: answer.status, retryAfter: answer.retryAfter,
      reason: .busy(answer.status, after: answer.retryAfter))
  }

  static func resting(_ url: String, for rest: Duration) -> Miss {
    let seconds = Duration.seconds(max(1, rest.components.seconds))
    return Miss(
      .busy, url: url, retryAfter: seconds,
      reason: Phrase(
        zh: "该网站此前要求暂停访问，还需等待 \(seconds.inWords.zh)，本次未发出请求。",
        en:
          "The site has asked to be left alone for another \(seconds.inWords.en); nothing was sent."
      ))
  }
}
