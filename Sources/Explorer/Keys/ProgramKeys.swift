import Terminal
import Training

extension KeyBinding {
  /// Keys of the program itself.
  static let program: [KeyBinding] = [
    KeyBinding(
      "presets", [.type("p")], .program, "choose a preset",
      hint: { _ in Hint("presets", 78) },
      act: { explorer, _ in
        explorer.presetIndex.refresh()
        return explorer.open(Picker(explorer))
      }),
    KeyBinding(
      "lecture_notes", [.type("N")], .program,
      "the lecture notes: a section's number or words, then \(Key(.enter).text)",
      hint: { $0.notes.isEmpty ? nil : Hint("lecture", 29) },
      act: { explorer, _ in
        guard !explorer.notes.isEmpty else {
          explorer.say("there are no notes here", .warning)
          return []
        }
        return explorer.open(NotesList(explorer.notes))
      }),
    KeyBinding(
      "formula", [.type("f")], .program,
      "type a formula: drawn as you type, \(Key(.enter).text) descends on it",
      hint: { $0.formulaProblem == nil ? nil : Hint("formula", 68) },
      act: { explorer, _ in explorer.askForFormula() }),
    KeyBinding(
      "doctor", [.type("!")], .program,
      "the doctor: what is wrong with the run, and remedies", tellsRun: true,
      hint: { $0.findings.isEmpty ? nil : Hint("what is wrong", 92) },
      act: { explorer, _ in explorer.openDoctor() }),
    KeyBinding(
      "save", [.type("w")], .program, "save what runs now, with its settings, as a preset",
      hint: { _ in Hint("save", 20) },
      act: { explorer, _ in explorer.askForSaveName() }),
    KeyBinding(
      "save_session", [.type("W")], .program,
      "save the session: the run, its changes, its branches",
      act: { explorer, _ in explorer.askForSaveName(.session) }),
    KeyBinding(
      "share", [.type("y")], .program, "copy this run in one line; again: its command line",
      hint: { _ in Hint("share", 22) },
      act: { explorer, _ in explorer.copyShared() }),
    KeyBinding(
      "describe", [.type("V")], .program, "tell the run in words", tellsRun: true,
      act: { explorer, _ in explorer.describe() }),
    KeyBinding(
      "save_picture", [.type("P")], .program, "write a picture of the focused pane to a file",
      tellsRun: true,
      act: { _, _ in [.picture(.png, .pane)] }),
    KeyBinding(
      "about", [.type("n")], .program, "read the notes about this preset", tellsRun: true,
      hint: { $0.preset.notes.isEmpty ? nil : Hint("notes", 38) },
      act: { explorer, _ in explorer.open(Reader(about: explorer.preset)) }),
    KeyBinding(
      "palette", [.type(":"), .control("p")], .program,
      "find anything by typing; set values: `learning_rate 0.05`",
      isInPalette: false,
      hint: { _ in Hint("find", 72) },
      act: { explorer, _ in explorer.open(Palette(explorer)) }),
    KeyBinding(
      "help", [.type("?"), Key(.function(1))], .program, "list the keys",
      hint: { _ in Hint("help", 92) },
      act: { explorer, _ in explorer.open(Help()) }),
    KeyBinding(
      "back", [Key(.escape)], .program, "back out: close a box, hide the crosshair, leave zoom",
      isInPalette: false,
      act: { explorer, _ in explorer.backOut() }),
    KeyBinding(
      "quit", [.type("q"), .control("c")], .program, "quit",
      hint: { _ in Hint("quit", 94) },
      act: { explorer, key in
        key == .type("q") ? explorer.quit() : [.quit(code: 0)]
      }),
    KeyBinding(
      "suspend", [.control("z")], .program, "suspend; `fg` comes back",
      act: { _, _ in [.suspend] }),
    KeyBinding(
      "redraw", [.control("l")], .program, "draw the whole screen again",
      act: { _, _ in [.repaint] }),
  ]
}
