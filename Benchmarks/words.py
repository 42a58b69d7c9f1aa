"""Words looked for in texts: Huiyin's engine beside Hyperscan and pyahocorasick.

    words.py WORK HUIYIN [--rounds N] [--quick] [--text PATH] [--words FILE] [--seed N]

Text and words are made here from a seed: common characters, words and how often they occur by
Zipf's law, so that nothing but the seed decides them. --text takes real text instead, one file or
all of a folder, and draws part of the words from it; --words takes words, one a line. Within a
round all peers run once, one after another; times are CPU of the thread that looks.
"""

import argparse
import json
import random
import shutil
import statistics
import subprocess
import sys
from itertools import accumulate
from pathlib import Path

import office

HERE = Path(__file__).parent
SHIPPED = HERE.parent / "deploy/huiyin.yaml"
SIZES = (100, 2_000, 20_000, 100_000)
# Huiyin's speed, at least so many times that of Hyperscan.
GOALS = {100: 0.9, 2_000: 1.2, 20_000: 1.2, 100_000: 1.2}
# Whole judging of a text of 6 KB by 2,000 rules, and 100,000 words made ready: seconds at most.
JUDGING, BUILDING = 100e-6, 50e-3
# What no hostile text may slow the engine below: megabytes a second.
HOSTILE = 100
PASSES = 5


class Writer:
    """Text and words of no language, spread as those of Chinese are."""

    def __init__(self, dice):
        self.dice = dice
        # The first plane of GB 2312: the characters that are in use.
        common = [
            bytes((row, cell)).decode("gb2312", "ignore")
            for row in range(0xB0, 0xD8)
            for cell in range(0xA1, 0xFF)
        ]
        self.common = [character for character in common if character]
        dice.shuffle(self.common)
        shares = list(accumulate(1 / (rank + 40) for rank in range(len(self.common))))
        lengths = dice.choices((2, 3, 4, 5, 6), (60, 20, 16, 2, 2), k=150_000)
        drawn = iter(dice.choices(self.common, cum_weights=shares, k=sum(lengths)))
        words = ["".join(next(drawn) for _ in range(length)) for length in lengths]
        self.words = self.common[:40] + list(dict.fromkeys(words))
        # Steeper than 1 / rank: what rules look for is seldom in what people write.
        self.shares = list(accumulate((rank + 10) ** -1.2 for rank in range(len(self.words))))

    def text(self, size):
        """So many bytes, in texts of 6,000."""
        texts, parts, length, written = [], [], 0, 0
        marks = ["，"] * 8 + ["。"] * 4 + ["\n", "、", "2024年3月", "Wi-Fi", " 12 "]
        while written < size:
            for word in self.dice.choices(self.words, cum_weights=self.shares, k=10_000):
                parts.append(word)
                length += 3 * len(word)
                if self.dice.random() < 0.16:
                    parts.append(self.dice.choice(marks))
                    length += 3
                if length > 5_980:
                    texts.append("".join(parts))
                    written += length
                    parts, length = [], 0
        return texts

    def keywords(self, count):
        """Words of the kind that rules look for: seldom ones, and compounds of two."""
        seldom = self.words[40_000:]
        single = self.dice.sample(seldom, min(len(seldom), count))
        pairs = ("".join(self.dice.sample(seldom, 2)) for _ in range(2 * count))
        return mixed([single, list(pairs)], (0.7, 0.3), count, self.dice)


def mixed(kinds, parts, count, dice):
    """Words of several kinds, each once."""
    chosen = [word for kind, part in zip(kinds, parts) for word in kind[: int(count * part) + 1]]
    chosen = list(dict.fromkeys(chosen))
    dice.shuffle(chosen)
    return chosen[:count]


def real_texts(path):
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    whole = "\n".join(
        file.read_text("utf-8", "ignore").replace("\0", "") for file in files if file.is_file()
    )
    return [whole[at : at + 2_000] for at in range(0, len(whole), 2_000)]


def words_from(texts, count, dice):
    """Runs of two to six ideographs from anywhere in the texts."""
    found = []
    for _ in range(20 * count):
        text = dice.choice(texts)
        start, length = dice.randrange(len(text)), dice.choice((2, 2, 3, 3, 4, 4, 5, 6))
        word = text[start : start + length]
        if len(word) == length and all("一" <= character <= "鿿" for character in word):
            found.append(word)
        if len(found) >= count:
            break
    return found


