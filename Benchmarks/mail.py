"""Messages a second: Mailing alone beside a C sender, the durable outbox beside a Postfix.

    mail.py WORK HUIYIN [--rounds N] [--letters N] [--quick]

Each round runs everything once, one after another, and ratios are taken within a round. Mailing and
the C sender hand the same letter of 12 KB to Postfix's sink. The outbox is the daemon, `huiyin run`,
on a ledger with so many envelopes that wait: each attempt is on the disk before the content leaves,
each receipt after the 250. Postfix takes as many from the C sender, each on the disk before its 250.
"""

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path

import backlog
from bench import busy_seconds, spread
from servers import Postfix, Sink

CONNECTIONS = (1, 4, 8)
# As many as the daemon has, and twice that: Postfix is given whichever it is quicker with.
POSTFIX_CONNECTIONS = (4, 8)


class Mail:
    def __init__(self, work, huiyin, letters):
        self.work, self.huiyin, self.letters = work, str(huiyin), letters
        self.bench = str(Path(huiyin).parent / "mail-bench")
        self.letter = work / "letter.eml"
        subprocess.run([self.bench, "--write", str(work)], check=True)
        print(f"Raising {letters // 2:,} alerts, so that {letters:,} envelopes wait.")
        self.ledger = backlog.make(work / "backlog", self.huiyin, letters // 2)
        self.folder = work / "mail"

    def sender(self, port, connections, letters=None):
        count = str(letters or self.letters)
        command = [str(self.work / "bin/sender"), str(port), str(connections), count]
        return self.rate([*command, str(self.work / "letter.txt"), str(self.work / "letter.html")])

    def mailing(self, port, connections):
        return self.rate([self.bench, str(port), str(connections), str(self.letters)])

    def rate(self, command):
        """Letters a second, and milliseconds of CPU a letter."""
        process = subprocess.Popen(command, stdout=subprocess.PIPE)
        said = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        if status != 0:
            sys.exit(f"{command[0]} failed")
        said = json.loads(said)
        if said["sent"] != int(command[3]):
            sys.exit(f"{command[0]} sent {said['sent']} of {command[3]}")
        cpu = (used.ru_utime + used.ru_stime) / said["sent"] * 1e3
        return said["sent"] / said["seconds"], cpu

    def outbox(self, port):
        """Letters a second, from the first attempt to the last receipt that the ledger holds."""
        feeds = backlog.feeds_for(self.letters // 2)
        backlog.settle(self.folder, port, feeds, off=True)
        backlog.put(self.ledger, self.folder)
        command = [self.huiyin, "run", "--config", str(self.folder / "huiyin.yaml")]
        with open(self.folder / "log", "wb") as log:
            daemon = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            self.await_receipts(daemon)
            took = backlog.ask(
                self.folder,
                "SELECT (SELECT MAX(received_since_boot) FROM receipt)"
                " - (SELECT MIN(begun_since_boot) FROM attempt)",
            )
        finally:
            daemon.send_signal(signal.SIGTERM)
            daemon.wait()
        return self.letters / took * 1e3

    def await_receipts(self, daemon):
        for _ in range(1200):
            if backlog.ask(self.folder, "SELECT COUNT(*) FROM receipt") == self.letters:
                break
            if daemon.poll() is not None:
                sys.exit(f"the daemon ended; its log is {self.folder}/log")
            time.sleep(0.1)
        sent = backlog.ask(self.folder, "SELECT COUNT(*) FROM outbox WHERE state = 'sent'")
        if sent != self.letters:
            sys.exit(f"{sent} of {self.letters} were sent; the daemon's log is {self.folder}/log")

    def round(self, number, sink, postfix):
        """Everything once; who goes first changes from round to round."""
        others = load_of_others()
        rates = {}
        runs = [("C", self.sender), ("Mailing", self.mailing)]
        for connections in CONNECTIONS:
            for name, run in runs if number % 2 else reversed(runs):
                tell(number, f"{name}, {connections}")
                rate, cpu = run(sink.port, connections)
                rates[name, connections], rates[name, connections, "CPU"] = rate, cpu
        durable = [lambda: self.durable(sink, rates), lambda: self.kept(postfix, rates)]
        for run in durable if number % 2 else reversed(durable):
            tell(number, "outbox and Postfix")
            run()
        rates["others"] = max(others, load_of_others())
        return rates

    def durable(self, sink, rates):
        rates["outbox"] = self.outbox(sink.port)

    def kept(self, postfix, rates):
        for connections in POSTFIX_CONNECTIONS if postfix else ():
            rates["Postfix", connections], _ = self.sender(postfix.port, connections)
            postfix.rest()


def tell(number, what):
    print(f"\rround {number}: {what:30}", end="", file=sys.stderr, flush=True)


def load_of_others():
    """The CPU that others take while the bench does nothing, 1 being a core."""
    before, began = busy_seconds(), time.monotonic()
    time.sleep(1)
    return (busy_seconds() - before) / (time.monotonic() - began)


def ratio(rounds, mine, theirs):
    return [mine(rates) / theirs(rates) for rates in rounds]


def report(mail, rounds):
    def row(shown, theirs, mine):
        ratios = ratio(rounds, mine, theirs)
        word = "" if statistics.median(ratios) >= 1 else "  below 1"
        print(
            f"{shown:20}{spread([theirs(rates) for rates in rounds], 0):>20}"
            f"{spread([mine(rates) for rates in rounds], 0):>20}{spread(ratios):>19}{word}"
        )

    size = mail.letter.stat().st_size
    print(f"\n{'to a sink':20}{'C sender, letters/s':>20}{'Mailing':>20}{'Mailing / C':>19}")
    for count in CONNECTIONS:
        shown = f"{count} connection{'s' if count > 1 else ''}"
        row(shown, lambda r, n=count: r["C", n], lambda r, n=count: r["Mailing", n])
    for name in ("C", "Mailing"):
        every = [spread([rates[name, count, "CPU"] for rates in rounds]) for count in CONNECTIONS]
        print(f"CPU, ms a letter, {name + ':':10}{'   '.join(every)}")
    if all(("Postfix", POSTFIX_CONNECTIONS[0]) in rates for rates in rounds):
        print(f"\n{'to the disk':20}{'Postfix, letters/s':>20}{'outbox':>20}{'outbox / Postfix':>19}")
        row(
            "each once",
            lambda r: max(r["Postfix", n] for n in POSTFIX_CONNECTIONS),
            lambda r: r["outbox"],
        )
    else:
        print(f"\noutbox: {spread([rates['outbox'] for rates in rounds], 0)} letters/s")
        print("A Postfix needs root, so the outbox stands alone.")
    others = spread([rates["others"] * 100 for rates in rounds], 0)
    print(
        f"\nMedian [range] of {len(rounds)} rounds, {mail.letters:,} letters each; {size:,} bytes a"
        f" letter,\nthe outbox's {mean_size(mail):,}. Others took {others} % of a core beside."
    )


def mean_size(mail):
    """About how long the ledger's letters are as they leave: text and HTML in base64."""
    plain = backlog.ask(
        mail.folder, "SELECT AVG(LENGTH(CAST(text AS BLOB)) + LENGTH(CAST(html AS BLOB))) FROM notice_text"
    )
    return round((plain or 0) * 4 / 3 * 78 / 76) + 900


def main():
    parser = argparse.ArgumentParser(prog="Benchmarks/run mail", description="messages a second")
    parser.add_argument("work", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("huiyin", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--quick", action="store_true", help="400 letters, one round")
    parser.add_argument("--letters", type=int, help="how many letters at a time (3,000)")
    parser.add_argument("--rounds", type=int, help="how many rounds (5)")
    given = parser.parse_args()
    rounds = given.rounds or (1 if given.quick else 5)
    mail = Mail(given.work, given.huiyin, given.letters or (400 if given.quick else 3000))
    with Sink() as sink:
        if os.geteuid() == 0:
            with Postfix(given.work / "postfix") as postfix:
                done = [mail.round(number + 1, sink, postfix) for number in range(rounds)]
        else:
            done = [mail.round(number + 1, sink, None) for number in range(rounds)]
    print("\r" + " " * 50 + "\r", end="", file=sys.stderr, flush=True)
    with open(given.work / "mail.tsv", "w", encoding="utf-8") as file:
        for number, rates in enumerate(done):
            for what, rate in rates.items():
                file.write(f"{number}\t{what}\t{rate:.3f}\n")
    report(mail, done)


if __name__ == "__main__":
    main()
