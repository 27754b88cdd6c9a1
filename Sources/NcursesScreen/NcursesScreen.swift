import CNcurses
import CTerminalGuard
package import Terminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The terminal, drawn by ncurses; input, signals and the ways out are our own.
///
/// In direct colour ncurses sets the terminal up, clears it and gives it back, and `DirectWriter`
/// says what changes: by ncurses that takes several times as long, too long for maps that move.
///
/// One a process, used from one thread; only its `waker` may be called from others. Create it,
/// present canvases and take events; `leave()` (or its end) gives the terminal back, as do `exit`,
/// signals and crashes by way of CTerminalGuard.
package final class NcursesScreen: Screen {
  /// Its extent now.
  package private(set) var size: Size
  /// What it can show.
  package let capabilities: Capabilities
  /// How colours are shown.
  package let palette: ColorSnapper.Palette

  private let terminal: Int32
  private let pipe: WakePipe
  private let modes: TerminalModes
  private let handle: OpaquePointer?
  private var input: TerminalInput
  private var encoder: FrameEncoder
  private var writer = DirectWriter()
  /// ncurses has a blank screen to show before the next frame.
  private var mustClear = true
  private var row: [cchar_t] = []
  private var shown: Canvas?
  private var isOpen = true
  /// Whether the terminal can be asked for its background, and whether an answer is under way.
  private let tellsBackground: Bool
  private var isAsked = false
  /// Events that came while an answer was waited for.
  private var waiting: [Event] = []
  /// Updates of so many cells are marked, so that terminals that can show them in one go.
  private static let largeUpdate = 400

  /// Takes the terminal of the process over. `colors` narrows what the environment promises;
  /// `readsInput` is false where the standard input is something else, and keys come from the
  /// controlling terminal all the same.
  package init(
    environment: [String: String], colors limit: Capabilities.ColorDepth? = nil,
    readsInput: Bool = true
  ) throws(NcursesError) {
    if let reason = Capabilities.obstacle(
      environment, inputIsTerminal: !readsInput || isatty(0) == 1, outputIsTerminal: isatty(1) == 1)
    {
      throw .unusable(reason)
    }
    var wanted = Capabilities.detect(environment)
    if let limit { wanted.colors = limit }
    if !NcursesSetup.setCharacterType(unicode: wanted.unicode) { wanted.unicode = false }

    let descriptor = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { throw .system("/dev/tty", errno) }
    terminal = descriptor
    pipe = try NcursesSetup.closing(descriptor) { () throws(NcursesError) in try WakePipe() }
    let failure = terminal_guard_install(descriptor, pipe.writeEnd)
    guard failure == 0 else {
      close(descriptor)
      throw failure == EBUSY ? .inUse : .system("tcgetattr", failure)
    }
    guard
      let opened = NcursesSetup.open(terminal: descriptor, environment: environment)
    else {
      terminal_guard_remove()
      close(descriptor)
      throw .unknownTerminal(environment["TERM"] ?? "")
    }
    handle = opened
    let palette = NcursesSetup.palette(wanted.colors)
    self.palette = palette
    wanted.colors = min(wanted.colors, NcursesSetup.depth(of: palette))
    capabilities = wanted

    tellsBackground = Capabilities.tellsBackground(environment)
    let isOld = (environment["TERM"] ?? "").hasPrefix("vt")
    modes = TerminalModes(reports: !isOld, redefinesColors: palette.isOwn)
    size = NcursesSetup.windowSize(descriptor) ?? Size(width: 80, height: 24)
    input = TerminalInput(terminal: descriptor, pipe: pipe)
    encoder = FrameEncoder(
      size: size, palette: palette, unicode: wanted.unicode,
      combines: !(environment["TERM"] ?? "").hasPrefix("linux"),
      pairCapacity: palette == .direct
        ? DirectWriter.pairCapacity : Int(glissade_color_pairs()) - 1)
    let refused = modes.restore.withUnsafeBytes { bytes in
      bytes.withMemoryRebound(to: CChar.self) { terminal_guard_arm($0.baseAddress, $0.count) }
    }
    guard refused == 0 else {
      endwin()
      terminal_guard_remove()
      close(descriptor)
      throw .system("terminal_guard_arm", refused)
    }
    // The size may have changed since ncurses read it.
    resizeterm(Int32(size.height), Int32(size.width))
    write(modes.enter)
  }

  deinit { leave() }

  /// Gives the terminal back for good; what was printed to standard error meanwhile appears now.
  package func leave() {
    guard isOpen else { return }
    // An answer that is still under way must not end in the shell.
    if isAsked { _ = background(within: .milliseconds(30)) }
    isOpen = false
    write(modes.leave)
    endwin()
    write(modes.wipe)
    terminal_guard_remove()
    delscreen(handle)
    close(terminal)
  }

  /// Makes `nextEvent` return `.wake`, from any thread.
  package var waker: Waker {
    let pipe = pipe
    return Waker { pipe.wake() }
  }

  /// Shows a canvas; only what differs from the last one is sent.
  package func present(_ canvas: Canvas) {
    guard isOpen else { return }
    shown = canvas
    encoder.encode(canvas)
    if palette == .direct {
      writeChanges()
    } else {
      drawChanges()
    }
  }

  /// Sends what changed by ourselves.
  private func writeChanges() {
    if mustClear {
      mustClear = false
      wnoutrefresh(glissade_stdscr())
      doupdate()
    }
    guard !encoder.changes.runs.isEmpty else { return }
    writer.encode(encoder.changes)
    let isLarge =
      encoder.changes.glyphs.count >= NcursesScreen.largeUpdate && !modes.enter.isEmpty
    write(
      isLarge
        ? NcursesScreen.beginUpdate + writer.bytes + NcursesScreen.endUpdate : writer.bytes)
  }

  /// Sends what changed by way of ncurses.
  private func drawChanges() {
    let changes = encoder.changes
    if changes.startsAnew {
      reset_color_pairs()
      clearok(glissade_curscr(), true)
    }
    guard !changes.runs.isEmpty || changes.startsAnew else { return }
    for (number, color) in changes.colors { define(color, as: number) }
    for (number, pair) in changes.pairs {
      init_extended_pair(number, pair.foreground, pair.background)
    }
    if row.count < size.width { row = [cchar_t](repeating: cchar_t(), count: size.width) }
    let window = glissade_stdscr()
    for run in changes.runs {
      var count = 0
      for glyph in changes.glyphs[run.start..<run.start + run.count] where glyph.scalar != 0 {
        // ncurses makes two cells of a wide character by itself.
        glissade_cell(
          &row[count], glyph.scalar, glyph.mark, UInt32(glyph.attributes.rawValue), glyph.pair)
        count += 1
      }
      mvwadd_wchnstr(window, Int32(run.y), Int32(run.x), row, Int32(count))
    }
    let isLarge = changes.glyphs.count >= NcursesScreen.largeUpdate && !modes.enter.isEmpty
    wnoutrefresh(window)
    if isLarge { write(NcursesScreen.beginUpdate) }
    doupdate()
    if isLarge { write(NcursesScreen.endUpdate) }
  }

  private static let beginUpdate = Array("\u{1B}[?2026h".utf8)
  private static let endUpdate = Array("\u{1B}[?2026l".utf8)

  /// Redefines a colour; ncurses counts to 1,000.
  private func define(_ color: Color, as number: Int) {
    func scaled(_ shift: UInt32) -> Int32 { Int32((color.rgb >> shift & 0xFF) * 1000 + 127) / 255 }
    init_extended_color(Int32(number), scaled(16), scaled(8), scaled(0))
  }

  /// Asks the terminal for the colour of its background, and waits for the answer, but not for
  /// long; nil when none came. A later one comes as an event.
  package func background(within limit: Duration) -> Color? {
    if !isAsked { askForBackground() }
    let clock = ContinuousClock()
    let end = clock.now + limit
    var kept: [Event] = []
    defer { waiting += kept }
    while isAsked, isOpen, clock.now < end {
      guard let event = nextEvent(timeout: end - clock.now) else { break }
      if case .background(let color) = event { return color }
      kept.append(event)
      if case .end = event { break }
    }
    return nil
  }

  private func askForBackground() {
    guard tellsBackground, isOpen else { return }
    isAsked = true
    write(Array("\u{1B}]11;?\u{1B}\\".utf8))
  }

  /// The next event, waiting at most `timeout` (nil: for ever); nil when time ran out. Costs
  /// nothing while nothing happens.
  package func nextEvent(timeout: Duration?) -> Event? {
    guard isOpen else { return .end(code: 0) }
    let clock = ContinuousClock()
    let deadline = timeout.map { clock.now + $0 }
    while true {
      if let event = answerSignals() { return event }
      if !waiting.isEmpty { return waiting.removeFirst() }
      if let event = input.next() {
        if case .background = event { isAsked = false }
        return event
      }
      let rest = deadline.map { max(.zero, $0 - clock.now) }
      switch input.wait(rest) {
      case .timedOut: return nil
      case .woken: return .wake
      case .ready: continue
      case .gone: return .end(code: 129)
      }
    }
  }

  /// Carries out what signals asked for; some become events.
  private func answerSignals() -> Event? {
    terminal_guard_trim()
    let signals = terminal_guard_take_signals()
    if signals == 0 { return nil }
    if signals & TERMINAL_GUARD_HUNG_UP != 0 { return .end(code: 129) }
    if signals & TERMINAL_GUARD_TERMINATED != 0 { return .end(code: 143) }
    if signals & TERMINAL_GUARD_INTERRUPTED != 0 { return .end(code: 130) }
    let before = size
    if signals & TERMINAL_GUARD_STOPPED != 0 {
      suspend()
    } else if signals & TERMINAL_GUARD_CONTINUED != 0 {
      // Somebody stopped us without asking; the shell has changed the modes since.
      giveBack()
      takeBack()
    }
    followWindow()
    return size == before ? nil : .resize(size)
  }

  /// Takes the window's extent over, if it is another one.
  private func followWindow() {
    guard let now = NcursesSetup.windowSize(terminal), now != size else { return }
    size = now
    resizeterm(Int32(now.height), Int32(now.width))
    redraw()
  }

  /// Makes the next frame a whole one: what the terminal did to its contents is anybody's guess.
  package func redraw() {
    encoder.invalidate(size: size)
    mustClear = true
    werase(glissade_stdscr())
    clearok(glissade_curscr(), true)
  }

  /// Puts text on the clipboard by OSC 52, which most terminals know, over ssh too; others pass
  /// over it.
  package func copy(_ text: String) {
    guard isOpen, !modes.enter.isEmpty else { return }
    write(Array("\u{1B}]52;c;\(Base64.text(of: Array(text.utf8)))\u{07}".utf8))
  }

  /// Switches the mouse's reports off, so that text can be selected, and on again.
  package func reportMouse(_ isOn: Bool) {
    guard isOpen, !modes.enter.isEmpty else { return }
    let sign = isOn ? "h" : "l"
    write(Array("\u{1B}[?1000\(sign)\u{1B}[?1002\(sign)\u{1B}[?1003\(sign)".utf8))
  }

  /// Gives the terminal back and stops the process as Ctrl-Z does; returns after it was continued,
  /// with the last canvas on the screen again, or as much of it as the window has room for now.
  package func suspend() {
    guard isOpen else { return }
    giveBack()
    terminal_guard_stop()
    takeBack()
  }

  private func giveBack() {
    write(modes.leave)
    endwin()
    terminal_guard_restore()
  }

  private func takeBack() {
    let text = modes.restore
    text.withUnsafeBytes { bytes in
      _ = bytes.withMemoryRebound(to: CChar.self) {
        terminal_guard_arm($0.baseAddress, $0.count)
      }
    }
    // The first update after endwin() sets ncurses' modes again.
    doupdate()
    curs_set(0)
    write(modes.enter)
    // While the shell had the terminal, nobody told us of another size.
    followWindow()
    redraw()
    if let shown { present(shown) }
    // It may have become another terminal, or night.
    askForBackground()
  }

  /// Writes to the terminal at once, past ncurses; nothing of its own is pending then.
  private func write(_ bytes: [UInt8]) {
    if bytes.isEmpty { return }
    _ = terminal_guard_write(terminal, bytes, bytes.count)
  }
}
