import Lanes
import Terminal
import Training
import Views

/// Pictures that show their own settings as text, so that a frame tells whether they were set.
enum FakeViews {
  static let catalogue = Catalogue(
    kind: "view",
    [
      view("loss", axes: .init(canBeLogarithmic: true, canZoom: true)),
      view("function", axes: .init(canZoom: true), suits: isFunction) { scene, area, place in
        .start([across(scene, area, place)])
      },
      view("boundary", axes: .init(canZoom: true), suits: isModel) { scene, area, place in
        .point([across(scene, area, place), Double(place.y - area.y)])
      },
      view("network", axes: .init(), suits: isModel),
      view("parameters", axes: .init()),
    ])

  private static let isFunction: @Sendable (Snapshot) -> Bool = {
    if case .function = $0.experiment.problem { true } else { false }
  }
  private static let isModel: @Sendable (Snapshot) -> Bool = {
    if case .model = $0.experiment.problem { true } else { false }
  }

  /// Columns as data from −3 to 3, zoomed about the centre.
  private static func across(_ scene: Scene, _ area: Rect, _ place: Point) -> Double {
    let share = Double(place.x - area.x) / Double(max(1, area.width))
    return (scene.state.center?.first ?? 0) + (share * 6 - 3) / scene.state.zoom
  }

  private static func view(
    _ name: String, axes: View.Axes, suits: @escaping @Sendable (Snapshot) -> Bool = { _ in true },
    pick: @escaping @Sendable (Scene, Rect, Point) -> View.Pick = { _, _, _ in .nothing }
  ) -> View {
    View(
      name: name, summary: "Shows the \(name)", axes: axes,
      role: ["function", "boundary"].contains(name) ? .main : .side,
      isLogarithmic: { $0.state.logarithmic ?? true }, suits: suits, title: { _ in name },
      readout: { scene in ["step \(scene.snapshot.step)", "of \(scene.snapshot.experiment.name)"] },
      pick: pick,
      draw: { scene, area, canvas in
        let state = scene.state
        let lines = [
          "log \(state.logarithmic.map { $0 ? "yes" : "no" } ?? "own")", "zoom \(state.zoom)",
          "scroll \(state.scroll)", "selection \(state.selection)",
          "cursor \(state.cursor.map { "\($0)" } ?? "none")",
        ]
        for (row, line) in lines.enumerated() where row < area.height {
          canvas.write(
            line, x: area.x, y: area.y + row, foreground: scene.theme.text, limit: area.width)
        }
      })
  }
}
