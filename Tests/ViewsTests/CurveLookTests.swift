import Foundation
import Lanes
import Models
import Terminal
import Testing

@testable import Training
@testable import Views

@Suite("Curves are drawn as they are")
struct CurveLookTests {
  /// A function of one variable on −5…5.
  struct Shape: Sendable, CustomTestStringConvertible {
    var name: String
    var value: @Sendable (Double) -> Double
    var derivative: @Sendable (Double) -> Double
    /// Gaps that nothing joins.
    var breaks: Int
    var hasPoles = false
    var testDescription: String { name }

    var snapshot: Snapshot {
      let (value, derivative) = (value, derivative)
      return Specimens.snapshot(
        Experiment(name: "f", problem: .function(FunctionProblem(formula: ""))),
        PlainFunction(
          names: ["x"], value: { value($0[0]) }, derivatives: { [derivative($0[0])] }), at: [1.3])
    }
  }

  static let shapes = [
    Shape(
      name: "1/x", value: { 1 / $0 }, derivative: { -1 / ($0 * $0) }, breaks: 1, hasPoles: true),
    Shape(
      name: "tan x", value: { tan($0) }, derivative: { 1 + tan($0) * tan($0) }, breaks: 4,
      hasPoles: true),
    Shape(name: "floor", value: { $0.rounded(.down) }, derivative: { _ in 0 }, breaks: 10),
    Shape(name: "sign", value: { $0 > 0.3 ? 1 : -1 }, derivative: { _ in 0 }, breaks: 1),
    Shape(
      name: "sin 50x²", value: { sin(50 * $0 * $0) }, derivative: { 100 * $0 * cos(50 * $0 * $0) },
      breaks: 0),
    Shape(name: "x²", value: { $0 * $0 }, derivative: { 2 * $0 }, breaks: 0),
    Shape(name: "|x|", value: { abs($0) }, derivative: { $0 < 0 ? -1 : 1 }, breaks: 0),
    Shape(
      name: "a steep step", value: { tanh(40 * $0) },
      derivative: { 40 * (1 - tanh(40 * $0) * tanh(40 * $0)) }, breaks: 0),
  ]

  @Test("Jumps and poles are found, slopes and swings are none", arguments: shapes)
  func breaks(shape: Shape) {
    for count in [160, 317, 640] {
      let curve = FunctionProbe.curve(of: shape.snapshot, over: -5...5, count: count)
      // A place in a pole breaks on both sides.
      let breaks = curve.breaks.filter { !curve.breaks.contains($0 - 1) }
      #expect(breaks.count == shape.breaks, "\(count) places")
      #expect(curve.hasPoles == shape.hasPoles)
    }
  }

  @Test("Swings reach what the function reaches")
  func swings() throws {
    let shape = try #require(Self.shapes.first { $0.name.hasPrefix("sin") })
    let curve = FunctionProbe.curve(of: shape.snapshot, over: -5...5, count: 200)
    #expect(curve.swings.count > 100)
    let outer = curve.swings.filter { abs(curve.xs[$0.key]) > 3 }.map(\.value)
    #expect(outer.allSatisfy { $0.upperBound > 0.9 && $0.lowerBound < -0.9 })
  }

  @Test("A pole neither sets the scale nor is joined across", arguments: ["1/x", "tan x"])
  func poles(name: String) throws {
    let shape = try #require(Self.shapes.first { $0.name == name })
    let view = try #require(views["function"])
    var canvas = Canvas(size: Size(width: 100, height: 24))
    view.draw(ViewLawTests.scene(shape.snapshot), canvas.bounds, &canvas)
    let lines = canvas.text.split(separator: "\n")
    let labels = lines.compactMap {
      Double(
        $0.prefix(8).trimmingCharacters(in: .whitespaces).replacing("−", with: "-").prefix {
          !" ⠀─".contains($0)
        })
    }
    #expect(!labels.isEmpty && labels.allSatisfy { abs($0) <= 12 }, "\(labels)")
    // A wall would fill a column from the top to the bottom.
    for column in 0..<100 {
      let filled = (0..<24).filter {
        (0x2801...0x28FF).contains(canvas[column, $0].scalar.value)
          && canvas[column, $0].style.foreground != Theme.dark.grid
      }
      #expect(filled.count < 20, "column \(column)")
    }
  }

