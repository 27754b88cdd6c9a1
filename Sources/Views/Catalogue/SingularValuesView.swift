import Lanes
import Models
import Optimization
import Terminal
import Training

extension View {
  /// Singular values of a network's matrices over steps.
  package static let singularValues = View(
    name: "singular_values",
    summary:
      "Singular values of layers over steps, and of their product in linear nets; of each update",
    axes: Axes(canBeLogarithmic: true),
    role: .extra,
    holdsAllMoments: { _ in true },
    isLogarithmic: { $0.state.logarithmic ?? false },
    suits: { SingularTrace.suits($0) },
    title: SingularValuesView.title,
    readout: SingularValuesView.readout,
    draw: SingularValuesView.draw)
}

private enum SingularValuesView {
  /// What is drawn, as the selection chooses.
  private enum Subject: Equatable {
    case product
    case layer(Int)
    case update(Int)
  }

  private static func trace(_ scene: Scene) -> SingularTrace? {
    let snapshot = scene.snapshot
    let trace: SingularTrace?? = scene.probes.carried("singular values", for: TraceKey(snapshot)) {
      SingularTrace.upTo(snapshot, from: $0 ?? nil)
    }
    return trace ?? nil
  }

  /// Where the optimizer acts on matrices as wholes its steps come first.
  private static func subjects(_ scene: Scene, _ trace: SingularTrace) -> [Subject] {
    guard let last = trace.records.last else { return [] }
    let layers = last.layers.indices.filter { last.layers[$0].count > 1 }
    let optimizer = Optimizer.catalogue[scene.snapshot.experiment.optimizer.name]
    let updates = layers.map { Subject.update($0) }
    let weights = (last.product.isEmpty ? [] : [.product]) + layers.map { Subject.layer($0) }
    return optimizer?.needsMatrices == true ? updates + weights : weights + updates
  }

  private static func subject(_ scene: Scene, _ trace: SingularTrace) -> Subject? {
    let all = subjects(scene, trace)
    guard !all.isEmpty else { return nil }
    return all[Scene.wrapped(scene.state.selection, all.count)]
  }

  static func title(_ scene: Scene) -> String {
    guard let trace = trace(scene), let subject = subject(scene, trace) else {
      return "singular values"
    }
    switch subject {
    case .product: return "singular values: product"
    case .layer(let layer): return "singular values: W\(layer + 1)"
    case .update(let layer): return "singular values: W\(layer + 1)'s step"
    }
  }

  static func readout(_ scene: Scene) -> [String] {
    guard let trace = trace(scene), let last = trace.records.last,
      let subject = subject(scene, trace)
    else { return [] }
    func summary(_ values: [Double]) -> [String] {
      guard let first = values.first, let least = values.last else { return [] }
      return [
        "σ " + NumberText.compact(first, digits: 3) + "…" + NumberText.compact(least, digits: 3)
      ]
    }
    switch subject {
    case .product:
      let scale = trace.law?.targets.first ?? last.product.first ?? 0
      let rank = last.product.count { $0 > 0.05 * scale }
      return ["rank so far \(rank) of \(last.product.count)"] + summary(last.product)
    case .layer(let layer): return summary(last.layers[layer])
    case .update(let layer):
      guard trace.step.indices.contains(layer) else { return ["no step yet"] }
      return summary(trace.step[layer].change)
    }
  }

  static func draw(_ scene: Scene, _ area: Rect, _ canvas: inout Canvas) {
    guard !area.isEmpty else { return }
    guard let trace = trace(scene), let subject = subject(scene, trace) else {
      scene.note("runs of up to a million steps are done again here", in: area, into: &canvas)
      return
    }
    switch subject {
    case .product: drawOverSteps(scene, trace, area, into: &canvas) { $0.product }
    case .layer(let layer): drawOverSteps(scene, trace, area, into: &canvas) { $0.layers[layer] }
    case .update(let layer): drawStep(scene, trace, layer, area, into: &canvas)
    }
  }

  private static func drawOverSteps(
    _ scene: Scene, _ trace: SingularTrace, _ area: Rect, into canvas: inout Canvas,
    _ values: (SingularTrace.Record) -> [Double]
  ) {
    let records = trace.records
    let isProduct = records.last.map { values($0) == $0.product && !$0.product.isEmpty } ?? false
    let steps = records.map { Double($0.step) }
    var picture = CurvePlot()
    picture.isLogarithmicY = scene.state.logarithmic ?? false
    let count = records.map { values($0).count }.max() ?? 0
    for k in 0..<count {
      // The strongest ones have colours of their own, the others one in common.
      let color = k < 5 ? scene.theme.series(k) : scene.faint(scene.theme.series(5), 0.4)
      picture.curves.append(
        .init(
          name: k < 5 ? "σ\(k + 1)" : k == 5 ? "others" : "", xs: steps,
          ys: records.map { values($0).indices.contains(k) ? values($0)[k] : .nan }, color: color,
          isChief: k < 5))
    }
    if isProduct, let law = trace.law {
      for k in law.targets.indices {
        picture.curves.append(
          .init(
            name: k == 0 ? (law.isAligned ? "Saxe's curves" : "Saxe's curves, an estimate") : "",
            xs: steps,
            ys: records.map { $0.predicted.indices.contains(k) ? $0.predicted[k] : .nan },
            color: scene.theme.text, isDotted: true))
      }
      if area.width >= 100, let halves = law.halfTimes(rate: scene.snapshot.learningRate) {
        picture.words =
          "half-way at "
          + halves.prefix(4).map { NumberText.count(Int(min($0, 1e12).rounded())) }
          .joined(separator: ", ")
      }
    }
    picture.draw(scene, area, into: &canvas)
  }

  /// The gradient's singular values and the step's beside them, each relative to its greatest.
  private static func drawStep(
    _ scene: Scene, _ trace: SingularTrace, _ layer: Int, _ area: Rect, into canvas: inout Canvas
  ) {
    guard trace.step.indices.contains(layer) else {
      scene.note("no step has been taken yet", in: area, into: &canvas)
      return
    }
    let step = trace.step[layer]
    func relative(_ values: [Double]) -> [Double] {
      let most = values.first ?? 0
      return values.map { most > 0 ? $0 / most : 0 }
    }
    let (gradient, change) = (relative(step.gradient), relative(step.change))
    var picture = CurvePlot()
    picture.isLogarithmicY = scene.state.logarithmic ?? false
    picture.yRange = picture.isLogarithmicY ? 1e-6...1.2 : 0...1.05
    let xs = change.indices.map { Double($0 + 1) }
    picture.xName = "singular value"
    picture.curves = [
      .init(
        name: "gradient", xs: xs, ys: gradient, color: scene.theme.series(1), isChief: false),
      .init(name: "step", xs: xs, ys: change, color: scene.theme.series(0)),
    ]
    let level = change.count { $0 > 0.5 }
    picture.words = "each by its greatest; \(level) of \(change.count) of the step above ½"
    picture.draw(scene, area, into: &canvas)
  }
}
