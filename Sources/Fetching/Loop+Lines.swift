internal import Vocabulary

/// From an order to a place in flight: robots.txt, the host's line, the name.
extension Loop {
  func take(
    _ id: UInt64, _ request: PageRequest,
    _ continuation: CheckedContinuation<Result<Answer, Miss>, Never>
  ) {
    do throws(WebAddress.Flaw) {
      let address = try WebAddress(request.url)
      let errand = Errand(id: id, request, to: address, for: .page(continuation))
      errands[id] = errand
      guard !errand.hasBrokenHeader else {
        return finish(errand, .failure(.brokenHeader(request.url)))
      }
      admit(errand)
    } catch {
      continuation.resume(returning: .failure(.badAddress(request.url, error)))
    }
  }

  /// Asks robots.txt, and lets the errand join its host's line.
  func admit(_ errand: Errand) {
    guard !errand.isRobots else { return join(errand) }
    let key = RobotsShelf.Key(origin: errand.address.origin, proxy: errand.request.proxy)
    switch robots.standing(of: key, at: now) {
    case .known(let robots): admit(errand, by: robots)
    case .awaited: robots.wait(errand, for: key)
    case .unknown:
      robots.wait(errand, for: key)
      askForRobots(key, for: errand)
    }
  }

  func admit(_ errand: Errand, by robots: Robots) {
    switch robots.ruling(on: errand.address.target) {
    case .allowed:
      slow(errand.address.line, as: robots)
      join(errand)
    case .disallowed(let line):
      finish(errand, .failure(.disallowed(errand.address.url, by: line)))
    }
  }

  private func slow(_ line: String, as robots: Robots) {
    let asked = Duration.seconds(min(robots.crawlDelay ?? 0, 86_400))
    lines[line, default: HostLine()].crawlDelay = min(asked, limits.longestCrawlDelay)
  }

  /// robots.txt is asked for as the page would be: same proxy, same certificate, same pause.
  private func askForRobots(_ key: RobotsShelf.Key, for errand: Errand) {
    let address = key.origin + "/robots.txt"
    var request = errand.request
    request.url = address
    request.validators = Validators()
    guard let address = try? WebAddress(address) else {
      return robotsMissed(.badAddress(address, .unreadable), of: key)
    }
    let id = inbox.nextID()
    let asking = Errand(id: id, request, to: address, for: .robots(key))
    errands[id] = asking
    join(asking)
  }

  private func join(_ errand: Errand) {
    let key = errand.address.line
    lines[key, default: HostLine()].join(
      errand, isListing: errand.isRobots || errand.request.isListing)
    advance(key)
  }

  /// Gives the host's turn to the next in its line, as soon as its pause allows.
  func advance(_ key: String) {
    guard lines[key]?.isBusy == false else { return }
    for _ in 0..<Self.handful {
      guard let errand = lines[key]?.first else { return }
      if errand.isOver {
        _ = lines[key]?.takeFirst()
        continue
      }
      if let rest = lines[key]?.rest(at: now) {
        _ = lines[key]?.takeFirst()
        finish(errand, .failure(.resting(errand.address.url, for: rest)))
        continue
      }
      if let opensAt = lines[key]?.opensAt(pause: errand.request.pause, lot: errand.lot),
        opensAt > now
      {
        return alarms.add(.line(key), at: opensAt)
      }
      _ = lines[key]?.takeFirst()
      lines[key]?.begin()
      return findAddress(for: errand)
    }
    // A host that wants to be left alone may have a line of thousands, each to be told.
    alarms.add(.line(key), at: now)
  }

  private func findAddress(for errand: Errand) {
    guard let name = errand.nameToLookUp else {
      return finishTurn(of: errand, .failure(.badProxy(errand.request.url)))
    }
    guard AddressPolicy.bytes(of: name) == nil else { return ready.append((errand, [])) }
    if let finding = names.finding(on: name, at: now) { return named(errand, finding) }
    nameless[name, default: []].append(errand)
    names.look(up: name, at: now)
  }

  func named(_ name: String, _ finding: Names.Finding) {
    for errand in nameless.removeValue(forKey: name) ?? [] { news.append((errand, .name(finding))) }
  }

  /// Asks for names, and passes on what has become known, a handful at least.
  func tell(until end: Ticks) {
    names.ask()
    for (name, finding) in names.ended(at: now) { named(name, finding) }
    var told = 0
    while told < Self.handful || Ticks.read() < end, let (errand, news) = news.takeFirst() {
      tell(errand, news)
      told += 1
    }
  }

  private func tell(_ errand: Errand, _ news: News) {
    switch news {
    case .robots(let robots): if !errand.isOver { admit(errand, by: robots) }
    case .noRobots(let miss):
      var theirs = miss
      theirs.url = errand.address.url
      finish(errand, .failure(theirs))
    case .name(let finding): named(errand, finding)
    }
  }

  private func named(_ errand: Errand, _ finding: Names.Finding) {
    let url = errand.address.url
    switch finding {
    case .addresses(let addresses): ready.append((errand, addresses))
    case .unknown: finishTurn(of: errand, .failure(.nameUnknown(url)))
    case .failed(let said): finishTurn(of: errand, .failure(.nameFailed(url, said: said)))
    case .late: finishTurn(of: errand, .failure(.nameLate(url, within: limits.name)))
    }
  }

  /// Ends an errand whose turn came to nothing before anything was sent.
  func finishTurn(of errand: Errand, _ result: Result<Answer, Miss>) {
    lines[errand.address.line]?.pass()
    finish(errand, result)
    // Later, not now: a line of a thousand dead errands would go a thousand calls deep.
    alarms.add(.line(errand.address.line), at: now)
  }

  /// Gives back a turn that is not used, because nobody waits any more.
  func giveBackTurn(of errand: Errand) {
    lines[errand.address.line]?.pass()
    alarms.add(.line(errand.address.line), at: now)
  }

  func cancel(_ id: UInt64) {
    guard let errand = errands[id] else { return }
    for (easy, flight) in flights where flight.errand === errand {
      abandon(flight, easy)
    }
    finish(errand, .failure(.cancelled(errand.request.url)))
  }
}
