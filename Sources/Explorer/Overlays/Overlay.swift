import Doctor
import Terminal
import Training

/// A box above the panes that takes keys while it is open; Escape closes it.
protocol Overlay: Sendable {
  /// Its place in the window.
  func area(in explorer: Explorer) -> Rect
  /// Takes in a key.
  mutating func handle(_ key: Key, in explorer: Explorer) -> OverlayReply
  /// Takes in pasted text.
  mutating func paste(_ text: String, in explorer: Explorer)
  /// Takes in a click inside.
  mutating func click(_ place: Point, in explorer: Explorer) -> OverlayReply
  /// Takes in a turn of the wheel.
  mutating func wheel(up: Bool, in explorer: Explorer)
  /// Takes in that there are more presets than when it was opened.
  mutating func refresh(in explorer: Explorer)
  /// Draws itself.
  func draw(_ explorer: Explorer, into canvas: inout Canvas)
  /// What the bar at the bottom says: keys and what they do.
  func hints(in explorer: Explorer) -> [(keys: String, label: String)]
  /// Whether the mouse is reported while it is open; else text can be selected.
  var wantsMouse: Bool { get }
  /// What is drawn in place of the run's own picture; nil in all boxes that propose no other run.
  var preview: FormulaPreview? { get }
}

extension Overlay {
  var preview: FormulaPreview? { nil }
  var wantsMouse: Bool { true }
  mutating func paste(_ text: String, in explorer: Explorer) {}
  mutating func click(_ place: Point, in explorer: Explorer) -> OverlayReply { .stay }
  mutating func wheel(up: Bool, in explorer: Explorer) {}
  mutating func refresh(in explorer: Explorer) {}
}

/// What a box wants after an event.
enum OverlayReply: Equatable {
  /// The key means nothing here.
  case ignored
  /// It was taken; the box stays.
  case stay
  /// The box closes.
  case close
  /// The box closes, and this is done.
  case closeAnd(Action)
}

/// What can be chosen in a box.
enum Action: Equatable, Sendable {
  /// What the key binding of this name does.
  case key(String)
  /// Load a preset or a variant of it.
  case load(preset: String, variant: String?)
  /// Switch to the optimizer.
  case optimizer(String)
  /// Switch to the schedule.
  case schedule(String)
  /// Switch to the activation.
  case activation(String)
  /// Bring up the picture.
  case view(String)
  /// Other colours.
  case theme(String)
  /// Other characters.
  case glyphs(GlyphSet)
  /// Ask for a value.
  case ask(Tunable)
  /// Set a value that was typed.
  case set(Tunable, typed: String)
  /// Write a preset file.
  case save(SaveRequest)
  /// Open the lesson of a preset.
  case lesson(String)
  /// Answer the question of a lesson's step.
  case answer(step: Int, LessonAnswer)
  /// Map two settings.
  case map(String)
  /// What was asked for about races.
  case race(RaceWish)
  /// Carry out a remedy of the doctor.
  case mend(Finding.Remedy, since: Int)
  /// Look into a table and open its form.
  case openTable(path: String, [Setting], column: Int, line: TableFormLine)
  /// Begin the run of a table.
  case train(Preset)
  /// Go on typing in the palette with this text.
  case complete(String)
  /// Set a key of the preset.
  case choose(key: String, value: String)
  /// Put the command line of what runs on the clipboard.
  case copyCommand
  /// Load a preset that was sent and let it read the file that it names.
  case allowFiles(preset: String)
  /// Write the run to a file.
  case export(ExportFormat)
  /// Write a picture to a file.
  case picture(PictureFormat, PicturePart)
  /// Ask something of the learner.
  case request(Control)
  /// Forget a branch, which is called so.
  case forgetBranch(Branch.ID, String)
  /// Ask for the name of a branch; the text is what it is called now.
  case nameBranch(Branch.ID, String)
  /// Begin the run of a formula that was typed.
  case descend(Preset)
}
