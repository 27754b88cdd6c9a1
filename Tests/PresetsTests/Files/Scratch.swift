import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A folder for one test, removed after it.
enum Scratch {
  static func folder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "glissade-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.path)
  }

  /// Writes a text.
  static func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }

  /// The text of a file.
  static func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
  }

  /// All names in a folder.
  static func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  /// The permissions of what stands at a path.
  static func mode(_ path: String) -> mode_t {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o7777 : 0
  }

  /// Whether a symbolic link stands at a path.
  static func isLink(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }
}

/// What a name in the file system may stand for, beside files.
enum NoFile: String, CaseIterable, CustomTestStringConvertible {
  case pipe, folder, socket, device, endless, terminal
  case linkToPipe, danglingLink, linkToItself

  var testDescription: String { rawValue }

  /// Puts it at `path`; false when it cannot be had here.
  func make(at path: String) -> Bool {
    switch self {
    case .pipe: return mkfifo(path, 0o600) == 0
    case .folder: return mkdir(path, 0o700) == 0
    case .device: return symlink("/dev/null", path) == 0
    case .endless: return symlink("/dev/zero", path) == 0
    case .terminal: return symlink("/dev/tty", path) == 0
    case .linkToPipe:
      return mkfifo(path + ".fifo", 0o600) == 0 && symlink(path + ".fifo", path) == 0
    case .danglingLink: return symlink(path + ".nothing", path) == 0
    case .linkToItself: return symlink(path, path) == 0
    case .socket:
      // A path of a socket is short.
      guard path.utf8.count < 100 else { return false }
      #if canImport(Glibc)
        let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
      #else
        let descriptor = Darwin.socket(AF_UNIX, SOCK_STREAM, 0)
      #endif
      defer { close(descriptor) }
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
      return withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
        }
      }
    }
  }
}
