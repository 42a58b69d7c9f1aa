"""Reads mails with Python's own parser, which knows nothing of ours: one JSON object a file.

usage: read_mail.py FILE...
"""
import email
import email.policy
import json
import sys


def read(path):
    with open(path, "rb") as file:
        raw = file.read()
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    parts = [part for part in mail.walk() if not part.is_multipart()]
    defects = [repr(defect) for part in mail.walk() for defect in part.defects]
    defects += [repr(defect) for value in mail.values() for defect in value.defects]
    addresses = lambda name: [[a.display_name, a.addr_spec] for a in mail[name].addresses]
    return {
        "names": mail.keys(),
        "from": addresses("From"),
        "to": addresses("To"),
        "subject": str(mail["Subject"]),
        "date": mail["Date"].datetime.isoformat(),
        "messageID": str(mail["Message-ID"]),
        "inReplyTo": str(mail["In-Reply-To"]) if mail["In-Reply-To"] else None,
        "references": str(mail["References"]) if mail["References"] else None,
        "autoSubmitted": str(mail["Auto-Submitted"]),
        "kinds": [mail.get_content_type()] + [part.get_content_type() for part in parts],
        "charsets": [part.get_content_charset() for part in parts],
        "contents": [part.get_content() for part in parts],
        "defects": defects,
        "longestLine": max(len(line) for line in raw.splitlines()),
        "isASCII": raw.isascii(),
    }


for path in sys.argv[1:]:
    print(json.dumps(read(path)))
