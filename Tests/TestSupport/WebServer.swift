import Foundation
import Glibc

/// nginx on a free loopback port, serving a folder of a test's own.
package final class WebServer: @unchecked Sendable {
  // Unchecked: the process is set once in `init` and only told to end in `deinit`.
  /// What it serves; a path without an ending is served as HTML.
  package let pages: Folder
  /// `127.0.0.1:PORT`
  package let host: String
  private let home: Folder
  private let process: Process

  /// A server that answers by the time this returns.
  package init() async throws {
    pages = try Folder()
    home = try Folder()
    (host, process) = try await WebServer.start(home: home, root: pages.path)
  }

  /// Starts nginx on a port that is free. Whoever else starts servers at this moment may be given the
  /// same one and be first; nginx has it for sure when it has written its number down.
  private static func start(home: Folder, root: String) async throws -> (String, Process) {
    for _ in 1...10 {
      let port = try freePort()
      try home.write(settings(port: port, root: root), to: "nginx.conf")
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/sbin/nginx")
      process.arguments = ["-p", home.path, "-c", "nginx.conf", "-e", "error.log"]
      process.standardError = FileHandle.nullDevice
      try process.run()
      try await eventually {
        !process.isRunning || (try? home.read("nginx.pid")) != nil && isListening(port)
      }
      if process.isRunning { return ("127.0.0.1:\(port)", process) }
    }
    throw CocoaError(.featureUnsupported)
  }

  deinit {
    process.terminate()
    process.waitUntilExit()
  }

  /// Has it stand still with whatever it is asked, or go on.
  package func standStill(_ isStill: Bool) {
    let pid = process.processIdentifier
    let children = try? String(
      contentsOfFile: "/proc/\(pid)/task/\(pid)/children", encoding: .utf8)
    for child in (children ?? "").split(separator: " ").compactMap({ Int32($0) }) {
      kill(child, isStill ? SIGSTOP : SIGCONT)
    }
  }

  /// The paths that were asked for, in order.
  package var requests: [String] {
    let log = (try? home.read("access.log")) ?? ""
    return log.split(separator: "\n").map(String.init)
  }

  private static func settings(port: UInt16, root: String) -> String {
    """
    daemon off;
    user root;
    worker_processes 1;
    pid nginx.pid;
    events { worker_connections 512; }
    http {
      log_format asked '$request_uri $status';
      access_log access.log asked;
      client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
      uwsgi_temp_path uwsgi; scgi_temp_path scgi;
      default_type text/html;
      types { application/rss+xml xml; text/plain txt; }
      server { listen 127.0.0.1:\(port); root \(root); }
    }
    """
  }
}

/// A port on loopback that nobody listens on just now.
package func freePort() throws -> UInt16 { UInt16(try Loopback.freePort()) }

/// Whether somebody listens on a loopback port.
package func isListening(_ port: UInt16) -> Bool {
  let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  defer { close(socket) }
  var address = loopback(port: port)
  return withUnsafePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
      connect(socket, generic, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
    }
  }
}

private func loopback(port: UInt16) -> sockaddr_in {
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = port.bigEndian
  address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  return address
}

/// How long a test waits for what must come. A ceiling and no measure: whoever waits goes on as soon
/// as it is there, and a machine that has much else to do may take its time.
package let patience = Duration.seconds(180)

/// Waits until something holds, looking often; throws when it does not within so long.
package func eventually(
  within longest: Duration = patience, every pause: Duration = .milliseconds(20),
  _ holds: () async throws -> Bool
) async throws {
  let end = ContinuousClock.now + longest
  while try await !holds() {
    guard ContinuousClock.now < end else { throw NeverHeld(longest: longest) }
    try await Task.sleep(for: pause)
  }
}

/// What a test waited for did not come.
package struct NeverHeld: Error {
  /// How long it waited.
  package var longest: Duration
}
