import Fetching
import Testing
import Vocabulary

@Suite struct `A fetcher` {
  @Test func `brings a page with its type, validators and time`() async throws {
    let server = try PlayServer { _ in
      [
        .page(
          "<p>停水</p>",
          [
            "Content-Type: text/html; charset=utf-8", "ETag: \"v1\"",
            "Last-Modified: Mon, 02 Mar 2026 01:00:00 GMT",
          ])
      ]
    }
    defer { server.close() }
    let fetcher = makeFetcher()
    let page = try await fetcher.page(request(server.url("/list?page=1#top")))
    #expect(page.text == "<p>停水</p>")
    #expect(page.contentType == "text/html; charset=utf-8")
    #expect(page.validators.etag == "\"v1\"")
    #expect(page.validators.lastModified == "Mon, 02 Mar 2026 01:00:00 GMT")
    #expect(page.validators.digest?.count == 64)
    #expect(page.url == server.url("/list?page=1"))
    #expect(page.requestedURL == server.url("/list?page=1#top"))
    #expect(page.fetchedAt == noon)
    #expect(server.pages.map(\.target) == ["/list?page=1"])
    await fetcher.close()
  }

  @Test func `says who it is`() async throws {
    let server = try PlayServer { _ in [.page("x")] }
    defer { server.close() }
    let fetcher = makeFetcher()
    _ = try await fetcher.page(request(server.url("/")) { $0.headers = ["X-Key": "k"] })
    let headers = try #require(server.pages.first).headers
    #expect(headers["user-agent"] == "Huiyin/1.0 (+mailto:duty@letters.example)")
    #expect(headers["x-key"] == "k")
    #expect(headers["accept-encoding"]?.contains("gzip") == true)
    await fetcher.close()
  }
}
