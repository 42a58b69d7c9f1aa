"""The little town of the demo: pages written by hand, with dates and appearances filled in.

In the pages under town/, `{{from NAME}}` at the start of a line keeps the line back until NAME
happens (story.txt says when), and `{{NAME FORMAT}}` or `{{3 days ago FORMAT}}` is a date in the
town's time, which is Beijing's.

    town.py FOLDER    puts the town into FOLDER, beside the set-up that demo/run copied there
"""

import json
import os
import re
import socket
import sys
import time
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent / "town"
BEIJING = timezone(timedelta(hours=8))
# The board's pages say gb2312 and are GBK, as on many a real board.
CHARSETS = {"board": "gbk"}
# Each site has an address of its own, as on the web, and the port that the set-up names.
SITES = {
    "portal": ("127.0.0.2", 18082),
    "board": ("127.0.0.3", 18083),
    "paper": ("127.0.0.4", 18084),
}


def say(chinese, english):
    """What is said in the language of the locale: English where it is, otherwise Chinese."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return english if locale.startswith("en") else chinese


class Happening(NamedTuple):
    """Something that the town does while one watches."""

    name: str
    after: int  # seconds since the start
    words: str


def story():
    """The happenings of town/story.txt, in order."""
    lines = (HERE / "story.txt").read_text("utf-8").splitlines()
    fields = [line.split(None, 2) for line in lines if line and not line.startswith("#")]
    return [Happening(name, int(after), say(*words.split(" | "))) for name, after, words in fields]


def written(text, began, happened, moments):
    """A page as it stands once the happenings named in `happened` have happened."""

    def shown(line):
        gate = re.match(r"\{\{from (\w+)\}\}", line)
        return not gate or gate[1] in happened

    def date(match):
        when, form = match[1], match[2]
        ago = re.fullmatch(r"(\d+) days ago", when)
        moment = began - timedelta(days=int(ago[1])) if ago else moments[when]
        return format_datetime(moment) if form == "RFC822" else moment.strftime(form)

    lines = [line for line in text.splitlines(keepends=True) if shown(line)]
    page = re.sub(r"\{\{from \w+\}\}", "", "".join(lines))
    return re.sub(r"\{\{(\d+ days ago|\w+) ([^}]+)\}\}", date, page)


def with_ports(text, ports):
    """The text with the ports that the servers really have."""
    for site, (address, port) in SITES.items():
        text = text.replace(f"{address}:{port}/", f"{address}:{ports[site]}/")
    return text


def put_up(target, began, happened, ports):
    """Writes the whole town into `target`, as it stands by then."""
    start = datetime.fromtimestamp(began, BEIJING)
    moments = {h.name: start + timedelta(seconds=h.after) for h in story()}
    for source in HERE.glob("*/*"):
        text = written(source.read_text("utf-8"), start, happened, moments)
        page = Path(target) / source.parent.name / source.name
        page.parent.mkdir(parents=True, exist_ok=True)
        new = page.with_suffix(".new")
        new.write_bytes(with_ports(text, ports).encode(CHARSETS.get(source.parent.name, "utf-8")))
        new.replace(page)  # at once, so that nobody reads half a page


def free_ports():
    """A port for each site that nobody listens on."""
    sockets = {site: socket.create_server((address, 0)) for site, (address, _) in SITES.items()}
    ports = {site: taken.getsockname()[1] for site, taken in sockets.items()}
    for taken in sockets.values():
        taken.close()
    return ports


def short_hours(began):
    """The lines of a set-up whose general alerts leave every minute for an hour, and its calendar.

    A real office has 09:00 and 16:00 on working days; nobody watches a demo for so long, and on a
    Sunday there would be nothing to watch.
    """
    start = datetime.fromtimestamp(began, BEIJING)
    moments = [start + timedelta(minutes=n) for n in range(1, 61)]
    times = ", ".join(f'"{moment:%H:%M}"' for moment in moments)
    lines = f'\nhours: {{batch: [{times}], quiet: "00:00-00:00"}}\ncalendar: ./calendar.yaml\n'
    days = {moment.date() for moment in moments if moment.isoweekday() > 5}
    years = {}
    for day in sorted(days) or [None]:
        years.setdefault(day.year if day else start.year, []).extend([str(day)] if day else [])
    calendar = "".join(f"{year}: {{working: [{', '.join(d)}]}}\n" for year, d in years.items())
    return lines, calendar


def settle(folder):
    """Prepares everything in the folder but the daemon: the story begins now."""
    ports, began = free_ports(), time.time()
    lines, calendar = short_hours(began)
    with (folder / "huiyin.yaml").open("a", encoding="utf-8") as office:
        office.write(lines)
    (folder / "calendar.yaml").write_text(calendar, "utf-8")
    (folder / "ports.json").write_text(json.dumps(ports))
    (folder / "began").write_text(str(began))
    for feed in (folder / "Feeds").glob("*.yaml"):
        feed.write_text(with_ports(feed.read_text("utf-8"), ports), "utf-8")
    put_up(folder / "town", began, set(), ports)
    servers = "\n  ".join(
        f"server {{ listen {address}:{ports[site]}; root {folder}/town/{site}; }}"
        for site, (address, _) in SITES.items()
    )
    template = (HERE.parent / "nginx.conf").read_text("utf-8")
    (folder / "nginx.conf").write_text(
        template.replace("@folder@", str(folder)).replace("@servers@", servers)
    )


if __name__ == "__main__":
    settle(Path(sys.argv[1]))
