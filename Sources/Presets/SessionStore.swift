import Foundation
package import Training

/// A session that the explorer keeps as it grows: a file among the user's state, from which
/// `--resume` goes on. `KeptSessions` says which there are.
///
/// The file is JSON: `{"version": 1, "name": "xor", "preset": "glissade: 1 …", "states": {"1":
/// {…}}, "actions": {…}, "about": "2 branches, step 100", "isOwn": true}`.
package struct SessionStore: Sendable {
  /// What the file holds.
  package struct Content: Codable, Sendable {
    /// The version of the format.
    var version = 1
    /// The preset's name.
    package var name: String
    /// The preset with its session, as `W` writes it.
    package var preset: String
    /// Where branches stood, by number.
    package var states: [Int: RunState]
    /// What can be taken back; older files have nothing.
    package var actions: SavedActions?
    /// What it is, for lists: `3 branches, step 1200`.
    package var about: String?
    /// Whether somebody changed something in it, or took another way.
    package var isOwn: Bool?
  }

  /// The file.
  package let path: String

  /// The session in a file.
  package init(path: String) { self.path = path }

  /// Bytes of numbers that states may take together; branches beyond are replayed.
  private static let stateBytes = 4 << 20
  /// Bytes of the file at most.
  private static let bytes = 64 << 20

  /// Writes a session, whole or not at all.
  ///
  /// - Throws: `PresetError` where it cannot be written as YAML; `FileFailure`.
  package func write(
    _ preset: Preset, _ branches: [KeptBranch], actions: SavedActions = SavedActions()
  ) throws {
    var states: [Int: RunState] = [:]
    var left = SessionStore.stateBytes
    // The newest are kept first.
    for branch in branches.reversed() where branch.state.byteCount <= left {
      left -= branch.state.byteCount
      states[branch.description.id] = branch.state
    }
    var preset = preset
    preset.session?.branches = branches.map(\.saved)
    let content = Content(
      name: preset.name, preset: try PresetFile.text(of: preset), states: states,
      actions: actions.isEmpty ? nil : actions, about: SessionStore.about(preset.session),
      isOwn: branches.count > 1 || branches.contains { !$0.description.ownChanges.isEmpty })
    try Folder.make(FileLinks.folder(of: path))
    try AtomicFile.write(Array(try JSONEncoder().encode(content)), to: path, replacing: true)
  }

  /// What a session is, in a few words.
  private static func about(_ session: SavedSession?) -> String? {
    guard let session, let shown = session.shown else { return nil }
    let count = session.branches.count
    let changes = session.branches.reduce(0) { $0 + $1.ownChanges.count }
    return [
      count > 1 ? "\(count) branches" : nil,
      changes > 0 ? "\(changes) change\(changes == 1 ? "" : "s")" : nil, "step \(shown.steps)",
    ].compactMap { $0 }.joined(separator: ", ")
  }

  /// What every version of the file has.
  private struct Version: Decodable { var version: Int }

  /// The preset with its session, its states and actions; nil: there is none.
  ///
  /// - Throws: `PresetError` where the file is not what this program wrote.
  package func read(
    views: [String]? = nil
  ) throws(PresetError) -> Preset? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let shown = EscapedText.visible(path)
    let bytes: [UInt8]
    do {
      bytes = try RegularFile.bytes(of: path, limit: SessionStore.bytes)
    } catch {
      throw PresetError(
        .program, "\(shown) cannot be read: \(error.message); begin without --resume")
    }
    let version = try? JSONDecoder().decode(Version.self, from: Data(bytes))
    if let version, version.version > 1 {
      throw PresetError(
        .program,
        "\(shown) was written by a newer glissade; take that one, or begin without --resume")
    }
    let read = try? JSONDecoder().decode(Content.self, from: Data(bytes))
    guard let content = read, content.version == 1 else {
      throw PresetError(
        .program, "\(shown) is not a session that this program wrote; begin without --resume")
    }
    var preset = try PresetFile.parse(
      content.preset, file: shown, name: content.name, views: views, extent: .run)
    preset.session?.states = content.states
    preset.session?.actions = content.actions ?? SavedActions()
    return preset
  }
}
