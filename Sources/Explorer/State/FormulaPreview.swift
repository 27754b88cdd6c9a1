import Differentiation
import Lanes
import Models
import Training

/// A formula being typed, as the run that Enter would begin: its first snapshot is drawn before
/// anybody decides.
struct FormulaPreview: Sendable {
  /// The run that Enter loads.
  let preset: Preset
  /// That run before its first step.
  let snapshot: Snapshot
  /// The picture that shows it.
  let view: String
  /// The formula's variables, in the order of the parameters.
  let variables: [String]

  /// Reads a formula and makes the run of it, with the optimizer, rate and pace in force.
  init(_ text: String, in explorer: Explorer) throws(FormulaError) {
    let shown = explorer.formulaProblem
    let kept = text.trimmingSpaces()
    var problem = FunctionProblem(formula: kept)
    problem.constants = shown?.constants ?? [:]
    let formula = try Formula(text, constants: problem.constants)
    let count = formula.variables.count
    guard (1...FormulaObjective.variableLimit).contains(count) else {
      throw FormulaError(
        count == 0 ? "nothing varies here" : "\(count) variables are too many",
        at: 0..<text.unicodeScalars.count,
        expected: count == 0
          ? "a variable, as x" : "at most \(FormulaObjective.variableLimit) variables")
    }
    if let shown {
      problem.xRange = shown.xRange
      // For one variable the second range is the height of the picture, which belongs to the old
      // curve.
      if count > 1 { problem.yRange = shown.yRange }
    }
    let objective = FormulaObjective(formula, x: problem.xRange, y: problem.yRange)
    let window = FormulaWindow.showingValley(of: formula, from: problem.xRange)
    // A wider window does not move the start, which lies where it would without.
    let proposal = window == problem.xRange ? nil : objective.suggestedStart
    problem.xRange = window
    var preset = Preset(name: "formula", problem: .function(problem))
    preset.title = kept
    preset.summary = "Descends on a formula typed in the explorer."
    // What suits a function before suits this one; a network's rate does not.
    if case .function = explorer.snapshot.experiment.problem {
      preset.optimizer = explorer.optimizer
      preset.learningRate = .value(explorer.learningRate)
      preset.schedule = explorer.schedule
    }
    preset.pace = explorer.pace
    preset.start.parameters = FormulaPreview.start(of: objective) ?? proposal
    do {
      snapshot = try InlineTrainer(preset.experiment, isPaused: true).latest
    } catch {
      throw FormulaError(error.description, at: 0..<text.unicodeScalars.count)
    }
    self.preset = preset
    view = count == 1 ? "function" : count == 2 ? "contour" : "parameters"
    variables = formula.variables
  }

  /// Nil where the objective's own proposal has a value and derivatives; else the first of some
  /// usual places that has.
  private static func start(of objective: FormulaObjective) -> [Double]? {
    let evaluator = Evaluator(objective)
    func isSound(_ point: [Double]) -> Bool {
      let (value, derivatives) = evaluator.lossAndGradient(at: point)
      return value.isFinite && derivatives.allSatisfy(\.isFinite)
    }
    guard !isSound(objective.suggestedStart) else { return nil }
    return [0.5, 1, -0.5, 2, 0.1].map { [Double](repeating: $0, count: objective.parameterCount) }
      .first(where: isSound)
  }
}

extension Explorer {
  /// The problem that runs, where it is a formula.
  var formulaProblem: FunctionProblem? {
    guard case .function(let problem) = snapshot.experiment.problem, problem.landscape == nil,
      !problem.formula.isEmpty
    else { return nil }
    return problem
  }

  /// Opens the line in which a formula is typed.
  mutating func askForFormula() -> [Effect] {
    open(FormulaLine(showing: formulaProblem?.formula ?? "", history: formulas))
  }

  /// Begins to descend on a formula that was typed, and remembers it; the one that ran until now
  /// can be called back too.
  mutating func descend(on preset: Preset) -> [Effect] {
    if let formula = formulaProblem?.formula { remember(formula) }
    if case .function(let problem) = preset.problem { remember(problem.formula) }
    return load(preset)
  }

  private mutating func remember(_ formula: String) {
    formulas.removeAll { $0 == formula }
    formulas.append(formula)
    if formulas.count > FormulaLine.historyLimit { formulas.removeFirst() }
  }

  /// What an open line would begin, where it shows something.
  var preview: FormulaPreview? {
    overlays.lazy.compactMap(\.preview).last
  }

  /// The pane in which a preview is drawn: its view's own, or the first.
  func slot(of preview: FormulaPreview, in layout: Layout) -> Layout.Slot? {
    guard vocabulary.views[preview.view] != nil else { return nil }
    return layout.slots.first { $0.name == preview.view } ?? layout.slots.first
  }
}
