"""A mail server with TLS from the first byte that takes mail only after a login.

usage: login_server.py PORT CERTIFICATE KEY USERNAME PASSWORD

Says "ready" when it listens, and ends with its standard input. Python's own TLS and nothing of
ours, so that what it accepts is proof. For each mail it prints the sender of the session.
"""
import base64
import socket
import ssl
import sys
import threading

port, certificate, key, username, password = sys.argv[1:]
expected = f"\0{username}\0{password}".encode()


def serve(client):
    stream = client.makefile("rwb")

    def say(line):
        stream.write(line.encode() + b"\r\n")
        stream.flush()

    say("220 login.letters.example ESMTP")
    known = False
    for line in stream:
        verb = line.decode("ascii", "replace").strip()
        if verb.startswith("EHLO"):
            say("250-login.letters.example\r\n250 AUTH PLAIN")
        elif verb.startswith("AUTH PLAIN"):
            given = verb[11:]
            if not given:
                say("334 ")
                given = stream.readline().decode("ascii").strip()
            known = base64.b64decode(given) == expected
            # The password comes back in the refusal, as it does from some servers.
            say("235 2.7.0 welcome" if known else f"535 5.7.8 no such login: {given}")
        elif verb == "DATA":
            say("354 go on")
            while stream.readline() != b".\r\n":
                pass
            say("250 2.0.0 taken")
        elif verb == "QUIT":
            say("221 bye")
            return
        else:
            say("250 2.1.0 fine" if known else "530 5.7.0 log in first")


def accept():
    while True:
        client, _ = listener.accept()
        threading.Thread(target=greet, args=(client,), daemon=True).start()


def greet(client):
    try:
        with context.wrap_socket(client, server_side=True) as secure:
            serve(secure)
    except (OSError, ssl.SSLError):
        pass


context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)
listener = socket.create_server(("127.0.0.1", int(port)))
threading.Thread(target=accept, daemon=True).start()
print("ready", flush=True)
sys.stdin.read()
