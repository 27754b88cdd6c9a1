import Lanes
import Models
import Terminal
import Training

extension View {
  /// What each network of a race answers over the plane of its inputs, side by side.
  package static let nets = View(
    name: "nets",
    summary: "What each network of a race answers over the plane of its inputs, side by side",
    role: .main,
    holdsAllMoments: { _ in true },
    suits: { snapshot in
      snapshot.race?.runs.contains { $0.objective.kind.mapping?.inputCount == 2 } ?? false
    },
    title: { _ in "networks" },
    readout: { scene in
      guard let race = scene.snapshot.race else { return [] }
      return ["\(race.count) over \(race.race.key)"]
    },
    pick: NetsView.pick,
    draw: NetsView.draw)
}

private enum NetsView {
  /// Small panes: which run each shows, and where.
  private static func panes(
    _ race: RaceStanding, _ area: Rect
  ) -> [(number: Int, area: Rect)] {
    guard area.width >= 12, area.height >= 4 else { return [] }
    let most = max(1, min(4, area.width / 16))
    let wanted = min(race.count, 8)
    let columns = min(most, wanted <= 2 ? wanted : (wanted + 1) / 2)
    let rows = max(1, min((wanted + columns - 1) / columns, area.height / 4))
    let count = min(wanted, columns * rows)
    // The page with the leader.
    let first = race.leader / count * count
    return (0..<count).compactMap { place in
      guard first + place < race.count else { return nil }
      let column = place % columns
      let row = place / columns
      let x0 = area.x + column * area.width / columns
      let x1 = area.x + (column + 1) * area.width / columns
      let y0 = area.y + row * area.height / rows
      let y1 = area.y + (row + 1) * area.height / rows
      return (
        first + place,
        Rect(
          x: x0, y: y0, width: x1 - x0 - (column + 1 < columns ? 1 : 0), height: y1 - y0)
      )
    }
  }

  static func pick(_ scene: Scene, _ area: Rect, _ place: Point) -> View.Pick {
    guard let race = scene.snapshot.race,
      let pane = panes(race, area).first(where: { $0.area.contains(place) })
    else { return .nothing }
    return .leader(pane.number)
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    guard let race = scene.snapshot.race else {
      scene.note("the networks of a race are shown here", in: area, into: &canvas)
      return
    }
    let panes = panes(race, area)
    guard !panes.isEmpty else {
      scene.note("too small", in: area, into: &canvas)
      return
    }
    let places = race.places
    for (number, pane) in panes {
      let runner = race.runs[number]
      drawHead(number, places[number], scene, race, pane, into: &canvas)
      let below = Rect(x: pane.x, y: pane.y + 1, width: pane.width, height: pane.height - 1)
      var mine = scene
      mine.snapshot.race = nil
      mine.snapshot.objective = runner.objective
      mine.snapshot.parameters = runner.parameters
      mine.state = ViewState()
      mine.probes = ProbeCache()
      if runner.divergedAt != nil {
        scene.note("diverged", in: below, into: &canvas)
      } else {
        BoundaryView.draw(mine, below, &canvas)
      }
    }
  }

  private static func drawHead(
    _ number: Int, _ place: Int, _ scene: Scene, _ race: RaceStanding, _ area: Rect,
    into canvas: inout Canvas
  ) {
    let isLeader = number == race.leader
    canvas.reader?.add(
      [
        scene.name(number, of: race), "place \(place)",
        race.runs[number].accuracy.map { "\(NumberText.compact($0 * 100, digits: 3)) % right" }
          ?? "",
      ], in: Rect(x: area.x, y: area.y, width: area.width, height: 1))
    let color = scene.racer(number, of: race)
    let name = (isLeader ? "▸ " : "") + scene.label(number, of: race)
    canvas.writeCut(
      name, x: area.x, y: area.y, limit: area.width, within: area, glyphs: scene.glyphs,
      foreground: color)
    let accuracy = race.runs[number].accuracy.map {
      NumberText.percent($0) + " "
    }
    let end = (accuracy ?? "") + "\(place)."
    let used = scene.glyphs.width(end)
    guard scene.glyphs.width(name) + used + 2 <= area.width else { return }
    canvas.write(
      end, x: area.maxX - used, y: area.y, within: area, glyphs: scene.glyphs,
      foreground: scene.theme.muted)
  }
}
