"""How well the text of articles is found without selectors, beside readability and trafilatura.

    Benchmarks/run articles FOLDER

FOLDER has html/NAME, pages as saved, and reference/NAME, what a person took from each: plain text, or paragraphs in <p>. The
score of a page is the F1 of character bigrams, white space left out; texts are compared as the programs give them. Pages whose
name's SHA-256 leaves no remainder by three are the part to keep aside while something is being tuned; both parts are shown.
"""

import argparse
import collections
import hashlib
import html
import json
import pathlib
import re
import statistics
import subprocess
import sys


def grams(text):
    """How often each pair of characters stands in a text."""
    text = re.sub(r"\s+", "", html.unescape(re.sub(r"<[^>]+>", "", text)))
    return collections.Counter(text[i : i + 2] for i in range(len(text) - 1))


def score(found, wanted):
    """F1 of two texts' bigrams, 0 where they share none."""
    found, wanted = grams(found), grams(wanted)
    shared = sum((found & wanted).values())
    return 2 * shared / (sum(found.values()) + sum(wanted.values())) if shared else 0.0


def huiyin(program):
    """What `huiyin extract` makes of a page."""

    def read(path):
        run = subprocess.run([program, "extract", str(path)], capture_output=True, text=True)
        return json.loads(run.stdout.splitlines()[0])["body"] if run.stdout else ""

    return read


def readability(path):
    """The summary of readability-lxml."""
    from readability import Document

    return Document(path.read_text("utf-8", "replace")).summary()


def trafilatura(path):
    """The text of trafilatura, without comments and tables."""
    from trafilatura import extract

    page = path.read_text("utf-8", "replace")
    return extract(page, include_comments=False, include_tables=False) or ""


def safely(read, path):
    """A page that a program breaks on counts as one without a text."""
    try:
        return read(path)
    except Exception:  # the peers raise whatever their parsers do
        return ""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("work", help=argparse.SUPPRESS)
    parser.add_argument("huiyin", help=argparse.SUPPRESS)
    parser.add_argument("folder", type=pathlib.Path, help="with html/ and reference/")
    parser.add_argument("--below", type=float, default=0.0, help="name Huiyin's pages below this score")
    options = parser.parse_args()
    pages = sorted((options.folder / "html").iterdir())
    if not pages:
        sys.exit(f"there is no page in {options.folder}/html")
    wanted = {page: (options.folder / "reference" / page.name).read_text("utf-8") for page in pages}
    aside = {page for page in pages if int(hashlib.sha256(page.name.encode()).hexdigest(), 16) % 3 == 0}
    peers = {"Huiyin": huiyin(options.huiyin), "readability": readability, "trafilatura": trafilatura}
    print(f"{len(pages)} pages, {len(aside)} of them kept aside\n")
    print("| program | mean | median | below 0.9 | mean, aside | median, aside |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, read in peers.items():
        scores = {page: score(safely(read, page), wanted[page]) for page in pages}
        kept = [scores[page] for page in aside] or [0.0]
        values = list(scores.values())
        print(
            f"| {name} | {statistics.mean(values):.4f} | {statistics.median(values):.4f} "
            f"| {sum(value < 0.9 for value in values)} | {statistics.mean(kept):.4f} | {statistics.median(kept):.4f} |",
            flush=True,
        )
        if name == "Huiyin":
            worst = [(value, page.name) for page, value in scores.items() if value < options.below]
    for value, page in sorted(worst):
        print(f"{value:.3f} {page}")


if __name__ == "__main__":
    main()
