import Lanes

/// A small convolutional classifier: kernels → ReLU → max-pooling → dense → softmax.
///
/// Flat parameters: kernels one after another row by row, one bias a kernel, then the dense layer's weights
/// (classes × features, features map by map) and biases. LeCun et al., "Gradient-based learning applied to document
/// recognition", Proc. IEEE 86 (1998).
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

  package var sampleScratch: Int {
    2 * kernels * convolution.outputCount + 3 * featureCount + classes
  }

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
    var scratch = [Double](repeating: 0, count: sampleScratch)
    return scratch.withUnsafeMutableBufferPointer { scratch in
      image.withUnsafeBufferPointer { image in
        parameters.withUnsafeBufferPointer { parameters in
          guard let s = scratch.baseAddress, let x = image.baseAddress,
            let p = parameters.baseAddress
          else { return Trace(maps: [], pooled: [], probabilities: []) }
          let parts = forward(input: x, at: p, scratch: s)
          _ = softmaxCrossEntropy(logits: parts.logits, count: classes, target: 0)
          parts.logits[0] += 1
          let area = convolution.outputCount
          let small = pooledHeight * pooledWidth
          return Trace(
            maps: (0..<kernels).map { m in
              Array(UnsafeBufferPointer(start: parts.maps + m * area, count: area))
            },
            pooled: (0..<kernels).map { m in
              Array(UnsafeBufferPointer(start: parts.features + m * small, count: small))
            },
            probabilities: Array(UnsafeBufferPointer(start: parts.logits, count: classes)))
        }
      }
    }
  }

  private struct Parts {
    var maps: UnsafeMutablePointer<Double>
    var mapGradients: UnsafeMutablePointer<Double>
    var features: UnsafeMutablePointer<Double>
    var winners: UnsafeMutablePointer<Double>
    var featureGradients: UnsafeMutablePointer<Double>
    var logits: UnsafeMutablePointer<Double>
  }

  private func forward(
    input: UnsafePointer<Double>, at p: UnsafePointer<Double>, scratch: UnsafeMutablePointer<Double>
  ) -> Parts {
    let area = convolution.outputCount
    let parts = Parts(
      maps: scratch, mapGradients: scratch + kernels * area,
      features: scratch + 2 * kernels * area, winners: scratch + 2 * kernels * area + featureCount,
      featureGradients: scratch + 2 * kernels * area + 2 * featureCount,
      logits: scratch + 2 * kernels * area + 3 * featureCount)
    let size = convolution.sharedWeights
    for m in 0..<kernels {
      let map = parts.maps + m * area
      map.update(repeating: p[kernels * size + m], count: area)
      convolution.add(input, weights: p + m * size, to: map)
      for o in 0..<area where map[o] < 0 { map[o] = 0 }
      gatherPooled(map, kernel: m, parts)
    }
    let dense = p + denseOffset
    for c in 0..<classes {
      var z = dense[classes * featureCount + c]
      for f in 0..<featureCount {
        z = z.addingProduct(dense[c * featureCount + f], parts.features[f])
      }
      parts.logits[c] = z
    }
    return parts
  }

  /// The largest value of each window, and which pixel it was (the first of equals).
  private func gatherPooled(_ map: UnsafePointer<Double>, kernel m: Int, _ parts: Parts) {
    let columns = convolution.outputWidth
    let span = pool
    for y in 0..<pooledHeight {
      for x in 0..<pooledWidth {
        var winner =
          min(y * span, convolution.outputHeight - 1) * columns + min(x * span, columns - 1)
        for i in 0..<span where y * span + i < convolution.outputHeight {
          for j in 0..<span where x * span + j < columns {
            let pixel = (y * span + i) * columns + x * span + j
            if map[pixel] > map[winner] { winner = pixel }
          }
        }
        let f = (m * pooledHeight + y) * pooledWidth + x
        parts.features[f] = map[winner]
        parts.winners[f] = Double(winner)
      }
    }
  }

  package func visit(
    input: UnsafePointer<Double>, target: UnsafePointer<Double>,
    at p: UnsafePointer<Double>, gradient: UnsafeMutablePointer<Double>?,
    scratch: UnsafeMutablePointer<Double>
  ) -> (loss: Double, correct: Bool?) {
    let parts = forward(input: input, at: p, scratch: scratch)
    let wanted = min(max(0, Int(target[0])), classes - 1)
    let (loss, correct) = softmaxCrossEntropy(logits: parts.logits, count: classes, target: wanted)
    guard let gradient else { return (loss, correct) }

    let dense = p + denseOffset
    let gradients = gradient + denseOffset
    parts.featureGradients.update(repeating: 0, count: featureCount)
    for c in 0..<classes {
      let delta = parts.logits[c]
      gradients[classes * featureCount + c] += delta
      for f in 0..<featureCount {
        let w = c * featureCount + f
        gradients[w] = gradients[w].addingProduct(delta, parts.features[f])
        parts.featureGradients[f] = parts.featureGradients[f].addingProduct(delta, dense[w])
      }
    }
    let area = convolution.outputCount
    let size = convolution.sharedWeights
    let small = pooledHeight * pooledWidth
    parts.mapGradients.update(repeating: 0, count: kernels * area)
    for m in 0..<kernels {
      let delta = parts.mapGradients + m * area
      for f in m * small..<(m + 1) * small where parts.features[f] > 0 {
        delta[Int(parts.winners[f])] += parts.featureGradients[f]
      }
      let kernelGradients = gradient + m * size
      convolution.forEachProduct { o, pixel, w in
        kernelGradients[w] = kernelGradients[w].addingProduct(delta[o], input[pixel])
      }
      var bias = 0.0
      for o in 0..<area { bias += delta[o] }
      gradient[kernels * size + m] += bias
    }
    return (loss, correct)
  }
}
