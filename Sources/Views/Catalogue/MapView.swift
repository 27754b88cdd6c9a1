import Lanes
import Models
import Terminal
import Training

extension View {
  /// A run a pixel, over two settings.
  package static let map = View(
    name: "map",
    summary:
      "A run a pixel over two settings: where it converges, how well, where the limit lies",
    axes: Axes(canBeLogarithmic: true, canZoom: true),
    role: .asked,
    holdsAllMoments: { _ in true },
    isLogarithmic: { MapView.isLogarithmic($0) },
    suits: { _ in true },
    title: MapView.title,
    readout: MapView.readout,
    pick: MapView.pick,
    draw: MapView.draw)
}

enum MapView {
  struct Key: Hashable, Sendable {
    var map: RunID
    var bounds: [Double]
    var columns: Int
    var rows: Int
  }

  /// The most steps times samples times parameters of a whole map; where pixels are dearer they are
  /// larger.
  private static let budget = 100_000_000_000.0

  static func title(_ scene: Scene) -> String {
    guard let map = scene.snapshot.many.map else { return "map" }
    // Of two settings of one group the second needs its own name only.
    let group = map.x.key.lastIndex(of: ".").map { map.x.key[...$0] } ?? ""
    let isShort = !group.isEmpty && map.y.key.hasPrefix(group)
    let up = isShort ? map.y.key.dropFirst(group.count - 1) : map.y.key[...]
    return "\(map.x.key) →, \(up) ↑"
  }

  /// Rows below the picture: what colours mean, and above it what is best, where there is room.
  static func footerRows(_ area: Rect) -> Int { area.height >= 10 ? 2 : area.height >= 5 ? 1 : 0 }

  /// What is shown of each run: the map's own measure first, `d` goes on.
  static func measure(_ scene: Scene, _ map: RunMap) -> MapMeasure {
    let all =
      [map.measure] + MapMeasure.allCases.filter { $0 != map.measure && !$0.watchesLosses }
    return all[max(0, scene.state.selection) % all.count]
  }

  static func plot(_ scene: Scene, _ map: RunMap, _ area: Rect) -> Plot {
    let x = scene.zoomed(map.x.places, axis: 0)
    let y = scene.zoomed(map.y.places, axis: 1)
    func axis(_ axis: RunMap.Axis, _ range: ClosedRange<Double>) -> Axis {
      guard axis.isLogarithmic else { return Axis(range.lowerBound, range.upperBound) }
      let (low, high) = (PlotMath.pow(10, range.lowerBound), PlotMath.pow(10, range.upperBound))
      guard low > 0, high.isFinite, low < high else { return Axis(1, 10, scale: .logarithmic) }
      return Axis(low, high, scale: .logarithmic)
    }
    return Plot(
      in: area, x: axis(map.x, x), y: axis(map.y, y),
      layout: scene.layout(grid: false, isMap: true, footer: footerRows(area)))
  }

  static func picture(_ scene: Scene, _ map: RunMap, _ plot: Plot) -> MapPicture? {
    let x = scene.zoomed(map.x.places, axis: 0)
    let y = scene.zoomed(map.y.places, axis: 1)
    let cost = max(1, map.cost(scene.snapshot.objective))
    var size = 1
    while size < 8,
      Double(plot.area.width / size * plot.area.height * 2 / size) * cost > budget
    {
      size *= 2
    }
    let columns = max(1, plot.area.width / size)
    let rows = max(1, plot.area.height * 2 / size)
    let key = Key(
      map: map.id, bounds: [x.lowerBound, x.upperBound, y.lowerBound, y.upperBound],
      columns: columns, rows: rows)
    // What was seen before stays until the runs of the new part are known.
    let last: MapPicture? = scene.probes.latest("map") ?? scene.probes.latest("map.before")
    let before = scene.probes.value("map.before", for: key) {
      MapPicture(columns: columns, rows: rows, x: x, y: y, map: map.id, after: last)
    }
    let made = Locked<MapPicture?>(nil)
    @Sendable func stage(_ count: Int) -> @Sendable () -> MapPicture {
      {
        var picture = made.withLock { $0 } ?? before
        for _ in 0..<count { picture = picture.finer(map) }
        let result = picture
        made.withLock { $0 = result }
        return result
      }
    }
    // Where nobody works beside, only the last stage is asked for: it does all.
    let stages = (1..<MapPicture.stages).map { _ in stage(1) }
    let whole: @Sendable () -> MapPicture = {
      made.withLock { $0 == nil } ? stage(MapPicture.stages)() : stage(1)()
    }
    return scene.probes.refined("map", for: key, stages: stages + [whole])
      ?? (before.shown.contains { $0 != nil } ? before : nil)
  }

  // MARK: Places

  static func pixel(
    _ picture: MapPicture, _ plot: Plot, _ place: Point
  ) -> (column: Int, row: Int)? {
    guard plot.area.contains(place) else { return nil }
    return (
      min(picture.columns - 1, (place.x - plot.area.x) * picture.columns / plot.area.width),
      min(picture.rows - 1, (place.y - plot.area.y) * picture.rows / plot.area.height)
    )
  }

  static func pick(_ scene: Scene, _ area: Rect, _ place: Point) -> View.Pick {
    guard let map = scene.snapshot.many.map, !area.isEmpty else { return .nothing }
    let plot = plot(scene, map, area)
    guard let picture = picture(scene, map, plot), let pixel = pixel(picture, plot, place) else {
      return .nothing
    }
    let at = picture.place(column: pixel.column, row: pixel.row)
    return .run([at.x, at.y])
  }

  static func readout(_ scene: Scene) -> [String] {
    guard let map = scene.snapshot.many.map else { return [] }
    let measure = measure(scene, map)
    var parts: [String] = []
    if let cursor = scene.state.cursor, cursor.count == 2 {
      parts.append("┊ \(text(cursor[0], map.x)), \(text(cursor[1], map.y))")
    }
    parts.append(name(measure, map))
    return parts
  }

  /// The value at a place of an axis, for people.
  static func text(_ place: Double, _ axis: RunMap.Axis) -> String {
    let value = axis.value(at: place)
    return axis.isWhole ? NumberText.trimmed(Scene.number(value)) : Scene.number(value)
  }

  static func name(_ measure: MapMeasure, _ map: RunMap) -> String {
    switch measure {
    case .loss: "loss after \(NumberText.count(map.steps)) steps"
    case .accuracy: "share right"
    case .steps: "steps until it stopped"
    case .diverged: "diverged"
    case .end: "where it ends"
    case .convergence: "converged in \(NumberText.count(map.steps)) steps or not, and how fast"
    }
  }
}

extension RunMap.Axis {
  /// The value at a place, between whole ones too: where it lies on the picture's axis.
  func valueExactly(_ place: Double) -> Double {
    isLogarithmic ? PlotMath.pow(10, place) : place
  }
}
