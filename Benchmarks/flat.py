"""Whether a page costs the same whatever the number of words: instructions, counted by callgrind.

    flat.py WORK HUIYIN [--pages N] [--words N …]

The real program reads the corpus of the pages' bench once, from the socket to the ledger, by 100 words
and by 100,000, and each once more with half the pages: the difference is what the other half costs,
start-up left out. Time would be noisier than what is to be seen. The words lie in 250 rules, each of
which raises what it meets.
"""

import argparse
import random
import re
import subprocess
import sys
from pathlib import Path

import bench
import corpus
import office

# A page at 100,000 words, at most so many times one at 100.
GOAL = 1.05


def arguments():
    parser = argparse.ArgumentParser(
        prog="Benchmarks/run flat", description="instructions a page by the number of words"
    )
    parser.add_argument("work", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("huiyin", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--quick", action="store_true", help="40 pages")
    parser.add_argument("--pages", type=int, help="how many pages (120)")
    parser.add_argument("--words", type=int, nargs="+", default=[100, 2_000, 100_000])
    given = parser.parse_args()
    given.pages = given.pages or (40 if given.quick else 120)
    return given


def keywords(work, count):
    """So many words of the kind that the pages' bench looks for."""
    dictionary = next((work / "venv").glob("lib/python3*/site-packages/jieba/dict.txt"))
    corpus.KEYWORDS = count
    return corpus.keywords(corpus.frequencies(dictionary), random.Random(7))


def instructions(huiyin, folder):
    office.fresh(folder)
    log = folder / "callgrind"
    command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={log}.out", str(huiyin)]
    with open(log, "wb") as file:
        subprocess.run(
            [*command, "run", "--once", "--config", str(folder / "huiyin.yaml")],
            stdout=file, stderr=file, check=True,
        )
    return int(re.search(r"Collected : (\d+)", log.read_text(errors="replace"))[1])


def main():
    given = arguments()
    peers = bench.Bench(given.work, given.huiyin, given.pages)
    # Articles alone: lists and feeds are judged by nobody on a first run.
    articles = [address for address in peers.addresses if address[0] == "A"]
    peers.serve()
    costs = {}
    try:
        for count in given.words:
            words = keywords(given.work, count)
            totals = []
            for share in (articles, articles[: len(articles) // 2]):
                folder = given.work / "flat"
                office.settle(folder, share, words)
                totals.append(instructions(given.huiyin, folder))
                hits = bench.counts_in(folder / "data/ledger.sqlite")["articleHits"]
                print(f"\r{count:,} words, {len(share)} pages", end="", file=sys.stderr)
                if share is articles:
                    each = hits / len(share)
            costs[count] = (totals[0] - totals[1]) / (len(articles) - len(articles) // 2)
            first = costs[given.words[0]]
            print(
                f"\r{count:>8,} words: {costs[count] / 1e6:>8.2f} million instructions a page, "
                f"{costs[count] / first:.3f} times; {each:.1f} words found in one"
            )
    finally:
        peers.stop()
    ratio = costs[given.words[-1]] / costs[given.words[0]]
    print(f"The goal of at most {GOAL} times is {'reached' if ratio <= GOAL else 'missed'}.")


main()
