import Foundation

/// How far lessons were read: a small file among the user's state, that is never in the way.
///
/// The file is JSON: `{"version": 1, "last": "notes-ols-gd", "lessons": {"notes-ols-gd": {"step": 2, "done": false}}}`.
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
    guard FileManager.default.fileExists(atPath: path) else { return (Content(), nil) }
    let text: String
    do {
      text = try TextFile.read(path, limit: Self.bytes)
    } catch {
      return (Content(), "\(EscapedText.visible(path)): \(error.message)")
    }
    guard var content = try? JSONDecoder().decode(Content.self, from: Data(text.utf8)),
      content.version == 1
    else {
      return (
        Content(), "\(EscapedText.visible(path)) is not what this program wrote; it begins anew"
      )
    }
    for (name, mark) in content.lessons {
      content.lessons[name]?.step = max(0, min(mark.step, PresetLimits.lessonSteps))
    }
    return (content, nil)
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

  private func change(_ body: (inout Content) -> Void) -> String? {
    var (content, problem) = read()
    if problem != nil {
      // What cannot be understood may be somebody's: it is kept beside.
      try? FileManager.default.removeItem(atPath: path + ".bad")
      try? FileManager.default.moveItem(atPath: path, toPath: path + ".bad")
    }
    body(&content)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    guard let data = try? encoder.encode(content) else { return "lessons cannot be noted" }
    do {
      try FileManager.default.createDirectory(
        atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path,
        withIntermediateDirectories: true)
      try PresetFile.write(String(decoding: data, as: UTF8.self) + "\n", to: path, replacing: true)
      return nil
    } catch let error as PresetFile.WriteError {
      return error.description
    } catch {
      return "\(EscapedText.visible(path)): cannot be written"
    }
  }
}
