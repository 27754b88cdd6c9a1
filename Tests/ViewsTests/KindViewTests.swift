import Lanes
import Models
import Terminal
import Testing
import Views

@testable import Training

@Suite("Pictures of other networks, of optimizers and of curvature")
struct KindViewTests {
  private func draw(
    _ name: String, _ snapshot: Snapshot, _ width: Int, _ height: Int,
    glyphs: GlyphSet = .braille, theme: Theme = .dark
  ) throws -> Canvas {
    let view = try #require(views[name])
    // As panes do it: the picture lies on the pane's colour.
    var canvas = Canvas(
      size: Size(width: width, height: height),
      blank: Cell(" ", style: Style(foreground: theme.text, background: theme.pane)))
    view.draw(
      ViewLawTests.scene(snapshot, theme: theme, glyphs: glyphs), canvas.bounds, &canvas)
    return canvas
  }

  private func specimen(_ name: String) throws -> Snapshot {
    try #require(Specimens.zoo[name])
  }

  private func rows(_ canvas: Canvas) -> [String] {
    canvas.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test(
    "Beside two other panes in 80 columns nothing is cut",
    arguments: ["machine", "deep", "memory", "images"])
  func fits(kind: String) throws {
    let name = try #require(
      ["machine": "patterns", "deep": "patterns", "memory": "unrolled", "images": "feature_maps"][
        kind])
    for size in [(33, 20), (76, 44), (146, 94)] {
      let text = try draw(name, specimen(kind), size.0, size.1).text
      #expect(!text.contains("…"), "\(kind), \(size)\n\(text)")
    }
  }

