import Foundation

/// Whether the explorer is opened for the first time ever: a small file among the user's state says
/// that it was opened before.
package struct FirstStart: Sendable {
  /// The mark.
  package let path: String
  /// How far lessons were read: whoever has read any is no newcomer.
  package let diary: String

  /// A mark in a file.
  package init(path: String = PresetPaths.started, diary: String = PresetPaths.lessons) {
    self.path = path
    self.diary = diary
  }

  /// Notes a start.
  ///
  /// - Returns: whether it is the first. Where that cannot be noted it is not: what greets once
  ///   must not greet for ever. Of programs that start at the same time one is the first.
  package func note() -> Bool {
    var status = stat()
    if lstat(path, &status) == 0 { return false }
    let isNew = lstat(diary, &status) != 0
    do {
      try Folder.make(FileLinks.folder(of: path))
      try AtomicFile.write([], to: path, replacing: false)
      return isNew
    } catch {
      return false
    }
  }
}
