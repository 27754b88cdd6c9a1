import Lanes
import Models
import Presets
import Terminal
import Testing
import Training
import Views

@Suite("The fit and its data in one picture")
struct FitPictureTests {
  private static func scene(_ snapshot: Snapshot) -> Scene {
    Scene(
      snapshot: snapshot, state: ViewState(), theme: .dark, glyphs: .braille, probes: ProbeCache())
  }

  /// The cells of the fit's colour in the pane of a preset at a step of its lesson.
  private static func picture(
    _ name: String, _ settings: [String] = [], size: Size
  ) throws -> (fit: Int, data: Int, text: String) {
    let preset = try PresetKeys.apply(
      settings.map { try PresetKeys.parse($0) }, to: PresetShelf(folder: "/nonexistent").load(name))
    let snapshot = try Run(preset).snapshot()
    let view = try #require(Views.views["fit"])
    var canvas = Canvas(size: size)
    let scene = Self.scene(snapshot)
    view.draw(scene, canvas.bounds, &canvas)
    // The legend's line stands in the corner; curves are wide.
    let fit = canvas.cells.count { $0.style.foreground == scene.theme.series(0) }
    let rows = canvas.text.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { $0.contains("●") || $0.contains("○") }.count
    return (fit, rows, canvas.text)
  }

  @Test(
    "A flat line that nothing has learnt is in the picture",
    arguments: [(76, 8), (60, 16), (96, 24), (40, 10)])
  func flat(width: Int, height: Int) throws {
    let size = Size(width: width, height: height)
    let first = try Self.picture("first-loss", size: size)
    #expect(first.fit > width / 2, "\(first.text)")
    #expect(!first.text.contains("the fit:"))
    let one = try Self.picture("first-fit", ["hidden=1"], size: size)
    #expect(one.fit > width / 4, "\(one.text)")
  }

  @Test("A fit that is far away does not press the data flat: an arrow says where it is")
  func far() throws {
    let size = Size(width: 76, height: 20)
    let near = try Self.picture("first-loss", size: size)
    for (start, arrow) in [("[-900, 0]", "▾ the fit: −900"), ("[900, 0]", "▴ the fit: 900")] {
      let picture = try Self.picture("first-loss", ["start=\(start)"], size: size)
      #expect(picture.text.contains(arrow), "\(picture.text)")
      #expect(picture.data >= 4 && picture.data <= near.data + 1)
    }
  }

  @Test("All parameters of a line stand in the border, or none")
  func parameters() throws {
    let preset = try PresetShelf(folder: "/nonexistent").load("first-loss")
    var run = try Run(preset)
    run.advance(1)
    let view = try #require(Views.views["fit"])
    let words = view.readout(Self.scene(run.snapshot()))
    #expect(words.first?.contains("θ0 = 0.2") == true && words.first?.contains("θ1 = 0.6") == true)
  }
}
