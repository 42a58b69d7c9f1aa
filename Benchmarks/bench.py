"""Rounds of all peers over the corpus, one after another, and what they cost.

    bench.py WORK HUIYIN [--pages N] [--rounds N] [--no-stages] [--hot N]

WORK is what Benchmarks/run prepared; HUIYIN the program. CPU is user and system time of a peer and
its children (wait4). What else kept the machine busy meanwhile is `foreign`: CPU bears it, wall
time does not.
"""

import argparse
import collections
import json
import os
import resource
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import office
import stages

HERE = Path(__file__).parent
# The goal: Huiyin's CPU a page, at most so many times that of the floor that does the least.
GOAL = 1.5
# How often the two whose ratio that is run beside each other in a round.
PAIRS = 3
TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class Run:
    """What one run of one peer took; seconds of CPU and wall, megabytes at the most."""

    cpu: float
    wall: float
    memory: float
    foreign: float
    counts: dict


class Bench:
    """The peers, over the first so many pages of the corpus."""

    def __init__(self, work, huiyin, pages):
        self.work, self.huiyin = work, str(huiyin)
        lines = (work / "corpus/urls.txt").read_text().splitlines()[:pages]
        self.addresses = [tuple(line.split("\t")) for line in lines]
        self.pages = len(lines)
        (work / "some.txt").write_text("".join(line + "\n" for line in lines))
        (work / "none.txt").write_text("")
        words = (work / "corpus/keywords.txt").read_text("utf-8").split()
        office.settle(work / "office", self.addresses, words)
        office.settle(work / "still", self.addresses, words, off=True)
        self.peers = {
            "scrapy": self.scrapy,
            "fetch": self.floor("fetch"),
            "parse": self.floor("parse"),
            "store": self.floor("store"),
            "full": self.floor("full"),
            "huiyin": self.program,
        }

    def floor(self, mode):
        return lambda urls: self.with_database([str(self.work / "bin/floor"), mode], urls)

    def scrapy(self, urls):
        python = str(self.work / "venv/bin/python")
        return self.with_database([python, str(HERE / "scrapy_peer.py")], urls)

    def with_database(self, command, urls):
        database = self.work / "peer.db"
        for end in ("", "-wal", "-shm"):
            database.with_name(database.name + end).unlink(missing_ok=True)
        keywords = self.work / "corpus/keywords.txt"
        return [*command, str(self.work / urls), str(keywords), str(database)]

    def folder(self, urls):
        return self.work / ("office" if urls == "some.txt" else "still")

    def program(self, urls):
        folder = self.folder(urls)
        office.fresh(folder)
        return [self.huiyin, "run", "--once", "--config", str(folder / "huiyin.yaml")]

    def run(self, name, urls="some.txt"):
        """Runs a peer; with none.txt it only starts and ends."""
        command = self.peers[name](urls)
        busy, served, began = busy_seconds(), self.server_seconds(), time.monotonic()
        with open(self.work / f"{name}.log", "wb") as log:
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log)
            output = process.stdout.read()
            _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - began
        if status != 0:
            sys.exit(f"{name} failed; it said why in {self.work / name}.log")
        cpu = used.ru_utime + used.ru_stime
        foreign = busy_seconds() - busy - cpu - (self.server_seconds() - served)
        counts = self.ledger_counts(urls) if name == "huiyin" else json.loads(output)
        return Run(cpu, wall, used.ru_maxrss / 1024, max(0, foreign) / wall, counts)

    def ledger_counts(self, urls):
        return counts_in(self.folder(urls) / "data/ledger.sqlite")

    def serve(self):
        """Starts nginx on the corpus and waits until it answers."""
        folder = self.work / "corpus"
        (folder / "nginx").mkdir(exist_ok=True)
        command = ["nginx", "-e", f"{folder}/nginx.log", "-c", f"{folder}/nginx.conf"]
        self.server = subprocess.Popen([*command, "-p", str(folder)], start_new_session=True)
        address = self.addresses[0][1].split("/")[2].split(":")
        for _ in range(100):
            with closing(socket.socket()) as attempt:
                if attempt.connect_ex((address[0], int(address[1]))) == 0:
                    return
            if self.server.poll() is not None:
                break
            time.sleep(0.1)
        sys.exit(f"nginx did not start; it said why in {folder}/nginx.log")

    def server_seconds(self):
        fields = Path(f"/proc/{self.server.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def stop(self):
        self.server.terminate()
        self.server.wait()


def counts_in(path):
    """Pages, articles, links and keywords found, as the ledger has them."""
    questions = {
        "pages": "SELECT COUNT(*) FROM feed_state WHERE last_success_at IS NOT NULL",
        "missed": "SELECT COUNT(*) FROM feed_state WHERE misses > 0",
        "articles": "SELECT COUNT(*) FROM item",
        "links": "SELECT COUNT(*) FROM lead",
        "articleHits": "SELECT COUNT(*) FROM (SELECT DISTINCT item, keyword FROM evidence)",
    }
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as ledger:
        return {name: ledger.execute(sql).fetchone()[0] for name, sql in questions.items()}


def busy_seconds():
    """CPU of the whole machine since it started, stolen and waiting time left out."""
    ticks = [int(word) for word in Path("/proc/stat").read_text().split("\n")[0].split()[1:]]
    return (sum(ticks[:3]) + sum(ticks[5:7])) / TICK


def spread(values, digits=2):
    """The median and, of several values, what it lies between."""
    middle = statistics.median(values)
    if len(values) == 1:
        return f"{middle:.{digits}f}"
    return f"{middle:.{digits}f} [{min(values):.{digits}f}–{max(values):.{digits}f}]"


class Report:
    """The rounds, told in 80 columns."""

    NAMES = {
        "fetch": "C floor: fetch alone",
        "parse": "C floor: … and parse",
        "store": "C floor: … and store",
        "full": "C floor, full",
        "scrapy": "Scrapy",
        "huiyin": "Huiyin",
    }

    def __init__(self, bench, rounds):
        self.bench, self.rounds = bench, rounds

    def cost(self, name):
        """CPU in milliseconds a page, start-up left out, one a run."""
        runs = zip(self.all(name), self.all(name, "none.txt"))
        return [(some.cpu - none.cpu) / self.bench.pages * 1e3 for some, none in runs]

    def all(self, name, urls="some.txt"):
        return [run for round in self.rounds for run in round[name, urls]]

    def ratios(self, name, other):
        """One of each pair of runs, where both ran equally often; else one for all."""
        mine, theirs = self.cost(name), self.cost(other)
        if len(mine) != len(theirs):
            mine, theirs = [statistics.median(mine)], [statistics.median(theirs)]
        return [one / another for one, another in zip(mine, theirs)]

    def table(self):
        print(
            f"\n{'':21}{'CPU, ms a page':>18}{'start-up':>10}{'pages/s':>9}{'memory':>9}"
            f"{'foreign':>9}\n{'':21}{'median [range]':>18}{'CPU, s':>10}{'wall':>9}"
            f"{'MB':>9}{'CPU, %':>9}"
        )
        for name, shown in self.NAMES.items():
            runs = self.all(name)
            start = statistics.median(run.cpu for run in self.all(name, "none.txt"))
            speed = statistics.median(self.bench.pages / run.wall for run in runs)
            memory = statistics.median(run.memory for run in runs)
            foreign = max(run.foreign for run in runs)
            print(
                f"{shown:21}{spread(self.cost(name)):>18}{start:>10.2f}{speed:>9,.0f}"
                f"{memory:>9,.0f}{foreign * 100:>9.0f}"
            )

    def verdict(self):
        ratios = self.ratios("huiyin", "full")
        word = "reached" if statistics.median(ratios) <= GOAL else "missed"
        whole = [
            mine.cpu / theirs.cpu for mine, theirs in zip(self.all("huiyin"), self.all("full"))
        ]
        scrapy = [1 / ratio for ratio in self.ratios("huiyin", "scrapy")]
        print(
            f"\nHuiyin takes {spread(ratios)} times the CPU of the full C floor; the goal of at\n"
            f"most {GOAL} is {word}. Start-up included: {spread(whole)} times.\n"
            f"Scrapy takes {spread(scrapy, 1)} times the CPU of Huiyin."
        )

    def found(self):
        """Whether all found the same, as far as they look for the same."""
        theirs, ours = self.all("full")[-1].counts, self.all("huiyin")[-1].counts
        scrapy = self.all("scrapy")[-1].counts
        names = {
            "pages": "pages",
            "articles": "articles with a text",
            "links": "links in lists",
            "articleHits": "keywords in articles",
        }
        print(f"\n{'What they found':28}{'C floor':>12}{'Scrapy':>12}{'Huiyin':>12}")
        for name, shown in names.items():
            print(f"{shown:28}{theirs[name]:>12,}{scrapy[name]:>12,}{ours[name]:>12,}")
        if scrapy != {name: theirs[name] for name in scrapy}:
            return "Scrapy did not find what the floor found"
        if any(theirs[name] != ours[name] for name in ("pages", "articles", "links")):
            return "Huiyin did not find what the floor found"
        # Huiyin masks names, folds letters and reads over spaces between characters.
        if abs(ours["articleHits"] - theirs["articleHits"]) > 0.02 * theirs["articleHits"]:
            return "Huiyin's keywords differ from the floor's by more than 2 %"
        return None

    def budget(self, samples):
        """Each stage beside the floor's and beside what it may use of the goal."""
        middle = {name: statistics.median(self.cost(name)) for name in self.NAMES}
        floors = {
            "fetch": middle["fetch"],
            "extract": middle["parse"] - middle["fetch"],
            "store": middle["store"] - middle["parse"],
            "judge": middle["full"] - middle["store"],
        }
        whole = GOAL * middle["full"]
        print(
            f"\nWhere Huiyin's CPU goes ({samples.count:,} call stacks of one more run)\n"
            f"{'':42}{'ms/page':>8}{'share':>7}{'floor':>7}{'budget':>8}{'':2}"
        )
        for stage, (shown, part) in stages.STAGES.items():
            cost = samples.share(stage) * middle["huiyin"]
            floor = f"{max(0, floors[stage]):.2f}" if stage in floors else "–"
            word = "" if cost <= part * whole else " over"
            print(
                f"{shown:42}{cost:>8.2f}{samples.share(stage) * 100:>6.0f}%{floor:>7}"
                f"{part * whole:>8.2f}{word}"
            )
        print(
            f"{'all':42}{middle['huiyin']:>8.2f}{100:>6.0f}%{middle['full']:>7.2f}{whole:>8.2f}"
        )

    def hot(self, samples, count):
        print(f"\nThe {count} hottest functions, each with the caller in Huiyin that it works for")
        rows = list(samples.hottest(count))
        functions = stages.demangled([row[2] for row in rows])
        callers = stages.demangled([row[3] or "-" for row in rows])
        for (share, stage, *_), function, caller in zip(rows, functions, callers):
            print(f"{share * 100:5.1f} %  {stage:8} {function[:64]}")
            if caller not in (function, "-"):
                print(f"{'':18}for {caller[:60]}")

    def keep(self, path):
        """The figures of every run, for whoever wants to reckon with them."""
        with open(path, "w", encoding="utf-8") as file:
            file.write("round\tpeer\turls\tcpu_s\twall_s\tmemory_mb\tforeign\tcounts\n")
            for number, round in enumerate(self.rounds):
                for (name, urls), runs in round.items():
                    for run in runs:
                        file.write(
                            f"{number}\t{name}\t{urls}\t{run.cpu:.3f}\t{run.wall:.3f}"
                            f"\t{run.memory:.0f}\t{run.foreign:.2f}\t{json.dumps(run.counts)}\n"
                        )


def arguments():
    parser = argparse.ArgumentParser(
        prog="Benchmarks/run", description="pages a second and CPU a page, beside others"
    )
    parser.add_argument("work", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("huiyin", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--quick", action="store_true", help="650 pages, one round")
    parser.add_argument("--pages", type=int, help="the first so many pages (6,500)")
    parser.add_argument("--rounds", type=int, help="how many rounds (3)")
    parser.add_argument("--no-stages", action="store_true", help="without the budget per stage")
    parser.add_argument("--hot", type=int, default=0, help="print so many of the hottest functions")
    return parser.parse_args()


def main():
    given = arguments()
    # 2,000 portals, and a connection to each.
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    rounds = given.rounds or (1 if given.quick else 3)
    bench = Bench(given.work, given.huiyin, given.pages or (650 if given.quick else 6500))
    many = f"{rounds} rounds" if rounds > 1 else "one round"
    print(f"{bench.pages:,} pages, {many}, one peer after another.")
    bench.serve()
    try:
        report = Report(bench, [one_round(bench, number + 1) for number in range(rounds)])
        report.keep(bench.work / "rounds.tsv")
        report.table()
        report.verdict()
        if not given.no_stages:
            tell_stages(bench, report, given.hot)
        wrong = report.found()
    finally:
        bench.stop()
    if wrong:
        sys.exit(f"\nNot comparable: {wrong}.")


def one_round(bench, number):
    """Every peer once, and the two whose ratio is the goal in several pairs: a shared machine may
    change its speed by a third within minutes, and hardly within one pair."""
    runs = collections.defaultdict(list)
    names = list(bench.peers)
    for name in names + (PAIRS - 1) * names[-2:]:
        for urls in ("none.txt", "some.txt"):
            print(f"\rround {number}: {Report.NAMES[name]:24}", end="", file=sys.stderr, flush=True)
            runs[name, urls].append(bench.run(name, urls))
    print("\r" + " " * 40 + "\r", end="", file=sys.stderr, flush=True)
    return runs


def tell_stages(bench, report, hot):
    with open(bench.work / "perf.log", "wb") as log:
        samples = stages.record(bench.peers["huiyin"]("some.txt"), bench.work, log)
    if samples is None:
        print(f"\nNo budget per stage: perf cannot be used here ({bench.work / 'perf.log'}).")
        return
    report.budget(samples)
    if hot:
        report.hot(samples, hot)


if __name__ == "__main__":
    main()
