import Foundation
import Glibc

/// A real web server in a private folder, on free loopback ports, with certificates of its own.
final class Nginx {
  let folder: URL
  let port: Int
  /// TLS with a certificate that is in order.
  let securePort: Int
  /// The same, without keeping connections: the next one must resume the session.
  let closingPort: Int
  /// TLS with a certificate that has expired.
  let expiredPort: Int
  private let process = Process()

  /// The root certificate that both others hang from.
  var authorities: String { folder.appending(path: "ca.pem").path }

  init(pages: [String: String]) throws {
    folder = URL(filePath: NSTemporaryDirectory()).appending(
      path: "huiyin-nginx-\(UUID().uuidString)")
    let root = folder.appending(path: "pages")
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    for (name, text) in pages { try Data(text.utf8).write(to: root.appending(path: name)) }
    let sockets = try (0..<4).map { _ in try Sockets.bound(to: "127.0.0.1", type: SOCK_STREAM) }
    for made in sockets { close(made.socket) }
    (port, securePort) = (sockets[0].port, sockets[1].port)
    (closingPort, expiredPort) = (sockets[2].port, sockets[3].port)
    try certify()
    try Data(configuration.utf8).write(to: folder.appending(path: "nginx.conf"))
    try start()
  }

  deinit {
    if process.isRunning {
      process.terminate()
      process.waitUntilExit()
    }
    try? FileManager.default.removeItem(at: folder)
  }

  private func start() throws {
    process.executableURL = URL(filePath: "/usr/sbin/nginx")
    process.arguments = ["-p", folder.path, "-c", "nginx.conf", "-e", "error.log"]
    try process.run()
    while process.isRunning, !Sockets.listens(on: expiredPort) { usleep(2000) }
  }

  private func certify() throws {
    let script = """
      set -e; cd '\(folder.path)'; umask 077; : > index; echo 01 > serial
      printf '[ca]\\ndefault_ca=d\\n[d]\\ndatabase=index\\nserial=serial\\nnew_certs_dir=.\\n\
      default_md=sha256\\npolicy=p\\ncopy_extensions=copy\\n[p]\\ncommonName=supplied\\n' > ca.conf
      key='-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes'
      openssl req -x509 $key -keyout ca.key -out ca.pem -days 2 -subj /CN=huiyin-test
      for name in good:20990101000000Z expired:20200102000000Z; do
        file=${name%%:*}
        openssl req $key -keyout $file.key -out $file.csr -subj /CN=$file \
          -addext subjectAltName=DNS:town.test
        openssl ca -batch -notext -config ca.conf -cert ca.pem -keyfile ca.key -in $file.csr \
          -out $file.pem -startdate 20200101000000Z -enddate ${name##*:}
      done
      """
    let shell = Process()
    shell.executableURL = URL(filePath: "/bin/sh")
    shell.arguments = ["-c", script]
    shell.standardError = FileHandle.nullDevice
    shell.standardOutput = FileHandle.nullDevice
    try shell.run()
    shell.waitUntilExit()
    guard shell.terminationStatus == 0 else { throw Unexpected(what: "no certificates") }
  }

  private var configuration: String {
    """
    daemon off; worker_processes 1; pid nginx.pid;
    \(getuid() == 0 ? "user root;" : "")
    events { worker_connections 1024; }
    http {
      types { text/html html; }
      access_log access.log; gzip on; gzip_min_length 100; keepalive_requests 10000;
      client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
      uwsgi_temp_path uwsgi; scgi_temp_path scgi;
      log_format wire '$request $status $http_accept_encoding $connection $ssl_session_reused';
      access_log wire.log wire;
      root pages;
      server { listen 127.0.0.1:\(port); }
      server {
        listen 127.0.0.1:\(securePort) ssl http2;
        ssl_certificate good.pem; ssl_certificate_key good.key;
      }
      server {
        listen 127.0.0.1:\(closingPort) ssl; ssl_protocols TLSv1.2 TLSv1.3; keepalive_timeout 0;
        ssl_certificate good.pem; ssl_certificate_key good.key; ssl_session_cache shared:s:1m;
      }
      server {
        listen 127.0.0.1:\(expiredPort) ssl;
        ssl_certificate expired.pem; ssl_certificate_key expired.key;
      }
    }
    """
  }

  /// The lines of its log: request, status, accepted encodings, connection, session reused.
  func log() throws -> [String] {
    try String(contentsOf: folder.appending(path: "wire.log"), encoding: .utf8)
      .split(separator: "\n").map(String.init)
  }
}
