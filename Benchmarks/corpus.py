"""A web of invented portals: lists, articles and RSS feeds in Chinese, made the same way each time.

    corpus.py FOLDER WORDS PORT

WORDS is a list of `word frequency …` lines, such as the dictionary of the package jieba. Written
into FOLDER: www/ADDRESS/… with every page also gzipped, urls.txt (a kind, L A or R, a tab, an
address), keywords.txt and nginx.conf. Each portal has a loopback address of its own, so that
limits per host and connection pools act as they do on the web, and no name is looked up.

The markup is as careless as it is out there: unclosed tags, scripts, tables, a third of the pages
in GBK that calls itself gb2312 as often as gbk.
"""

import gzip
import itertools
import random
import sys
from datetime import datetime, timedelta
from pathlib import Path

PORTALS = 2000
ARTICLES = 2
KEYWORDS = 2000
START = datetime(2026, 11, 1)

SCRIPTS = [
    'var _s=_s||[];(function(){var h=document.createElement("script");h.src="//s.example/%d.js";'
    'var f=document.getElementsByTagName("script")[0];f.parentNode.insertBefore(h,f);})();',
    'window.__START__={"id":%d,"slots":[{"at":"top","w":980,"h":90},{"at":"right","w":300}]};',
    '$(function(){$(".tab li").hover(function(){$(this).addClass("on").siblings()'
    '.removeClass("on");if(%d<3&&$(".x").length>0){$(".x").show()}})});',
]
STYLE = (
    ".c%d{margin:0 auto;width:%dpx;background:#fff url(/img/bg%d.png) no-repeat}"
    ".c%d a:hover{color:#c00;text-decoration:underline}"
)
# How the four makes of portal call their parts: heading, date element, its class, text's id.
MAKES = [
    ("h1", "span", "date", "content"),
    ("h2", "div", "pubtime", "article"),
    ("h1", "em", "time", "text"),
    ("h1", "span", "info", "zoom"),
]


