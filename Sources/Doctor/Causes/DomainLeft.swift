import Lanes
import Models
import Training

extension Cause {
  /// A function of the formula was given an argument for which it is not defined.
  static let domainLeft = Cause(
    "domain_left", title: "Outside a function's domain",
    summary: "A step carried a logarithm, root, power or quotient outside its domain",
    criterion:
      "The loss or its gradient is not finite, the parameters are, and the first operation of the "
      + "formula "
      + "that gives no number (log, sqrt, asin, acos, acosh, atanh, a power, a division) had a "
      + "finite "
      + "argument outside its domain",
    certainty: .exact,
    words: "The step carried x below 0, where log is not defined.",
    remedy: "A smaller step, a nearer start, another way to write the parameter",
    question: .notFinite, proof: .orbit
  ) { run in
    guard let fault = FormulaFault(run), fault.kind == .domain else { return nil }
    let before = run.last
    let step = run.course.run(at: fault.step)
    var evidence: [Finding.Evidence] = [
      .init("argument", fault.argument, at: fault.step)
    ]
    if fault.step > before.step || fault.step > 0 {
      evidence += [
        .init("rate", step.learningRate, at: fault.step),
        .init("gradient_norm_before", before.gradientNorm, at: before.step),
      ]
    }
    for (name, value) in zip(run.objective.parameterNames, step.parameters).prefix(4) {
      evidence.append(.init(name, value, at: fault.step))
    }
    let rate = step.learningRate
    return Finding(
      "domain_left", since: fault.step, exact: true,
      words: fault.step == 0
        ? "The start lies where \(fault.function) is not defined: its argument is "
          + "\(fault.argument.short)."
        : "Step \(fault.step) carried the argument of \(fault.function) to "
          + "\(fault.argument.short), "
          + "where it is not defined.",
      evidence: evidence,
      remedies: fault.step == 0
        ? [.init("Start inside the domain", [:], afresh: true)]
        : [
          .init(
            "Shorter steps: learning rate \((rate / 2).setting)",
            ["learning_rate": (rate / 2).setting]),
          .init(
            "Shorter still: learning rate \((rate / 10).setting)",
            ["learning_rate": (rate / 10).setting]),
        ])
  }
}
