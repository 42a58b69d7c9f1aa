"""Scrapy with pyahocorasick and SQLite, doing what floor.c does.

    scrapy_peer.py URLS KEYWORDS DATABASE

One process, 128 requests at once, no log, no robots.txt, no cookies, no retries: Scrapy at its
lightest. Its database may lose its last transactions when the power fails, as the floor's may.
"""

import json
import sqlite3
import sys
from pathlib import Path

import ahocorasick
from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess

URLS, KEYWORDS, DATABASE = sys.argv[1:]
TITLES = ["//h1[@class='t']", "//h2[@class='t']"]
DATE = "//*[@class='date' or @class='pubtime' or @class='time' or @class='info']"
BODY = "//div[@id='content' or @id='article' or @id='text' or @id='zoom']"
LINKS = "//div[@class='list']//li/a[@href]"
TABLES = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE pages (id INTEGER PRIMARY KEY, url TEXT UNIQUE, title TEXT, date TEXT, body TEXT);
CREATE TABLE links (url TEXT PRIMARY KEY, title TEXT) WITHOUT ROWID;
CREATE TABLE hits (page INT, keyword INT);
"""


class Shelf:
    """Matches and stores, 200 pages a transaction."""

    def __init__(self):
        self.matcher = ahocorasick.Automaton()
        for number, word in enumerate(Path(KEYWORDS).read_text("utf-8").split()):
            self.matcher.add_word(word, number)
        self.matcher.make_automaton()
        self.database = sqlite3.connect(DATABASE, isolation_level=None)
        self.database.executescript(TABLES)
        self.pages = self.articles = self.links = self.hits = self.article_hits = 0

    def matches(self, text):
        return {number for _, number in self.matcher.iter(text)}

    def begin(self):
        if not self.database.in_transaction:
            self.database.execute("BEGIN")

    def end(self):
        self.pages += 1
        if self.pages % 200 == 0:
            self.database.execute("COMMIT")

    def page(self, url, title, date, body):
        self.begin()
        hits = self.matches(title + "\n" + body)
        row = self.database.execute(
            "INSERT OR IGNORE INTO pages (url, title, date, body) VALUES (?, ?, ?, ?)",
            (url, title, date, body),
        ).lastrowid
        self.database.executemany("INSERT INTO hits VALUES (?, ?)", [(row, hit) for hit in hits])
        self.articles += 1 if body else 0
        self.hits += len(hits)
        self.article_hits += len(hits)
        self.end()

    def listing(self, rows):
        self.begin()
        self.hits += sum(len(self.matches(title)) for _, title in rows)
        self.database.executemany("INSERT OR IGNORE INTO links VALUES (?, ?)", rows)
        self.links += len(rows)
        self.end()

    def close(self):
        if self.database.in_transaction:
            self.database.execute("COMMIT")
        self.database.close()
        counts = {
            "pages": self.pages,
            "articles": self.articles,
            "links": self.links,
            "hits": self.hits,
            "articleHits": self.article_hits,
        }
        print(json.dumps(counts))


class Portals(Spider):
    """Every page of the corpus, once."""

    name = "portals"
    custom_settings = {
        "CONCURRENT_REQUESTS": 128,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
        "DOWNLOAD_DELAY": 0,
        "LOG_LEVEL": "WARNING",
        "TELNETCONSOLE_ENABLED": False,
        "ROBOTSTXT_OBEY": False,
        "COOKIES_ENABLED": False,
        "RETRY_ENABLED": False,
    }

    async def start(self):
        read = {"L": self.listing, "A": self.article, "R": self.syndication}
        for line in Path(URLS).read_text().splitlines():
            kind, url = line.split("\t")
            yield Request(url, callback=read[kind], dont_filter=True)

    def listing(self, page):
        shelf.listing(
            [
                (page.urljoin(link.attrib["href"]), link.xpath("string()").get())
                for link in page.xpath(LINKS)
            ]
        )

    def article(self, page):
        title = next(filter(None, (page.xpath(f"string({path})").get() for path in TITLES)), "")
        date, body = (page.xpath(f"string({path})").get() for path in (DATE, BODY))
        shelf.page(page.url, title, date, body)

    def syndication(self, page):
        shelf.listing(
            [
                (item.xpath("link/text()").get(), item.xpath("title/text()").get())
                for item in page.xpath("/rss/channel/item")
            ]
        )


shelf = Shelf()
process = CrawlerProcess()
process.crawl(Portals)
process.start()
shelf.close()
