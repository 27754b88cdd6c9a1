import Differentiation
import Lanes
import Models
import Terminal
import Training

extension View {
  /// Automatic differentiation against finite differences.
  package static let gradientCheck = View(
    name: "gradient_check",
    summary: "Errors of finite differences over their step h, and of automatic differentiation",
    role: .extra, isLogarithmic: { _ in true }, suits: { TracedFormula.exists(in: $0) },
    title: { GradientCheckView.title($0) },
    readout: { GradientCheckView.readout($0) },
    draw: { GradientCheckView.draw($0, $1, &$2) })
}

private enum GradientCheckView {
  private struct Key: Hashable {
    var problem: ObjectiveID
    var parameters: [Double]
    var variable: Int
  }

  /// Four steps a decade, from 10⁻¹ down to 10⁻¹⁵.
  private static let steps = (4...60).map { PlotMath.pow(10, -Double($0) / 4) }

  /// The check of the variable that the selection counts to.
  private static func check(_ scene: Scene) -> GradientCheck? {
    guard let formula = TracedFormula.of(scene), !formula.variables.isEmpty else { return nil }
    let count = formula.variables.count
    let variable = (scene.state.selection % count + count) % count
    let point = scene.snapshot.parameters
    return scene.probes.value(
      "gradient_check",
      for: Key(problem: scene.snapshot.objectiveID, parameters: point, variable: variable)
    ) { GradientCheck(formula, at: point, variable: variable, steps: steps) }
  }

  /// What automatic differentiation errs by: the distance of its two modes, but at least the last
  /// bit of the derivative.
  private static func automaticError(_ check: GradientCheck) -> Double {
    let distance = max((check.forward - check.reverse).magnitude, check.reverseError)
    return max(distance, check.exact.ulp)
  }

  static func title(_ scene: Scene) -> String {
    check(scene).map { "gradient check: ∂f/∂" + $0.variable } ?? "gradient check"
  }

  static func readout(_ scene: Scene) -> [String] {
    guard let check = check(scene) else { return [] }
    var parts = ["∂f = " + NumberText.compact(check.reverse, digits: 4)]
    if let best = check.bestCentralStep {
      parts.append("best h " + NumberText.compact(best, digits: 2))
    }
    return parts
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    guard let check = check(scene) else {
      scene.note("the derivative of a formula is checked here", in: area, into: &canvas)
      return
    }
    let automatic = automaticError(check)
    let errors = check.rows.flatMap { [$0.forwardError, $0.centralError] }
      .filter { $0.isFinite && $0 > 0 }
    guard automatic.isFinite, automatic > 0, let least = errors.min(), let greatest = errors.max()
    else {
      scene.note("no finite differences to compare with here", in: area, into: &canvas)
      return
    }
    let low = min(least, automatic) / 4
    let axis = Axis(low, max(greatest, automatic) * 4, scale: .logarithmic)
    var plot = Plot(
      in: area, x: Axis(1e-15, 1e-1, scale: .logarithmic).named("h"), y: axis,
      layout: scene.layout())
    plot.drawAxes(into: &canvas)
    let theme = scene.theme
    let hs = check.rows.map(\.h)
    // A difference that is right to the last bit has no place on a logarithmic axis: it stands on
    // its floor.
    func seen(_ error: Double) -> Double { error.isFinite ? max(error, axis.lower) : .nan }
    plot.curve(
      hs, check.rows.map { seen($0.forwardError) }, color: theme.series(1),
      thickness: plot.thickness, priority: 1)
    plot.curve(
      hs, check.rows.map { seen($0.centralError) }, color: theme.series(0),
      thickness: plot.thickness, priority: 2)
    plot.line(
      1e-15, automatic, 1e-1, automatic, color: theme.good, thickness: plot.thickness, priority: 3)
    plot.raster.paint(into: &canvas)
    Legend([
      Legend.Entry(name: "forward", color: theme.series(1)),
      Legend.Entry(name: "central", color: theme.series(0)),
      Legend.Entry(name: "automatic", color: theme.good),
    ]).draw(in: plot, glyphs: scene.glyphs, text: theme.muted, into: &canvas)
  }
}