def write(path, texts):
    path.write_bytes(b"".join(text.encode() + b"\0" for text in texts))


def pieces(path):
    return path.read_bytes().decode().split("\0")[:-1]


class Bench:
    def __init__(self, given):
        self.folder = given.work / "words"
        self.folder.mkdir(exist_ok=True)
        self.bench = Path(given.huiyin).parent / "word-bench"
        if not self.bench.exists():
            sys.exit(f"There is no {self.bench}: run make bench, which builds it.")
        self.peers = {
            "huiyin": [str(self.bench), "scan"],
            "hyperscan": [str(given.work / "bin/words")],
            "ahocorasick": [str(given.work / "venv/bin/python"), str(HERE / "words_peer.py")],
        }
        dice = random.Random(given.seed)
        writer = Writer(dice)
        texts = real_texts(given.text) if given.text else writer.text(given.size)
        self.raw = self.fold("raw", texts)
        self.words = {}
        for size in SIZES:
            self.words[size] = self.folder / f"words-{size}"
            words = self.choose(given, writer, texts, size, dice)
            # Words are looked for as they are folded, so that all peers look for the same.
            self.fold("plain", words)
            folded = dict.fromkeys(pieces(self.folder / "plain-folded"))
            write(self.words[size], [word for word in folded if word])
        # pyahocorasick is so slow that a part must do.
        write(self.folder / "part", pieces(self.raw)[:300])

    def choose(self, given, writer, texts, size, dice):
        if given.words:
            words = [word.split()[0] for word in given.words.read_text("utf-8").splitlines() if word]
            words = [word for word in dict.fromkeys(words) if len(word) > 1]
            return dice.sample(words, min(size, len(words)))
        if not given.text:
            return writer.keywords(size)
        return mixed(
            [words_from(texts, size // 4, dice), writer.keywords(size)], (0.25, 0.75), size, dice
        )

    def fold(self, name, texts):
        """Writes texts, and as they are folded; the latter is what is scanned."""
        write(self.folder / name, texts)
        folded = self.folder / f"{name}-folded"
        subprocess.run([self.bench, "fold", self.folder / name, folded], check=True)
        return folded

    def run(self, peer, texts, words, passes=PASSES):
        command = [*self.peers[peer], str(texts), str(words), str(passes)]
        return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)

    def book(self, texts, setup, passes=3):
        command = [str(self.bench), "book", str(texts), str(setup), str(passes)]
        return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)

    def judge(self, rules, words):
        command = [str(self.bench), "judge", str(self.folder / "raw"), str(words), str(rules), "3"]
        return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def tell_speed(bench, rounds):
    size = bench.raw.stat().st_size / 1e6
    part = (bench.folder / "part").stat().st_size / 1e6
    print(f"\nLooking for words in {size:.1f} MB of folded text, MB/s of UTF-8, median of {rounds}")
    print(
        f"{'words':>8}{'hits/MB':>9}{'Huiyin':>8}{'Hypersc.':>9}{'ratio [range]':>19}"
        f"{'goal':>6}{'pyaho':>7}{'ready, ms':>12}"
    )
    wrong = []
    for count, words in bench.words.items():
        ours, theirs, ratios = [], [], []
        for number in range(rounds):
            order = ["huiyin", "hyperscan"]
            runs = {}
            for peer in order if number % 2 == 0 else reversed(order):
                runs[peer] = bench.run(peer, bench.raw, words)
            if runs["huiyin"]["hits"] != runs["hyperscan"]["hits"]:
                wrong.append(f"{count:,} words: Huiyin's hits are not Hyperscan's")
            mine, other = (statistics.median(runs[peer]["scan"]) for peer in order)
            ours.append(runs["huiyin"])
            theirs.append(runs["hyperscan"])
            ratios.append(other / mine)
        slow = bench.run("ahocorasick", bench.folder / "part", words, passes=1)
        if slow["hits"] != bench.run("huiyin", bench.folder / "part", words, passes=1)["hits"]:
            wrong.append(f"{count:,} words: Huiyin's hits are not pyahocorasick's")
        speed = [
            size / statistics.median(statistics.median(run["scan"]) for run in runs)
            for runs in (ours, theirs)
        ]
        ready = [statistics.median(run["build"] for run in runs) * 1e3 for runs in (ours, theirs)]
        middle = statistics.median(ratios)
        shown = f"{middle:.2f} [{min(ratios):.2f}–{max(ratios):.2f}]"
        print(
            f"{count:>8,}{ours[0]['hits'] / size:>9,.0f}{speed[0]:>8,.0f}{speed[1]:>9,.0f}"
            f"{shown:>19}{GOALS[count]:>6}{part / slow['scan'][0]:>7,.0f}"
            f"{ready[0]:>6,.1f}{ready[1]:>6,.0f}"
        )
        if middle < GOALS[count]:
            wrong.append(f"{count:,} words: {middle:.2f} times Hyperscan, not {GOALS[count]}")
    fold = statistics.median(ours[0]["fold"])
    print(f"Folding these texts takes {size / fold:,.0f} MB/s on top; the peers fold nothing.")
    return wrong


