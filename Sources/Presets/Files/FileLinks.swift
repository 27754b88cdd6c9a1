import Foundation

/// Follows symbolic links by hand, so that what a link points to can be replaced while the link
/// stays.
enum FileLinks {
  /// As many links in a row as the system follows.
  private static let most = 40

  /// The descriptor of the program's own that `path` is another name of (`/dev/stdout`,
  /// `/dev/fd/3`); nil: of none.
  static func stream(_ path: String) -> Int32? {
    switch path {
    case "/dev/stdout": return STDOUT_FILENO
    case "/dev/stderr": return STDERR_FILENO
    default:
      let folders = ["/dev/fd/", "/proc/self/fd/"]
      guard let folder = folders.first(where: { path.hasPrefix($0) }) else { return nil }
      return Int32(path.dropFirst(folder.count))
    }
  }

  /// The file that `path` names after all symbolic links in its last part; it need not be there.
  /// Names of the program's own streams are not followed.
  static func target(of path: String) throws(FileFailure) -> String {
    var path = path
    for _ in 0..<most {
      if stream(path) != nil { return path }
      var status = stat()
      guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else { return path }
      var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
      let count = readlink(path, &buffer, buffer.count)
      guard count > 0 else { throw .system() }
      let link = String(
        decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
      path = link.hasPrefix("/") ? link : folder(of: path) + "/" + link
    }
    throw FileFailure("too many symbolic links")
  }

  /// The folder that `path` lies in.
  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
