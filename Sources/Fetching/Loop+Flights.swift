internal import CCurl
internal import Vocabulary

/// From a place in flight to an answer, and on to wherever it redirects.
extension Loop {
  /// Starts what is ready, as far as there are places and callers who read what comes.
  ///
  /// A handful in one turn: libcurl connects all that have been added since its last turn in one go,
  /// and a connection costs several times what adding it does.
  func depart(until end: Ticks) {
    releaseStragglers()
    for _ in 0..<Self.handful {
      guard inbox.isKeepingUp, flights.count - stragglers < limits.inFlight,
        let (errand, addresses) = ready.takeFirst()
      else { return }
      if errand.isOver { giveBackTurn(of: errand) } else { fly(errand, addresses) }
      guard Ticks.read() < end else { break }
    }
    hasMore = true
  }

  /// A request that has become slow gives its place to another and goes on beside it.
  private func releaseStragglers() {
    while let (flight, startedAt) = briskFlights.first {
      let isCurrent = flight.errand != nil && flight.startedAt == startedAt
      if isCurrent {
        guard startedAt + limits.brisk <= now, stragglers < limits.stragglers else { return }
        flight.fallBehind()
        stragglers += 1
      }
      _ = briskFlights.takeFirst()
    }
  }

  /// When the next request becomes slow, if anybody waits for its place.
  var placeFreedAt: Ticks? {
    guard !ready.isEmpty, stragglers < limits.stragglers else { return nil }
    return briskFlights.first.map { $0.startedAt + limits.brisk }
  }

  private func fly(_ errand: Errand, _ addresses: [String]) {
    guard let flight = hangar.popLast() ?? Flight(trusting: authorities) else {
      return finishTurn(of: errand, .failure(.unreachable(errand.address.url)))
    }
    flight.begin(errand, departure(of: errand, addresses), limits: limits, at: now)
    flights[flight.easy] = flight
    briskFlights.append((flight, now))
    curl_multi_add_handle(multi.handle, flight.easy)
  }

  private func departure(of errand: Errand, _ addresses: [String]) -> Departure {
    let proxy = errand.request.proxy.flatMap { Proxy($0) }
    let host = proxy?.host ?? errand.address.host
    let port = proxy?.port ?? errand.address.port
    var resolutions = forgotten
    forgotten.removeAll(keepingCapacity: true)
    let handed = addresses.isEmpty ? nil : "\(host):\(port)"
    if let handed { resolutions.append("\(handed):\(addresses.joined(separator: ","))") }
    let isSecure = errand.address.scheme == "https"
    return Departure(
      policy: proxy == nil ? policy : nil, proxy: proxy?.url, resolutions: resolutions,
      handed: handed, sessions: isSecure ? sessions.share(for: errand.address.host) : nil,
      acceptsExpiredCertificate: isSecure && errand.request.acceptsExpiredCertificate,
      userAgent: userAgent, headers: errand.headerLines)
  }

  /// Takes in the transfers that have ended.
  func arrivals(until end: Ticks) {
    var left: Int32 = 0
    while let ended = curl_multi_info_read(multi.handle, &left) {
      if ended.pointee.msg == CURLMSG_DONE, let easy = ended.pointee.easy_handle,
        let flight = flights[easy]
      {
        arrive(flight, huiyin_result(ended))
      }
      guard Ticks.read() < end else { break }
    }
    if left > 0 { hasMore = true }
  }

  private func arrive(_ flight: Flight, _ code: CURLcode) {
    guard let errand = flight.errand else { return }
    let isWhole = code == CURLE_OK || (errand.isRobots && flight.isCapped)
    if isWhole {
      let answer = flight.answer(at: instant(), longestRetryAfter: limits.longestRetryAfter)
      let next = flight.redirect
      let cookies = next == nil ? [] : flight.cookies
      note(errand, isStruggling: answer.status >= 500 && answer.status != 521)
      land(flight)
      errand.cookies = cookies
      arrived(errand, answer, redirect: next)
    } else {
      let miss = flight.breakdown(code, limits).miss(of: errand.address.url)
      note(errand, isStruggling: miss.cause == .timeout || miss.cause == .cutOff)
      land(flight)
      finish(errand, .failure(miss))
    }
  }

  /// What a server that is overloaded does: it takes too long, breaks off or answers 5xx. 521 is a wall.
  private func note(_ errand: Errand, isStruggling: Bool) {
    lines[errand.address.line]?.note(isStruggling: isStruggling)
  }

  /// Brings the handle back to the hangar and the host's turn to its end.
  private func land(_ flight: Flight) {
    let errand = flight.errand
    curl_multi_remove_handle(multi.handle, flight.easy)
    flights[flight.easy] = nil
    if flight.isStraggler { stragglers -= 1 }
    flight.ended()
    if hangar.count < limits.inFlight { hangar.append(flight) }
    guard let address = errand?.address else { return }
    if let handed = flight.takeHanded() { forgotten.append("-\(handed)") }
    lines[address.line]?.end(at: now)
    alarms.add(.line(address.line), at: now)
  }

  /// Ends a transfer that nobody waits for any more.
  func abandon(_ flight: Flight, _ easy: OpaquePointer) { land(flight) }

  private func arrived(_ errand: Errand, _ answer: Answer, redirect: String?) {
    if answer.status == 429 || answer.status == 503, let wait = answer.retryAfter {
      lines[errand.address.line]?.rest(until: now + wait)
    }
    guard (300...399).contains(answer.status), answer.status != 304 else {
      return finish(errand, .success(answer))
    }
    follow(errand, answer, to: redirect)
  }

  private func follow(_ errand: Errand, _ answer: Answer, to redirect: String?) {
    guard let redirect, let next = try? WebAddress(redirect) else {
      return finish(errand, .failure(.badRedirect(answer.url)))
    }
    guard errand.hops < limits.redirects else {
      return finish(
        errand, .failure(.tooManyRedirects(errand.request.url, cap: limits.redirects)))
    }
    errand.redirect(to: next, by: answer.status)
    admit(errand)
  }
}
