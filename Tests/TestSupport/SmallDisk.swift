import Foundation

/// A small disk of a test's own, mounted on a folder: it can be filled without harm to anybody.
package final class SmallDisk: Sendable {
  private let path: String

  /// What keeps a disk from being mounted or filled.
  package struct NoDisk: Error {
    package var reason: String
  }

  /// Mounts it; needs root.
  package init(at path: String, megabytes: Int) async throws {
    self.path = path
    let mounted = try await Program.run(
      "/usr/bin/env", ["mount", "-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", path])
    guard mounted.code == 0 else { throw NoDisk(reason: mounted.errors) }
  }

  /// Whether this machine lets one be mounted.
  package static var isPossible: Bool {
    get async {
      guard geteuid() == 0, let folder = try? Folder() else { return false }
      guard let disk = try? await SmallDisk(at: folder.path, megabytes: 1) else { return false }
      await disk.unmount()
      return true
    }
  }

  /// Leaves no room on it.
  package func fill() throws {
    let file = open(path + "/ballast", O_WRONLY | O_CREAT, 0o600)
    guard file >= 0 else { throw NoDisk(reason: "no ballast") }
    defer { close(file) }
    for size in [65_536, 4096, 1] {
      let block = [UInt8](repeating: 0, count: size)
      while write(file, block, size) == size {}
    }
  }

  /// Makes room again.
  package func makeRoom() { unlink(path + "/ballast") }

  /// Lets nothing be written on it any more, or lets it again.
  package func allowWriting(_ isAllowed: Bool) async throws {
    let how = isAllowed ? "remount,rw" : "remount,ro"
    let mounted = try await Program.run("/usr/bin/env", ["mount", "-o", how, path])
    guard mounted.code == 0 else { throw NoDisk(reason: mounted.errors) }
  }

  /// Takes it away, with all that is on it.
  package func unmount() async {
    _ = try? await Program.run("/usr/bin/env", ["umount", "-l", path])
  }
}
