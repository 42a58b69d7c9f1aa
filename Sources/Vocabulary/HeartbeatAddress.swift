/// Where a sign is sent while the audit passes (心跳地址), `http` or `https`.
///
/// Monitors give such addresses out as a secret: only the host is ever shown.
package struct HeartbeatAddress: Sendable, Hashable {
  package var url: String

  /// An address that has been checked by whoever read it.
  package init(url: String) {
    self.url = url
  }

  /// Its host, with the port where one is written.
  package var host: String {
    let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
    return String(rest.prefix { !"/?#".contains($0) })
  }
}
