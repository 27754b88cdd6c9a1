import Lanes

extension Loss {
  /// Binary cross-entropy of a logit: `softplus(z) − t z`, which is `−t log p − (1 − t) log(1 − p)` with p = sigmoid(z)
  /// and never takes the logarithm of 0. Its slope is p − t.
  static let binaryCrossEntropy = Loss(
    "bce", "−t log p − (1 − t) log(1 − p), p = sigmoid(z)",
    "Binary cross-entropy: the surprise at the right class", scores: .logits,
    evaluate: { z, targets, delta, block in
      var sum = Lanes.zero
      for k in 0..<block.outputs {
        let row = k &* block.stride
        Rows.inBlocks(of: block.lanes, rows: 2) { space, start, count in
          let p = space + 8
          let first = row &+ start
          Rows.softplus(z + first, space, count: count)
          if delta != nil { Rows.sigmoid(z + first, p, count: count) }
          for i in 0..<count {
            let t = targets[k &* block.targetStride &+ start &+ i]
            let real = block.isReal(start &+ i)
            let value = space[i].addingProduct(-t, z[first &+ i])
            sum += Lanes.zero.replacing(with: value, where: real)
            delta?[first &+ i] = Lanes.zero.replacing(with: (p[i] - t) * block.scale, where: real)
          }
        }
      }
      return Reduction.sum(sum)
    },
    curvature: { z, targets, direction, out, block in
      for k in 0..<block.outputs {
        let row = k &* block.stride
        Rows.inBlocks(of: block.lanes) { space, start, count in
          Rows.sigmoid(z + row + start, space, count: count)
          for i in 0..<count {
            let at = row &+ start &+ i
            let value = space[i] * (1 - space[i]) * direction[at] * block.scale
            out[at] = Lanes.zero.replacing(with: value, where: block.isReal(start &+ i))
          }
        }
      }
    })
}
