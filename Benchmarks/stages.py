"""Which stage of the walk the CPU goes to, read off the call stacks of a real run by `perf`.

A sample belongs to the innermost caller that is a stage: a `malloc` under libxml2 under Extracting
is extraction, and judging inside the ledger's transaction is judging. The fetching thread is
fetching throughout, what the kernel does for it included.
"""

import collections
import re
import subprocess

# What is said of each stage, and the part of the whole budget that it may use.
STAGES = {
    "fetch": ("fetch, robots.txt, gunzip, digest", 0.25),
    "extract": ("decode, parse, extract, mask", 0.50),
    "judge": ("judge", 0.03),
    "store": ("store: ledger, each commit on the disk", 0.17),
    "walk": ("between: order of things, log, runtime", 0.05),
}
MODULES = {
    "Fetching": "fetch",
    "Extracting": "extract",
    "Judging": "judge",
    "Storage": "store",
    "GRDB": "store",
    "Pipeline": "walk",
    "Alerting": "walk",
    "Drafting": "walk",
    "Mailing": "walk",
    "Logging": "walk",
    "Settings": "start-up",
    "Yams": "start-up",
}
LIBRARIES = [
    ("libxml2", "extract"),
    ("GB18030.so", "extract"),
    ("libsqlite3", "store"),
    ("libcurl", "fetch"),
    ("libcares", "fetch"),
    ("libz.", "fetch"),
]
FRAME = re.compile(r"^\s+[0-9a-f]+ (.*) \((.*)\)$")


class Samples:
    """The call stacks of one run."""

    def __init__(self):
        self.by_stage = collections.Counter()
        self.functions = collections.Counter()

    @property
    def count(self):
        """Samples after start-up."""
        return sum(self.by_stage.values()) - self.by_stage["start-up"]

    def share(self, stage):
        return self.by_stage[stage] / max(1, self.count)

    def add(self, thread, frames):
        stage = stage_of(thread, frames)
        self.by_stage[stage] += 1
        if frames and stage != "start-up":
            self.functions[(stage, frames[0][0], origin(frames))] += 1

    def hottest(self, count):
        """(share, stage, function, its first caller in Swift), the hottest first."""
        for (stage, function, caller), often in self.functions.most_common(count):
            yield often / max(1, self.count), stage, function, caller


def stage_of(thread, frames):
    if thread.startswith("huiyin-fetch"):
        return "fetch"
    # Reading the set-up compiles selectors, which is start-up and not extraction.
    if any(MODULES.get(module(symbol)) == "start-up" for symbol, _ in frames):
        return "start-up"
    for symbol, library in frames:
        stage = MODULES.get(module(symbol))
        if stage:
            return stage
        for name, stage in LIBRARIES:
            if name in library:
                return stage
    return "walk"


def module(symbol):
    """The module in a mangled Swift symbol, `Storage` in `$s7Storage6LedgerC…`."""
    length = re.match(r"\$s(\d+)", symbol)
    return symbol[length.end() :][: int(length[1])] if length else None


def origin(frames):
    """The innermost frame that is Swift of a stage."""
    return next((symbol for symbol, _ in frames if module(symbol) in MODULES), "")


def record(command, folder, errors):
    """Runs a command under perf; nil where perf cannot be used here."""
    output = folder / "perf.data"
    recorder = ["perf", "record", "-q", "-e", "cpu-clock", "-F", "497"]
    recorder += ["--call-graph", "dwarf,16384", "-o", str(output), "--"]
    try:
        result = subprocess.run(
            recorder + command, stdout=subprocess.DEVNULL, stderr=errors, check=False
        )
    except FileNotFoundError:
        return None
    if result.returncode != 0 or not output.exists():
        return None
    samples = read(output)
    output.unlink()
    return samples if samples.count else None


def read(path):
    """The samples of a recording."""
    script = ["perf", "script", "-i", str(path), "--no-inline", "-F", "comm,ip,sym,dso"]
    samples, thread, frames = Samples(), None, []
    with subprocess.Popen(
        script, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, errors="replace"
    ) as process:
        for line in process.stdout:
            frame = FRAME.match(line)
            if frame:
                frames.append((named(frame[1], frame[2]), frame[2]))
            elif line.strip():
                thread = line.strip()
            elif thread is not None:
                samples.add(thread, frames)
                thread, frames = None, []
    return samples


def named(symbol, library):
    """A symbol; of a library without any, its name."""
    if symbol != "[unknown]":
        return symbol
    return f"somewhere in {library.rsplit('/', 1)[-1].split('.so')[0]}"


def demangled(symbols):
    """Swift symbols as people read them, shortened."""
    try:
        text = subprocess.run(
            ["swift-demangle", "--compact", "--simplified"],
            input="\n".join(symbols),
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    except (FileNotFoundError, subprocess.CalledProcessError):
        return list(symbols)
    return text.splitlines()
