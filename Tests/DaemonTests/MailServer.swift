import Foundation
import TestSupport

/// A mail server that takes, refuses or keeps one waiting, as a test says; Python's sockets and
/// nothing of ours, so that what it holds is proof.
final class MailServer: Sendable {
  /// What it does with a letter.
  enum Manner: String {
    case take
    /// Takes it, and is slow to say so: whoever dies meanwhile does not know.
    case dawdle
    /// Asks to come again later (451).
    case refuse
    /// Knows no recipient of the domain unit.example (550), and takes all others' letters.
    case reject
    /// Reads it to its end and then says nothing.
    case hang
  }

  let port: UInt16
  private let folder: Folder
  private let program: Program

  /// A server that listens by the time this returns.
  init(_ manner: Manner = .take, port: UInt16? = nil) async throws {
    let port = try port ?? freePort()
    self.port = port
    folder = try Folder()
    try folder.write("", to: "letters/.keep")
    try folder.write("", to: "held/.keep")
    try folder.write(manner.rawValue, to: "manner")
    program = try Program(
      ["python3", "-c", MailServer.script, "\(port)", folder.path], path: "/usr/bin/env")
    try await eventually { isListening(port) }
  }

  /// Behaves otherwise from now on.
  func become(_ manner: Manner) throws { try folder.write(manner.rawValue, to: "manner") }

  /// How many letters it took.
  var count: Int { files.count }
  /// How many letters it has read to their end and not answered.
  var heldCount: Int { folder.names(in: "held").count { $0 != ".keep" } }
  /// How many were told to come again later.
  var refusedCount: Int { (try? folder.read("refused").count) ?? 0 }

  /// The letters it took, as an independent parser reads them.
  func letters() async throws -> [Letter] { try await Letter.read(files) }

  private var files: [String] {
    folder.names(in: "letters").filter { $0.hasSuffix(".eml") }.map { folder.path("letters/\($0)") }
  }

  private static let script = """
    import os, select, socket, sys, threading, time
    port, folder = int(sys.argv[1]), sys.argv[2]
    lock, count = threading.Lock(), 0

    def manner():
        with open(folder + "/manner") as file: return file.read()

    def number():
        global count
        with lock:
            count += 1
            return count

    def keep(letter):
        path = f"{folder}/letters/{number():05}"
        with open(path, "wb") as file: file.write(letter)
        os.rename(path, path + ".eml")

    def has_gone(client):
        # Whoever says another word before the answer, or hangs up, has given up.
        return bool(select.select([client], [], [], 0.02)[0])

    def hold(client):
        path = f"{folder}/held/{number():05}"
        open(path, "w").close()
        try:
            while manner() == "hang":
                if has_gone(client): return False
            return True
        finally:
            os.remove(path)

    def letter(stream):
        lines = []
        while (line := stream.readline()) != b".\\r\\n":
            if not line: return None
            lines.append(line[1:] if line.startswith(b".") else line)
        return b"".join(lines)

    def serve(client):
        stream = client.makefile("rwb")
        def say(line):
            stream.write(line + b"\\r\\n")
            stream.flush()
        say(b"220 post.example ESMTP")
        while line := stream.readline():
            verb = line[:4].upper()
            if verb == b"QUIT": return say(b"221 2.0.0 bye")
            if verb == b"RCPT" and manner() == "refuse":
                with lock, open(folder + "/refused", "a") as file: file.write(".")
                say(b"451 4.3.2 come again later")
            elif verb == b"RCPT" and manner() == "reject" and b"@unit.example" in line:
                say(b"550 5.1.1 no such user")
            elif verb == b"DATA":
                say(b"354 go on")
                text = letter(stream)
                if text is None or not hold(client): return
                keep(text)
                if manner() == "dawdle": time.sleep(0.05)
                say(b"250 2.0.0 taken")
            else: say(b"250 2.0.0 fine")

    def guarded(client):
        with client:
            try: serve(client)
            except OSError: pass

    listener = socket.create_server(("127.0.0.1", port), backlog=64)
    while True:
        client, _ = listener.accept()
        threading.Thread(target=guarded, args=(client,), daemon=True).start()
    """
}

/// A mail as Python's own parser reads it.
struct Letter: Decodable {
  /// The names of its header's fields.
  var names: [String]
  var to: String
  var subject: String
  var messageID: String
  var text: String
  var html: String
  var defects: [String]

  /// What it shows a reader, and how it is written.
  var all: String { subject + "\n" + text + "\n" + html }

  /// Reads the mails in some files.
  static func read(_ files: [String]) async throws -> [Letter] {
    guard !files.isEmpty else { return [] }
    let read = try await Program.run("/usr/bin/env", ["python3", "-c", script] + files)
    return try JSONDecoder().decode([Letter].self, from: Data(read.output.utf8))
  }

  private static let script = """
    import email, email.policy, json, sys
    letters = []
    for path in sys.argv[1:]:
        with open(path, "rb") as file:
            mail = email.message_from_binary_file(file, policy=email.policy.default)
        defects = [repr(defect) for part in mail.walk() for defect in part.defects]
        defects += [repr(defect) for value in mail.values() for defect in value.defects]
        letters.append({
            "names": mail.keys(), "to": ",".join(a.addr_spec for a in mail["To"].addresses),
            "subject": str(mail["Subject"]), "messageID": str(mail["Message-ID"]),
            "text": mail.get_body(("plain",)).get_content(),
            "html": mail.get_body(("html",)).get_content(), "defects": defects})
    json.dump(letters, sys.stdout)
    """
}
