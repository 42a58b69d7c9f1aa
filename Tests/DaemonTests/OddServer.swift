import Foundation
import TestSupport

/// A web server that behaves badly: what it does wrong, it does by the path it is asked for.
final class OddServer: Sendable {
  /// `127.0.0.1:PORT`
  let host: String
  private let folder: Folder
  private let program: Program

  /// A server that listens by the time this returns; a silent one takes connections and never says
  /// a word on them, not even about robots.txt.
  init(isSilent: Bool = false) async throws {
    let port = try freePort()
    host = "127.0.0.1:\(port)"
    folder = try Folder()
    program = try Program(
      ["python3", "-c", OddServer.script, "\(port)", folder.path, isSilent ? "silent" : "odd"],
      path: "/usr/bin/env")
    try await eventually { isListening(port) }
    // That was a connection too.
    if isSilent { try await eventually { count(of: "*") >= 1 } }
  }

  /// How often a path was asked for; for a silent server, every connection counts.
  func count(of path: String) -> Int {
    let asked = (try? folder.read("asked")) ?? ""
    return asked.split(separator: "\n").count { $0 == path }
  }

  private static let script = """
    import select, socket, sys, threading
    port, folder, is_silent = int(sys.argv[1]), sys.argv[2], sys.argv[3] == "silent"
    lock = threading.Lock()

    def note(path):
        with lock, open(folder + "/asked", "a") as file: file.write(path + "\\n")

    def answer(client, path):
        if path == "/robots.txt":
            return client.sendall(b"HTTP/1.1 404 none\\r\\nContent-Length: 0\\r\\n\\r\\n")
        if path == "/empty":
            return client.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\n\\r\\n")
        if path == "/cut":
            client.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Length: 9999\\r\\n\\r\\n<html><ul><li>")
            raise OSError
        client.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Type: text/html\\r\\n\\r\\n<html>")
        while True: client.sendall(b"<p>and on and on</p>" * 4096)

    def serve(client):
        pending = b""
        while True:
            while b"\\r\\n\\r\\n" not in pending:
                got = client.recv(65536)
                if not got: return
                pending += got
            head, pending = pending.split(b"\\r\\n\\r\\n", 1)
            path = head.split()[1].decode()
            note(path)
            answer(client, path)

    def guarded(client):
        with client:
            try:
                if is_silent:
                    note("*")
                    while client.recv(65536): pass
                else: serve(client)
            except OSError: pass

    listener = socket.create_server(("127.0.0.1", port), backlog=64)
    while True:
        client, _ = listener.accept()
        threading.Thread(target=guarded, args=(client,), daemon=True).start()
    """
}
