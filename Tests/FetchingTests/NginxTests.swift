import Fetching
import Foundation
import Testing
import Vocabulary

@Suite struct `A real web server` {
  static let long = String(repeating: "<li>竹园镇青溪村自来水浑浊</li>", count: 2000)

  @Test func `is read with gzip, conditions and one connection`() async throws {
    let nginx = try Nginx(pages: ["list.html": Self.long])
    let fetcher = makeFetcher()
    let url = "http://127.0.0.1:\(nginx.port)/list.html"
    let page = try await fetcher.page(request(url))
    #expect(page.text == Self.long)
    #expect(page.contentType == "text/html")
    let again = try await fetcher.fetch(request(url, validators: page.validators))
    guard case .unchanged = again else { throw Unexpected(what: "\(again)") }
    #expect(try await fetcher.miss(request(url + "x")).cause == .gone)
    await fetcher.close()
    let lines = try nginx.log()
    #expect(lines.map { $0.split(separator: " ")[3] } == ["404", "200", "304", "404"])
    #expect(Set(lines.map { $0.split(separator: " ").last { $0 != "." } }).count == 1)
  }

  @Test func `is read over TLS and HTTP/2 on one connection`() async throws {
    let nginx = try Nginx(pages: ["list.html": Self.long])
    let names = try PlayNames { _ in [127, 0, 0, 1] }
    defer { names.close() }
    let fetcher = makeFetcher(nameServers: names.servers, authorities: nginx.authorities)
    let url = "https://town.test:\(nginx.securePort)/list.html"
    for _ in 1...3 { #expect(try await fetcher.page(request(url)).text == Self.long) }
    await fetcher.close()
    let lines = try nginx.log()
    #expect(lines.allSatisfy { $0.contains("HTTP/2.0") })
    #expect(Set(lines.map { $0.split(separator: " ").last { $0 != "." } }).count == 1)
  }

  @Test func `that keeps no connection has its TLS session resumed`() async throws {
    let nginx = try Nginx(pages: ["list.html": Self.long])
    let names = try PlayNames { _ in [127, 0, 0, 1] }
    defer { names.close() }
    let fetcher = makeFetcher(nameServers: names.servers, authorities: nginx.authorities)
    let url = "https://town.test:\(nginx.closingPort)/list.html"
    for _ in 1...2 { #expect(try await fetcher.page(request(url)).text == Self.long) }
    await fetcher.close()
    let lines = try nginx.log()
    #expect(lines.first?.hasSuffix(".") == true)
    #expect(lines.last?.hasSuffix("r") == true, "\(lines)")
  }

  @Test func `has the certificates to trust read once, not for each connection`() async throws {
    let nginx = try Nginx(pages: ["list.html": Self.long])
    let names = try PlayNames { _ in [127, 0, 0, 1] }
    defer { names.close() }
    let fetcher = makeFetcher(nameServers: names.servers, authorities: nginx.authorities)
    let url = "https://town.test:\(nginx.closingPort)/list.html"
    #expect(try await fetcher.page(request(url)).text == Self.long)
    try FileManager.default.removeItem(atPath: nginx.authorities)
    #expect(try await fetcher.page(request(url)).text == Self.long)
    await fetcher.close()
    #expect(Set(try nginx.log().map { $0.split(separator: " ").dropLast().last }).count > 1)
  }

  @Test func `with an expired certificate is refused unless its feed accepts that`() async throws {
    let nginx = try Nginx(pages: ["list.html": Self.long])
    let names = try PlayNames { _ in [127, 0, 0, 1] }
    defer { names.close() }
    let fetcher = makeFetcher(nameServers: names.servers, authorities: nginx.authorities)
    let url = "https://town.test:\(nginx.expiredPort)/list.html"
    let miss = try await fetcher.miss(request(url))
    #expect(miss.cause == .tls)
    #expect(miss.reason.zh.contains("accept_expired: true"))
    let page = try await fetcher.page(request(url) { $0.acceptsExpiredCertificate = true })
    #expect(page.text == Self.long)
    // What one feed accepts, no other does after it.
    #expect(try await fetcher.miss(request(url)).cause == .tls)
    await fetcher.close()
  }

  @Test func `with a certificate of another name or issuer stays refused`() async throws {
    let nginx = try Nginx(pages: [:])
    let names = try PlayNames { _ in [127, 0, 0, 1] }
    defer { names.close() }
    let trusting = makeFetcher(nameServers: names.servers, authorities: nginx.authorities)
    let other = try await trusting.miss(
      request("https://other.test:\(nginx.expiredPort)/") { $0.acceptsExpiredCertificate = true })
    #expect(other.cause == .tls)
    #expect(other.reason.en.contains("another name"))
    await trusting.close()
    let plain = makeFetcher(nameServers: names.servers)
    let unknown = try await plain.miss(
      request("https://town.test:\(nginx.securePort)/") { $0.acceptsExpiredCertificate = true })
    #expect(unknown.cause == .tls)
    #expect(unknown.reason.en.contains("trusts"))
    await plain.close()
  }
}
