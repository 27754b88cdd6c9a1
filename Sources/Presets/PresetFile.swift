import Foundation
package import Training

/// A preset on its way to a file and back.
package enum PresetFile {
  /// Why a file could not be written.
  package struct WriteError: Error, CustomStringConvertible {
    /// Whether a file of that name is there already.
    package let exists: Bool
    /// What went wrong.
    package let description: String
  }

  /// The text of `preset` for `directory` (nil: for anywhere).
  package static func text(
    of preset: Preset, for directory: String? = nil
  ) throws(PresetError) -> String {
    try YAMLPrinter.print(PresetWriter(directory: directory).write(preset))
  }

  /// The preset that `text` describes.
  ///
  /// - Parameters:
  ///   - file: What messages call the text.
  ///   - name: The preset's name.
  ///   - directory: Where relative paths start from.
  ///   - views: The views that exist; nil when they are not to be checked.
  ///   - keys: The explorer's keys, as lessons name them; nil when they are not to be checked.
  ///   - checksParts: Whether variants and the lesson's steps are tried too.
  package static func parse(
    _ text: String, file: String, name: String, directory: String = ".", views: [String]? = nil,
    keys: [String]? = nil, checksParts: Bool = true
  ) throws(PresetError) -> Preset {
    guard text.utf8.count <= PresetLimits.fileBytes else {
      throw PresetError(
        .file(name: file, line: 1, column: 1),
        "the preset is larger than \(PresetLimits.fileBytes) bytes")
    }
    let root = try YAMLComposer.compose(text, file: file)
    var reader = PresetReader(name: name, directory: directory, views: views, keys: keys)
    reader.checksVariants = checksParts
    return try reader.read(root)
  }

  /// Writes `preset` to `path` as a whole or not at all: to a new file beside it, flushed, then renamed.
  ///
  /// A file that is there already is kept unless `replacing` is true.
  package static func save(
    _ preset: Preset, to path: String, replacing: Bool = false
  ) throws {
    let directory = URL(fileURLWithPath: path).deletingLastPathComponent().path
    try write(text(of: preset, for: directory), to: path, replacing: replacing)
  }

  /// Writes `text` to `path` as a whole or not at all.
  package static func write(
    _ text: String, to path: String, replacing: Bool
  ) throws(WriteError) {
    let directory = URL(fileURLWithPath: path).deletingLastPathComponent().path
    let failed = { (what: String) in
      WriteError(
        exists: errno == EEXIST,
        description: "\(EscapedText.visible(path)): \(what): \(String(cString: strerror(errno)))")
    }
    let temporary = "\(path).\(getpid()).\(UInt32.random(in: 0...UInt32.max)).new"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failed("cannot write here") }
    var done = false
    defer { if !done { unlink(temporary) } }
    let bytes = Array(text.utf8)
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        // The loop runs only while bytes are left, so there is a first one.
        Foundation.write(descriptor, buffer.baseAddress! + written, bytes.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let error = failed("cannot write")
        close(descriptor)
        throw error
      }
      written += count
    }
    guard fsync(descriptor) == 0 else {
      let error = failed("cannot flush")
      close(descriptor)
      throw error
    }
    guard close(descriptor) == 0 else { throw failed("cannot close") }
    if replacing {
      guard rename(temporary, path) == 0 else { throw failed("cannot replace") }
    } else {
      // A hard link fails when the name is taken, where a rename would replace it.
      if link(temporary, path) == 0 {
        unlink(temporary)
      } else {
        // File systems without hard links leave a short moment in which the name could be taken.
        guard errno != EEXIST, access(path, F_OK) != 0, rename(temporary, path) == 0 else {
          if errno == 0 || access(path, F_OK) == 0 { errno = EEXIST }
          throw failed("not written")
        }
      }
    }
    done = true
    let folder = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if folder >= 0 {
      fsync(folder)
      close(folder)
    }
  }
}
