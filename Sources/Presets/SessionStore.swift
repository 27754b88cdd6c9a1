import Foundation
package import Training

/// The session that the explorer keeps as it grows: a file among the user's state, from which
/// `--resume` goes on.
///
/// The file is JSON: `{"version": 1, "name": "xor", "preset": "glissade: 1 …", "states": {"1":
/// {…}}}`.
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
  }

  /// The file.
  package let path: String

  /// The session in a file.
  package init(path: String = PresetPaths.session) { self.path = path }

  /// Bytes of numbers that states may take together; branches beyond are replayed.
  private static let stateBytes = 4 << 20
  /// Bytes of the file at most.
  private static let bytes = 64 << 20

  /// Writes a session, whole or not at all.
  ///
  /// - Throws: `PresetError` where it cannot be written as YAML; `FileFailure`.
  package func write(_ preset: Preset, _ branches: [KeptBranch]) throws {
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
      name: preset.name, preset: try PresetFile.text(of: preset), states: states)
    try Folder.make(FileLinks.folder(of: path))
    try AtomicFile.write(Array(try JSONEncoder().encode(content)), to: path, replacing: true)
  }

  /// Keeps a file that this version did not write, or that is damaged, under another name; what was
  /// put aside before stays. For the time before the first write.
  package func putAside() {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0,
      (try? read()) == nil
    else { return }
    for number in 1...99 {
      let place = "\(path).old\(number == 1 ? "" : "\(number)")"
      guard !FileManager.default.fileExists(atPath: place) else { continue }
      _ = try? FileManager.default.moveItem(atPath: path, toPath: place)
      return
    }
  }

  /// What every version of the file has.
  private struct Version: Decodable { var version: Int }

  /// The preset with its session, and where its branches stood; nil: there is none.
  ///
  /// - Throws: `PresetError` where the file is not what this program wrote.
  package func read(
    views: [String]? = nil
  ) throws(PresetError) -> (preset: Preset, states: [Int: RunState])? {
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
    let preset = try PresetFile.parse(
      content.preset, file: shown, name: content.name, views: views, extent: .run)
    return (preset, content.states)
  }
}
