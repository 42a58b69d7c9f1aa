"""The set-up with which Huiyin reads the corpus: a feed for each page, rules of its keywords.

Everything is on that an office has on: robots.txt, masking, fingerprints, verdicts with evidence,
the ledger with each commit on the disk. Only the pause between two requests to one host is off,
and loopback is allowed.
"""

import shutil

RULES = 250
SETUP = """
office: 青川区信访局
data: ./data
feeds: ./Feeds
rules: ./Rules
windows: {{major: 30m, considerable: 2h, general: 24h}}
mail: {{from: 舆情值班室 <duty@letters.example>, {mail}}}
units:
  - name: 区政府办公室
    roles: [综合]
    mail: [office@unit.example]
    deputy: [deputy@unit.example]
places: [青川区]
officers: [officer@letters.example]
leaders: [leaders@letters.example]
admins: [admin@letters.example]
fetch: {{pause: 0s, allow_private: [127.0.0.0/8], contact: duty@letters.example}}
"""
ARTICLE = """article:
  title: //h1[@class='t']|//h2[@class='t']
  body: //div[@id='content' or @id='article' or @id='text' or @id='zoom']
  date: //*[@class='date' or @class='pubtime' or @class='time' or @class='info']
"""
# A first run: what a list or feed shows is old, so its rows become known leads and are not fetched.
KINDS = {
    "L": """kind: list
items: //div[@class='list']//li
title: ./a
link: ./a/@href
date: ./span
"""
    + ARTICLE,
    "A": "kind: article\n" + ARTICLE,
    "R": "kind: rss\n" + ARTICLE,
}


def settle(folder, addresses, keywords, off=False, mail="maildir: ./outbox", lists=False):
    """Writes the set-up for (kind, url) addresses; with `off` no feed is read, with `lists` the words
    lie in lists of their own."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "Feeds").mkdir(parents=True)
    (folder / "Rules").mkdir()
    (folder / "huiyin.yaml").write_text(SETUP.lstrip().format(mail=mail), "utf-8")
    for number, (kind, url) in enumerate(addresses):
        text = f"name: 门户{number}\nurl: {url}\nevery: 10m\nfirst_run: baseline\n{KINDS[kind]}"
        path = folder / "Feeds" / f"f{number:05d}.yaml"
        path.write_text(text + ("off: true\n" if off else ""), "utf-8")
    if lists:
        (folder / "Rules" / "lists").mkdir()
        for number in range(RULES):
            path = folder / "Rules" / "lists" / f"words-{number}.txt"
            path.write_text("".join(f"{word}\n" for word in keywords[number::RULES]), "utf-8")
    (folder / "Rules" / "words.yaml").write_text(rules(keywords, lists), "utf-8")


def rules(keywords, lists=False):
    """The keywords dealt out to rules."""
    entries = []
    for number in range(RULES):
        words = ", ".join(f'"{word}"' for word in keywords[number::RULES])
        words = f'"@words-{number}"' if lists else words
        entries.append(
            f"  - id: rule-{number}\n    topic: 综合\n    unit: 综合\n    grade: general\n"
            f"    any: [{words}]\n"
        )
    return "rules:\n" + "".join(entries)


def fresh(folder):
    """Takes away what an earlier run left, so that each begins with an empty ledger."""
    for name in ("data", "outbox"):
        shutil.rmtree(folder / name, ignore_errors=True)
    (folder / "data").mkdir()