def tell_judging(bench):
    print("\nWhole judging of a text of 6 KB: folding, words, rules, evidence")
    wrong = []
    for rules, count in ((250, 2_000), (2_000, 20_000), (12_500, 100_000)):
        run = bench.judge(rules, bench.words[count])
        each = statistics.median(run["judge"]) / run["texts"]
        print(
            f"  {rules:>6,} rules of {count:>7,} words: {each * 1e6:>6.0f} µs a text, "
            f"{run['evidence'] / run['texts']:.1f} pieces of evidence; ready in {run['build'] * 1e3:.1f} ms"
        )
        if rules == 2_000 and each > JUDGING:
            wrong.append(f"judging takes {each * 1e6:.0f} µs at 2,000 rules")
        if count == 100_000 and run["build"] > BUILDING:
            wrong.append(f"100,000 words are ready in {run['build'] * 1e3:.0f} ms only")
    run = bench.book(bench.folder / "raw", SHIPPED)
    each = statistics.median(run["judge"]) / run["texts"]
    print(
        f"  the rule book that comes with Huiyin: {each * 1e6:>4.0f} µs a text, "
        f"{run['evidence'] / run['texts']:.1f} pieces of evidence; ready in {run['build'] * 1e3:.1f} ms"
    )
    if each > JUDGING:
        wrong.append(f"judging by the shipped rules takes {each * 1e6:.0f} µs")
    return wrong


def tell_reload(bench):
    """Reading a rule book of 100,000 words from its files and making it ready, as a reload does."""
    print("\nA reload of 100,000 words in 250 rules: files read and checked, and made ready")
    wrong = []
    words = pieces(bench.words[100_000])
    write(bench.folder / "one", ["小区停水"])
    for where, lists in (("in YAML", False), ("in lists", True)):
        folder = bench.folder / "office"
        office.settle(folder, [], words, lists=lists)
        runs = [bench.book(bench.folder / "one", folder / "huiyin.yaml", passes=1) for _ in range(5)]
        read, build = (statistics.median(run[part] for run in runs) for part in ("read", "build"))
        print(f"  {where:8} {read * 1e3:>6.1f} + {build * 1e3:.1f} ms")
        if read + build > BUILDING:
            wrong.append(f"100,000 words {where} take {(read + build) * 1e3:.0f} ms to reload")
    return wrong


