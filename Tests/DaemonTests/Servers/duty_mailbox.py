"""Looks after the duty mailbox as the office's own mail programs do, over IMAP.

duty_mailbox.py PORT flag UID…   somebody has read and flagged these mails
duty_mailbox.py PORT show        each mail's UID and flags, as JSON; changes nothing
"""
import imaplib
import json
import re
import sys


def main():
    port, verb, numbers = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
    with imaplib.IMAP4("127.0.0.1", port) as server:
        server.login("duty", "open-sesame")
        server.select("INBOX", readonly=verb == "show")
        if verb == "flag":
            server.uid("STORE", ",".join(numbers), "+FLAGS", r"(\Seen \Flagged)")
            return
        _, answers = server.uid("FETCH", "1:*", "(FLAGS)")
        flags = {}
        for answer in answers:
            uid, words = re.search(rb"UID (\d+) FLAGS \(([^)]*)\)", answer).groups()
            # Which of its sessions a server calls recent is its own affair.
            flags[uid.decode()] = sorted(w.decode() for w in words.split() if w != b"\\Recent")
        json.dump(flags, sys.stdout, sort_keys=True)


main()
