import ArgumentParser
import Explorer
import Foundation
import Pictures
import Presets
import Terminal
import Training

/// `glissade shot`: the explorer's frame as a file, without a terminal.
struct ShotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shot",
    abstract: "Draw the explorer's frame after some steps, without a terminal.",
    discussion: "The same preset, steps and size always give the same file.")

  /// What the frame is written as.
  enum Format: String, CaseIterable, ExpressibleByArgument { case txt, ansi, svg, png }

  @OptionGroup var preset: PresetOptions

  @Option(help: "How many steps to take first (default: what the preset says).")
  var steps: Int?

  @Option(help: ArgumentHelp("The window, in columns and rows.", valueName: "WxH"))
  var size = "160x48"

  @Option(help: "txt, ansi, svg or png.")
  var format: Format = .txt

  @Option(
    name: [.customShort("o"), .long], help: "The file to write (default: standard output).")
  var output: String?

  @Option(help: ArgumentHelp("The view to show alone, in full size.", valueName: "view"))
  var zoom: String?

  @OptionGroup var look: LookOptions

  func validate() throws {
    if let steps, !(0...PresetLimits.steps).contains(steps) {
      throw ValidationError("--steps must be 0 to \(PresetLimits.steps)")
    }
    guard window != nil else {
      throw ValidationError("--size must be like 160x48, each from 1 to 1000")
    }
  }

  private var window: Size? {
    let parts = size.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let width = parts[0], let height = parts[1],
      (1...1000).contains(width), (1...1000).contains(height)
    else { return nil }
    return Size(width: width, height: height)
  }

  func run() throws {
    do {
      try draw()
    } catch {
      throw ExitStatus.report(error)
    }
  }

  private func draw() throws {
    let experiment = try preset.load(from: Wiring.shelf)
    var run = try Run(experiment)
    run.advance(steps ?? experiment.steps)
    let canvas = ExplorerShot.frame(
      of: run.snapshot(), vocabulary: .all, notes: ExplorerPresets.notes,
      appearance: look.appearance(on: Capabilities(colors: .direct, unicode: true)),
      size: window ?? Size(width: 160, height: 48), focus: zoom, isZoomed: zoom != nil)
    let bytes: [UInt8]
    switch format {
    case .txt: bytes = Array(TextRenderer.render(canvas).utf8)
    case .ansi: bytes = Array(AnsiRenderer.render(canvas).utf8)
    case .svg: bytes = Array(SVGRenderer().render(canvas).utf8)
    case .png: bytes = try PictureRenderer().png(canvas)
    }
    let file = try output.map { try OutputFile(creating: $0) } ?? .standardOutput
    try file.write(bytes)
    if output != nil { try file.close() }
  }
}
