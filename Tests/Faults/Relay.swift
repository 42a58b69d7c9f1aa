import Foundation
import TestSupport

/// TLS before a mail server that has none (加密中继): Python's own and nothing of ours.
///
/// Certificates are made by an authority of its own, which the program trusts under `FAULT_TRUST`.
final class Relay: Sendable {
  /// How it begins a session.
  enum Manner: String {
    /// With TLS from the first byte.
    case tls
    /// In the clear, and offers STARTTLS unless that is struck out.
    case startTLS
  }

  let port: Int
  /// The authority's certificate.
  var authority: String { folder.path("ca.pem") }
  private let folder: Folder
  private let program: Program

  /// A relay to a port of loopback that listens by the time this returns; its certificate is good for
  /// a day.
  init(_ manner: Manner, to sink: Int) async throws {
    folder = try Folder()
    port = Int(try freePort())
    try await Relay.openssl([
      "req", "-x509", "-subj", "/CN=test authority", "-keyout", folder.path("ca-key.pem"), "-out",
      folder.path("ca.pem"), "-days", "1000",
    ])
    try await Relay.certify(in: folder, days: 1)
    program = try Program(
      ["python3", "-c", Relay.script, "\(port)", "\(sink)", folder.path, manner.rawValue],
      path: "/usr/bin/env")
    let port = UInt16(self.port)
    try await eventually { isListening(port) }
  }

  deinit {
    program.signal(SIGKILL)
  }

  /// A new certificate, good for a month.
  func renew() async throws { try await Relay.certify(in: folder, days: 30) }

  /// Whether STARTTLS is struck out on the way.
  func strip(_ isStripped: Bool) throws {
    try folder.write(isStripped ? "yes" : "no", to: "stripped")
  }

  private static func certify(in folder: Folder, days: Int) async throws {
    try await openssl([
      "req", "-x509", "-subj", "/CN=localhost", "-addext",
      "subjectAltName=DNS:localhost,IP:127.0.0.1", "-addext",
      "basicConstraints=critical,CA:FALSE", "-CA", folder.path("ca.pem"), "-CAkey",
      folder.path("ca-key.pem"), "-keyout", folder.path("key-\(days).pem"), "-out",
      folder.path("cert-\(days).pem"), "-days", "\(days)",
    ])
    try folder.write("\(days)", to: "current")
  }

  private static func openssl(_ arguments: [String]) async throws {
    let made = try await Program.run(
      "/usr/bin/env",
      ["openssl"] + arguments + [
        "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
      ])
    guard made.code == 0 else { throw Broken("no certificate: \(made.errors)") }
  }

  private static let script = """
    import socket, ssl, sys, threading
    port, sink, folder, manner = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]

    def read(name):
        try:
            with open(folder + "/" + name) as file: return file.read()
        except OSError: return ""

    def wrapped(client):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        which = read("current")
        context.load_cert_chain(f"{folder}/cert-{which}.pem", f"{folder}/key-{which}.pem")
        return context.wrap_socket(client, server_side=True)

    def pump(source, target):
        try:
            while data := source.recv(65536): target.sendall(data)
        except OSError: pass
        for end in (source, target):
            try: end.shutdown(socket.SHUT_RDWR)
            except OSError: pass

    def begin(client):
        client.sendall(b"220 relay.example ESMTP\\r\\n")
        stream = client.makefile("rb")
        while line := stream.readline():
            verb = line[:4].upper()
            if verb in (b"EHLO", b"HELO"):
                offer = b"" if read("stripped") == "yes" else b"250-STARTTLS\\r\\n"
                client.sendall(b"250-relay.example\\r\\n" + offer + b"250 8BITMIME\\r\\n")
            elif verb == b"STAR":
                client.sendall(b"220 go ahead\\r\\n")
                return wrapped(client)
            elif verb == b"QUIT":
                return None
            else:
                with open(folder + "/clear", "ab") as file: file.write(line)
                client.sendall(b"530 5.7.0 STARTTLS first\\r\\n")

    def serve(client):
        try:
            secure = wrapped(client) if manner == "tls" else begin(client)
            if not secure: return client.close()
            server = socket.create_connection(("127.0.0.1", sink))
            if manner != "tls":
                while not server.recv(4096).endswith(b"\\n"): pass
            threading.Thread(target=pump, args=(server, secure), daemon=True).start()
            pump(secure, server)
        except (OSError, ssl.SSLError): client.close()

    listener = socket.create_server(("127.0.0.1", port), backlog=64)
    while True:
        client, _ = listener.accept()
        threading.Thread(target=serve, args=(client,), daemon=True).start()
    """

  /// What was said in the clear besides EHLO, STARTTLS and QUIT.
  var saidInTheClear: String { (try? folder.read("clear")) ?? "" }
}
