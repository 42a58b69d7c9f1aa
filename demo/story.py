"""Tells the demo's story in the terminal: what the town does, and which mails come of it.

    story.py FOLDER DAEMON-PID HUIYIN

FOLDER is the demo's temporary folder. Ends after DEMO_SECONDS, or when it is told to.
"""

import email
import email.policy
import json
import os
import re
import subprocess
import sys
import time
import unicodedata
from datetime import datetime, timedelta
from pathlib import Path

import town
from town import say

WIDTH = 80
# How long after the portal's re-post we look whether it raised a second alert.
PATIENCE = 9
# The name of the happening that is a re-post, and what its title has in it.
REPOST, SAME_TITLE = "repost", "燃气味"


def columns(text):
    """How many columns a terminal gives to a text; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def clipped(text, room):
    """The text, cut with an ellipsis where it is wider than the room."""
    if columns(text) <= room:
        return text
    while columns(text) > room - 1:
        text = text[:-1]
    return text + "…"


class Story:
    """One run of the demo, from the first line to the digest."""

    def __init__(self, folder, daemon, huiyin):
        self.folder, self.daemon, self.huiyin = Path(folder), daemon, huiyin
        self.ports = json.loads((self.folder / "ports.json").read_text())
        self.began = float((self.folder / "began").read_text())
        self.coming = town.story()
        self.ends_at = self.coming[-1].after + 16
        self.happened = set()
        self.seen = set()
        self.leaks = 0  # mails about the leak so far
        self.leaks_before = 0
        self.quiet_check = None
        self.names = self.address_book()

    def seconds(self):
        return time.time() - self.began

    def tell(self, who, what, more=()):
        """One thing that happened, on lines no wider than the terminal."""
        head = say(f"[{int(self.seconds()):3d} 秒] ", f"[{int(self.seconds()):3d} s] ") + who
        head += " " * (len("[999 s] huiyin  ") - columns(head))
        print(head + clipped(what, WIDTH - columns(head)), flush=True)
        for line in more:
            print(" " * columns(head) + clipped(line, WIDTH - columns(head)), flush=True)

    def address_book(self):
        """Who is behind each address, as the set-up says."""
        text = (self.folder / "huiyin.yaml").read_text("utf-8")
        names = {}
        for unit, mail in re.findall(r"- name: (\S+)\n.*\n\s+mail: \[(\S+)\]", text):
            names[mail] = unit
        for who, chinese in {"officers": "值班员", "leaders": "领导小组", "admins": "管理员"}.items():
            for mail in re.findall(rf"^{who}: \[(\S+)\]", text, re.MULTILINE):
                names[mail] = chinese
        return names

    def let_happen(self):
        """Lets the town do what is due."""
        while self.coming and self.coming[0].after <= self.seconds():
            happening = self.coming.pop(0)
            self.happened.add(happening.name)
            town.put_up(self.folder / "town", self.began, self.happened, self.ports)
            self.tell(say("小城", "town"), happening.words)
            if happening.name == REPOST:
                self.quiet_check = self.seconds() + PATIENCE
                self.leaks_before = self.leaks

    def read_mails(self):
        """Tells of the mails that have come, and writes each out for a browser."""
        for path in sorted((self.folder / "mailbox" / "new").glob("*"), key=os.path.getmtime):
            if path.name in self.seen:
                continue
            self.seen.add(path.name)
            mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            page = self.folder / "mails" / f"{len(self.seen):02d}.html"
            page.parent.mkdir(exist_ok=True)
            body = mail.get_body(("html", "plain"))
            page.write_text(body.get_content() if body else "", "utf-8")
            to, subject = str(mail["To"]), str(mail["Subject"])
            self.leaks += SAME_TITLE in subject
            bare = re.sub(r".*<(.*)>", r"\1", to)
            self.tell(say("邮件 →", "mail →"), f"{self.names.get(bare, '')} <{bare}>", [subject, f"mails/{page.name}"])

    def check_quiet(self):
        """Says that the re-post raised no second alert, once that can be said."""
        if self.quiet_check and self.seconds() >= self.quiet_check:
            self.quiet_check = None
            if self.leaks == self.leaks_before > 0:
                same = "the portal's copy is the same text: no second alert"
                self.tell(say("回音", "huiyin"), say("门户网站转登的是同一篇文字：不再另行预警", same))

    def tell_digest(self):
        """Prints the digest as the leaders will get it, at 08:00 by the set-up."""
        now = datetime.now(town.BEIJING)
        day = (now + timedelta(days=1 if now.hour >= 8 else 0)).strftime("%Y-%m-%d")
        config = str(self.folder / "huiyin.yaml")
        command = [self.huiyin, "digest", "--date", day, "--config", config]
        digest = subprocess.run(command, capture_output=True, text=True, check=False)
        (self.folder / "digest.txt").write_text(digest.stdout, "utf-8")
        coming = say("领导小组 8 点收到的日报：", "the digest that the leadership group gets at 08:00:")
        self.tell(say("回音", "huiyin"), coming)
        print(f"\n{digest.stdout or digest.stderr}", flush=True)
        program = min(self.huiyin, os.path.relpath(self.huiyin), key=len)
        print(say(f"日报：{self.folder}/digest.txt", f"The digest: {self.folder}/digest.txt"))
        where = f"{self.folder}/mails/"
        print(say(f"邮件：{where}（用浏览器打开）", f"The mails:  {where}  (open them in a browser)"))
        print(say("可以在另一个终端里自己问：", "Ask it yourself, in another terminal:"))
        for question in ("status", "alerts", 'explain "小区停水三天"'):
            print(f"  {program} {question} --config {config}")
        end = "The daemon goes on watching. Ctrl-C ends the demo."
        print(say("值守程序继续运行，按 Ctrl-C 结束演示。", end), flush=True)

    def daemon_lives(self):
        return Path(f"/proc/{self.daemon}").exists()

    def go_on(self, until):
        digest_told = False
        while self.seconds() < until:
            self.let_happen()
            self.read_mails()
            self.check_quiet()
            if not digest_told and self.seconds() >= self.ends_at:
                self.tell_digest()
                digest_told = True
            if not self.daemon_lives():
                end = say("值守程序已退出，日志末尾是：", "the daemon has ended; the end of its log:")
                self.tell(say("回音", "huiyin"), end)
                log = (self.folder / "huiyin.log").read_text("utf-8", "replace")
                print("\n".join(log.splitlines()[-15:]), flush=True)
                return 1
            time.sleep(0.2)
        return 0


def main():
    folder, daemon, huiyin = sys.argv[1:]
    until = float(os.environ.get("DEMO_SECONDS") or "inf")
    return Story(folder, daemon, huiyin).go_on(until)


if __name__ == "__main__":
    sys.exit(main())
