import Lanes

/// Multiplies each entry of the change by a number of its own: a learning rate for each layer, as
/// PyTorch's parameter groups have it. Decoupled weight decay, which goes with the rate, is
/// multiplied too.
struct EntryRates: Sendable {
  private var factors: Vector

  /// Nil where all entries have the same rate.
  init?(_ parameters: ParameterShape) {
    guard !parameters.rates.isEmpty else { return nil }
    factors = Vector(parameters.rates)
  }

  func apply(_ change: UnsafeMutablePointer<Double>, paddedCount: Int) {
    let change = change.lanes
    for index in 0..<paddedCount / 8 { change[index] *= factors.lanes[index] }
  }

  /// The factor on each entry of the gradient, with a rule's own.
  func applied(to rates: Vector) -> Vector {
    var product = rates
    for index in product.lanes.indices { product.lanes[index] *= factors.lanes[index] }
    return product
  }

  /// Gives each entry the factor of the one at `places`.
  mutating func rearrange(_ places: [Int]) {
    let old = factors.values
    factors = Vector(places.map { old[$0] })
  }
}
