import Lanes

/// A pass over layers so narrow that a vector holds a layer at one sample or two: what `PairPass`
/// and `NarrowPass` have in common.
protocol SamplePass {
  /// How many samples' units a vector holds.
  static var samplesPerVector: Int { get }

  /// The first layer, and the number of the last.
  var layers: UnsafePointer<LayerKernel> { get }
  var last: Int { get }
  var parameters: UnsafePointer<Double> { get }
  /// Samples in hand.
  var count: Int { get set }
  /// Vectors of their inputs.
  var inputs: UnsafePointer<Lanes> { get set }

  /// z and a of a hidden layer, a vector after the other.
  func z(_ layer: Int) -> UnsafeMutablePointer<Lanes>
  func a(_ layer: Int) -> UnsafeMutablePointer<Lanes>
  /// The output layer's z, a and gradients, and targets: rows of samples, as losses take them.
  var outputs: UnsafeMutablePointer<Lanes> { get }
  var answers: UnsafeMutablePointer<Lanes> { get }
  var outputGradients: UnsafeMutablePointer<Lanes> { get }
  var targets: UnsafeMutablePointer<Lanes> { get }

  /// Takes the samples of a table, one a vector, that are named.
  mutating func gather(_ rows: UnsafePointer<Lanes>, _ numbers: UnsafePointer<Int32>)
  /// Fills z and a of hidden layers and rows of the output layer's z and a.
  func forward()
  /// From gradients of the loss by the rows of the output layer, adds gradients by weights and
  /// biases up, or goes on doing so.
  func backward(goesOn: Bool)
}

extension SamplePass {
  /// Lanes of a row of samples.
  var lanes: Int { (count &+ 7) >> 3 }

  /// Rows of the output layer's activations.
  @inline(__always)
  var predictions: UnsafeMutablePointer<Lanes> {
    (layers + last).pointee.linear ? outputs : answers
  }

  /// The activations that a layer sees.
  @inline(__always)
  func below(_ layer: Int) -> UnsafePointer<Lanes> {
    layer == 0 ? inputs : UnsafePointer(activations(layer &- 1))
  }

  /// a of a hidden layer, which is z where the activation does nothing.
  @inline(__always)
  func activations(_ layer: Int) -> UnsafeMutablePointer<Lanes> {
    (layers + layer).pointee.linear ? z(layer) : a(layer)
  }

  /// Eight numbers of the parameters.
  @inline(__always)
  func load(_ first: Int) -> Lanes {
    UnsafeRawPointer(parameters + first).loadUnaligned(as: Lanes.self)
  }
}
