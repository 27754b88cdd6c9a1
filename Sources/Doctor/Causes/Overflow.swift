import Lanes
import Models
import Training

extension Cause {
  /// A formula made a number that is too large to be written.
  static let overflow = Cause(
    "overflow", title: "A number too large",
    summary: "A value grew beyond 1.8e308 although the parameters are of ordinary size",
    criterion:
      "The loss is infinite, or NaN of ∞ − ∞; the parameters are below 1e6, or those of the start; "
      + "the first operation "
      + "that gives no "
      + "finite number is exp of more than 709.78, or a power or product that large",
    certainty: .exact,
    words: "exp(800) does not fit into a number.",
    remedy: "Write the formula so that large numbers cancel, clip, or start nearer",
    question: .notFinite, proof: .size
  ) { run in
    guard let fault = FormulaFault(run), fault.kind == .overflow else { return nil }
    let step = run.course.run(at: fault.step)
    guard fault.step == 0 || step.parameters.allSatisfy({ abs($0) < 1e6 }) else { return nil }
    let rate = step.learningRate
    var remedies: [Finding.Remedy] = []
    if fault.step > 0 {
      remedies = [
        .init(
          "Shorter steps: learning rate \((rate / 10).setting)",
          ["learning_rate": (rate / 10).setting]),
        .init("Clip the gradient's norm at 1", ["clip_norm": "1"]),
      ]
    }
    remedies.append(
      .init("Start nearer, or write the formula so that large numbers cancel", [:], afresh: true))
    return Finding(
      "overflow", since: fault.step, exact: true,
      words:
        "\(fault.function)(\(fault.argument.short)) does not fit into a number: the greatest is "
        + "1.8e308.",
      evidence: [
        .init("argument", fault.argument, at: fault.step), .init("rate", rate, at: fault.step),
      ]
        + zip(run.objective.parameterNames, step.parameters).prefix(4).map {
          .init($0, $1, at: fault.step)
        },
      remedies: remedies)
  }
}
