"""A ledger full of notices that wait: alerts of grade considerable, each with a contact sheet and a
bulletin, raised by the daemon itself and kept from leaving by a mail server that never greets."""

import http.server
import random
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from email.utils import formatdate

SETUP = """
office: 青川区信访局
data: ./data
feeds: ./Feeds
rules: ./Rules
windows: {{major: 30m, considerable: 2h, general: 24h}}
mail: {{from: 舆情值班室 <duty@letters.example>, server: "smtp://127.0.0.1:{port}"}}
units:
  - name: 区水务局
    roles: [供水]
    mail: [water@unit.example]
    deputy: [water-deputy@unit.example]
places: [青川区]
officers: [officer@letters.example]
leaders: [leaders@letters.example]
admins: [admin@letters.example]
fetch: {{pause: 0s, allow_private: [127.0.0.0/8]}}
"""
FEED = """
name: 青川区来信{number}
kind: rss
url: http://127.0.0.1:{port}/{number}
every: 10m
first_run: all
place: 青川区
{off}"""
RULES = """
rules:
  - id: burst-main
    topic: 供水
    unit: 供水
    grade: considerable
    any: [水管爆裂]
"""
WORDS = (
    "道路 路灯 小区 物业 居民 门口 早上 晚上 昨天 今天 上周 已经 多次 反映 电话 没有 人来 处理 希望 尽快 老人 孩子 "
    "学校 医院 菜场 公园 河边 桥头 车站 工地 施工 噪声 灰尘 垃圾 清运 绿化 树木 停车 占道 积水 漏水 停电 电梯 "
    "楼道 灯泡 围墙 井盖 破损 修复 验收 通知 公告 社区 街道 干部 回复 满意 感谢 出行 安全 隐患 消防 通道 大雨 天气"
).split()
LETTERS_A_FEED = 100


def settle(folder, mail_port, feeds, web_port=1, off=False):
    """Writes the set-up; with `off` no feed is read."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("Feeds", "Rules", "data"):
        (folder / name).mkdir(parents=True)
    (folder / "huiyin.yaml").write_text(SETUP.lstrip().format(port=mail_port), "utf-8")
    (folder / "Rules" / "water.yaml").write_text(RULES.lstrip(), "utf-8")
    for number in range(feeds):
        text = FEED.lstrip().format(number=number, port=web_port, off="off: true\n" if off else "")
        (folder / "Feeds" / f"letters-{number}.yaml").write_text(text, "utf-8")


def feeds_for(alerts):
    return -(-alerts // LETTERS_A_FEED)


def make(folder, huiyin, alerts):
    """Has a daemon raise so many alerts and kills it before a letter has left; returns the path of
    its ledger, in which each alert has two envelopes that wait."""
    with socket.create_server(("127.0.0.1", 0)) as silent, Letters(alerts) as web:
        settle(folder, silent.getsockname()[1], feeds_for(alerts), web.port)
        with open(folder / "log", "wb") as log:
            daemon = subprocess.Popen(
                [huiyin, "run", "--config", str(folder / "huiyin.yaml")], stdout=log, stderr=log
            )
        try:
            await_envelopes(daemon, folder, 2 * alerts)
        finally:
            daemon.kill()
            daemon.wait()
    ledger = folder / "data/ledger.sqlite"
    with closing(sqlite3.connect(ledger)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return ledger


def await_envelopes(daemon, folder, count):
    waiting = 0
    for _ in range(600):
        if daemon.poll() is not None:
            break
        waiting = ask(folder, "SELECT COUNT(*) FROM outbox WHERE state = 'waiting'") or 0
        if waiting == count:
            return
        time.sleep(0.1)
    sys.exit(f"{waiting} envelopes of {count} came to wait; the daemon's log is {folder}/log")


def ask(folder, question):
    """The first column of the only row that a ledger has for a question; None while it has none."""
    path = folder / "data/ledger.sqlite"
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=5)) as ledger:
            return ledger.execute(question).fetchone()[0]
    except sqlite3.OperationalError:
        return None


def put(ledger, folder):
    """Puts a copy of the ledger into a set-up's folder, in place of what an earlier run left."""
    shutil.rmtree(folder / "data", ignore_errors=True)
    (folder / "data").mkdir()
    shutil.copyfile(ledger, folder / "data/ledger.sqlite")
    (folder / "data/ledger.sqlite").chmod(0o600)


class Letters:
    """A web server with so many letters, all of them about burst mains and no two alike."""

    def __init__(self, count):
        dice = random.Random(7)
        self.items = [self.item(number, dice) for number in range(count)]

    def __enter__(self):
        items = self.items

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                name = self.path.strip("/")
                if not name.isdigit():
                    return self.send_error(404)
                first = int(name) * LETTERS_A_FEED
                body = "".join(items[first : first + LETTERS_A_FEED])
                body = f'<rss version="2.0"><channel><title>x</title>{body}</channel></rss>'.encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
                return None

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    @staticmethod
    def item(number, dice):
        def text(words):
            return "".join(dice.choices(WORDS, k=words))

        sentences = "。".join(text(dice.randint(6, 14)) for _ in range(14))
        return (
            f"<item><title>{text(4)}{number}号水管爆裂</title>"
            f"<link>http://board.example/{number}</link><pubDate>{formatdate()}</pubDate>"
            f"<description>{text(8)}，水管爆裂。{sentences}。</description></item>"
        )
