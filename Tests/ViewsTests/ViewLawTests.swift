import Foundation
import Lanes
import Models
import Terminal
import Testing
import Training
import Views

@Suite("Laws of views")
struct ViewLawTests {
  static let sizes = [
    Size(width: 0, height: 0), Size(width: 1, height: 1), Size(width: 2, height: 9),
    Size(width: 9, height: 2), Size(width: 17, height: 5), Size(width: 40, height: 10),
    Size(width: 80, height: 22),
  ]
  /// As large as terminals get; drawn for sound snapshots of each kind.
  static let largest = Size(width: 300, height: 90)

  static func scene(
    _ snapshot: Snapshot, theme: Theme = .dark, glyphs: GlyphSet = .braille,
    state: ViewState = ViewState(), probes: ProbeCache = ProbeCache()
  ) -> Scene {
    Scene(snapshot: snapshot, state: state, theme: theme, glyphs: glyphs, probes: probes)
  }

  @Test(
    "Every view draws every snapshot at every size, and only inside its area",
    arguments: views.names)
  func staysInside(name: String) throws {
    let view = try #require(views[name])
    let outside = Cell("Ω", style: Style(foreground: Color(3), background: Color(4)))
    for (kind, snapshot) in Specimens.zoo {
      let scene = Self.scene(snapshot)
      for size in Self.sizes + (kind.contains(" ") ? [] : [Self.largest]) {
        let area = Rect(x: 2, y: 3, width: size.width, height: size.height)
        var canvas = Canvas(
          size: Size(width: size.width + 5, height: size.height + 7), blank: outside)
        canvas.fill(area, with: Cell(" "))
        let before = canvas
        view.draw(scene, area, &canvas)
        canvas.fill(area, with: Cell(" "))
        #expect(canvas == before, "\(name), \(kind), \(size)")
        _ = view.pick(scene, area, Point(x: area.x + size.width / 2, y: area.y + size.height / 2))
        #expect(view.readout(scene).allSatisfy { !$0.isEmpty }, "\(name), \(kind)")
        #expect(!view.title(scene).isEmpty)
      }
    }
  }

  @Test(
    "In ASCII nothing else is drawn, titles and read-outs once spelt included",
    arguments: views.names)
  func asciiOnly(name: String) throws {
    let view = try #require(views[name])
    for (kind, snapshot) in Specimens.zoo {
      let probes = ProbeCache()
      for theme in [Theme.dark, .mono] {
        for size in Self.sizes.suffix(2) {
          var canvas = Canvas(size: size)
          let scene = Self.scene(snapshot, theme: theme, glyphs: .ascii, probes: probes)
          view.draw(scene, canvas.bounds, &canvas)
          let foreign = canvas.cells.first { !$0.scalar.isASCII || $0.scalar.value < 32 }
          #expect(foreign == nil, "\(name), \(kind), \(size): \(String(describing: foreign))")
          for text in [view.title(scene)] + view.readout(scene) {
            #expect(GlyphSet.ascii.spell(text).unicodeScalars.allSatisfy { $0.isASCII }, "\(text)")
          }
        }
      }
    }
  }

  @Test(
    "All that is drawn is printable and one cell wide, in every glyph set", arguments: views.names)
  func printable(name: String) throws {
    let view = try #require(views[name])
    for (kind, snapshot) in Specimens.zoo {
      let probes = ProbeCache()
      for glyphs in GlyphSet.allCases {
        var canvas = Canvas(size: Size(width: 90, height: 24))
        view.draw(Self.scene(snapshot, glyphs: glyphs, probes: probes), canvas.bounds, &canvas)
        let foreign = canvas.cells.first { cell in
          !ScalarWidth.isSingle(cell.scalar)
        }
        #expect(foreign == nil, "\(name), \(kind), \(glyphs): \(String(describing: foreign))")
      }
    }
  }

  /// Every zoom with every centre, and each with some number of rows, units and samples.
  static let oddStates: [ViewState] = {
    let zooms = [1, 1e-300, 3, 1e18, -2, Double.nan]
    let centers = [nil, [], [0.5], [1e300, -1e300], [Double.nan, 1]] as [[Double]?]
    let numbers = [1, 7, Int.max, Int.min]
    return zooms.enumerated().flatMap { row, zoom in
      centers.enumerated().map { column, center in
        let number = numbers[(row + column) % numbers.count]
        var state = ViewState()
        state.zoom = zoom
        state.center = center
        state.cursor = center
        state.selection = number
        state.scroll = number
        state.logarithmic = number == 1 ? true : number == 7 ? false : nil
        return state
      }
    }
  }()

  @Test("A person's odd settings of a pane are no error", arguments: views.names)
  func oddStates(name: String) throws {
    let view = try #require(views[name])
    let area = Rect(x: 0, y: 0, width: 40, height: 12)
    for kind in [
      "sliding", "valley", "xor", "sine", "wide", "images", "padded", "memory", "bumps", "moving",
      "machine", "deep", "hopping", "scaled", "blocks", "items", "waves",
    ] {
      let snapshot = try #require(Specimens.zoo[kind])
      let probes = ProbeCache()
      for state in Self.oddStates {
        var canvas = Canvas(size: area.size)
        let scene = Self.scene(snapshot, state: state, probes: probes)
        view.draw(scene, area, &canvas)
        #expect(canvas.size == area.size)
        #expect(view.readout(scene).allSatisfy { !$0.isEmpty } && !view.title(scene).isEmpty)
      }
    }
  }

  @Test(
    "The same snapshot gives the same picture, with a cold and a warm cache", arguments: views.names
  )
  func deterministic(name: String) throws {
    let view = try #require(views[name])
    for snapshot in Specimens.zoo.values {
      let scene = Self.scene(snapshot)
      var pictures: [Canvas] = []
      for scene in [scene, scene, Self.scene(snapshot)] {
        var canvas = Canvas(size: Size(width: 70, height: 20))
        view.draw(scene, canvas.bounds, &canvas)
        pictures.append(canvas)
      }
      #expect(pictures[0] == pictures[1] && pictures[0] == pictures[2])
    }
  }

  @Test("Networks of a race over two inputs are shown, linearised ones too")
  func racedNets() throws {
    for kind in ["raced nets", "raced tangents"] {
      #expect(View.nets.suits(try #require(Specimens.zoo[kind])), "\(kind)")
    }
  }

  @Test("A view that suits a sound snapshot draws something", arguments: views.names)
  func drawsSomething(name: String) throws {
    let view = try #require(views[name])
    var suited = 0
    for kind in [
      "sliding", "valley", "xor", "spiral", "sine", "line", "images", "padded", "memory", "long",
      "bumps", "moving", "machine", "deep", "hopping", "plane", "scaled", "blocks", "racing",
      "raced nets", "raced tangents", "items", "waves",
    ] {
      let snapshot = try #require(Specimens.zoo[kind])
      guard view.suits(snapshot) else { continue }
      suited += 1
      let blank = Canvas(size: Size(width: 80, height: 22))
      var canvas = blank
      view.draw(Self.scene(snapshot), canvas.bounds, &canvas)
      #expect(zip(canvas.cells, blank.cells).count { $0 != $1 } > 40, "\(name), \(kind)")
    }
    #expect(suited > 0, "\(name) suits none")
  }

  @Test("Each file of the catalogue's folder is a view that the catalogue lists")
  func everyFileIsListed() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Sources/Views/Catalogue")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix("View.swift") }
      .map { $0.dropLast("View.swift".count).lowercased() }
    let names = views.names.map { $0.replacing("_", with: "") }
    #expect(files.sorted() == names.sorted())
  }
}
