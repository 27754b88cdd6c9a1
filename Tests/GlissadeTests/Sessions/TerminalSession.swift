import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A real terminal with the real program in it: tmux on a socket of its own, watched by capturing
/// its screen.
final class TerminalSession {
  /// What was waited for did not come.
  struct TimedOut: Error, CustomStringConvertible {
    var what: String
    var screen: String
    var description: String { "waited in vain for \(what); the screen shows\n\(screen)" }
  }

  /// Where the shell stands, its home, and where tmux keeps its socket.
  let folder: URL
  private let environment: [String: String]
  /// How many commands the shell was given.
  private var commands = 0
  private static let prompt = "shell> "
  /// A loaded machine may need this long.
  private static let patience: Duration = .seconds(30 * Sanitizer.slowness)

  /// Whether tmux can be started here.
  static let isAvailable: Bool = {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let outcome = try? Command.run(["tmux", "-V"], environment: ["PATH": path])
    return outcome?.status == 0
  }()

  /// Whether sessions without tmux fail instead of being left out: under CI.
  static let isDemanded = !(ProcessInfo.processInfo.environment["CI"] ?? "").isEmpty

  /// Opens a window with a shell, or with another program; `changes` go to its environment.
  init(
    width: Int = 120, height: Int = 40, changes: [String: String] = [:], program: String? = nil
  ) throws {
    folder = try Program.scratch()
    let inherited = ProcessInfo.processInfo.environment
    // What sanitizers are told holds for the program in the window too.
    let sanitizers = inherited.filter { $0.key == "ASAN_OPTIONS" || $0.key == "TSAN_OPTIONS" }
    environment = [
      "PATH": inherited["PATH"] ?? "/usr/bin:/bin", "HOME": folder.path, "TMUX_TMPDIR": folder.path,
      "LANG": "C.UTF-8",
      "TERM": "xterm-256color", "XDG_CONFIG_HOME": folder.path,
      // Where an interactive shell reads its prompt: the superuser's is not taken from the
      // environment.
      "ENV": folder.appendingPathComponent("prompt.sh").path,
    ].merging(sanitizers) { $1 }.merging(changes) { $1 }
    let settings = folder.appendingPathComponent("tmux.conf")
    try Data(
      """
      set -g default-terminal tmux-256color
      set -g status off
      set -s escape-time 0
      set -g focus-events off

      """.utf8
    ).write(to: settings)
    try Program.markStarted(state: folder.appendingPathComponent(".local/state"))
    try Data("PS1='\(TerminalSession.prompt)'\n".utf8).write(
      to: folder.appendingPathComponent("prompt.sh"))
    try Data((program ?? "exec sh -i\n").utf8).write(to: folder.appendingPathComponent("start.sh"))
    try tmux(
      "-f", settings.path, "new-session", "-d", "-x", "\(width)", "-y", "\(height)", "-c",
      folder.path, "sh \(folder.appendingPathComponent("start.sh").path)")
    if program == nil {
      try wait(for: "the shell's prompt") { $0.contains(TerminalSession.prompt.dropLast()) }
    }
  }

  /// Ends the window and everything in it.
  func close() {
    _ = try? tmux("kill-server")
    try? FileManager.default.removeItem(at: folder)
  }

  /// Opens a terminal, hands it to `body`, and closes it.
  static func run(
    width: Int = 120, height: Int = 40, changes: [String: String] = [:], program: String? = nil,
    _ body: (TerminalSession) throws -> Void
  ) throws {
    let session = try TerminalSession(
      width: width, height: height, changes: changes, program: program)
    defer { session.close() }
    try body(session)
  }

  @discardableResult
  private func tmux(_ arguments: String...) throws -> String {
    try tmuxAll(arguments)
  }

  private func tmuxAll(_ arguments: [String]) throws -> String {
    let outcome = try Command.run(["tmux", "-u"] + arguments, environment: environment)
    guard outcome.status == 0 else {
      throw Command.Failure(description: "tmux \(arguments): \(outcome.output)")
    }
    return outcome.output
  }

  /// The text on the screen; with `styled`, its colours too, as escape sequences.
  func screen(styled: Bool = false) throws -> String {
    try tmuxAll(["capture-pane", "-p"] + (styled ? ["-e"] : []))
  }

  /// What the status line and the panes tell.
  func shown() throws -> ShownRun { ShownRun(try screen()) }

  /// Waits until the screen is as wished; returns it.
  @discardableResult
  func wait(for what: String, until isDone: (String) throws -> Bool) throws -> String {
    let end = ContinuousClock.now + TerminalSession.patience
    while true {
      let text = try screen()
      if try isDone(text) { return text }
      if ContinuousClock.now > end { throw TimedOut(what: what, screen: text) }
      _ = poll(nil, 0, 20)
    }
  }

  /// Waits until the run is as wished; returns what is shown then.
  @discardableResult
  func waitRun(for what: String, until isDone: (ShownRun) -> Bool) throws -> ShownRun {
    ShownRun(try wait(for: what) { isDone(ShownRun($0)) })
  }

  /// Types text as it stands.
  func type(_ text: String) throws { try tmux("send-keys", "-l", "--", text) }

  /// Presses keys by tmux's names: `Enter`, `Escape`, `C-z`.
  func press(_ keys: String...) throws { _ = try tmuxAll(["send-keys"] + keys) }

  /// Sends bytes as they stand.
  func send(_ bytes: some Sequence<UInt8>) throws {
    _ = try tmuxAll(["send-keys", "-H"] + bytes.map { String($0, radix: 16) })
  }

  /// Changes the window's extent.
  func resize(width: Int, height: Int) throws {
    try tmux("resize-window", "-x", "\(width)", "-y", "\(height)")
  }

  /// One of tmux's variables.
  func variable(_ name: String) throws -> String {
    try tmux("display-message", "-p", "#{\(name)}").trimmingCharacters(in: .newlines)
  }

  /// Whether the alternate screen is shown, as by programs that fill it.
  func isAlternate() throws -> Bool { try variable("alternate_on") == "1" }

  /// Waits until the shell is back on its own screen.
  func waitForShell() throws {
    try wait(for: "the shell") { text in
      let isAlternate = try isAlternate()
      let last = text.split(separator: "\n").last { !$0.allSatisfy(\.isWhitespace) }
      return !isAlternate && last == TerminalSession.prompt.dropLast()
    }
  }

  /// Has the shell run a command, and waits until it is done; returns the screen.
  @discardableResult
  func shell(_ command: String) throws -> String {
    // The number tells this command's end from the last one's, which stands there until `clear`
    // runs.
    commands += 1
    let end = " of \(commands)"
    try type("clear; \(command); echo \"done-$?\(end)\"")
    try press("Enter")
    return try wait(for: "the end of \(command)") { text in
      text.split(separator: "\n").contains {
        $0.hasPrefix("done-") && $0.hasSuffix(end) && !$0.contains("$")
      }
    }
  }

  /// Starts the explorer from the shell, and waits for its first frame; returns its process.
  @discardableResult
  func explore(_ arguments: String = "", prefix: String = "") throws -> pid_t {
    let number = folder.appendingPathComponent("process")
    try? FileManager.default.removeItem(at: number)
    try type("\(prefix) sh -c 'echo $$ >process; exec \"\(Program.path)\" \(arguments)'")
    try press("Enter")
    // A lesson may begin with a question, which covers the run.
    try wait(for: "the first frame") {
      ShownRun($0).isWhole || $0.contains("your answer first")
    }
    let text = try String(contentsOf: number, encoding: .utf8)
    return try #require(pid_t(text.trimmingCharacters(in: .newlines)))
  }
}
