import CLanes
package import Lanes

/// The two passes of a convolutional network, one sample a lane.
///
/// Sums over samples: kernels' weights run over the places of a block's maps in rising order, then
/// across lanes, block by block; the dense layer's over the blocks of a chunk, then across lanes.
extension ConvolutionalNetwork {
  /// Where things stand in scratch.
  struct Space {
    let lanes: Int
    /// The images of a block with zeros around them; unused without padding.
    let padded: UnsafeMutablePointer<Lanes>
    /// Feature maps without gaps, kernel by kernel, block by block; gradients by them later.
    let maps: UnsafeMutablePointer<Lanes>
    /// Rows of `lanes`, one a feature: the pooled value, and the gradient by it.
    let features: UnsafeMutablePointer<Lanes>
    let gradients: UnsafeMutablePointer<Lanes>
    /// Rows of `lanes`, one a class.
    let logits: UnsafeMutablePointer<Lanes>
    /// Two rows.
    let spare: UnsafeMutablePointer<Lanes>

    init(_ network: ConvolutionalNetwork, lanes: Int, _ scratch: UnsafeMutablePointer<Lanes>) {
      let rows = network.featureCount * lanes
      self.lanes = lanes
      padded = scratch
      maps = padded + network.paddedPixels
      features = maps + network.mapVectors * lanes
      gradients = features + rows
      logits = gradients + rows
      spare = logits + network.classes * lanes
    }
  }

  private var paddedWidth: Int { convolution.width + 2 * convolution.padding }
  private var paddedPixels: Int {
    convolution.padding == 0
      ? 0 : (convolution.height + 2 * convolution.padding) * paddedWidth
  }
  /// Vectors of a block's feature maps.
  private var mapVectors: Int { kernels * convolution.outputCount }

  package func chunkScratch(lanes: Int) -> Int {
    paddedPixels + (mapVectors + 2 * featureCount + classes + 2) * lanes
  }

  package func visit(
    _ chunk: SampleChunk, at p: UnsafePointer<Double>, gradient: UnsafeMutablePointer<Double>?,
    scratch: UnsafeMutablePointer<Lanes>
  ) -> SampleSums {
    let space = Space(self, lanes: chunk.lanes, scratch)
    forward(chunk, at: p, space)
    let sums = ClassScores.softmax(space.logits, classes: classes, chunk, spare: space.spare)
    if let gradient { backward(chunk, at: p, space, gradient) }
    return sums
  }

  /// Features and logits of a chunk.
  func forward(_ chunk: SampleChunk, at p: UnsafePointer<Double>, _ space: Space) {
    for block in 0..<space.lanes {
      var images = images(chunk, block, at: p, space)
      glissade_convolve(&images)
      var pooling = pooling(block, space)
      glissade_pool(&pooling)
    }
    let dense = p + denseOffset
    Multiply.rows(
      space.logits, space.lanes, units: classes, lanes: space.lanes, dense, unit: featureCount,
      step: 1, space.features, space.lanes, depth: featureCount, start: .bias,
      bias: dense + classes &* featureCount)
  }

  /// Adds the gradients of a chunk whose logits have become gradients.
  private func backward(
    _ chunk: SampleChunk, at p: UnsafePointer<Double>, _ space: Space,
    _ gradient: UnsafeMutablePointer<Double>
  ) {
    let lanes = space.lanes
    let dense = gradient + denseOffset
    WeightGradient.add(
      space.logits, lanes, units: classes, space.features, lanes, inputs: featureCount,
      lanes: lanes, weights: dense)
    WeightGradient.addBiases(
      space.logits, lanes, units: classes, lanes: lanes, dense + classes &* featureCount)
    Multiply.rows(
      space.gradients, lanes, units: featureCount, lanes: lanes, p + denseOffset, unit: 1,
      step: featureCount, space.logits, lanes, depth: classes, start: .zero, bias: p)
    for block in 0..<lanes {
      var pooling = pooling(block, space)
      glissade_unpool(&pooling)
      var images = images(chunk, block, at: p, space)
      glissade_convolution_gradient(&images, gradient)
    }
  }

  /// A block's images, kernels and maps; copies the images where zeros stand around them.
  private func images(
    _ chunk: SampleChunk, _ block: Int, at p: UnsafePointer<Double>, _ space: Space
  ) -> GlissadeConvolution {
    var image = chunk.inputs + block
    var pixel = chunk.inputStride
    let padding = convolution.padding
    if padding > 0 {
      space.padded.update(repeating: .zero, count: paddedPixels)
      for y in 0..<convolution.height {
        let row = space.padded + ((y &+ padding) &* paddedWidth &+ padding)
        for x in 0..<convolution.width {
          row[x] = image[(y &* convolution.width &+ x) &* pixel]
        }
      }
      image = UnsafePointer(space.padded)
      pixel = 1
    }
    return GlissadeConvolution(
      weights: p, biases: p + kernels &* convolution.sharedWeights, image: Rows.doubles(image),
      maps: Rows.doubles(space.maps + block &* mapVectors), kernels: kernels,
      kernel: convolution.kernel, stride: convolution.stride, width: paddedWidth, pixel: pixel,
      rows: convolution.outputHeight, columns: convolution.outputWidth,
      turned: convolution.flipped ? 1 : 0)
  }

  private func pooling(_ block: Int, _ space: Space) -> GlissadePooling {
    GlissadePooling(
      maps: Rows.doubles(space.maps + block &* mapVectors),
      values: Rows.doubles(space.features + block),
      gradients: Rows.doubles(space.gradients + block),
      count: kernels, height: convolution.outputHeight, width: convolution.outputWidth, size: pool,
      rows: pooledHeight, columns: pooledWidth, stride: space.lanes)
  }
}
