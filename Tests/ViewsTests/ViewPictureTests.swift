import Lanes
import Models
import Terminal
import Testing
import Views

@testable import Training

@Suite("Pictures")
struct ViewPictureTests {
  private func draw(
    _ name: String, _ snapshot: Snapshot, _ width: Int, _ height: Int,
    glyphs: GlyphSet = .braille, state: ViewState = ViewState()
  ) throws -> Canvas {
    let view = try #require(views[name])
    var canvas = Canvas(size: Size(width: width, height: height))
    view.draw(
      ViewLawTests.scene(snapshot, glyphs: glyphs, state: state), canvas.bounds, &canvas)
    return canvas
  }

  private func cells(_ canvas: Canvas, _ scalar: Unicode.Scalar) -> [Point] {
    canvas.bounds.points.filter { canvas[$0.x, $0.y].scalar == scalar }
  }

  @Test("The ball of a small function lies on its curve")
  func ball() throws {
    let canvas = try draw("function", Specimens.sliding, 44, 11)
    let balls = cells(canvas, "●")
    #expect(balls.count == 1)
    let ball = try #require(balls.first)
    #expect(canvas[ball.x, ball.y].style.foreground == Theme.dark.ball)
    let plot = try #require(views["function"]).pick(
      ViewLawTests.scene(Specimens.sliding), canvas.bounds, ball)
    guard case .start(let start) = plot, let x = start.first,
      let now = Specimens.sliding.parameters.first
    else {
      Issue.record("a click on the ball is no place: \(plot)")
      return
    }
    #expect(abs(x - now) < 0.15)
  }

  @Test("A ball that left the picture is told by an arrow on its side")
  func lostBall() throws {
    for (x, arrow) in [(-1e6, "◀"), (1e6, "▶"), (-Double.infinity, "◀")] {
      var snapshot = Specimens.sliding
      snapshot.parameters = [x]
      let canvas = try draw("function", snapshot, 60, 14)
      #expect(canvas.text.contains(arrow), "\(x)")
    }
  }

  @Test("Both minima in the picture are marked")
  func minima() throws {
    let canvas = try draw("function", Specimens.sliding, 88, 22)
    #expect(cells(canvas, "▴").count == 2)
  }

  @Test("The contour marks four minima, start and present")
  func contour() throws {
    let canvas = try draw("contour", Specimens.basins, 72, 30)
    // Three are free; the fourth lies under the present point. One more mark is the legend's.
    #expect(cells(canvas, "✕").count == 4)
    #expect(cells(canvas, "○").count == 2 && cells(canvas, "●").count == 2)
  }

  @Test("A gate's table tells right from wrong")
  func gate() throws {
    let canvas = try draw("truth_table", Specimens.net("xor", hidden: [8], steps: 400), 70, 10)
    #expect(cells(canvas, "✓").count == 4)
    let linear = try draw("truth_table", Specimens.net("xor", hidden: [1], steps: 0), 70, 10)
    #expect(!cells(linear, "✗").isEmpty)
  }

  @Test("The boundary shows all four points of XOR, each in its class's glyph")
  func boundary() throws {
    let canvas = try draw("boundary", Specimens.net("xor", hidden: [8], steps: 400), 40, 20)
    // The legend has one of each too.
    #expect(cells(canvas, "○").count == 3 && cells(canvas, "●").count == 3)
    let classes = Theme.dark.classes
    #expect(Oklab(canvas[1, 1].style.background).b > 0, "upper left is the second class")
    #expect(canvas[38, 1].style.background != canvas[1, 1].style.background)
    #expect(classes.colors.contains(canvas[38, 1].style.background))
  }

  @Test("Losses over several powers of ten are drawn on a logarithmic axis, unless told otherwise")
  func logarithmic() throws {
    let long = try draw("loss", Specimens.valley, 60, 12)
    #expect(long.text.contains("10⁰"))
    var state = ViewState()
    state.logarithmic = false
    let linear = try draw("loss", Specimens.valley, 60, 12, state: state)
    #expect(!linear.text.contains("10⁰"))
    let ascii = try draw("loss", Specimens.valley, 60, 12, glyphs: .ascii)
    #expect(ascii.text.contains("1e-1"))
  }

  @Test("Changes of settings are marked above the loss")
  func marks() throws {
    let turned = try #require(Specimens.zoo["turned"])
    let text = try draw("loss", turned, 90, 16).text
    #expect(text.contains("▾ η 0.02") && text.contains("▾ momentum 0.8"))
    #expect(text.contains("cosine ▾"))
  }

  @Test("A run that diverged says so on its curve")
  func diverged() throws {
    let text = try draw("loss", try #require(Specimens.zoo["sliding with NaN"]), 60, 12).text
    #expect(text.contains("✗") && text.contains("diverged at step 7"))
  }

  @Test("Large layers are cut with a word about the rest")
  func largeLayers() throws {
    let text = try draw("network", try #require(Specimens.zoo["wide"]), 80, 20).text
    #expect(text.contains("more"))
  }

  @Test("Text from outside reaches no cell raw")
  func escaped() throws {
    let ragged = try #require(Specimens.zoo["ragged"])
    for name in views.names {
      let canvas = try draw(name, ragged, 80, 20)
      #expect(canvas.cells.allSatisfy { $0.scalar.value >= 32 }, "\(name)")
    }
  }
}

extension Rect {
  /// Every cell of it.
  fileprivate var points: [Point] {
    (y..<maxY).flatMap { row in (x..<maxX).map { Point(x: $0, y: row) } }
  }
}