def hostile(dice, common):
    """Texts against which an engine might go quadratic, each with its words."""
    def some(count, prefix, length):
        return [prefix + "".join(dice.choices(common, k=length)) for _ in range(count)]

    million = 1_000_000
    pair, ten = "青川", "青川区竹园镇青溪村委"
    plain = "".join(dice.choices(common, k=million))
    return {
        "5,000 words on one pair, repeated": (some(5_000, pair, 3), pair * (million // 2)),
        "… on ten characters, repeated": (some(5_000, ten, 3), ten * (million // 10)),
        "… on a row of one character": (some(5_000, "哈哈", 2), "哈" * million),
        "a word of 1,000 of one character": (["哈" * 1_000 + "水"], "哈" * million),
        "a 10 MB article": (some(5_000, "", 3), plain * 3 + plain[: million // 3]),
        "two combining marks a character": (some(5_000, "", 3), "\u0301\u0316".join(plain)),
        "ZWJ between all characters": (some(5_000, "", 3), "\u200d".join(plain)),
        "marks between all characters": (some(5_000, "", 3), "-".join(plain)),
        "2,000 words of one character": (common[:2_000], plain),
        "full width": (some(5_000, "", 3), "ＡＢＣ１２３水" * (million // 7)),
        "traditional characters": (some(5_000, "", 3), "電水斷網醫療廢氣" * (million // 8)),
    }


def tell_hostile(bench, dice):
    print("\nHostile texts: folding and looking, MB/s; and of half the text, which must be as much")
    wrong = []
    common = Writer(dice).common
    for name, (words, text) in hostile(dice, common).items():
        write(bench.folder / "hostile-words", list(dict.fromkeys(words)))
        speeds = []
        for share in (text, text[: len(text) // 2]):
            path = bench.folder / "hostile"
            write(path, [share])
            run = bench.run("huiyin", path, bench.folder / "hostile-words", passes=3)
            seconds = statistics.median(run["fold"]) + statistics.median(run["scan"])
            speeds.append(path.stat().st_size / 1e6 / seconds)
            if share is text:
                each = run["steps"] / len(text)
                scan = path.stat().st_size / 1e6 / statistics.median(run["scan"])
        print(
            f"  {name:36}{speeds[0]:>6,.0f}{speeds[1]:>6,.0f}   words alone {scan:>6,.0f}, "
            f"{each:.2f} steps a character"
        )
        if speeds[0] < HOSTILE:
            wrong.append(f"{name}: {speeds[0]:.0f} MB/s")
    return wrong + tell_hostile_judging(bench, dice, common)


def tell_hostile_judging(bench, dice, common):
    """Whole judging by the shipped rules, of a text and of half of it: what is linear costs half."""
    print("Whole judging of hostile texts by the rule book that comes with Huiyin, ms; and of half of it")
    wrong = []
    plain = "".join(dice.choices(common, k=1_000_000))
    texts = {
        "an article of 3 MB": plain,
        "着火 again and again": "着火了" * 100_000,
        "万一着火 again and again": "万一着火，" * 60_000,
        "numbers and 人受伤": "三十五人受伤，" * 40_000,
        "half a pattern, repeated": "孩子" * 150_000,
        "all of a pattern, repeated": "孩子走失。" * 60_000,
        "names of places": "湖南省长沙市竹园镇" * 33_000,
    }
    for name, text in texts.items():
        costs = []
        for share in (text, text[: len(text) // 2]):
            write(bench.folder / "hostile", [share])
            costs.append(min(bench.book(bench.folder / "hostile", SHIPPED, passes=2)["judge"]))
        print(f"  {name:28}{costs[0] * 1e3:>8.1f}{costs[1] * 1e3:>8.1f}")
        if costs[0] > 3 * costs[1]:
            wrong.append(f"{name}: twice the text costs {costs[0] / costs[1]:.1f} times as much")
    return wrong


def arguments():
    parser = argparse.ArgumentParser(
        prog="Benchmarks/run words", description="words looked for, beside others"
    )
    parser.add_argument("work", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("huiyin", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--quick", action="store_true", help="6 MB and one round")
    parser.add_argument("--rounds", type=int, help="how many rounds (5)")
    parser.add_argument("--text", type=Path, help="real text: a file, or a folder of them")
    parser.add_argument("--words", type=Path, help="words to look for, one a line")
    parser.add_argument("--seed", type=int, default=18180, help="what text and words follow from")
    given = parser.parse_args()
    given.size = 6_000_000 if given.quick else 24_000_000
    given.rounds = given.rounds or (1 if given.quick else 5)
    return given


def main():
    given = arguments()
    bench = Bench(given)
    wrong = tell_speed(bench, given.rounds) + tell_judging(bench) + tell_reload(bench)
    if not given.text:
        wrong += tell_hostile(bench, random.Random(given.seed + 1))
    shutil.rmtree(bench.folder)
    if any("hits" in sentence for sentence in wrong):
        sys.exit("\nNot comparable: " + "; ".join(wrong) + ".")
    print("\nMissed: " + "; ".join(wrong) + "." if wrong else "\nEvery goal is reached.")


main()
