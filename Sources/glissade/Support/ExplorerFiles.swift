import Explorer
import Foundation
import Pictures
import Presets
import Terminal
import Training

/// Writes what people take out of the explorer: to the clipboard's programs, and to new files in
/// the folder that it was started in.
struct ExplorerFiles: TakeHome {
  /// The most steps that are taken again for a script while the person waits.
  private static let mostSteps = 100_000

  func copy(_ text: String) -> String? {
    let environment = ProcessInfo.processInfo.environment
    let programs: [(name: String, arguments: [String], variable: String?)] = [
      ("wl-copy", [], "WAYLAND_DISPLAY"), ("xclip", ["-selection", "clipboard"], "DISPLAY"),
      ("xsel", ["--clipboard", "--input"], "DISPLAY"), ("pbcopy", [], nil),
    ]
    for program in programs {
      if let variable = program.variable, (environment[variable] ?? "").isEmpty { continue }
      guard let path = Self.find(program.name, environment["PATH"] ?? "") else { continue }
      let process = Process()
      process.executableURL = URL(fileURLWithPath: path)
      process.arguments = program.arguments
      let pipe = Pipe()
      process.standardInput = pipe
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      guard (try? process.run()) != nil else { continue }
      // Such programs may stay to answer for the clipboard: they are not waited for.
      Thread.detachNewThread {
        try? pipe.fileHandleForWriting.write(contentsOf: Data(text.utf8))
        try? pipe.fileHandleForWriting.close()
        process.waitUntilExit()
      }
      return program.name
    }
    return nil
  }

  private static func find(_ name: String, _ path: String) -> String? {
    path.split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }

  func export(_ format: ExportFormat, _ snapshot: Snapshot, session: Preset) -> SaveOutcome {
    do {
      let bytes: [UInt8]
      if format.isScript {
        guard snapshot.step <= Self.mostSteps else {
          return .failed(
            message: "a script of \(snapshot.step) steps takes long; use `glissade export`")
        }
        bytes = Array(
          try PythonScript(
            session, steps: snapshot.step, every: 1, dialect: format == .jax ? .jax : .numpy
          ).text.utf8)
      } else {
        bytes = ParameterFile(snapshot, of: session).bytes(format)
      }
      return try Self.write(bytes, snapshot, ending: format.ending)
    } catch {
      return .failed(message: EscapedText.visible("\(error)"))
    }
  }

  func picture(_ format: PictureFormat, _ canvas: Canvas, of snapshot: Snapshot) -> SaveOutcome {
    do {
      return try Self.write(
        try format.bytes(of: canvas), snapshot, ending: format.rawValue)
    } catch {
      return .failed(message: EscapedText.visible("\(error)"))
    }
  }

  /// Writes a new file, named for the run and its step; one that is there already is left alone.
  private static func write(
    _ bytes: [UInt8], _ snapshot: Snapshot, ending: String
  ) throws -> SaveOutcome {
    let letters = snapshot.experiment.name.map { character in
      character.isASCII && (character.isLetter || character.isNumber) || "-_".contains(character)
        ? character : "-"
    }
    let stem = "\(String(letters.prefix(60)))-\(snapshot.step)"
    for number in 1...999 {
      let path = number == 1 ? "\(stem).\(ending)" : "\(stem)-\(number).\(ending)"
      do {
        let file = try AtomicFile(path, replacing: false)
        try file.write(bytes)
        try file.commit()
        return .saved(path: path)
      } catch is AtomicFile.Exists {
        continue
      }
    }
    return .failed(message: "there are 999 files of that name; remove some")
  }
}

extension PictureFormat {
  /// A canvas in this form.
  func bytes(of canvas: Canvas) throws -> [UInt8] {
    switch self {
    case .txt: Array(TextRenderer.render(canvas).utf8)
    case .ansi: Array(AnsiRenderer.render(canvas).utf8)
    case .svg: Array(SVGRenderer().render(canvas).utf8)
    case .png: try PictureRenderer().png(canvas)
    }
  }
}
