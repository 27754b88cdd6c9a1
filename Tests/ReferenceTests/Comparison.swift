import Models
import Presets
import Testing
import Training

/// Numbers of the product beside those of the reference.
struct Comparison {
  /// How many were compared.
  private(set) var count = 0
  /// The greatest |ours − theirs| / max(1, |theirs|).
  private(set) var deviation = 0.0

  mutating func add(_ ours: Double, _ theirs: Double) {
    count += 1
    let distance = abs(ours - theirs) / max(1, abs(theirs))
    if !(distance <= deviation) { deviation = distance.isNaN ? .infinity : distance }
  }

  mutating func add(
    _ ours: [Double], _ theirs: [Double], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(ours.count == theirs.count, "lengths", sourceLocation: sourceLocation)
    for (a, b) in zip(ours, theirs) { add(a, b) }
  }

  mutating func add(
    _ ours: [[Double]], _ theirs: [[Double]], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(ours.count == theirs.count, "lengths", sourceLocation: sourceLocation)
    for (a, b) in zip(ours, theirs) { add(a, b, sourceLocation: sourceLocation) }
  }
}

/// Presets as they come with the program, and changed as the command line changes them.
enum Preset {
  static let shelf = PresetShelf(folder: "/nonexistent")

  /// A preset with settings over it, written `key=value` as for `--set`.
  static func experiment(_ name: String, _ settings: String...) throws -> Experiment {
    try PresetKeys.apply(settings.map(PresetKeys.parse), to: shelf.load(name)).experiment
  }

  /// A variant of a preset, by a part of its name.
  static func variant(_ name: String, _ part: String) throws -> Experiment {
    let preset = try shelf.load(name)
    let variant = try #require(
      preset.variants.first { $0.name.contains(part) }, "\(name) has no variant \(part)")
    return try PresetKeys.apply(variant.settings, to: preset).experiment
  }

  /// A preset before its first step.
  static func run(_ name: String, _ settings: String...) throws -> Run {
    try Run(PresetKeys.apply(settings.map(PresetKeys.parse), to: shelf.load(name)))
  }
}

extension Run {
  /// The parameters now and after each of `steps` steps.
  mutating func way(_ steps: Int) -> [[Double]] {
    var places = [parameters]
    for _ in 0..<steps {
      advance(1)
      places.append(parameters)
    }
    return places
  }

  /// The loss now and after each of `steps` steps.
  mutating func losses(_ steps: Int) -> [Double] {
    var losses = [loss]
    for _ in 0..<steps {
      advance(1)
      losses.append(loss)
    }
    return losses
  }

  /// The dense network that is trained.
  func network() throws -> DenseNetwork { try #require(objective as? DenseNetwork) }

  /// What the network answers to inputs, one row an output; `inputs[i]` holds input i of every
  /// sample.
  func answers(_ inputs: [[Double]]) throws -> [[Double]] {
    try network().outputs(at: parameters, inputs: inputs)
  }
}
