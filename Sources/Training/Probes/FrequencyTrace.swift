import Lanes
package import Models
import Optimization

/// How fast each frequency of a target is learnt: the error at each over the steps of a run that is
/// done again beside the one that is watched, with what the tangent kernel at the start predicts.
///
/// The error at frequency f (waves in the interval of the x, the last one's neighbour
/// included: `sin πfx` on −1…1) is the amplitude of the residual there over that of the target:
/// `hypot((2/n) Σ r sin πfx, (2/n) Σ r cos πfx)`. Rahaman et al. (2018), arXiv 1806.08734.
package struct FrequencyTrace: Sendable {
  /// The errors after a step.
  package struct Record: Sendable, Equatable {
    /// Steps done.
    package var step: Int
    /// The error at each frequency.
    package var errors: [Double]
    /// What the linearised network would have; empty where nothing is predicted.
    package var predicted: [Double]
  }

  /// The frequencies that are followed: those of the target with the largest amplitudes, rising.
  package let frequencies: [Int]
  /// Their amplitudes in the target.
  package let amplitudes: [Double]
  /// What was found, in the order of steps, the last at the snapshot's step.
  package private(set) var records: [Record] = []
  /// The first step looked at with an error below ½, for each frequency.
  package private(set) var firstBelowHalf: [Int?]

  private let waves: Waves
  private var kernel: TangentKernel?
  private var replay: ReplayedRun
  private var endsOffGrid = false

  /// The most frequencies that are followed.
  static let most = 4

  /// Whether a snapshot has a target whose frequencies can be followed: one input and one value.
  package static func suits(_ snapshot: Snapshot) -> Bool {
    guard let network = snapshot.objective.kind.mapping else { return false }
    return network.inputCount == 1 && network.outputCount == 1 && network.classCount == nil
      && network.sampleCount >= 8 && network.link == .identity
  }

  private init?(_ snapshot: Snapshot) {
    guard FrequencyTrace.suits(snapshot), let replay = ReplayedRun(snapshot),
      let network = replay.run.objective.kind.mapping, let waves = Waves(network.trainSamples)
    else { return nil }
    self.replay = replay
    self.waves = waves
    let all = waves.all.indices.map { waves.amplitude(waves.targets, $0) }
    let greatest = all.max() ?? 0
    let chosen = all.indices.filter { all[$0] > 0.05 * greatest }
      .sorted { all[$0] > all[$1] }.prefix(FrequencyTrace.most).sorted()
    guard greatest > 0, !chosen.isEmpty else { return nil }
    frequencies = chosen.map { $0 + 1 }
    amplitudes = chosen.map { all[$0] }
    firstBelowHalf = chosen.map { _ in nil }
    if replay.run.step == 0 {
      kernel = TangentKernel(network, at: replay.run.parameters)
    }
  }

  /// The trace up to a snapshot: `earlier` carried on where it leads there, else a new one.
  package static func upTo(_ snapshot: Snapshot, from earlier: FrequencyTrace?) -> FrequencyTrace? {
    guard snapshot.parameters.count == snapshot.objective.parameterCount else { return nil }
    var trace =
      earlier.flatMap { $0.replay.precedes(snapshot) ? $0 : nil } ?? FrequencyTrace(snapshot)
    trace?.advance(to: snapshot)
    return trace
  }

  private mutating func advance(to snapshot: Snapshot) {
    if records.isEmpty { record() }
    guard replay.run.step < snapshot.step else { return }
    if endsOffGrid { records.removeLast() }
    while true {
      let rate = replay.run.learningRate
      guard replay.step(towards: snapshot) else { break }
      let run = replay.run
      // The prediction is one of plain descent on all samples.
      if kernel != nil {
        if replay.isPlainDescentFromStart {
          kernel?.descend(rate: rate)
        } else {
          kernel = nil
        }
      }
      if LogarithmicGrid.holds(run.step, perOctave: 64) { record() }
    }
    if records.last?.step != replay.run.step { record() }
    endsOffGrid = !LogarithmicGrid.holds(replay.run.step, perOctave: 64)
  }

  private mutating func record() {
    guard let network = replay.run.objective.kind.mapping else { return }
    let outputs = network.outputs(
      at: replay.run.modelParameters, inputs: [waves.xs])[0]
    func errors(_ residual: [Double]) -> [Double] {
      zip(frequencies, amplitudes).map { waves.amplitude(residual, $0 - 1) / $1 }
    }
    let found = errors(zip(outputs, waves.targets).map { $0 - $1 })
    for (k, error) in found.enumerated() where error < 0.5 && firstBelowHalf[k] == nil {
      firstBelowHalf[k] = replay.run.step
    }
    records.append(
      Record(
        step: replay.run.step, errors: found,
        predicted: kernel.map { errors($0.residual) } ?? []))
  }

  /// Sines and cosines of the samples' places.
  private struct Waves: Sendable {
    let xs: [Double]
    let targets: [Double]
    /// For each frequency from 1, the sine and cosine at every sample.
    let all: [(sine: [Double], cosine: [Double])]

    init?(_ samples: Samples) {
      xs = samples.inputs
      targets = samples.targets
      let n = xs.count
      guard n >= 8, let low = xs.min(), let high = xs.max(), high > low else { return nil }
      // One place more than the span: the last sample's neighbour is the first's.
      let period = (high - low) * Double(n) / Double(n - 1)
      let middle = low + period / 2
      let places = xs.map { 2 * .pi * ($0 - middle) / period }
      all = (1...max(1, min(n / 2 - 1, 32))).map { f in
        (
          places.map { Elementary.sin(Double(f) * $0) },
          places.map { Elementary.cos(Double(f) * $0) }
        )
      }
    }

    /// The amplitude of values at a frequency, counted from 0.
    func amplitude(_ values: [Double], _ frequency: Int) -> Double {
      let (sine, cosine) = all[frequency]
      var (s, c) = (0.0, 0.0)
      for i in values.indices {
        s += values[i] * sine[i]
        c += values[i] * cosine[i]
      }
      return 2 / Double(values.count) * (s * s + c * c).squareRoot()
    }
  }
}
