import Lanes
import Models
package import Training

/// A run followed from its beginning: what was measured on the way, and copies to go on from.
///
/// Everything is measured over all training samples. Short runs of small models are measured at
/// every step; where that would cost too much or fill the memory, the first steps are, and then
/// every k-th.
package final class Course {
  /// The run at one step.
  struct Observation {
    /// Steps done.
    var step: Int
    /// The training loss, penalties included.
    var loss: Double
    /// The Euclidean norm of its gradient.
    var gradientNorm: Double
    /// The test loss, where there are test samples.
    var testLoss: Double?
    /// The rate of the next step.
    var rate: Double
    /// The flat parameters.
    var parameters: [Double]
    /// Whether all of it is finite.
    var isFinite: Bool { loss.isFinite && gradientNorm.isFinite }
  }

  /// The most samples times parameters times observations that measuring may take.
  private static let budget = 600_000_000
  /// The most observations, and the most parameters that all of them keep.
  private static let most = 4096
  private static let mostNumbers = 6_000_000
  /// Copies that are kept.
  private static let copies = 32

  /// The experiment as it began.
  package let experiment: Experiment
  /// What was measured, in order of steps, from `begin` on.
  private(set) var observations: [Observation] = []
  /// The step from which the run has the parameters that it ends with: places before are of another
  /// model, and no measure of this one. 0 where no change put layers or features in or out.
  private(set) var begin = 0
  /// The run where it ended.
  let end: Run
  /// Steps that the run was given; fewer may have been done.
  let steps: Int
  private var checkpoints: [Run] = []

  /// Follows `experiment` for up to `steps` steps.
  ///
  /// - Throws: `RunError` when it cannot be run.
  package convenience init(_ experiment: Experiment, steps: Int) throws(RunError) {
    self.init(try Run(experiment), steps: steps)
  }

  /// Follows a run that has not begun.
  init(_ beginning: Run, steps: Int) {
    experiment = beginning.session
    self.steps = steps
    var run = beginning
    run.measuresSplits = false
    let size = max(run.objective.sampleCount + run.objective.testCount, 1)
    let parameters = max(run.objective.parameterCount, 1)
    let room = max(
      64,
      min(Course.most, Course.mostNumbers / parameters, Course.budget / (size * parameters)))
    let stride = max(1, (steps + room - 1) / room)
    let dense = stride == 1 ? steps : min(64, room / 2)
    let spacing = max(1, steps / Course.copies)
    var turns = Set(beginning.session.changes.map(\.step)).sorted()[...]
    run.settle()
    var meter = Meter(run.objective)
    var shape = Shape(run)
    observations.append(meter.observe(run))
    checkpoints.append(run)
    while run.step < steps {
      // No further than to the next change: what it does is seen from its own step on.
      turns = turns.drop { $0 <= run.step }
      let turn = turns.first ?? steps
      let ahead = run.step < dense ? 1 : min(stride, steps - run.step, turn - run.step)
      if run.step - (checkpoints.last?.step ?? 0) >= spacing { checkpoints.append(run) }
      let changes = run.changes.count
      let taken = run.advance(max(1, ahead))
      if run.step < steps { run.settle() }
      if run.changes.count != changes {
        meter = Meter(run.objective)
        if Shape(run) != shape {
          observations.removeAll()
          begin = run.step
          shape = Shape(run)
        }
      }
      if taken > 0 { observations.append(meter.observe(run)) }
      guard taken > 0, case .running = run.status else { break }
    }
    end = run
  }

  /// What a run's parameters are of.
  private struct Shape: Equatable {
    let layout: ParameterLayout
    let features: [String]

    init(_ run: Run) {
      layout = run.objective.layout
      if case .model(let model) = run.experiment.problem {
        features = model.features
      } else {
        features = []
      }
    }
  }

  /// The run at a step that it has done, or where it began to be the model that it ends as.
  func run(at step: Int) -> Run {
    let step = max(step, begin)
    if step >= end.step { return end }
    var run = checkpoints.last { $0.step <= step } ?? checkpoints[0]
    if run.step < step {
      run.advance(step - run.step)
      run.settle()
    }
    return run
  }

  /// The first step in `range` at which `holds`, looked for step by step; nil when it never does.
  func firstStep(in range: ClosedRange<Int>, where holds: (Run) -> Bool) -> Int? {
    var run = run(at: range.lowerBound)
    while true {
      if holds(run) { return run.step }
      guard run.step < range.upperBound, run.advance(1) > 0 else { return nil }
    }
  }
}

extension Run {
  /// Lets the changes that are due take effect, so that what is measured is what the next step goes
  /// by.
  mutating func settle() { if case .running = status { goOn() } }
}

/// Measures a run over all samples.
struct Meter {
  private let evaluator: Evaluator

  init(_ objective: any Objective) { evaluator = Evaluator(objective) }

  func observe(_ run: Run) -> Course.Observation {
    let parameters = run.parameters
    let objective = evaluator.objective
    let (loss, gradient) = evaluator.lossAndGradient(at: parameters)
    return Course.Observation(
      step: run.step, loss: loss, gradientNorm: VectorMath.norm(gradient),
      testLoss: objective.testCount > 0 ? objective.loss(at: parameters, split: .test) : nil,
      rate: run.learningRate, parameters: parameters)
  }
}
