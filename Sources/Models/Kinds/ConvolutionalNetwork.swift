import Lanes

/// A small convolutional classifier: kernels → ReLU → max-pooling → dense → softmax.
///
/// Flat parameters: kernels one after another row by row, one bias a kernel, then the dense layer's
/// weights (classes × features, features map by map) and biases. LeCun et al., "Gradient-based
/// learning applied to document recognition", Proc. IEEE 86 (1998).
package struct ConvolutionalNetwork: SampleObjective {
  /// The geometry that all kernels share.
  package let convolution: Convolution
  /// How many kernels.
  package let kernels: Int
  /// Rows and columns of a pooling window, which is also its stride; 1 is no pooling.
  package let pool: Int
  /// How many classes.
  package let classes: Int
  package let train: Samples
  package let test: Samples
  package let tables: SampleTables

  /// A network for images of `convolution`'s size; targets are class numbers.
  package init(
    convolution: Convolution, kernels: Int, pool: Int, classes: Int, train: Samples, test: Samples
  ) {
    precondition(kernels > 0 && pool > 0 && classes > 1)
    precondition(train.inputCount == convolution.height * convolution.width)
    self.convolution = convolution
    self.kernels = kernels
    self.pool = pool
    self.classes = classes
    self.train = train
    self.test = test
    tables = SampleTables(train: train, test: test)
  }

  /// Rows of a pooled map.
  package var pooledHeight: Int { max(1, convolution.outputHeight / pool) }
  /// Columns of a pooled map.
  package var pooledWidth: Int { max(1, convolution.outputWidth / pool) }
  /// Features that the dense layer sees.
  package var featureCount: Int { kernels * pooledHeight * pooledWidth }
  /// Where the dense layer's weights begin in the flat parameters.
  package var denseOffset: Int { kernels * convolution.sharedWeights + kernels }
  package var parameterCount: Int { denseOffset + classes * featureCount + classes }

  package var layout: ParameterLayout {
    let side = convolution.kernel
    return ParameterLayout([
      .block("k", [kernels, side, side], role: .weights, layer: 0, naming: .numbered),
      .block("b", [kernels], role: .biases, layer: 0, naming: .numbered),
      .block("w", [classes, featureCount], role: .weights, layer: 1),
      .block("c", [classes], role: .biases, layer: 1),
    ])
  }

  package var kind: ObjectiveKind { .convolutional(self) }

  package var hasClasses: Bool { true }

  /// What happens to one image on its way through the network.
  package struct Trace: Sendable, Equatable {
    /// Feature maps after the ReLU, kernel by kernel.
    package var maps: [[Double]]
    /// Pooled maps, kernel by kernel.
    package var pooled: [[Double]]
    /// Probability of each class.
    package var probabilities: [Double]
  }

  /// Follows one image through the network.
  package func trace(_ image: [Double], at parameters: [Double]) -> Trace {
    precondition(image.count == train.inputCount && parameters.count == parameterCount)
    let columns = image.map { Lanes(repeating: $0) } + [.zero]
    var scratch = [Lanes](repeating: .zero, count: chunkScratch(lanes: 1))
    return scratch.withUnsafeMutableBufferPointer { scratch in
      columns.withUnsafeBufferPointer { columns in
        parameters.withUnsafeBufferPointer { parameters in
          guard let s = scratch.baseAddress, let x = columns.baseAddress,
            let p = parameters.baseAddress
          else { return Trace(maps: [], pooled: [], probabilities: []) }
          let space = Space(self, lanes: 1, s)
          let chunk = SampleChunk(
            inputs: x, inputStride: 1, targets: x + image.count, targetStride: 1, count: 1)
          forward(chunk, at: p, space)
          _ = ClassScores.softmax(space.logits, classes: classes, chunk, spare: space.spare)
          space.logits[0] += 1
          func numbers(_ row: UnsafeMutablePointer<Lanes>, _ count: Int) -> [Double] {
            (0..<count).map { row[$0][0] }
          }
          let area = convolution.outputCount
          let small = pooledHeight * pooledWidth
          return Trace(
            maps: (0..<kernels).map { numbers(space.maps + $0 * area, area) },
            pooled: (0..<kernels).map { numbers(space.features + $0 * small, small) },
            probabilities: numbers(space.logits, classes))
        }
      }
    }
  }
}
