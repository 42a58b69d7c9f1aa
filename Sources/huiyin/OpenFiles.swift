import Glibc

/// How many files and connections the daemon may have open (打开文件数).
enum OpenFiles {
  /// Raises the soft limit to the hard one: each feed under way takes a connection, and 1024, which
  /// shells and systemd give for the sake of select(2), are few. Nothing here uses select.
  static func allowAll() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}
