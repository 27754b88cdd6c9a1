package import Lanes

/// A plain function of a few variables to be moved downhill, by landscape or by formula.
package protocol FunctionObjective: Objective {
  /// Moves `count` lanes of points, which stand as in `evaluate` without gaps, down by `steps`
  /// steps of x ← x − rate·derivative, product and difference rounded one by one; `rates` stand as
  /// points do. The bits are those of steps taken one at a time.
  typealias Descent =
    @Sendable (
      _ points: UnsafeMutablePointer<Lanes>, _ count: Int, _ rates: UnsafePointer<Lanes>,
      _ steps: Int
    ) -> Void

  /// The formula, for people.
  var formula: String { get }
  /// Names of the variables, in the order of the parameters.
  var variableNames: [String] { get }
  /// The part of the first axis that is drawn.
  var xRange: ClosedRange<Double> { get }
  /// The part of the second axis that is drawn.
  var yRange: ClosedRange<Double> { get }
  /// Known minima, for marks on plots; may be empty.
  var knownMinima: [[Double]] { get }
  /// An instructive start, one number a variable.
  var suggestedStart: [Double] { get }

  /// The value at each point; `points[v]` holds the coordinates of variable v, all of the same
  /// length.
  func values(at points: [[Double]]) -> [Double]

  /// Values and derivatives at `count` lanes of points, for maps of many runs.
  ///
  /// Coordinates, and derivatives likewise, stand variable by variable: that of variable v in lane
  /// block i is at `v * stride + i`. `value` is nil when only derivatives are wanted.
  func evaluate(
    points: UnsafePointer<Lanes>, stride: Int, count: Int, value: UnsafeMutablePointer<Lanes>?,
    derivatives: UnsafeMutablePointer<Lanes>)

  /// Steps of plain descent in a loop of its own, where there is one that is faster than steps
  /// taken one at a time. Such a function's value is finite wherever its derivative is.
  var descent: Descent? { get }
}

extension FunctionObjective {
  package var descent: Descent? { nil }
  package var layout: ParameterLayout { ParameterLayout(variables: variableNames) }
  package var kind: ObjectiveKind { .function(self) }
  package func usualStart(seed: UInt64) -> [Double] { suggestedStart }
  package var parameterCount: Int { variableNames.count }
  package var sampleCount: Int { 0 }
  package var testCount: Int { 0 }
  package func accuracy(
    at parameters: UnsafePointer<Double>, split: Split, scratch: UnsafeMutablePointer<Double>
  ) -> Double? { nil }

  package func values(at points: [[Double]]) -> [Double] {
    precondition(points.count == parameterCount, "\(points.count) of \(parameterCount) coordinates")
    let count = points.first?.count ?? 0
    precondition(points.allSatisfy { $0.count == count }, "rows of coordinates differ in length")
    let blocks = (count + 7) / 8
    var at = Vector(zeros: blocks * 8 * points.count)
    for (v, row) in points.enumerated() {
      at.withUnsafeMutablePointer { pointer in
        for (i, x) in row.enumerated() { pointer[v * blocks * 8 + i] = x }
      }
    }
    var derivatives = Vector(zeros: blocks * 8 * points.count)
    var values = Vector(zeros: count)
    at.withUnsafePointer { at in
      derivatives.withUnsafeMutablePointer { derivatives in
        values.withUnsafeMutablePointer { values in
          evaluate(
            points: Rows.lanes(at), stride: blocks, count: blocks, value: Rows.lanes(values),
            derivatives: Rows.lanes(derivatives))
        }
      }
    }
    return values.values
  }
}
