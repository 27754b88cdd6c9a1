/// Convolution of a single-channel image with a square kernel.
package struct Convolution: Equatable, Sendable {
  /// Rows of the image.
  package var height: Int
  /// Columns of the image.
  package var width: Int
  /// Rows and columns of the kernel.
  package var kernel: Int
  /// Pixels between two places of the kernel.
  package var stride: Int
  /// Zeros around the image, on each side.
  package var padding: Int
  /// Whether the kernel is turned by 180°, as mathematics has it; libraries do not
  /// ("cross-correlation").
  package var flipped: Bool

  /// A convolution.
  package init(
    height: Int, width: Int, kernel: Int, stride: Int = 1, padding: Int = 0, flipped: Bool = false
  ) {
    precondition(height > 0 && width > 0 && kernel > 0 && stride > 0 && padding >= 0)
    precondition(kernel <= height + 2 * padding && kernel <= width + 2 * padding)
    self.height = height
    self.width = width
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
    self.flipped = flipped
  }

  /// Rows of the feature map.
  package var outputHeight: Int { (height + 2 * padding - kernel) / stride + 1 }
  /// Columns of the feature map.
  package var outputWidth: Int { (width + 2 * padding - kernel) / stride + 1 }
  /// Pixels of the feature map.
  package var outputCount: Int { outputHeight * outputWidth }
  /// Weights that one shared kernel has.
  package var sharedWeights: Int { kernel * kernel }
  /// Weights if every place had a kernel of its own.
  package var locallyConnectedWeights: Int { outputCount * kernel * kernel }
  /// Weights if every output saw every pixel.
  package var fullyConnectedWeights: Int { outputCount * height * width }

  /// The kernel's weight that meets kernel place (i, j).
  private func weight(_ i: Int, _ j: Int) -> Int {
    flipped ? (kernel - 1 - i) * kernel + (kernel - 1 - j) : i * kernel + j
  }

  /// Calls `body` with (output pixel, image pixel, weight) for each product of the convolution.
  @inline(__always)
  func forEachProduct(_ body: (Int, Int, Int) -> Void) {
    for oy in 0..<outputHeight {
      for ox in 0..<outputWidth {
        for i in 0..<kernel {
          let y = oy * stride + i - padding
          if y < 0 || y >= height { continue }
          for j in 0..<kernel {
            let x = ox * stride + j - padding
            if x < 0 || x >= width { continue }
            body(oy * outputWidth + ox, y * width + x, weight(i, j))
          }
        }
      }
    }
  }

  /// Adds the convolution of `image` with `weights` to `output`.
  func add(
    _ image: UnsafePointer<Double>, weights: UnsafePointer<Double>,
    to output: UnsafeMutablePointer<Double>
  ) {
    forEachProduct { o, p, w in output[o] = output[o].addingProduct(image[p], weights[w]) }
  }

  /// The convolution of an image with a kernel, row by row.
  package func callAsFunction(_ image: [Double], _ weights: [Double]) -> [Double] {
    precondition(image.count == height * width, "\(image.count) pixels for \(height)×\(width)")
    precondition(weights.count == sharedWeights, "\(weights.count) weights for \(sharedWeights)")
    var output = [Double](repeating: 0, count: outputCount)
    output.withUnsafeMutableBufferPointer { out in
      image.withUnsafeBufferPointer { image in
        weights.withUnsafeBufferPointer { weights in
          guard let o = out.baseAddress, let p = image.baseAddress, let w = weights.baseAddress
          else { return }
          add(p, weights: w, to: o)
        }
      }
    }
    return output
  }

  /// The largest value of each `size`×`size` window of a map, windows `stride` apart.
  package static func maxPool(
    _ map: [Double], height: Int, width: Int, size: Int, stride: Int
  ) -> [Double] {
    precondition(size > 0 && stride > 0 && map.count == height * width)
    guard height >= size, width >= size else { return [] }
    var pooled: [Double] = []
    for y in Swift.stride(from: 0, through: height - size, by: stride) {
      for x in Swift.stride(from: 0, through: width - size, by: stride) {
        var best = map[y * width + x]
        for i in 0..<size {
          for j in 0..<size { best = max(best, map[(y + i) * width + x + j]) }
        }
        pooled.append(best)
      }
    }
    return pooled
  }
}
