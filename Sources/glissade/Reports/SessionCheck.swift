import ArgumentParser
import Presets
import Training

/// Does the branches of a saved session again, and compares what they come to with what the file
/// says.
struct SessionCheck {
  private let session: SavedSession

  /// A check of the session that a preset holds.
  ///
  /// - Throws: `ValidationError` where it holds none.
  init(_ preset: Preset) throws {
    guard let session = preset.session else {
      throw ValidationError(
        "--verify needs a saved session (W in the explorer); \(EscapedText.visible(preset.name)) "
          + "has no branches")
    }
    self.session = session
  }

  /// Prints what was found.
  ///
  /// - Throws: Exit status 1 where a branch is not the same; `RunError` where it cannot begin.
  func report(json: Bool) throws {
    var rows: [JSONText] = []
    var lines: [String] = []
    var areAll = true
    for branch in session.branches {
      let run = try branch.replayed()
      let isSame = branch.isSame(run)
      areAll = areAll && isSame
      let name = branch.name.isEmpty ? "" : " (\(EscapedText.visible(branch.name)))"
      lines.append(
        "branch \(branch.id)\(name): \(run.step) steps, "
          + (isSame
            ? "the same bits"
            : "not the same: the file says \(branch.digest) after \(branch.steps) steps, "
              + "this is \(ParameterDigest.of(run.parameters)) after \(run.step)"))
      rows.append(
        .object([
          ("branch", .integer(branch.id)), ("steps", .integer(run.step)), ("same", .flag(isSame)),
        ]))
    }
    let object = JSONText.object([("same", .flag(areAll)), ("branches", .list(rows))])
    try OutputFile.standardOutput.write(lines: json ? [object.line] : lines)
    if !areAll { throw ExitStatus.failure }
  }
}
