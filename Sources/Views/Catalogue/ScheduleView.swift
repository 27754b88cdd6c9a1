import Lanes
import Models
import Optimization
import Terminal
import Training

extension View {
  /// The learning rate over steps.
  package static let schedule = View(
    name: "schedule", summary: "The learning rate over all steps, and where the run is on it",
    axes: Axes(canBeLogarithmic: true),
    role: .extra, holdsAllMoments: { _ in true }, suits: { _ in true },
    title: { scene in
      "rate: " + scene.snapshot.experiment.schedule.name.replacing("_", with: " ")
    },
    readout: { scene in
      [
        "η = " + NumberText.short(scene.snapshot.learningRate, digits: 3),
        schedules[scene.snapshot.experiment.schedule.name].map(\.formula) ?? "",
      ].filter { !$0.isEmpty }
    },
    draw: ScheduleView.draw)
}

private enum ScheduleView {
  private struct Key: Hashable {
    var schedule: Choice
    var total: Int
    var perEpoch: Int
    var count: Int
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    let snapshot = scene.snapshot
    let total = max(snapshot.experiment.steps, snapshot.step, 1)
    let count = max(2, min(2048, area.width * 2))
    let perEpoch = max(1, snapshot.epoch > 0 ? snapshot.step / snapshot.epoch : 1)
    let factors = scene.probes.value(
      "schedule",
      for: Key(
        schedule: snapshot.experiment.schedule, total: total, perEpoch: perEpoch, count: count)
    ) { () -> [Double] in
      self.factors(snapshot.experiment, total: total, perEpoch: perEpoch, count: count)
    }
    guard !factors.isEmpty else {
      scene.note("this schedule listens to the loss", in: area, into: &canvas)
      return
    }
    let rates = factors.map { $0 * snapshot.baseRate }
    let high = max(
      rates.filter(\.isFinite).max() ?? 1,
      snapshot.learningRate.isFinite ? snapshot.learningRate : 0, 1e-300)
    let low = rates.filter { $0.isFinite && $0 > 0 }.min() ?? high
    let isLog = scene.state.logarithmic ?? false
    let y =
      isLog && low > 0
      ? Axis(low / 1.3, high * 1.3, scale: .logarithmic) : Axis(0, high * 1.12)
    var plot = Plot(in: area, x: Axis(0, Double(total)).named("step"), y: y, layout: scene.layout())
    plot.drawAxes(into: &canvas)
    let xs = rates.indices.map { Double(total) * Double($0) / Double(rates.count - 1) }
    let now = Double(snapshot.step)
    for index in 1..<rates.count {
      let isPast = xs[index] <= now
      plot.line(
        xs[index - 1], rates[index - 1], xs[index], rates[index],
        color: isPast ? scene.theme.series(0) : scene.faint(scene.theme.series(0), 0.55),
        thickness: plot.thickness)
    }
    plot.raster.paint(into: &canvas)
    let place = plot.place(now, snapshot.learningRate)
    Disc.draw(
      into: &canvas, area: plot.area, centerX: min(place.x, Double(plot.area.maxX) - 0.01),
      centerY: place.y, radius: 0.5, color: scene.theme.ball, grid: scene.theme.grid,
      glyphs: scene.glyphs)
  }

  /// Factors at even distances over the whole run; empty for rules that need to hear the loss.
  private static func factors(
    _ experiment: Experiment, total: Int, perEpoch: Int, count: Int
  ) -> [Double] {
    guard
      var clock = try? ScheduleClock(
        experiment.schedule, totalSteps: experiment.steps, stepsPerEpoch: perEpoch),
      !clock.hearsLoss
    else { return [] }
    return (0..<count).map { index in
      let step = PlotMath.int(
        Double(total) * Double(index) / Double(count - 1), in: 0...total)
      return clock.factor(step: step, epoch: step / perEpoch)
    }
  }
}
