import Foundation

/// A web server that takes calls as 企业微信 and 钉钉 document it: a text as JSON, to an address that is
/// a secret, signed where 钉钉 asks for it; every answer is HTTP 200 with `errcode` and `errmsg`.
package final class RobotServer: Sendable {
  /// What it does with a call.
  package enum Manner: String, CaseIterable, Sendable {
    /// What the service would do.
    case asDocumented = "documented"
    /// Takes the whole request and says nothing until the other side goes away.
    case hang
    /// Does what the service would do, and says nothing until the other side goes away.
    case mute
    /// Does what the service would do, and hangs up without an answer.
    case drop
    /// Takes the request and hangs up in the middle of its answer.
    case cut
    /// `errcode` -1, 系统繁忙.
    case busy
    /// HTTP 500.
    case breakDown = "500"
    /// A redirect to the same server, with everything taken there.
    case redirect
    /// 10 MB of answer.
    case babble
    /// HTTP 200 and a page, as a gateway between us and the robot may say it.
    case page
    /// HTTP 404.
    case unknown = "404"
  }

  /// The secret in the address of its 企业微信 robot.
  package static let key = "5f3b9a1c-0d2e-4f60-8a7b-c1d2e3f40516"
  /// The secret in the address of its 钉钉 robot.
  package static let token = "8d21c0ffee00aa55bb66cc77dd88ee99ff"
  /// What its 钉钉 robot wants to be signed with.
  package static let secret = "SEC0a1b2c3d4e5f60718293a4b5c6d7e8f9"

  /// Where it listens.
  package let port: UInt16
  private let folder: Folder
  private let program: Program

  /// A server that listens by the time this returns; with a certificate of its own, by TLS.
  package init(
    _ manner: Manner = .asDocumented, tls certificate: String? = nil, on port: UInt16? = nil
  ) async throws {
    self.port = try port ?? freePort()
    folder = try Folder()
    try folder.write(manner.rawValue, to: "manner")
    program = try Program(
      ["python3", "-c", RobotServer.script, "\(self.port)", folder.path]
        + [RobotServer.key, RobotServer.token, RobotServer.secret]
        + [certificate].compactMap(\.self),
      path: "/usr/bin/env")
    try await eventually { [port = self.port] in isListening(port) }
  }

  /// Has it do something else from now on.
  package func become(_ manner: Manner) throws { try folder.write(manner.rawValue, to: "manner") }

  /// The address of its 企业微信 robot.
  package var wecom: String { RobotServer.wecom(on: port) }
  /// The address of a 企业微信 robot on a port, whether or not it listens there yet.
  package static func wecom(on port: UInt16) -> String {
    "http://127.0.0.1:\(port)/cgi-bin/webhook/send?key=\(key)"
  }
  /// The address of its 钉钉 robot.
  package var dingtalk: String {
    "http://127.0.0.1:\(port)/robot/send?access_token=\(RobotServer.token)"
  }

  /// What the group has seen, in order.
  package var shown: [String] { lines("shown") }
  /// The whole of every request that came, its head and its body, one a line.
  package var requests: [String] { lines("asked") }
  /// How many requests it holds without an answer.
  package var held: Int { lines("held").count }

  private func lines(_ name: String) -> [String] {
    ((try? folder.read(name)) ?? "").split(separator: "\n").map(String.init)
  }

  private static let script = """
    import base64, hashlib, hmac, json, ssl, sys, threading, time
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
    from urllib.parse import parse_qs, urlsplit
    port, folder, key, token, secret = int(sys.argv[1]), *sys.argv[2:6]
    lock, times = threading.Lock(), {}

    def note(name, line):
        with lock, open(folder + "/" + name, "a") as file: file.write(line + "\\n")

    def too_many(robot):
        with lock:
            now = time.monotonic()
            times[robot] = [at for at in times.get(robot, []) if now - at < 60] + [now]
            return len(times[robot]) > 20

    def content(body, head):
        if "application/json" not in head.get("Content-Type", ""): return None
        try: said = json.loads(body)
        except ValueError: return None
        if said.get("msgtype") != "text": return None
        return said.get("text", {}).get("content") or None

    def wecom(query, body, head):
        if query.get("key") != [key]:
            return 93000, "invalid webhook url, hint: [1700000000_1], from ip: 127.0.0.1, more info at https://open.work.weixin.qq.com/devtool/query?e=93000"
        text = content(body, head)
        if not text: return 44004, "content empty"
        if too_many("wecom"): return 45009, "api freq out of limit, hint: [1700000000_2]"
        note("shown", text)
        return 0, "ok"

    def dingtalk(query, body, head):
        if query.get("access_token") != [token]: return 300001, "token is not exist"
        stamp = query.get("timestamp", ["0"])[0]
        code = hmac.new(secret.encode(), (stamp + "\\n" + secret).encode(), hashlib.sha256).digest()
        if query.get("sign") != [base64.b64encode(code).decode()]: return 310000, "sign not match"
        if abs(time.time() * 1000 - int(stamp)) > 3600e3: return 310000, "invalid timestamp"
        text = content(body, head)
        if not text: return 40035, "缺少参数 json"
        if too_many("dingtalk"): return 130101, "send too fast, exceed 20 times per minute"
        note("shown", text)
        return 0, "ok"

    class Robot(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        def log_message(self, *words): pass
        def say(self, status, body, kind="application/json", head=()):
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            for name, value in head: self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)
        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            note("asked", " ".join([self.requestline, *[f"{n}: {v}" for n, v in self.headers.items()],
                 body.decode()]))
            manner = open(folder + "/manner").read()
            if manner == "hang": return self.hold()
            if manner == "cut":
                self.wfile.write(b"HTTP/1.1 200 OK\\r\\nContent-Length: 4000\\r\\n\\r\\n{\\"errcode\\"")
                self.close_connection = True
                return
            if manner == "busy": return self.say(200, b'{"errcode":-1,"errmsg":"system busy"}')
            if manner == "500": return self.say(500, b"oops")
            if manner == "404": return self.say(404, b"nothing here")
            if manner == "redirect":
                return self.say(307, b"", head=[("Location", "/elsewhere" + self.path)])
            if manner == "babble":
                return self.say(200, b'{"errcode":0,"errmsg":"' + b"o" * 10_000_000 + b'"}')
            if manner == "page": return self.say(200, b"<html>please log in</html>", "text/html")
            parts = urlsplit(self.path)
            robot = {"/cgi-bin/webhook/send": wecom, "/robot/send": dingtalk}.get(parts.path)
            if robot is None: return self.say(404, b"")
            code, words = robot(parse_qs(parts.query), body, self.headers)
            if manner == "mute": return self.hold()
            if manner == "drop":
                self.close_connection = True
                return
            answer = json.dumps({"errcode": code, "errmsg": words}, ensure_ascii=False).encode()
            self.say(200, answer)
        def hold(self):
            note("held", self.path)
            self.connection.settimeout(600)
            try: self.rfile.read(1)
            except OSError: pass
            self.close_connection = True
        do_GET = do_POST

    ThreadingHTTPServer.request_queue_size = 64
    server = ThreadingHTTPServer(("127.0.0.1", port), Robot)
    server.daemon_threads = True
    if len(sys.argv) > 6:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[6])
        server.socket = context.wrap_socket(server.socket, server_side=True)
    server.serve_forever()
    """
}
