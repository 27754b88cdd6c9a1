import Testing

/// Suites that use the program in a real terminal, one at a time: together they would only slow
/// each other down.
@Suite(
  "In a real terminal", .serialized,
  .enabled(
    if: TerminalSession.isAvailable || TerminalSession.isDemanded,
    "tmux is not installed: apt-get install tmux"))
enum Sessions {}
