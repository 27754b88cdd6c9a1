import Presets
import Terminal
package import Training
import Views

extension Explorer {
  /// Copies the experiment in one line, with the changes so far.
  mutating func copyShared() -> [Effect] {
    do {
      let text = try ShareString.string(of: sharedPreset)
      return open(CopyBox(text, of: .string)) + [.copy(text)]
    } catch {
      say("it cannot be shared: \(error)", .bad)
      return []
    }
  }

  /// What is shared: what runs now, with its changes so far and those that it plans.
  var sharedPreset: Preset {
    var run = savedRun
    run.session = nil
    return run.changes.isEmpty ? savedPreset : run
  }

  /// Takes in the command line that begins what runs now.
  mutating func show(command: String) {
    let planned = snapshot.original?.changes ?? []
    let own = sharedPreset.changes.filter { !planned.contains($0) }
    _ = open(CopyBox(command, of: .command(changes: own.count)))
  }

  /// Takes in that text is on the clipboard; `program` took it too.
  mutating func copied(by program: String?) {
    say(program.map { "copied (\($0))" } ?? "copied, where the terminal does that", .good)
  }

  /// Opens a box that tells the run in sentences.
  mutating func describe() -> [Effect] {
    var told = preset
    told.experiment = snapshot.experiment
    return open(Reader(title: "in words", text: RunDescription(snapshot, of: told).text))
  }

  /// Takes in what became of something that was to be written.
  mutating func tookHome(_ outcome: SaveOutcome) {
    switch outcome {
    case .saved(let path): say("saved as \(path)", .good)
    case .shadows(let name): say("not saved: \(name) is a built-in preset", .bad)
    case .exists(let path): say("not saved: \(path) is there already", .bad)
    case .failed(let message): say("not saved: \(message)", .bad)
    }
  }

  /// Asks whether a string from elsewhere may read a file.
  mutating func ask(toRead path: String, for reference: String) {
    _ = open(
      Confirm(
        question: "It reads \(EscapedText.visible(path)) on this disk. Let it?",
        action: .allowFiles(preset: reference)))
  }

  /// The frame without boxes, or the part of it that is the focused pane.
  func picture(of part: PicturePart) -> Canvas {
    var bare = self
    bare.overlays = []
    bare.toast = nil
    let frame = bare.frame()
    guard part == .pane, let name = focusedView?.name,
      let slot = layout.slots.first(where: { $0.name == name })
    else { return frame }
    return frame.cropped(to: slot.frame)
  }
}