  @Test(
    "Probabilities of patterns are told to two digits, and the greatest fills its bar's height")
  func patterns() throws {
    let canvas = try draw("patterns", specimen("machine"), 76, 44)
    let rows = rows(canvas)
    let caption = try #require(rows.firstIndex { $0.contains("how probable") })
    #expect(rows[caption + 1].contains("fair share, 1/14 = 7.1 %"))
    #expect(rows[caption + 1].contains("chance, 1/512 = 0.20 %"))
    let narrow = try draw("patterns", specimen("machine"), 33, 20).text
    #expect(narrow.contains("fair 7.1") && narrow.contains("chance 0.20"))
    // The row of numbers is the last that has any.
    let numbers = try #require(
      rows.last { $0.contains(".") && !$0.contains("=") }?.split(separator: " "))
    #expect(numbers.count == 14)
    #expect(numbers.compactMap { Double($0) }.allSatisfy { $0 > 0 && $0 < 100 })
    let first = (0..<76).filter {
      let cell = canvas[$0, caption + 2]
      return [Theme.dark.series(0), Theme.dark.warning].contains(cell.style.foreground)
        || [Theme.dark.series(0), Theme.dark.warning].contains(cell.style.background)
    }
    #expect(!first.isEmpty, "no bar reaches the first row")
  }

  @Test("Elements of a sequence are equally wide, hidden units equally high, with gaps between")
  func equal() throws {
    for (width, height) in [(33, 20), (76, 44), (146, 94)] {
      let canvas = try draw("unrolled", specimen("memory"), width, height)
      let colors = Theme.dark.classes.colors
      func isBlock(_ x: Int, _ y: Int) -> Bool {
        let style = canvas[x, y].style
        return colors.contains(style.background)
          || (canvas[x, y].scalar == "▀" && colors.contains(style.foreground))
      }
      // The lengths of the stretches of colour, along a row through the middle and down a column.
      func lengths(_ values: [Bool]) -> [Int] {
        values.split(separator: false).map(\.count)
      }
      let row = try #require(
        (0..<height).first { y in lengths((0..<width).map { isBlock($0, y) }).count >= 6 && y > 3 })
      let widths = lengths((0..<width).map { isBlock($0, row) })
      #expect(widths.count == 6 && Set(widths).count == 1, "\(width): \(widths)")
      let column = try #require((0..<width).first { isBlock($0, row) })
      let heights = lengths((3..<height).map { isBlock(column, $0) })
      // With half a row of air the cells themselves touch.
      #expect(height < 30 || heights.count >= 4 && Set(heights.prefix(4)).count == 1, "\(heights)")
    }
  }

  @Test("Numbers on a map are read on every colour of it, in the dark and in the light")
  func contrast() throws {
    for theme in [Theme.dark, .light] {
      let canvas = try draw("unrolled", specimen("memory"), 76, 44, theme: theme)
      let grounds = Set(theme.classes.colors)
      let written = canvas.cells.filter {
        grounds.contains($0.style.background) && ("0"..."9").contains($0.scalar)
      }
      #expect(written.count > 30)
      for cell in written {
        let difference =
          Oklab(cell.style.foreground).lightness - Oklab(cell.style.background).lightness
        #expect(abs(difference) > 0.3, "\(theme.name): \(cell)")
      }
    }
  }

  @Test("A convolution reads from left to right, and says in words what it does")
  func stages() throws {
    for (width, height) in [(33, 20), (76, 44), (146, 94)] {
      let text = try draw("feature_maps", specimen("images"), width, height).text
      for word in ["image", "kernel", "maps", "pooled", "answer", "kernel 1 at row", "ReLU"] {
        #expect(text.contains(word), "\(width): \(word)")
      }
      #expect(text.contains("→") && text.contains("✓"))
    }
    let heading = try #require(
      rows(draw("feature_maps", specimen("images"), 76, 44)).first?.split(separator: " "))
    #expect(heading == ["image", "kernels", "feature", "maps", "pooled", "answer"])
  }

  @Test("Factors just above and below 1 are told apart, with the steps that halve or double")
  func factors() throws {
    var experiment = Specimens.experiment("a x^2 + b y^2", x: -1...1, y: -1...1)
    if case .function(var problem) = experiment.problem {
      problem.constants = ["a": 0.001, "b": -0.0005]
      experiment.problem = .function(problem)
    }
    experiment.start.parameters = [1, 1]
    experiment.learningRate = .value(0.01)
    let snapshot = try InlineTrainer(experiment, isPaused: true).latest
    let text = try draw("spectrum", snapshot, 100, 20).text
    // Eigenvalues 0.002 and −0.001: 1 − 2e−5 halves in 34,657 steps, 1 + 1e−5 doubles in 69,315.
    #expect(text.contains("1 − 2e−5") && text.contains("34,657"), "\(text)")
    #expect(text.contains("1 + 1e−5") && text.contains("doubles 69,315"), "\(text)")
  }

  @Test("Eigenvalues that do not fit are counted")
  func moreEigenvalues() throws {
    let text = try draw("spectrum", specimen("xor"), 76, 14).text
    #expect(text.contains(" more, ") && text.contains("negative"), "\(text)")
  }

  @Test("The hats of a formula stay on their letters")
  func hats() throws {
    let view = try #require(views["optimizer"])
    let scene = ViewLawTests.scene(try specimen("xor"))
    let formula = try #require(view.readout(scene).first)
    var canvas = Canvas(size: Size(width: 40, height: 1))
    canvas.write(formula, x: 0, y: 0, foreground: Color(0xFFFFFF))
    #expect(canvas.text == formula && formula.contains("m̂ / (√v̂ + ε)"))
  }

  @Test("Where a few parameters have room, the optimizer's bars bear numbers and names")
  func numbers() throws {
    let snapshot = try specimen("xor")
    let text = try draw("optimizer", snapshot, 156, 44).text
    for name in snapshot.objective.parameterNames { #expect(text.contains(name), "\(name)") }
    #expect(text.contains(NumberText.compact(snapshot.gradient[0], digits: 2)))
    #expect(!text.contains("…"))
  }

  @Test("A gate's bars take the room there is, and errors stand beside outputs")
  func gate() throws {
    let snapshot = Specimens.net("xor", hidden: [8], steps: 400)
    let canvas = try draw("truth_table", snapshot, 150, 40)
    let colors = Theme.dark.classes.colors
    let high = (0..<40).filter { y in
      (0..<150).contains { colors.contains(canvas[$0, y].style.background) }
    }
    // Two rows of the table are ones; their bars are four rows high.
    #expect(high.count >= 8, "\(high)")
    #expect(rows(canvas)[0].hasSuffix("error"))
    #expect(canvas.text.contains("−0.0"), "an output below its target")
    #expect(try !draw("truth_table", snapshot, 60, 12).text.contains("error"))
  }

  @Test("The tape's read-out counts operations, whatever else has a row")
  func operations() throws {
    let view = try #require(views["tape"])
    for (formula, count) in [("x^2 + 3x", "3 operations"), ("x > 1 ? x^2 : x", "1 operation")] {
      var experiment = Experiment(
        name: "formula", problem: .function(FunctionProblem(formula: formula)))
      experiment.start.parameters = [2]
      let scene = ViewLawTests.scene(try InlineTrainer(experiment, isPaused: true).latest)
      #expect(view.readout(scene).contains(count), "\(view.readout(scene))")
    }
  }

  @Test("A legend names the axes of a model's bowl, and only there")
  func axes() throws {
    let line = try specimen("line")
    #expect(try draw("contour", line, 120, 30).text.contains("eigenvectors of the Hessian"))
    #expect(try draw("contour", line, 33, 20).text.contains("╳ axes"))
    #expect(try !draw("contour", Specimens.basins, 120, 30).text.contains("╳"))
  }
}