  /// Descent on 3 + x² from 5: a spike, then a flat line.
  private static func descent(steps: Int) -> Snapshot {
    Specimens.descent(
      Experiment(name: "f", problem: .function(FunctionProblem(formula: ""))),
      PlainFunction(names: ["x"], value: { 3 + $0[0] * $0[0] }, derivatives: { [2 * $0[0]] }),
      from: [5], rate: 0.3, steps: steps)
  }

  @Test("A spike and a flat line turn the loss axis logarithmic; the person's choice wins")
  func lossAxis() throws {
    let view = try #require(views["loss"])
    let late = Self.descent(steps: 200)
    #expect(view.isLogarithmic(ViewLawTests.scene(late)))
    var state = ViewState()
    state.logarithmic = false
    #expect(!view.isLogarithmic(ViewLawTests.scene(late, state: state)))
    #expect(!view.isLogarithmic(ViewLawTests.scene(Self.descent(steps: 3))))
  }

  @Test(
    "Before the first step the loss pane shows its point and whole steps", arguments: [0, 1, 3])
  func firstPoint(steps: Int) throws {
    let view = try #require(views["loss"])
    for width in [40, 80, 160] {
      var canvas = Canvas(size: Size(width: width, height: 14))
      view.draw(ViewLawTests.scene(Self.descent(steps: steps)), canvas.bounds, &canvas)
      let dots = canvas.cells.filter {
        (0x2801...0x28FF).contains($0.scalar.value) && $0.style.foreground != Theme.dark.grid
      }
      #expect(!dots.isEmpty)
      let axis = canvas.text.split(separator: "\n").last ?? ""
      #expect(!axis.contains("."), "\(axis)")
    }
  }

  @Test("Without colours each two curves are broken in other ways")
  func patterns() {
    let scene = ViewLawTests.scene(Self.descent(steps: 3), theme: .mono)
    func dots(_ index: Int) -> [Bool] {
      var plot = Plot(
        in: Rect(x: 0, y: 0, width: 40, height: 12), x: Axis(0, 1), y: Axis(0, 1),
        layout: scene.layout())
      plot.line(0, 0.5, 1, 0.5, color: scene.theme.series(index))
      return (0..<plot.area.width).map { column in
        (0..<plot.area.height).contains { plot.raster.dots(x: column, y: $0) == 2 }
      }
    }
    let patterns = (0..<Theme.mono.series.count).map(dots)
    #expect(patterns[0].allSatisfy { $0 }, "the first is whole")
    for one in patterns.indices.dropFirst() { #expect(patterns[one] != patterns[0]) }
    #expect(Theme.dark.patterns.isEmpty)
    #expect(Set(Theme.mono.patterns.values).count == Theme.mono.patterns.count)
    #expect(Theme.mono.series.allSatisfy { Theme.mono.patterns[$0] != nil })
  }

  @Test("A legend that has no room for all says how many are missing")
  func legends() {
    let legend = Legend(
      (1...8).map { Legend.Entry(name: "minimum \($0)", color: Color(UInt32($0))) })
    for width in 0...130 {
      var canvas = Canvas(size: Size(width: max(1, width), height: 1))
      let used = legend.draw(
        x: 0, y: 0, within: Rect(x: 0, y: 0, width: width, height: 1), glyphs: .braille,
        text: Color(1), into: &canvas)
      #expect(used <= width)
      let shown = canvas.text.components(separatedBy: "minimum").count - 1
      if shown > 0 { #expect(shown == 8 || canvas.text.contains("+\(8 - shown)")) }
      #expect(shown > 0 || width < 18)
    }
  }
}
