import Lanes

/// Sums over all states of the first hidden layer, one state a lane.
///
/// State s has unit j switched on where bit j of s is set. What a unit of another layer is told by
/// all states is a row that doubles with each hidden unit: the states with it are those without it,
/// and its weight. The order of summation: a row of states is summed vector by vector, then across
/// lanes in `Reduction.sum`'s order.
extension BoltzmannMachine {
  /// Where things stand in scratch.
  struct Space {
    /// Vectors of a row of states.
    let width: Int
    /// Rows of states: log weights, then weights that sum to 1; what the top layer adds to log
    /// weights; weights of all patterns; and two to work in.
    let weights: UnsafeMutablePointer<Lanes>
    let topTotals: UnsafeMutablePointer<Lanes>
    let patternWeights: UnsafeMutablePointer<Lanes>
    let row: UnsafeMutablePointer<Lanes>
    let spare: UnsafeMutablePointer<Lanes>
    /// Means of the visible units, then of the top ones, given each state: a row each.
    let means: UnsafeMutablePointer<Lanes>
    /// Where patterns are gathered, and what they tell the hidden units: as many rows, twice.
    let gathered: UnsafeMutablePointer<Lanes>
    let fields: UnsafeMutablePointer<Lanes>
  }

  /// Vectors of a row of states; a few states fill one up.
  private var stateLanes: Int { max(1, (1 << hidden) / 8) }

  private var stateRows: Int { 5 + visible + top }

  func scratchLanes(lanes: Int) -> Int {
    stateRows * stateLanes + table.gatheredLanes(samples: 8 * lanes) + (2 * hidden + 1) * lanes
  }

  func space(_ scratch: UnsafeMutablePointer<Double>) -> Space {
    let first = Rows.lanes(scratch)
    let gathered = first + stateRows * stateLanes
    let most = min(max(train.count, 1), 8 * SampleChunk.most)
    return Space(
      width: stateLanes, weights: first, topTotals: first + stateLanes,
      patternWeights: first + 2 * stateLanes, row: first + 3 * stateLanes,
      spare: first + 4 * stateLanes, means: first + 5 * stateLanes, gathered: gathered,
      fields: gathered + table.gatheredLanes(samples: most))
  }

  /// `row[s] = start + Σ_j weights[j · step]` over the units j that are on in s, in rising order; 0
  /// behind the states.
  func fill(
    _ row: UnsafeMutablePointer<Lanes>, start: Double, _ weights: UnsafePointer<Double>, step: Int
  ) {
    row[0] = .zero
    let numbers = Rows.doubles(row)
    numbers[0] = start
    for j in 0..<hidden {
      let weight = weights[j &* step]
      let states = 1 << j
      if states < 8 {
        for s in 0..<states { numbers[states &+ s] = numbers[s] + weight }
      } else {
        let lanes = Lanes(repeating: weight)
        let vectors = states >> 3
        for k in 0..<vectors { row[vectors &+ k] = row[k] + lanes }
      }
    }
  }

  /// Log weights become weights that sum to 1; the logarithm of what they summed to.
  func normalize(_ row: UnsafeMutablePointer<Lanes>, width: Int) -> Double {
    if hidden < 3 {
      let numbers = Rows.doubles(row)
      for s in 1 << hidden..<8 { numbers[s] = -.infinity }
    }
    var top = row[0]
    for k in 1..<max(width, 1) { top = top.replacing(with: row[k], where: row[k] .> top) }
    var highest = top[0]
    for lane in 1..<8 where top[lane] > highest { highest = top[lane] }
    guard highest.isFinite else { return highest }
    let lanes = Lanes(repeating: highest)
    for k in 0..<width { row[k] -= lanes }
    Rows.exp(row, row, count: width)
    var sum = row[0]
    for k in 1..<max(width, 1) { sum += row[k] }
    let total = LaneFolding.sum(sum)
    let divisor = Lanes(repeating: total)
    for k in 0..<width { row[k] /= divisor }
    return highest + Elementary.log(total)
  }

  /// The logarithm of the sum of exp(−E) over all states; leaves the states' probabilities in
  /// `weights`, the other layers' means in `means`, and what the top layer adds in `topTotals`.
  func sumStates(at p: UnsafePointer<Double>, _ space: Space) -> Double {
    let width = space.width
    fill(space.weights, start: 0, p + bOffset, step: 1)
    for i in 0..<visible {
      fill(space.row, start: p[aOffset + i], p + i * hidden, step: 1)
      addLogistic(to: space.weights, mean: space.means + i * width, space)
    }
    if top > 0 {
      space.topTotals.update(repeating: .zero, count: width)
      for k in 0..<top {
        fill(space.row, start: p[dOffset + k], p + (uOffset + k), step: top)
        addLogistic(to: space.topTotals, mean: space.means + (visible + k) * width, space)
      }
      for k in 0..<width { space.weights[k] += space.topTotals[k] }
    }
    return normalize(space.weights, width: width)
  }

  /// Adds log(1 + e^z) of the row in hand, and puts σ(z) into `mean`.
  private func addLogistic(
    to totals: UnsafeMutablePointer<Lanes>, mean: UnsafeMutablePointer<Lanes>, _ space: Space
  ) {
    Rows.logistic(space.row, tail: space.spare, sigmoid: mean, count: space.width)
    for k in 0..<space.width {
      let z = space.row[k]
      let linear = z.replacing(with: .zero, where: z .< .zero)
      totals[k] += linear + space.spare[k]
    }
  }

  /// Sums of a row over the states in which each hidden unit is on, and over all; the row is used
  /// up.
  ///
  /// The upper half of the states has the last unit on; it is summed and added to the lower half,
  /// and so on.
  func halve(
    _ row: UnsafeMutablePointer<Lanes>, width: Int, _ body: (_ unit: Int, _ sum: Double) -> Void
  ) -> Double {
    var j = hidden &- 1
    while j >= 3 {
      let vectors = 1 << (j &- 3)
      var sum = Lanes.zero
      for k in 0..<vectors {
        let upper = row[vectors &+ k]
        sum += upper
        row[k] += upper
      }
      body(j, LaneFolding.sum(sum))
      j &-= 1
    }
    let eight = row[0]
    for j in 0..<min(hidden, 3) {
      var mask = Lanes.zero
      for lane in 0..<8 where lane >> j & 1 == 1 { mask[lane] = 1 }
      body(j, LaneFolding.sum(Lanes.zero.replacing(with: eight, where: mask .> .zero)))
    }
    return LaneFolding.sum(eight)
  }
}
