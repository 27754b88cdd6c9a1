import Lanes
import Terminal
import Training

extension Explorer {
  /// Whether the run that is shown is at a moment before its newest.
  var isPast: Bool { snapshot.newestStep != nil }

  /// Steps that an undo may leave behind without saying first where it goes.
  static let quietUndo = 1000

  /// Shows a moment so many steps later, or earlier.
  mutating func move(inTimeBy steps: Int) -> [Effect] {
    if steps < 0, snapshot.step == 0, pending.isEmpty { say("this is step 0") }
    if steps > 0, !isPast, pending.isEmpty { say("this is the newest step") }
    return [ask(.move(steps: steps))]
  }

  /// Shows the moment after so many steps, as far as the run has come.
  mutating func seek(step: Int) -> [Effect] { [ask(.seek(step: step))] }

  /// Takes back the last action; where that leaves much behind, it says first where it goes.
  ///
  /// What was asked for just now is the last change: the learner's answer to it is waited for.
  mutating func undo() -> [Effect] {
    pending.isEmpty ? undoKnown() : [.whenAnswered(redoes: false)]
  }

  /// Takes back what the snapshot says is the last change; what was asked for where the learner is
  /// too busy to answer.
  mutating func undoKnown() -> [Effect] {
    if pending.hasChange {
      say("taken back: what was asked for last")
      return [ask(.undo)]
    }
    guard let move = snapshot.session.undo else {
      say("there is nothing to take back")
      return []
    }
    let leaves =
      move.staysHere ? 0 : move.isElsewhere ? snapshot.step : snapshot.step - move.step
    if leaves > Explorer.quietUndo, undoTold != move {
      undoTold = move
      say(
        "u again: before `\(move.label)`, back to step \(NumberText.count(move.step)), "
          + "\(NumberText.count(leaves)) steps are left behind in `E`", .warning)
      return []
    }
    undoTold = nil
    say("taken back: \(move.label)")
    return [ask(.undo)]
  }

  /// Does again what was taken back.
  mutating func redo() -> [Effect] {
    pending.isEmpty ? redoKnown() : [.whenAnswered(redoes: true)]
  }

  /// Does again what the snapshot says was taken back last.
  mutating func redoKnown() -> [Effect] {
    if pending.hasChange {
      say("done again: what was taken back last")
      return [ask(.redo)]
    }
    guard let move = snapshot.session.redo else {
      say("there is nothing to do again")
      return []
    }
    say("done again: \(move.label)")
    return [ask(.redo)]
  }

  /// Hides the ghosts of other branches, or shows them again.
  mutating func toggleGhosts() -> [Effect] {
    hidesGhosts.toggle()
    say(hidesGhosts ? "ghosts are hidden" : "ghosts are shown")
    return []
  }
}
