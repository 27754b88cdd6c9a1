import Lanes

extension Loss {
  /// Binary cross-entropy of a logit: `softplus(z) − t z`, which is `−t log p − (1 − t) log(1 − p)`
  /// with p = sigmoid(z) and never takes the logarithm of 0. Its derivative is p − t.
  ///
  /// It is summed as `log(1 + e^−|z|) + (max(z, 0) − t z)`: the bracket is exact for t in {0, 1},
  /// so that small costs keep their digits.
  package static let binaryCrossEntropy = Loss(
    "bce", "−t log p − (1 − t) log(1 − p), p = sigmoid(z)",
    "Binary cross-entropy: the surprise at the right class", scores: .logits,
    evaluate: { z, targets, delta, block in
      var sum = Lanes.zero
      for k in 0..<block.outputs {
        let row = k &* block.stride
        let target = targets + k &* block.targetStride
        Rows.inBlocks(of: block.lanes, rows: 2) { space, start, count in
          let p = space + 8
          let first = row &+ start
          if let delta {
            if block.wantsSum {
              Rows.logistic(z + first, tail: space, sigmoid: p, count: count)
            } else {
              Rows.sigmoid(z + first, p, count: count)
            }
            for i in 0..<count {
              let derivative = (p[i] - target[start &+ i]) * block.scale
              delta[first &+ i] = block.real(derivative, start &+ i)
            }
          } else {
            for i in 0..<count {
              let z = z[first &+ i]
              space[i] = z.replacing(with: -z, where: z .> 0)
            }
            Rows.softplus(space, space, count: count)
          }
          guard block.wantsSum else { return }
          for i in 0..<count {
            let z = z[first &+ i]
            let linear = z.replacing(with: 0, where: z .< 0).addingProduct(-target[start &+ i], z)
            sum += block.real(space[i] + linear, start &+ i)
          }
        }
      }
      return sum
    },
    curvature: { z, targets, direction, out, block in
      for k in 0..<block.outputs {
        let row = k &* block.stride
        Rows.inBlocks(of: block.lanes) { space, start, count in
          Rows.sigmoid(z + row + start, space, count: count)
          for i in 0..<count {
            let at = row &+ start &+ i
            let value = space[i] * (1 - space[i]) * direction[at] * block.scale
            out[at] = block.real(value, start &+ i)
          }
        }
      }
    })
}
