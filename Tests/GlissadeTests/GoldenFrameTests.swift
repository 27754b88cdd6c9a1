import Foundation
import Presets
import Terminal
import Testing
import Training
import Views

@testable import Explorer
@testable import glissade

/// Frames that were looked at and found good, character by character and colour by colour.
///
/// `GLISSADE_UPDATE_GOLDEN=1 swift test --filter GoldenFrame` draws them anew: look at what changed
/// (`git diff`, or `cat` the files in a terminal) before they are kept.
@Suite("Frames are as they were when somebody looked at them")
struct GoldenFrameTests {
  /// What is drawn.
  struct Frame: CustomTestStringConvertible, Sendable {
    var name: String
    var preset: String
    var settings: [String] = []
    var steps = 0
    var size = Size(width: 80, height: 24)
    /// The view that is shown alone.
    var zoom: String?
    var theme = Theme.dark
    var glyphs = GlyphSet.braille
    var colors = Capabilities.ColorDepth.direct
    /// Keys that are typed before the frame is drawn.
    var keys = ""
    /// The samples are those of a table with names.
    var isOfTable = false
    var testDescription: String { name }
  }

  static let wide = Size(width: 100, height: 30)
  static let large = Size(width: 300, height: 100)

  static let frames = [
    Frame(name: "loss-logarithmic", preset: "rosenbrock", steps: 400, zoom: "loss"),
    Frame(name: "loss-first-point", preset: "xor", zoom: "loss"),
    Frame(name: "activation-derivative", preset: "notes-activations", zoom: "activations"),
    Frame(name: "basin-legend", preset: "xsin", steps: 20, size: wide, zoom: "basin"),
    Frame(name: "curvature-bars", preset: "quadratic", steps: 20, size: wide, zoom: "spectrum"),
    Frame(name: "window-300x100", preset: "spiral", steps: 200, size: large, glyphs: .sextant),
    Frame(
      name: "classes-16-colours", preset: "circle", steps: 100, zoom: "boundary", colors: .ansi16),
    Frame(
      name: "curves-without-colours", preset: "circle", steps: 300, zoom: "loss", theme: .mono,
      colors: .mono),
    Frame(
      name: "points-without-colours", preset: "circle", steps: 100, zoom: "boundary", theme: .mono,
      colors: .mono),
    Frame(
      name: "classes-ascii", preset: "moons", steps: 100, zoom: "boundary", glyphs: .ascii,
      colors: .ansi8),
    Frame(name: "boundary-axes", preset: "gaussians", steps: 50, zoom: "boundary", theme: .light),
    Frame(
      name: "pole", preset: "xsin", settings: ["function=1/x", "start.x=1"], zoom: "function"),
    Frame(
      name: "poles", preset: "xsin", settings: ["function=tan(x)", "start.x=1"], zoom: "function"),
    Frame(
      name: "envelope", preset: "xsin", settings: ["function=sin(50 x^2)", "start.x=1"],
      zoom: "function"),
    Frame(
      name: "own-function", preset: "xsin", settings: ["function=x^2 (x - 3)", "start.x=1"],
      zoom: "function"),
    Frame(name: "message-beside-keys", preset: "xor", steps: 10, keys: "+"),
    Frame(name: "chips-light", preset: "notes-adam", steps: 50, size: wide, theme: .light),
    Frame(
      name: "chips-narrow", preset: "moons", steps: 50, size: Size(width: 60, height: 20),
      zoom: "network"),
    Frame(
      name: "linux-network", preset: "circle", steps: 100, zoom: "network", glyphs: .block,
      colors: .ansi8),
    Frame(
      name: "linux-boundary", preset: "circle", steps: 100, zoom: "boundary", glyphs: .block,
      colors: .ansi8),
    Frame(
      name: "named-columns", preset: "moons", steps: 60, zoom: "boundary", isOfTable: true),
    Frame(name: "picker", preset: "xsin", size: wide, keys: "p"),
    Frame(name: "palette", preset: "xsin", size: wide, keys: ":lear"),
    Frame(name: "systems-of-the-notes", preset: "xsin", size: wide, keys: "N"),
    Frame(name: "panel", preset: "xor", size: wide, keys: "e"),
  ]

  @Test("As it was", arguments: frames)
  func golden(frame: Frame) throws {
    let drawn = try Self.draw(frame)
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Golden/\(frame.name).ansi")
    if ProcessInfo.processInfo.environment["GLISSADE_UPDATE_GOLDEN"] == "1" {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try drawn.write(to: file, atomically: true, encoding: .utf8)
      return
    }
    let kept = try String(contentsOf: file, encoding: .utf8)
    guard drawn != kept else { return }
    let pairs = zip(Self.rows(kept), Self.rows(drawn))
    let first = pairs.first { $0 != $1 }
    Issue.record(
      """
      \(frame.name) differs, first in this row, which was
      \(first?.0.debugDescription ?? "another number of rows")
      \(first?.1.debugDescription ?? "")
      """)
  }

  @Test("Every kept frame is drawn by a test")
  func noneIsLeftOver() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Golden")
    let kept = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(kept == Self.frames.map { $0.name + ".ansi" }.sorted())
  }

  private static func rows(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  private static func draw(_ frame: Frame) throws -> String {
    let folder = try frame.isOfTable ? Program.scratch() : nil
    defer { if let folder { try? FileManager.default.removeItem(at: folder) } }
    var settings = frame.settings
    if let folder { settings += try Self.table(in: folder) }
    let preset = try PresetOptions.load(
      frame.preset, settings, from: PresetShelf(folder: "/nonexistent"))
    var run = try Run(preset)
    run.advance(frame.steps)
    var snapshot = run.snapshot()
    snapshot.stepsPerSecond = 0
    let appearance = Appearance(theme: frame.theme, glyphs: frame.glyphs)
    var explorer = Explorer(
      snapshot: snapshot, preset: preset, vocabulary: .all,
      presets: frame.keys.hasPrefix("p") ? presets : [], notes: ExplorerPresets.notes,
      appearance: appearance, size: frame.size)
    if let zoom = frame.zoom {
      explorer.panes.focused = zoom
      explorer.panes.isZoomed = true
    }
    for scalar in frame.keys.unicodeScalars {
      _ = explorer.handle(.key(Key(.character(scalar))))
    }
    return AnsiRenderer.render(explorer.frame(), colors: frame.colors)
  }

  /// Two kinds of flowers, as a table with names; the settings that read it.
  private static func table(in folder: URL) throws -> [String] {
    let rows = (0..<40).map { index in
      let (bend, kind) = (Double(index % 7) / 7 - 0.5, Double(index % 2))
      let length = 2 + 1.5 * kind + bend
      let width = 1 + 0.8 * kind + Double(index % 5) / 5 - 0.4
      return "\(length),\(width),\(index % 2 == 0 ? "lily" : "rose")"
    }
    let file = folder.appendingPathComponent("flowers.csv")
    try Data(("length,width,kind\n" + rows.joined(separator: "\n") + "\n").utf8).write(to: file)
    return ["data.csv=\(file.path)", "data.columns=length,width", "data.target=kind"]
  }

  /// The built-in presets, as the picker lists them.
  private static let presets: [PresetEntry] = {
    var entries: [PresetEntry] = []
    let library = ExplorerPresets(PresetShelf(folder: "/nonexistent"))
    library.read { read, _ in entries += read }
    return entries
  }()
}
