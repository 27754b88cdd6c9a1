package import Terminal
package import Training

/// Forms in which people go on with a run.
package enum ExportFormat: String, Sendable, CaseIterable {
  /// A script of its own that repeats the run, with numpy or with JAX.
  case python, jax
  /// Parameters by name and shape.
  case json, csv, npz

  /// What it is, in one line.
  var summary: String {
    switch self {
    case .python: "write the run as a Python script that repeats it with numpy"
    case .jax: "write the run as a Python script that repeats it with JAX"
    case .json, .csv, .npz: "write the parameters by name and shape"
    }
  }

  /// What files of the form end in.
  package var ending: String { isScript ? "py" : rawValue }

  /// Whether it is a script, not numbers alone.
  package var isScript: Bool { self == .python || self == .jax }
}

/// Forms of pictures.
package enum PictureFormat: String, Sendable, CaseIterable { case png, svg, txt, ansi }

/// What a picture shows.
package enum PicturePart: String, Sendable, CaseIterable {
  case screen = "picture"
  case pane = "pane picture"

  /// What it is, in one line.
  var summary: String {
    switch self {
    case .screen: "write a picture of the whole screen to a file"
    case .pane: "write a picture of the focused pane to a file"
    }
  }
}

/// Takes things out of the explorer: to clipboards and files.
package protocol TakeHome {
  /// Gives text to the clipboard programs that there are; says the one that took it.
  func copy(_ text: String) -> String?
  /// Writes a run to a new file; says where, or why not.
  func export(_ format: ExportFormat, _ snapshot: Snapshot, session: Preset) -> SaveOutcome
  /// Writes a canvas to a new file; says where, or why not.
  func picture(_ format: PictureFormat, _ canvas: Canvas, of snapshot: Snapshot) -> SaveOutcome
}

/// No clipboard and no files.
struct Nowhere: TakeHome {
  func copy(_ text: String) -> String? { nil }
  func export(_ format: ExportFormat, _ snapshot: Snapshot, session: Preset) -> SaveOutcome {
    .failed(message: "there is nowhere to write to")
  }
  func picture(_ format: PictureFormat, _ canvas: Canvas, of snapshot: Snapshot) -> SaveOutcome {
    .failed(message: "there is nowhere to write to")
  }
}
