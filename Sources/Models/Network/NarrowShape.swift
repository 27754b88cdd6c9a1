import Lanes

/// How a network is treated whose layers fit one vector: samples go through one or two at a time.
struct NarrowShape: Sendable {
  /// The plan of vectors that hold a layer at two samples; nil: they hold it at one.
  let pairs: PairPlan?
  /// The same plan, for steps: reading it counts no reference.
  let borrowedPairs: Unmanaged<PairPlan>?
  /// The most samples of a batch that is treated so; 0: samples always fill the vectors.
  let mostSamples: Int
  /// Whether samples go through two at a time.
  @inline(__always) var isPaired: Bool { borrowedPairs != nil }
  /// Lanes of scratch, and those for each lane of samples in a chunk.
  private let fixed: Int
  private let perLane: Int

  /// The same where layers leave much of the vectors empty: beyond, samples fill them better.
  private static let few = 32

  init(_ layers: [LayerKernel], parameterCount: Int) {
    let widest = layers.map { max($0.units, $0.inputs) }.max() ?? 0
    let fewest = layers.dropLast().map(\.units).min() ?? 0
    let serves = widest <= NarrowPass.widest && layers.count > 1
    if serves, widest <= PairPass.widest {
      let plan = PairPlan(layers, parameterCount: parameterCount)
      pairs = plan
      borrowedPairs = Unmanaged.passUnretained(plan)
      mostSamples = fewest == PairPass.widest ? .max : NarrowShape.few
      fixed = plan.slots
      perLane = PairPass.lanes(layers)
    } else {
      pairs = nil
      borrowedPairs = nil
      mostSamples = !serves ? 0 : fewest >= NarrowPass.widest - 1 ? .max : NarrowShape.few
      fixed = serves ? NarrowPass.fixed(layers) : 0
      perLane = serves ? NarrowPass.lanes(layers) : 0
    }
  }

  /// Lanes of scratch for chunks of up to `lanes` lanes.
  func scratch(lanes: Int) -> Int { fixed + perLane * lanes }
}