class Writer:
    """Chinese drawn word by word, each as often as people write it."""

    def __init__(self, words, dice):
        self.dice = dice
        known = list(words)
        sums = list(itertools.accumulate(words[word] for word in known))
        self.stream = dice.choices(known, cum_weights=sums, k=2_000_000)
        self.place = 0

    def words(self, count):
        if self.place + count > len(self.stream):
            self.place = self.dice.randrange(1000)
        drawn = self.stream[self.place : self.place + count]
        self.place += count + self.dice.randrange(7)
        return drawn

    def title(self):
        return "".join(self.words(self.dice.randint(6, 14)))[:40]

    def sentence(self):
        words = self.words(self.dice.randint(8, 30))
        if len(words) > 14:
            words.insert(len(words) // 2, "，")
        if self.dice.random() < 0.15:
            words.insert(1, str(self.dice.randint(2, 9000)))
        if self.dice.random() < 0.04:
            words.insert(2, self.dice.choice(["AI", "GDP", "CEO", "5G", "COVID-19", "WTO"]))
        return "".join(words) + self.dice.choice("。。。。！？；")

    def paragraph(self):
        return "".join(self.sentence() for _ in range(self.dice.randint(2, 7)))


class Portal:
    """One portal: its charset, its make, its line ends."""

    def __init__(self, number, writer, port):
        self.number, self.writer, self.dice = number, writer, writer.dice
        self.address = f"127.1.{number // 250}.{number % 250 + 1}"
        self.base = f"http://{self.address}:{port}"
        dice = self.dice
        self.charset = "utf-8" if dice.random() < 0.68 else dice.choice(["gbk", "gb2312"])
        self.end = dice.choice(["", "\n", "\r\n"])
        self.make = MAKES[number % len(MAKES)]

    def pages(self):
        """The name, kind and text of each page."""
        dice, writer = self.dice, self.writer
        titles = [writer.title() for _ in range(dice.randint(20, 50))]
        yield "index.html", "L", self.listing(titles)
        for number in range(ARTICLES):
            yield f"a{number}.html", "A", self.article(titles[number])
        if self.number % 4 == 0:
            yield "rss.xml", "R", self.syndication()

    def moment(self):
        return START + timedelta(minutes=self.dice.randrange(30_000))

    def listing(self, titles):
        size = self.dice.randint(20_000, 70_000)
        rows = self.end.join(
            f'<li><a href="{self.dice.choice(["", self.base])}/n{number}.html">{title}</a>'
            f"<span>{self.moment():%Y-%m-%d}</span></li>"
            for number, title in enumerate(titles)
        )
        return (
            self.head("新闻列表")
            + self.furniture(size // 3)
            + f'<div class="list"><ul>{rows}</ul></div>'
            + self.furniture(size // 2)
            + "</body></html>"
        )

    def article(self, title):
        dice, writer = self.dice, self.writer
        heading, element, name, text = self.make
        is_long = dice.random() < 0.6
        size = dice.randint(20_000, 110_000) if is_long else dice.randint(14_000, 30_000)
        form = "%Y年%m月%d日 %H:%M" if self.number % 3 else "%Y-%m-%d %H:%M:%S"
        paragraphs = self.end.join(
            f"<p>　　{self.emphasised(writer.paragraph())}{dice.choices(['</p>', ''], [9, 1])[0]}"
            for _ in range(dice.randint(5, 22))
        )
        body = (
            f'<div class="main"><{heading} class="t">{title}</{heading}>'
            f'<{element} class="{name}">{self.moment():{form}} 来源：{writer.title()[:4]}'
            f'</{element}>'
            f'<div id="{text}">{paragraphs}</div></div>'
        )
        return (
            self.head(title)
            + self.furniture(size // 2)
            + body
            + self.furniture(size // 2)
            + "</body></html>"
        )

    def emphasised(self, paragraph):
        if self.dice.random() < 0.8:
            return paragraph
        return paragraph.replace("，", "<strong>，</strong>", 1)

    def syndication(self):
        items = "".join(
            f"<item><title>{self.writer.title()}</title><link>{self.base}/r{number}.html</link>"
            f"<pubDate>Sat, 21 Nov 2026 08:{number:02d}:00 +0800</pubDate>"
            f"<description><![CDATA[{self.writer.paragraph()}]]></description></item>"
            for number in range(30)
        )
        return (
            f'<?xml version="1.0" encoding="{self.charset}"?><rss version="2.0"><channel>'
            f"<title>{self.writer.title()}</title>{items}</channel></rss>"
        )

    def head(self, title):
        metas = [
            f'<meta charset="{self.charset}">',
            f'<meta http-equiv="Content-Type" content="text/html; charset={self.charset}">',
        ]
        return (
            f"<!DOCTYPE html>\n<html><head>{self.dice.choice(metas)}"
            f"<title>{title}_门户{self.number}</title>"
            f'<meta name="keywords" content="{",".join(self.writer.words(5))}">'
            '<link rel="stylesheet" href="/s.css"></head>\n<body>'
        )

    def furniture(self, size):
        """What surrounds the text: scripts, styles, side lists, tables."""
        parts, length = [], 0
        while length < size:
            part = self.piece(self.dice.random())
            parts.append(part)
            length += len(part.encode())
        return self.end.join(parts)

    def piece(self, lot):
        dice, writer = self.dice, self.writer
        if lot < 0.30:
            lines = (dice.choice(SCRIPTS) % dice.randrange(9999) for _ in range(dice.randint(1, 6)))
            return f'<script type="text/javascript">{"".join(lines)}</script>'
        if lot < 0.50:
            sheets = (
                STYLE % tuple(dice.randrange(most) for most in (99, 1200, 9, 99))
                for _ in range(dice.randint(2, 8))
            )
            return f"<style>{''.join(sheets)}</style>"
        if lot < 0.85:
            titles = (writer.title() for _ in range(dice.randint(4, 12)))
            links = self.end.join(
                f'<li><a href="/c/{dice.randrange(10**6)}.shtml" target=_blank title="{title}">'
                f"{title}</a><em>{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}</em>"
                f"{'</li>' if dice.random() < 0.8 else ''}"
                for title in titles
            )
            return (
                f'<div class="side box{dice.randrange(20)}"><h3>{writer.title()[:8]}</h3>'
                f"<ul>{links}</ul></div>"
            )
        if lot < 0.95:
            return (
                f'<table width=100% cellpadding=0><tr><td><img src="/ad/{dice.randrange(999)}.gif" '
                f"width=300 height=90><td><font color=red>{writer.title()}</font></table>"
            )
        return (
            f"<!-- block {dice.randrange(99)} --><p><b>{writer.title()[:6]}</p><br>"
            f"&nbsp;&copy;&raquo; {writer.title()[:10]}"
        )


def frequencies(path):
    """Words that GBK can write, with their frequencies."""
    words = {}
    for line in Path(path).read_text("utf-8").splitlines():
        word, frequency = line.split(" ")[:2]
        if not all("\u4e00" <= letter <= "\u9fff" for letter in word):
            continue
        try:
            word.encode("gbk")
        except UnicodeEncodeError:
            continue
        words[word] = int(frequency)
    return words


def keywords(words, dice):
    """Words of middling and low frequency, a third of them compounds, as rules have them."""
    rare = [word for word, often in words.items() if 2 <= len(word) <= 6 and often <= 60]
    middling = [word for word, often in words.items() if 2 <= len(word) <= 4 and 60 < often <= 1500]
    chosen = {}
    while len(chosen) < KEYWORDS:
        lot = dice.random()
        if lot < 0.05:
            word = dice.choice(middling)
        elif lot < 0.35:
            word = dice.choice(rare) + dice.choice(rare)
        else:
            word = dice.choice(rare)
        chosen[word[:12]] = None
    return list(chosen)


def server(folder, addresses, port):
    """nginx's set-up: one process, loopback only, everything in its own folder."""
    listens = "\n    ".join(f"listen {address}:{port} backlog=64;" for address in addresses)
    paths = "\n  ".join(
        f"{module}_temp_path {folder}/nginx;"
        for module in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return f"""daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
worker_rlimit_nofile 16384;
events {{ worker_connections 8192; multi_accept on; }}
http {{
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_timeout 30;
  keepalive_requests 10000;
  server_tokens off;
  open_file_cache max=40000 inactive=600s;
  open_file_cache_valid 600s;
  gzip_static on;
  gzip_vary on;
  {paths}
  types {{
    text/html html;
    application/rss+xml xml;
    text/plain txt;
  }}
  server {{
    {listens}
    root {folder}/www/$server_addr;
  }}
}}
"""


def put(path, text, charset):
    """Writes a page, and the gzipped one beside it that is served."""
    page = text.encode("utf-8" if charset == "utf-8" else "gb18030")
    path.write_bytes(page)
    path.with_name(path.name + ".gz").write_bytes(gzip.compress(page, 6, mtime=0))
    return len(page)


def main(folder, dictionary, port):
    folder = Path(folder).resolve()
    dice = random.Random(7)
    words = frequencies(dictionary)
    writer = Writer(words, dice)
    urls, addresses, size = [], [], 0
    for number in range(PORTALS):
        portal = Portal(number, writer, port)
        home = folder / "www" / portal.address
        home.mkdir(parents=True, exist_ok=True)
        for name, kind, text in portal.pages():
            size += put(home / name, text, portal.charset)
            urls.append(f"{kind}\t{portal.base}/{name}")
        put(home / "robots.txt", "User-agent: *\nDisallow: /admin/\n", "utf-8")
        addresses.append(portal.address)
    dice.shuffle(urls)
    (folder / "keywords.txt").write_text("\n".join(keywords(words, dice)) + "\n", "utf-8")
    (folder / "nginx.conf").write_text(server(folder, addresses, port))
    # Last, because the rest is taken to be there when this is.
    (folder / "urls.txt").write_text("\n".join(urls) + "\n")
    print(f"{len(urls):,} pages, {size / 1e6:,.0f} MB, {size // len(urls):,} bytes each")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
