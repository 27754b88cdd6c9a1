import Presets
import Testing
import Training

/// A preset text on its way: parsed as any file is, run step by step.
struct Walk {
  private(set) var run: Run

  /// The run that `yaml` (without its first line) describes.
  init(_ yaml: String) throws {
    let experiment = try PresetFile.parse("glissade: 1\n" + yaml, file: "test.yaml", name: "test")
    run = try Run(experiment)
  }

  /// The parameters at step 0 and after each of `steps` steps.
  mutating func trajectory(_ steps: Int) -> [[Double]] {
    var places = [run.parameters]
    for _ in 0..<steps {
      run.advance(1)
      places.append(run.parameters)
    }
    return places
  }

  /// Takes one step.
  mutating func step() { run.advance(1) }

  /// Goes to a step, not before the present one.
  mutating func go(to step: Int) { run.advance(step - run.step) }

  /// The parameters now.
  var parameters: [Double] { run.parameters }
  /// The training loss now.
  var loss: Double { run.snapshot().loss }
  /// The accuracy now.
  var accuracy: Double? { run.snapshot().accuracy }
}

/// YAML for a list of numbers, to the last bit.
func flow(_ numbers: [Double]) -> String {
  "[" + numbers.map { "\($0)" }.joined(separator: ", ") + "]"
}

/// YAML for rows of numbers.
func flow(_ rows: [[Double]]) -> String { "[" + rows.map(flow).joined(separator: ", ") + "]" }

/// YAML for whole numbers.
func flow(_ numbers: [Int]) -> String {
  "[" + numbers.map(String.init).joined(separator: ", ") + "]"
}

/// Expects that every number is within `tolerance` (absolute) of what the notes' program gave.
func expectClose(
  _ ours: [[Double]], _ theirs: [[Double]], within tolerance: Double, _ what: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(ours.count == theirs.count, "\(what): length", sourceLocation: sourceLocation)
  var worst = 0.0
  var place = 0
  for (index, (a, b)) in zip(ours, theirs).enumerated() {
    #expect(a.count == b.count, "\(what): width", sourceLocation: sourceLocation)
    for (x, y) in zip(a, b) where !(abs(x - y) <= worst) {
      worst = abs(x - y)
      place = index
    }
  }
  #expect(
    worst <= tolerance, "\(what): off by \(worst) at entry \(place)", sourceLocation: sourceLocation
  )
}

/// Expects that numbers are within `tolerance` (absolute).
func expectClose(
  _ ours: [Double], _ theirs: [Double], within tolerance: Double, _ what: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  expectClose(
    ours.map { [$0] }, theirs.map { [$0] }, within: tolerance, what, sourceLocation: sourceLocation
  )
}

/// Expects that a number is within `tolerance` times the greater of 1 and its size.
func expectScalar(
  _ ours: Double, _ theirs: Double, within tolerance: Double = 1e-12, _ what: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let error = abs(ours - theirs)
  #expect(
    error <= tolerance * max(1, abs(theirs)), "\(what): \(ours), not \(theirs)",
    sourceLocation: sourceLocation)
}
