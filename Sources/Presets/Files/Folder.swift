import Foundation

/// Makes folders.
package enum Folder {
  /// Makes the folder at `path` with all that it lies in, unless it is there.
  package static func make(_ path: String) throws(FileFailure) {
    var status = stat()
    if stat(path, &status) == 0 {
      guard FileKind(status).isFolder else {
        throw FileFailure("\(EscapedText.visible(path)) is not a folder")
      }
      return
    }
    let parent = FileLinks.folder(of: path)
    if parent != path, parent != "." { try make(parent) }
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
      throw .system("cannot make the folder \(EscapedText.visible(path))")
    }
  }
}
