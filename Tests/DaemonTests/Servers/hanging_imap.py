"""A mailbox's server that says what it should until a word comes: hanging_imap.py PORT WORD FILE

From then on it says nothing and keeps the line open; FILE grows by `stuck`, and by `gone` when the
client has given up.
"""
import socket
import sys
import threading

PORT, WORD, FILE = int(sys.argv[1]), sys.argv[2], sys.argv[3]


def note(what):
    with open(FILE, "a") as file:
        file.write(what + "\n")


def hang(client):
    note("stuck")
    while client.recv(4096):
        pass
    note("gone")


def serve(client):
    with client:
        if WORD == "greeting":
            return hang(client)
        stream = client.makefile("rwb")
        stream.write(b"* OK here\r\n")
        stream.flush()
        while line := stream.readline():
            tag, _, command = line.decode().strip().partition(" ")
            if WORD in command:
                return hang(client)
            if command.startswith("CAPABILITY"):
                stream.write(b"* CAPABILITY IMAP4rev1\r\n")
            if command.startswith("EXAMINE"):
                stream.write(b"* OK [UIDVALIDITY 7] ok\r\n")
            stream.write(f"{tag} OK done\r\n".encode())
            stream.flush()


def guarded(client):
    try:
        serve(client)
    except OSError:
        note("gone")


listener = socket.create_server(("127.0.0.1", PORT))
while True:
    threading.Thread(target=guarded, args=(listener.accept()[0],), daemon=True).start()
