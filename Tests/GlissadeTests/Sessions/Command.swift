import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A short command that is run to its end with no open descriptors but its output.
///
/// `Process` would hand its pipes down to a server that the command leaves behind, and wait until
/// that one ends.
enum Command {
  /// How it ended, and what it printed on both outputs.
  struct Outcome {
    var status: Int32
    var output: String
  }

  /// A command that could not be started.
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  /// Runs `arguments`, the first of them looked up in `PATH`.
  static func run(_ arguments: [String], environment: [String: String]) throws -> Outcome {
    let folder = FileManager.default.temporaryDirectory
    var template = Array(folder.appendingPathComponent("glissade-output-XXXXXX").path.utf8CString)
    let file = mkstemp(&template)
    guard file >= 0 else { throw Failure(description: "no temporary file: errno \(errno)") }
    defer { close(file) }
    unlink(template)
    _ = fcntl(file, F_SETFD, FD_CLOEXEC)

    let process = try spawn(
      arguments, environment: environment, input: ("/dev/null", O_RDONLY), output: file)
    var state: Int32 = 0
    while waitpid(process, &state, 0) < 0, errno == EINTR {}

    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = pread(file, &buffer, buffer.count, off_t(bytes.count))
      guard count > 0 else { break }
      bytes += buffer[0..<count]
    }
    let signal = state & 0x7F
    return Outcome(
      status: signal == 0 ? state >> 8 & 0xFF : -signal,
      output: String(decoding: bytes, as: UTF8.self))
  }

  /// Starts `arguments`, with both outputs on the descriptor `output`. As a session of its own, the
  /// terminal that it gets as input is the one that controls it.
  static func spawn(
    _ arguments: [String], environment: [String: String], input: (path: String, flags: Int32),
    output: Int32, isSession: Bool = false
  ) throws -> pid_t {
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #else
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, 0, input.path, input.flags, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, output, 2)
    #if canImport(Glibc)
      // Closing what is not open does no harm here.
      for descriptor: Int32 in 3..<256 {
        posix_spawn_file_actions_addclose(&actions, descriptor)
      }
    #endif
    // Threads of a test runner block signals, which a server must not inherit.
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    var flags = Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF)
    #if !canImport(Glibc)
      flags |= Int16(POSIX_SPAWN_CLOEXEC_DEFAULT)
    #endif
    if isSession { flags |= 0x80 }  // POSIX_SPAWN_SETSID
    posix_spawnattr_setflags(&attributes, flags)

    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    var settings: [UnsafeMutablePointer<CChar>?] =
      environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + settings { free(text) } }
    var process: pid_t = 0
    let failure = posix_spawnp(&process, arguments[0], &actions, &attributes, &words, &settings)
    guard failure == 0 else {
      throw Failure(description: "\(arguments[0]): \(String(cString: strerror(failure)))")
    }
    return process
  }
}
