package import Models
package import Optimization

/// An immutable picture of a run at one step: all that views and headless output may know.
package struct Snapshot: Sendable {
  /// The course that the run is on; another one after a restart or a load.
  package var run = RunID()
  /// The experiment with the settings in force now (rate, optimizer, … after commands).
  @Boxed package var experiment: Experiment
  /// The experiment as it began; with `changes` it replays the run. Nil in pictures that no run
  /// made.
  @Boxed package var original: Experiment? = nil
  /// What is minimised, ready to be evaluated by probes.
  package var objective: any Objective {
    didSet { objectiveID = ObjectiveID() }
  }
  /// Tells `objective` from every other.
  package private(set) var objectiveID = ObjectiveID()
  /// Steps done.
  package var step: Int
  /// Epochs done (whole passes; equals `step` for full batches).
  package var epoch: Int
  /// The flat parameters.
  package var parameters: [Double]
  /// Where gradients are taken, for optimizers whose model is an average of such points; nil: at
  /// `parameters`.
  package var gradientPoint: [Double]? = nil
  /// The training loss at `parameters` over all training samples.
  package var loss: Double
  /// The test loss, where there are test samples.
  package var testLoss: Double?
  /// Training accuracy, for classifiers.
  package var accuracy: Double?
  /// Test accuracy, for classifiers with test samples.
  package var testAccuracy: Double?
  /// The gradient of the last step (batch); empty before the first.
  package var gradient: [Double]
  /// The rate in force: base rate times schedule.
  package var learningRate: Double
  /// The base rate.
  package var baseRate: Double
  /// Optimizer memory by name (`velocity`, `m`, `v`), each as long as `parameters`.
  package var optimizerState: [NamedVector]
  /// What a step makes of a small error near a minimum, with the memory that the optimizer has now;
  /// nil where it is not linear there, or has met no gradient yet.
  package var stability: LinearStability? = nil
  /// Sample numbers of the last batch; empty for full batches.
  package var lastBatch: [Int]
  /// Loss over the whole history, in bounded memory.
  package var history: History
  /// Where the parameters have been, in bounded memory (problems of at most 3 parameters; else
  /// empty).
  package var trajectory: Trajectory
  /// Changes that took effect, by step.
  package var changes: [DatedCommand]
  /// Dated changes of the experiment that did not fit when they were due.
  package var omissions: [Omission] = []
  /// The last step that the course has reached, where this is a moment before it; nil: this is the
  /// newest.
  package var newestStep: Int?
  /// Other ways that the run has taken, for comparison; the course's own future where this is a
  /// moment of the past.
  package var ghosts: [Ghost] = []
  /// The branches of the session, and what can be taken back.
  @Boxed package var session = SessionSummary()
  /// The branches as they stand, to be written.
  package var branches: [KeptBranch] = []
  /// What the person did in the session and can take back, to be written.
  package var actions = SavedActions()
  /// Moments of the run's course that can be come back to; nil: none were kept.
  @Boxed package var timeline: Timeline? = nil
  /// How the run stands.
  package var status: Status
  /// The newest request that the learner has taken in; 0 before the first.
  package var acknowledged: Request.Ticket = 0
  /// Requests that could not take effect, oldest first: the last ones, with tickets up to
  /// `acknowledged`.
  package var refusals: [Refusal] = []
  /// When the condition that is watched for held first; nil: it has not, or none is.
  package var sighting: Sighting? = nil
  /// The race that the run leads; nil: it is alone.
  @Boxed package var race: RaceStanding? = nil
  /// Other runs that are looked at beside this one; whoever shows them puts them here.
  @Boxed package var many = ManyRuns()
  /// Measured steps per second (0 when paused or unknown).
  package var stepsPerSecond: Double
  /// Steps that were asked for at once and are still to be taken, before the learner waits.
  package var owedSteps = 0
  /// Counts up with every snapshot of a trainer, so that caches can tell them apart.
  package var generation: UInt64

  /// How a run stands.
  package enum Status: Equatable, Sendable, Codable {
    /// It can go on.
    case running
    /// It waits.
    case paused
    /// Its stop rule was met, or it did all the steps it was asked for.
    case finished
    /// A parameter or the loss stopped being finite: the step, and the first such parameter (nil:
    /// the loss).
    case diverged(step: Int, parameter: String?)
  }

  /// The factor that each entry of the (smoothed) gradient gets, where the optimizer has one for
  /// each.
  package var effectiveRates: [Double]? {
    optimizerState.first { $0.name == MemoryQuantity.effectiveRate.name }?.values
  }

  /// A named vector of optimizer memory.
  package struct NamedVector: Equatable, Sendable {
    /// The name (`velocity`).
    package var name: String
    /// One value a parameter.
    package var values: [Double]
    /// A named vector.
    package init(name: String, values: [Double]) {
      self.name = name
      self.values = values
    }
  }
}

extension Snapshot {
  /// Whether the request of that ticket could not take effect.
  package func refused(_ ticket: Request.Ticket) -> Bool {
    refusals.contains { $0.ticket == ticket }
  }
}
