import Vocabulary

/// A folder that `huiyin.yaml` names, with what lies in it (文件夹).
struct Folder {
  let path: String
  let names: [String]
  /// Where the set-up names it.
  let place: Place

  /// The `.yaml` files, in order of their names; a `.yml` is passed over with a warning.
  func files(_ findings: Findings) -> [(id: String, path: String)] {
    let visible = names.filter { !$0.hasPrefix(".") }
    for name in visible where name.lowercased().hasSuffix(".yml") || isShouted(name) {
      findings.warning(
        at: Place(file: FilePath.file(name, in: path), line: 1, column: 1),
        Phrase(
          zh: "这个文件没有读：文件名须以 .yaml 结尾", en: "not read: a file's name must end in .yaml"))
    }
    return visible.filter { $0.hasSuffix(".yaml") && $0.count > 5 }.map {
      (id: String($0.dropLast(5)), path: FilePath.file($0, in: path))
    }
  }

  private func isShouted(_ name: String) -> Bool {
    name.lowercased().hasSuffix(".yaml") && !name.hasSuffix(".yaml")
  }
}

extension Form where Result == Folder {
  /// A folder that can be listed.
  static var folder: Form { folder(or: nil) }

  /// A folder that can be listed, or another in its place.
  static func folder(or other: String?) -> Form {
    Form { value in
      guard let path = other ?? Form<String>.path.read(value) else { return nil }
      guard let names = FilePath.names(in: path) else {
        return value.refuse(
          Phrase(zh: "没有“\(path)”这个目录，或不许读取", en: "no folder \"\(path)\", or it cannot be listed"))
      }
      return Folder(path: path, names: names, place: value.place)
    }
  }
}
