import Foundation

/// Paths as presets use them.
package enum PresetPaths {
  /// `path` from `directory`, absolute, without `.` and `..`, `~/` unfolded.
  package static func resolve(_ path: String, in directory: String) -> String {
    if path.hasPrefix("~/") {
      return URL(fileURLWithPath: home + "/" + path.dropFirst(2)).standardized.path
    }
    let base = URL(fileURLWithPath: directory, isDirectory: true)
    // Absolute first: standardising a relative URL drops the `..` that it begins with.
    return URL(fileURLWithPath: path, relativeTo: base).absoluteURL.standardized.path
  }

  /// `path` as seen from `directory` when it is inside it, else `path` itself.
  package static func relative(_ path: String, to directory: String) -> String {
    let base = URL(fileURLWithPath: directory, isDirectory: true).standardized.path
    let prefix = base.hasSuffix("/") ? base : base + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
  }

  /// `$HOME`, or what the system says; the system's own answer does not follow the variable.
  static var home: String {
    let given = ProcessInfo.processInfo.environment["HOME"] ?? ""
    return given.hasPrefix("/") ? given : NSHomeDirectory()
  }

  /// `$XDG_CONFIG_HOME/glissade/presets`, by default `~/.config/glissade/presets`.
  package static var user: String {
    let given = ProcessInfo.processInfo.environment["XDG_CONFIG_HOME"] ?? ""
    // The XDG specification says that relative paths are to be ignored.
    let base = given.hasPrefix("/") ? given : home + "/.config"
    return base + "/glissade/presets"
  }

  /// `$XDG_STATE_HOME/glissade/lessons.json`, by default `~/.local/state/glissade/lessons.json`.
  package static var lessons: String { state + "/lessons.json" }

  /// `$XDG_STATE_HOME/glissade/sessions`: the explorer's sessions, a file each.
  package static var sessions: String { state + "/sessions" }

  /// Where versions before kept the only session: `session.json`, beside them.
  package static var session: String { state + "/session.json" }

  /// `$XDG_STATE_HOME/glissade/started`: an empty file that says that the explorer was opened
  /// before.
  package static var started: String { state + "/started" }

  /// Where rows that were pasted are kept.
  package static var pasted: String { state }

  /// `$XDG_STATE_HOME/glissade`, by default `~/.local/state/glissade`.
  private static var state: String {
    let given = ProcessInfo.processInfo.environment["XDG_STATE_HOME"] ?? ""
    let base = given.hasPrefix("/") ? given : home + "/.local/state"
    return base + "/glissade"
  }
}
