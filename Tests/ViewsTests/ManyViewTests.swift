import Lanes
import Models
import Terminal
import Testing
import Training
import Views

@Suite("Pictures of many runs")
struct ManyViewTests {
  static func quadratic(_ momentum: Double = 0.9) -> Experiment {
    var experiment = Specimens.experiment("x^2/2 + 50 y^2", x: -12...12)
    experiment.start = Start(parameters: [10, 1])
    experiment.optimizer = Choice("momentum", ["momentum": momentum])
    return experiment
  }

  /// A map over the rate and the momentum of a quadratic.
  static let map = RunMap(
    x: RunMap.Axis(
      key: "learning_rate", low: 1e-4, high: 0.1, isLogarithmic: true, isWhole: false),
    y: RunMap.Axis(key: "momentum", low: 0, high: 0.9, isLogarithmic: false, isWhole: false),
    measure: .loss, steps: 60,
    settings: {
      [Setting(key: "learning_rate", value: "\($0)"), Setting(key: "momentum", value: "\($1)")]
    },
    begin: { rate, momentum in
      var experiment = quadratic(momentum)
      experiment.learningRate = .value(rate)
      return try? Run(experiment)
    })

  /// A snapshot with all that can be looked at beside it.
  static let snapshot: Snapshot = {
    var snapshot = Specimens.run(quadratic(), steps: 5)
    snapshot.many.rates = RateFinder(snapshot)
    snapshot.many.map = map
    return snapshot
  }()

  static func draw(
    _ view: View, _ size: Size, glyphs: GlyphSet = .braille, theme: Theme = .dark,
    state: ViewState = ViewState(), probes: ProbeCache
  ) -> (canvas: Canvas, scene: Scene) {
    let scene = Scene(
      snapshot: snapshot, state: state, theme: theme, glyphs: glyphs, probes: probes)
    let outside = Cell("Ω", style: Style(foreground: Color(3), background: Color(4)))
    let area = Rect(x: 1, y: 1, width: size.width, height: size.height)
    var canvas = Canvas(size: Size(width: size.width + 2, height: size.height + 2), blank: outside)
    canvas.fill(area, with: Cell(" "))
    view.draw(scene, area, &canvas)
    return (canvas, scene)
  }

  @Test("They stay inside, in every glyph set, at every size", arguments: [View.rates, .map])
  func laws(view: View) {
    let probes = ProbeCache()
    for size in [
      Size(width: 1, height: 1), Size(width: 17, height: 5), Size(width: 40, height: 10),
      Size(width: 80, height: 24),
    ] {
      for glyphs in GlyphSet.allCases {
        for theme in [Theme.dark, .mono] {
          let (canvas, _) = Self.draw(view, size, glyphs: glyphs, theme: theme, probes: probes)
          for y in 0..<canvas.size.height {
            for x in 0..<canvas.size.width {
              let isInside = x > 0 && y > 0 && x <= size.width && y <= size.height
              #expect((canvas[x, y].scalar == "Ω") != isInside)
              if glyphs == .ascii, isInside { #expect(canvas[x, y].scalar.isASCII) }
              #expect(ScalarWidth.isSingle(canvas[x, y].scalar))
            }
          }
        }
      }
    }
  }

  @Test("Odd settings of a pane are no error", arguments: [View.rates, .map])
  func odd(view: View) {
    let probes = ProbeCache()
    for state in ViewLawTests.oddStates.prefix(12) {
      let (_, scene) = Self.draw(view, Size(width: 30, height: 12), state: state, probes: probes)
      #expect(!view.title(scene).isEmpty && view.readout(scene).allSatisfy { !$0.isEmpty })
    }
  }

  @Test(
    "The mark of the best run of a map is explained wherever it is drawn",
    arguments: [
      Size(width: 40, height: 8), .init(width: 40, height: 12), .init(width: 90, height: 24),
    ],
    [nil, [-2.0, 0.5]])
  func best(size: Size, cursor: [Double]?) {
    var state = ViewState()
    state.cursor = cursor
    let text = Self.draw(.map, size, state: state, probes: ProbeCache()).canvas.text
    #expect(text.contains("◆ best"), "\(text)")
  }

  @Test("A click takes a rate that was tried, and a place of the map is a run of it")
  func picks() throws {
    let probes = ProbeCache()
    let area = Rect(x: 1, y: 1, width: 80, height: 24)
    let (_, scene) = Self.draw(.rates, Size(width: 80, height: 24), probes: probes)
    let tried = RateFinder(Self.snapshot).coarse().columns.map(\.rate)
    guard case .rate(let rate) = View.rates.pick(scene, area, Point(x: 40, y: 6)) else {
      Issue.record("no rate")
      return
    }
    #expect(tried.contains(rate))
    guard case .run(let place) = View.map.pick(scene, area, Point(x: 40, y: 6)) else {
      Issue.record("no run")
      return
    }
    #expect(Self.map.x.places.contains(place[0]) && Self.map.y.places.contains(place[1]))
  }
}
