import Lanes

/// What the Schedule-Free rules share: a base point z that takes the steps, the average x of the
/// base points, and the point y = (1 − β) z + β x between them, where gradients are taken.
///
/// A run's parameters are y. Remembered is the lead d = z − y alone, so that an empty memory is a
/// start with x = y = z, and parameters that are moved take z and x along. With the step g and the
/// weight `c = wₜ / Σ w` of the newest base point in the average:
/// `y ← y + c d − η (1 − β (1 − c)) g`, `d ← (1 − c) (d − η β g)`, and `x = y − d (1 − β)/β`.
/// Weights are `wₜ = tʳ ηmax²`; in the warm-up the rate is `η t/T`.
///
/// Defazio, Yang, Mehta, Mishchenko, Khaled, Cutkosky (2024), "The road less scheduled", arXiv
/// 2405.15682.
struct ScheduleFree: Sendable {
  let beta: Double
  private let warmup: Double
  private let power: Double
  /// d = z − y.
  var lead: Vector
  /// Σ w, and the greatest rate so far, lane by lane where lanes are runs.
  private var weightSum = Lanes.zero
  private var greatestRate = Lanes.zero
  /// c of the last step in the first lane.
  private var share = 1.0

  /// An average with `beta` named so among the settings.
  init(_ settings: Settings, beta name: String, count: Int) {
    beta = settings[name]
    warmup = settings["warmup"]
    power = settings["weight_power"]
    lead = Vector(zeros: count)
  }

  /// The rates of a step and the share c of its base point in the average, lane by lane.
  mutating func begin(_ context: borrowing StepContext) -> (rate: Lanes, share: Lanes) {
    var rate = context.rateLanes
    let step = Double(context.step)
    if step < warmup { rate *= Lanes(repeating: step / warmup) }
    greatestRate = larger(rate, greatestRate)
    let growth = power == 0 ? 1 : Elementary.pow(step, power)
    let weight = greatestRate * greatestRate * Lanes(repeating: growth)
    weightSum += weight
    let share = Lanes.zero.replacing(with: weight / weightSum, where: weightSum .> .zero)
    self.share = share[0]
    return (rate, share)
  }

  /// What moves the entries of y and d, with the rates of a step.
  struct Move {
    private let ahead: Lanes
    private let share: Lanes
    private let kept: Lanes
    private let back: Lanes

    init(rate: Lanes, share: Lanes, beta: Double) {
      let one = Lanes(repeating: 1)
      self.share = share
      kept = one - share
      back = rate * Lanes(repeating: beta)
      ahead = rate - back * kept
    }

    /// The change of y by a step g, and the new d.
    @inline(__always) func callAsFunction(_ g: Lanes, _ lead: inout Lanes) -> Lanes {
      let change = ahead * g - share * lead
      lead = kept * (lead - back * g)
      return change
    }
  }

  /// Writes x, of y at `parameters`.
  func average(
    _ parameters: UnsafePointer<Double>, into average: UnsafeMutablePointer<Double>,
    paddedCount: Int
  ) {
    let (y, x) = (parameters.lanes, average.lanes)
    let back = Lanes(repeating: (1 - beta) / beta)
    for index in 0..<paddedCount / 8 { x[index] = y[index] - back * lead.lanes[index] }
  }

  /// With c as it is: the 2×2 matrix of z and x has the trace `1 + (1−c) − ηλ (1−β+cβ)` and the
  /// determinant `(1−c) (1 − ηλ (1−β))`.
  func linearStability(correction: Double? = nil) -> LinearStability {
    LinearStability(
      keep: 1 - share, traceSlope: 1 - beta + share * beta,
      determinantSlope: (1 - share) * (1 - beta), correction: correction)
  }

  /// Remembers the lead and the weights; those of all lanes where they differ.
  func write(to memory: inout Memory) {
    memory.append("z − y", lead)
    memory.append("share", share)
    let isOne = (0..<8).allSatisfy {
      weightSum[$0] == weightSum[0] && greatestRate[$0] == greatestRate[0]
    }
    for lane in 0..<(isOne ? 1 : 8) {
      memory.append("Σw \(lane + 1)", weightSum[lane])
      memory.append("ηmax \(lane + 1)", greatestRate[lane])
    }
  }

  /// Takes over what is remembered.
  mutating func read(from memory: Memory) {
    memory.read("z − y", into: &lead)
    memory.read("share", into: &share)
    for lane in 0..<8 {
      let name = memory.number("Σw \(lane + 1)") == nil ? 1 : lane + 1
      if let value = memory.number("Σw \(name)") { weightSum[lane] = value }
      if let value = memory.number("ηmax \(name)") { greatestRate[lane] = value }
    }
  }

  mutating func clear() {
    lead.clear()
    weightSum = .zero
    greatestRate = .zero
    share = 1
  }
}

extension Hyperparameter {
  /// β of a Schedule-Free rule.
  static func averaging(_ name: String, symbol: String) -> Hyperparameter {
    Hyperparameter(
      name, symbol: symbol, "How near to the average gradients are taken: y = (1 − β) z + β x",
      default: 0.9, in: 0.01...1)
  }
}

extension [Hyperparameter] {
  /// How the rate of a Schedule-Free rule begins, and how its average is weighted.
  static let averagingWeights = [
    Hyperparameter(
      "warmup", symbol: "T", "Steps in which the rate grows to η (0: none)", default: 0,
      in: 0...1e9, scale: .integer),
    Hyperparameter(
      "weight_power", symbol: "r",
      "The average weighs step t by tʳ times the greatest rate squared",
      default: 0, in: 0...10),
  ]
}
