import Foundation

/// Paths as files name them (路径).
enum FilePath {
  /// A path that a file names, seen from where that file was reached.
  ///
  /// `..` stays as it is written, for a symbolic link may turn it elsewhere; `./` goes.
  static func reached(_ written: String, from file: String) -> String {
    guard !written.hasPrefix("/") else { return written }
    var rest = written[...]
    while rest.hasPrefix("./") { rest = rest.dropFirst(2).drop { $0 == "/" } }
    return String(folder(of: file) + rest)
  }

  /// A file in a folder.
  static func file(_ name: String, in folder: String) -> String {
    folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  /// A path that stays right when the daemon changes its folder.
  static func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/") else { return path }
    return file(path, in: FileManager.default.currentDirectoryPath)
  }

  static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    return isThere && isFolder.boolValue
  }

  /// The names in a folder, in order of their letters' code points; nil where it cannot be listed.
  static func names(in folder: String) -> [String]? {
    (try? FileManager.default.contentsOfDirectory(atPath: folder))?.sorted()
  }

  private static func folder(of file: String) -> Substring {
    file.lastIndex(of: "/").map { file[...$0] } ?? ""
  }
}
