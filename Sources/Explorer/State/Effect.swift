package import Training

/// What the explorer wants done outside of itself; the loop does it.
package enum Effect: Equatable, Sendable {
  /// Tell the learner.
  case request(Request)
  /// Undo, or redo, once the learner has answered what it was asked before.
  case whenAnswered(redoes: Bool)
  /// Load a preset of the library, or one of its variants.
  case load(preset: String, variant: String?)
  /// Look into a table and open its form, with settings of its data and the cursor's place.
  case openTable(path: String, [Setting], column: Int, line: TableFormLine)
  /// Keep rows that were pasted as a table, and open its form.
  case openPasted(String)
  /// Prepare a race, and begin it.
  case race(RaceRequest)
  /// Begin the run that a lesson asks for.
  case begin(LessonRun)
  /// Remember a place in a lesson between sessions.
  case remember(LessonMark)
  /// Write a preset file.
  case save(SaveRequest)
  /// Put text on the clipboard.
  case copy(String)
  /// Find the command line of this preset, and put it on the clipboard.
  case copyCommand(Preset)
  /// Load a preset whose string names a file, which the person has allowed.
  case loadAllowingFiles(preset: String)
  /// Write the run to a file in a form in which people go on with it.
  case export(ExportFormat)
  /// Write a picture of the screen or of the focused pane to a file.
  case picture(PictureFormat, PicturePart)
  /// Stop the process as Ctrl-Z does.
  case suspend
  /// Paint every cell anew: another program wrote over the screen.
  case repaint
  /// Leave with this exit code.
  case quit(code: Int32)
}

/// A preset file to be written.
package struct SaveRequest: Equatable, Sendable {
  /// What the person typed: a name (kept among their own presets) or a path.
  package var target: String
  /// What is to be written, with the settings in force.
  package var preset: Preset
  /// Whether the person agreed to write over a file that is there.
  package var overwrite: Bool
  /// Whether the person agreed that it stands before a built-in preset of that name.
  package var shadows = false

  /// A request to write `preset` to `target`.
  package init(target: String, preset: Preset, overwrite: Bool = false) {
    self.target = target
    self.preset = preset
    self.overwrite = overwrite
  }
}

/// What became of a `SaveRequest`.
package enum SaveOutcome: Equatable, Sendable {
  /// Written to this path.
  case saved(path: String)
  /// There is a file at this path already; nothing was written.
  case exists(path: String)
  /// There is a built-in preset of this name, before which it would stand; nothing was written.
  case shadows(name: String)
  /// Nothing was written, for this reason.
  case failed(message: String)
}
