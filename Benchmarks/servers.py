"""Mail servers on loopback: Postfix's own sink, a Postfix that keeps mail, and one that hangs."""

import collections
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from contextlib import closing

POSTFIX = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
mail_owner = postfix
myhostname = mail.letters.example
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
alias_maps =
alias_database =
default_transport = discard:
relay_transport = discard:
"""
SERVICES = """
127.0.0.1:{port} inet n - n - - smtpd
cleanup  unix n - n - 0 cleanup
qmgr     unix n - n 300 1 qmgr
rewrite  unix - - n - - trivial-rewrite
bounce   unix - - n - 0 bounce
defer    unix - - n - 0 bounce
trace    unix - - n - 0 bounce
verify   unix - - n - 1 verify
proxymap unix - - n - - proxymap
error    unix - - n - - error
retry    unix - - n - - error
discard  unix - - n - - discard
anvil    unix - - n - 1 anvil
postlog  unix-dgram n - n - 1 postlogd
"""


def free_port():
    with closing(socket.socket()) as place:
        place.bind(("127.0.0.1", 0))
        return place.getsockname()[1]


def wait_for(port, process=None):
    """Returns once somebody listens."""
    for _ in range(200):
        with closing(socket.socket()) as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process and process.poll() is not None:
            break
        time.sleep(0.05)
    sys.exit(f"nobody listens on port {port}")


class Sink:
    """smtp-sink: takes mail, keeps none of it."""

    def __enter__(self):
        self.port = free_port()
        user = ["-u", "nobody"] if os.geteuid() == 0 else []
        command = ["smtp-sink", *user, f"127.0.0.1:{self.port}", "200"]
        self.process = subprocess.Popen(command, start_new_session=True)
        wait_for(self.port, self.process)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


class Postfix:
    """A Postfix of the bench's own: a mail is on its disk before it says 250, then it is discarded.

    Needs root, as Postfix does.
    """

    def __init__(self, folder):
        self.folder, self.port = folder, free_port()

    def __enter__(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        for name in ("etc", "queue", "data"):
            (self.folder / name).mkdir(parents=True)
            (self.folder / name).chmod(0o755)
        self.folder.chmod(0o755)
        shutil.chown(self.folder / "data", "postfix")
        for name, text in (("main.cf", POSTFIX), ("master.cf", SERVICES)):
            text = text.lstrip().format(folder=self.folder, port=self.port)
            (self.folder / "etc" / name).write_text(text)
        self.tell("start")
        wait_for(self.port)
        return self

    def __exit__(self, *_):
        self.tell("stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def tell(self, word):
        command = ["postfix", "-c", str(self.folder / "etc"), word]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            sys.exit(f"Postfix does not {word}: {done.stdout}")

    def rest(self):
        """Returns once everything that it took is gone."""
        queues = [self.folder / "queue" / name for name in ("maildrop", "incoming", "active")]
        while any(path.is_file() for queue in queues for path in queue.glob("**/*")):
            time.sleep(0.1)


class Moody:
    """Takes mail, or hangs: each connection at another step, for as long as the client waits."""

    STEPS = ("no greeting", "no answer to EHLO", "no answer to DATA", "no answer to the end")

    def __init__(self):
        self.hangs = False
        self.lock = threading.Lock()
        self.connections = self.taken = self.held = 0
        self.hung = collections.Counter()

    def __enter__(self):
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def become(self, hangs):
        with self.lock:
            self.hangs, self.connections, self.taken = hangs, 0, 0
            self.hung.clear()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            with self.lock:
                step = self.STEPS[self.connections % len(self.STEPS)] if self.hangs else None
                self.connections += 1
            threading.Thread(target=self.guarded, args=(client, step), daemon=True).start()

    def guarded(self, client, step):
        with client:
            try:
                self.serve(client, step)
            except OSError:
                pass

    def hold(self, client, step):
        """Says nothing more until the client goes away."""
        with self.lock:
            self.held += 1
            self.hung[step] += 1
        try:
            while client.recv(65536):
                pass
        finally:
            with self.lock:
                self.held -= 1

    def serve(self, client, step):
        silent = self.STEPS.index(step) if step else None
        if silent == 0:
            return self.hold(client, step)
        stream = client.makefile("rb")
        client.sendall(b"220 mail.letters.example ESMTP\r\n")
        while line := stream.readline():
            verb = line[:4].upper()
            if verb == b"EHLO" and silent == 1 or verb == b"DATA" and silent == 2:
                return self.hold(client, step)
            if verb == b"DATA":
                client.sendall(b"354 go on\r\n")
                while (part := stream.readline()) != b".\r\n":
                    if not part:
                        return None
                if silent == 3:
                    return self.hold(client, step)
                with self.lock:
                    self.taken += 1
            client.sendall(b"221 bye\r\n" if verb == b"QUIT" else b"250 fine\r\n")
            if verb == b"QUIT":
                return None
        return None
