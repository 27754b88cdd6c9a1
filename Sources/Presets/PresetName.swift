/// Names of presets: the one rule that saving, listing and opening share.
///
/// A preset's name is that of its file without `.yaml` or `.yml`: `0.05.yaml` is `0.05`, and
/// `my.first.yaml` does not stand in the way of `my.yaml`. Hidden files are no presets.
package enum PresetName {
  /// What names of files end in.
  static let endings = [".yaml", ".yml"]
  /// Characters of a name at most; the file system allows 255 bytes with the ending.
  private static let most = 60
  private static let mostBytes = 240

  /// The name of the preset in a file of that name; nil: it is not one.
  static func ofListed(_ file: String) -> String? {
    guard !file.hasPrefix("."), let ending = endings.first(where: { file.hasSuffix($0) }),
      file.utf8.count > ending.utf8.count
    else { return nil }
    return String(file.dropLast(ending.count))
  }

  /// The name of the preset in the file at `path`, whatever that is called.
  static func ofFile(_ path: String) -> String {
    let file = String(path.split(separator: "/").last ?? "preset")
    return ofListed(file) ?? file
  }

  /// Whether `reference` is a path, not a name.
  package static func isPath(_ reference: String) -> Bool {
    reference.contains("/") || endings.contains { reference.hasSuffix($0) }
      || TablePreset.isTable(reference)
  }

  /// Why no preset can be saved at a path, and what to do; nil: it can, and is then opened there.
  package static func problem(ofPath path: String) -> String? {
    guard TablePreset.isTable(path) else { return nil }
    return "a preset's file ends in .yaml, not as tables do"
      + " (\(TablePreset.endings.joined(separator: ", ")))"
  }

  /// Why nothing can be saved under `name`, and what to do; nil: it can, and is then listed and
  /// opened by that name.
  package static func problem(_ name: String) -> String? {
    guard let first = name.first, let last = name.last else { return "a name is needed" }
    if first == "." { return "a name does not begin with a dot: such files are hidden" }
    if first == "-" {
      return "a name does not begin with a hyphen: it would be taken for an option"
    }
    if first.isWhitespace || last.isWhitespace {
      return "a name does not begin or end with a blank"
    }
    if !name.unicodeScalars.allSatisfy(EscapedText.isPlain) {
      return "a name holds no control characters or invisible ones"
    }
    if let bad = name.first(where: { "/\\:".contains($0) }) {
      return "a name holds no \(bad); letters, digits, - _ . are always right"
    }
    if let problem = problem(ofPath: name) { return problem }
    guard name.count <= most, name.utf8.count <= mostBytes else {
      return "a name has at most \(most) characters"
    }
    return nil
  }
}
