import Lanes
import Models
import Presets
import Terminal
import Testing
import Training
import Views

@testable import Explorer

@Suite("The form by mouse")
struct FormMouseTests {
  typealias Desk = KeySettingTests.Desk

  @Test("A slider is dragged: one change, dated where it is let go, and undone at once")
  func slides() throws {
    var desk = try FormTests.open("spiral")
    for id in ["data.noise", "l2", "data.test_fraction", "data.samples"] {
      let row = try #require(desk.explorer.formRows.first { $0.id == id }, "\(id)")
      guard let slider = FormPanel(desk.explorer)?.slider(of: row) else { continue }
      let before = desk.explorer.snapshot
      desk.mouse(.press, Point(x: slider.track.x + 2, y: slider.track.y))
      for x in slider.track.x + 2..<slider.track.maxX - 2 {
        desk.mouse(.drag, Point(x: x, y: slider.track.y))
      }
      #expect(desk.explorer.snapshot.changes.count == before.changes.count)
      let end = slider.text(at: slider.track.maxX - 3)
      #expect(desk.explorer.text.contains(end), "\(id): \(end)\n\(desk.explorer.text)")
      desk.mouse(.release, Point(x: slider.track.maxX - 3, y: slider.track.y))
      #expect(desk.explorer.snapshot.changes.count == before.changes.count + 1)
      let after = desk.explorer.formRows.first { $0.id == id }?.value
      #expect(after.flatMap(Double.init) == Double(end), "\(id): \(after ?? "")")
      FormTests.press(&desk, .character("u"))
      #expect(desk.explorer.snapshot.experiment == before.experiment)
    }
  }

  @Test("Every number with a range has a slider whose columns are read back where they stand")
  func columns() throws {
    var tried = 0
    for name in ["spiral", "xor", "moons", "rosenbrock"] {
      let desk = try FormTests.open(name)
      for row in desk.explorer.formRows {
        guard let slider = FormPanel(desk.explorer)?.slider(of: row),
          case .key(let key) = row.kind
        else { continue }
        tried += 1
        for x in slider.track.x..<slider.track.maxX {
          let text = slider.text(at: x)
          let value = try #require(Double(text), "\(row.id): \(text)")
          #expect(abs(slider.column(of: value) - x) <= 1, "\(row.id): \(text)")
          #expect(
            PresetKeys.refusal(text, of: key, in: desk.explorer.presetNow) == nil,
            "\(row.id): \(text)")
        }
      }
    }
    #expect(tried >= 12, "\(tried)")
  }

  @Test("Features are shown as pictures where there is room, and a click switches one")
  func features() throws {
    var desk = try FormTests.open("playground-circle", size: Size(width: 300, height: 100))
    let panel = try #require(FormPanel(desk.explorer))
    let row = try #require(
      desk.explorer.formRows.first { if case .features = $0.kind { true } else { false } })
    guard case .features(let before) = row.kind else { return }
    let places = (panel.area.y..<panel.area.maxY).flatMap { y in
      (panel.area.x..<panel.area.maxX).map { Point(x: $0, y: y) }
    }.filter { panel.row(at: $0)?.row.id == row.id }
    #expect(Set(places.map(\.y)).count == 4)
    let canvas = desk.explorer.frame()
    let tones = Set(places.map { canvas[$0.x, $0.y].style.background })
    #expect(tones.count > 4, "\(tones.count)")
    let off = try #require(before.firstIndex { !$0.isOn })
    let place = try #require(
      places.first { point in
        panel.row(at: point).flatMap { panel.feature(at: $0.column, in: before) } == off
      })
    desk.mouse(.press, place)
    guard
      case .features(let after)? = desk.explorer.formRows.first(where: { $0.id == row.id })?.kind
    else { return }
    #expect(after[off].isOn)
  }
}
