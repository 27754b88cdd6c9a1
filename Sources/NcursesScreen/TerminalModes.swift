import CNcurses

/// Strings that switch the terminal's modes on and off.
struct TerminalModes {
  /// Written after ncurses has set the terminal up: mouse with drags in SGR form, bracketed paste,
  /// focus reports.
  let enter: [UInt8]
  /// Their opposite.
  let leave: [UInt8]
  /// Undoes everything, ncurses' part too: what a dying process writes.
  let restore: [UInt8]

  /// Clears the line of the cursor, on terminals that have no second screen to leave; else nothing.
  let wipe: [UInt8]

  /// The mouse's buttons, its drags, its motion, their spelling; pasted text; the focus.
  private static let reported = [1000, 1002, 1003, 1006, 2004, 1004]

  /// Reads ncurses' part from the current description; `reports` is false for terminals that know
  /// no private modes.
  init(reports: Bool, redefinesColors: Bool) {
    enter =
      reports ? TerminalModes.reported.flatMap { Array("\u{1B}[?\($0)h".utf8) } : []
    leave =
      reports ? TerminalModes.reported.reversed().flatMap { Array("\u{1B}[?\($0)l".utf8) } : []
    wipe =
      glissade_string("rmcup") == nil
      ? [0x0D] + (glissade_string("el").map(TerminalModes.unpadded) ?? []) : []
    // End of a synchronised update, in case it died within one; then what endwin() writes.
    var names = ["sgr0", "op", "rmkx", "cnorm", "rmcup"]
    if redefinesColors { names.insert("oc", at: 2) }
    var bytes = reports ? leave + Array("\u{1B}[?2026l".utf8) : leave
    for name in names {
      if let text = glissade_string(name) { bytes += TerminalModes.unpadded(text) }
    }
    restore = bytes + [0x0D]
  }

  /// A capability without its delays (`$<5>`), which only real old terminals need.
  private static func unpadded(_ text: UnsafePointer<CChar>) -> [UInt8] {
    var result: [UInt8] = []
    var bytes = Array(String(cString: text).utf8)[...]
    while let byte = bytes.first {
      if byte == 0x24, bytes.dropFirst().first == 0x3C, let end = bytes.firstIndex(of: 0x3E) {
        bytes = bytes[(end + 1)...]
      } else {
        result.append(byte)
        bytes = bytes.dropFirst()
      }
    }
    return result
  }
}
