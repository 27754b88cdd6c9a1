import CNcurses
import Terminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Steps of setting ncurses up.
enum NcursesSetup {
  /// Sets the character type alone, since numbers must keep their points; where the locale has no
  /// UTF-8 (LANG unset, C), a neutral one that has. False when there is none.
  static func setCharacterType(unicode: Bool) -> Bool {
    func isUnicode() -> Bool {
      guard let name = nl_langinfo(nl_item(CODESET)) else { return false }
      return String(cString: name).uppercased().contains("UTF")
    }
    setlocale(LC_CTYPE, "")
    guard unicode else { return false }
    if isUnicode() { return true }
    for name in ["C.UTF-8", "en_US.UTF-8", "UTF-8"] {
      if setlocale(LC_CTYPE, name) != nil, isUnicode() { return true }
    }
    return false
  }

  /// Does something that may fail; then closes a descriptor.
  static func closing<Value>(
    _ descriptor: Int32, _ body: () throws(NcursesError) -> Value
  ) throws(NcursesError) -> Value {
    do {
      return try body()
    } catch {
      close(descriptor)
      throw error
    }
  }

  /// Starts ncurses on a terminal; nil when no description fits.
  static func open(terminal: Int32, environment: [String: String]) -> OpaquePointer? {
    // LINES and COLUMNS are often stale; the system knows better.
    use_env(false)
    use_tioctl(true)
    let term = environment["TERM"] ?? ""
    var names = [term]
    if term == "xterm", environment["XTERM_VERSION"] != nil { names = ["xterm-256color", term] }
    // A terminal whose description is missing here (over ssh) is most likely like xterm.
    names += ["xterm-256color", "xterm", "ansi"]
    for name in names where !name.isEmpty {
      if let handle = start(name, terminal) { return handle }
    }
    return nil
  }

  /// newterm and the modes; nil when the description is missing.
  private static func start(_ name: String, _ terminal: Int32) -> OpaquePointer? {
    var status: Int32 = 0
    // newterm would end the process for want of a description.
    guard setupterm(name, terminal, &status) == OK else { return nil }
    del_curterm(set_curterm(nil))
    guard let output = glissade_stream(terminal, "w"), let source = glissade_stream(terminal, "r"),
      let handle = newterm(name, output, source)
    else { return nil }
    raw()
    noecho()
    nonl()
    typeahead(-1)
    leaveok(glissade_stdscr(), true)
    curs_set(0)
    if has_colors() {
      start_color()
      use_default_colors()
    }
    // Right after newterm ncurses writes every movement of the cursor by itself; once through here
    // it does not.
    endwin()
    doupdate()
    curs_set(0)
    return handle
  }

  /// How colours are shown, of what is wanted and what the description allows.
  static func palette(_ wanted: Capabilities.ColorDepth) -> ColorSnapper.Palette {
    let colors = has_colors() ? glissade_colors() : 0
    switch wanted {
    case .direct: return .direct
    case .indexed256:
      if colors >= 256 { return can_change_color() ? .own(16..<256) : .indexed }
      fallthrough
    case .ansi16:
      if colors >= 16 { return .ansi16 }
      fallthrough
    case .ansi8: return colors >= 8 ? .ansi8 : .mono
    case .mono: return .mono
    }
  }

  /// The depth that a palette amounts to.
  static func depth(of palette: ColorSnapper.Palette) -> Capabilities.ColorDepth {
    switch palette {
    case .mono: .mono
    case .ansi8: .ansi8
    case .ansi16: .ansi16
    case .indexed, .own: .indexed256
    case .direct: .direct
    }
  }

  /// The greatest extent that is drawn: ncurses counts in 16 bits, and crashes beyond them.
  private static let mostCells = 16_384

  /// The window's extent, as far as it is drawn; nil when the system does not know it.
  static func windowSize(_ terminal: Int32) -> Size? {
    var window = winsize()
    guard ioctl(terminal, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0, window.ws_row > 0
    else { return nil }
    return Size(
      width: min(Int(window.ws_col), mostCells), height: min(Int(window.ws_row), mostCells))
  }
}
