import Foundation

/// How far lessons were read: a small file among the user's state, that is never in the way.
///
/// The file is JSON: `{"version": 1, "last": "notes-ols-gd", "lessons": {"notes-ols-gd": {"step":
/// 2, "done": false}}}`.
package struct LessonDiary: Sendable {
  /// How far one lesson was read.
  package struct Mark: Codable, Equatable, Sendable {
    /// The step, from 0.
    package var step: Int
    /// Whether it was read to its end.
    package var done: Bool

    /// A mark.
    package init(step: Int, done: Bool) {
      self.step = step
      self.done = done
    }
  }

  /// What the file holds.
  package struct Content: Codable, Equatable, Sendable {
    /// The version of the format.
    package var version = 1
    /// The preset whose lesson was open last.
    package var last: String?
    /// Marks by preset.
    package var lessons: [String: Mark] = [:]

    /// An empty diary.
    package init() {}
  }

  /// The file.
  package let path: String

  /// The diary in a file.
  package init(path: String = PresetPaths.lessons) { self.path = path }

  /// Bytes of the file at most, and presets in it.
  private static let bytes = 1 << 20
  private static let most = 10_000

  /// What the file holds; nothing when it is not there.
  ///
  /// - Returns: the content, and what is wrong with a file that cannot be read or understood.
  package func read() -> (content: Content, problem: String?) {
    switch state() {
    case .absent: (Content(), nil)
    case .content(let content): (content, nil)
    case .unreadable(let reason): (Content(), "\(shown): \(reason)")
    case .newer:
      (
        Content(),
        "\(shown) was written by a newer glissade; it is left alone, and nothing is noted"
      )
    case .damaged:
      (Content(), "\(shown) is not what this program wrote; it is kept aside, and a new one begins")
    }
  }

  /// Notes how far the lesson of `preset` was read; what other programs noted meanwhile stays.
  ///
  /// - Returns: why it could not be written, or nil.
  package func note(_ preset: String, _ mark: Mark) -> String? {
    change { content in
      content.last = preset
      if content.lessons.count < Self.most || content.lessons[preset] != nil {
        content.lessons[preset] = mark
      }
    }
  }

  /// Forgets how far the lesson of `preset` was read, or (nil) all of them.
  ///
  /// - Returns: why it could not be written, or nil.
  package func forget(_ preset: String?) -> String? {
    change { content in
      if let preset { content.lessons[preset] = nil } else { content = Content() }
    }
  }

  /// What stands at the path.
  private enum State {
    case absent
    case content(Content)
    /// It cannot be read now, which says nothing of its worth.
    case unreadable(String)
    /// It is of a version that this program does not know.
    case newer
    /// It is a file that nobody can use as it is.
    case damaged
  }

  private var shown: String { EscapedText.visible(path) }

  private func state() -> State {
    var status = stat()
    guard stat(path, &status) == 0 else {
      return errno == ENOENT || errno == ENOTDIR
        ? .absent : .unreadable(String(cString: strerror(errno)))
    }
    let text: String
    do {
      text = try TextFile.read(path, limit: Self.bytes)
    } catch {
      return error.place == nil ? .unreadable(error.message) : .damaged
    }
    struct Version: Decodable { let version: Int }
    let data = Data(text.utf8)
    if let version = try? JSONDecoder().decode(Version.self, from: data), version.version > 1 {
      return .newer
    }
    guard var content = try? JSONDecoder().decode(Content.self, from: data), content.version == 1
    else { return .damaged }
    for (name, mark) in content.lessons {
      content.lessons[name]?.step = max(0, min(mark.step, PresetLimits.lessonSteps))
    }
    return .content(content)
  }

  /// Reads, changes and writes while no other program does.
  private func change(_ body: (inout Content) -> Void) -> String? {
    do {
      let target = try FileLinks.target(of: path)
      let folder = FileLinks.folder(of: target)
      try Folder.make(folder)
      return try FileLock.hold(folder) { () throws(FileFailure) in try write(to: target, body) }
    } catch {
      return "\(shown): \(error)"
    }
  }

  private func write(
    to target: String, _ body: (inout Content) -> Void
  ) throws(FileFailure) -> String? {
    var content = Content()
    switch state() {
    case .absent: break
    case .content(let known): content = known
    case .unreadable(let reason): throw FileFailure(reason)
    case .newer: return read().problem
    case .damaged: try Self.setAside(target)
    }
    body(&content)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    do {
      let data = try encoder.encode(content)
      try AtomicFile.write(Array(data) + [10], to: target, replacing: true)
      return nil
    } catch let failure as FileFailure {
      throw failure
    } catch {
      throw FileFailure("cannot be written")
    }
  }

  /// Gives a file that cannot be understood another name: it may be somebody's. Nothing is written
  /// over.
  private static func setAside(_ target: String) throws(FileFailure) {
    for number in 1...1_000 {
      let name = target + (number == 1 ? ".bad" : ".bad-\(number)")
      if link(target, name) == 0 {
        unlink(target)
        return
      }
      var status = stat()
      if errno == EEXIST || lstat(name, &status) == 0 { continue }
      // A file system without hard links.
      guard rename(target, name) == 0 else { throw .system("cannot be kept aside") }
      return
    }
    throw FileFailure("is damaged, and there are too many kept aside already")
  }
}
