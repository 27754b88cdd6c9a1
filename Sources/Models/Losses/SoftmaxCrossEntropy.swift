import Lanes

extension Loss {
  /// Cross-entropy of a softmax: `log Σ_j e^{z_j} Σ_k t_k − Σ_k t_k z_k`, with the greatest logit taken out first; targets are
  /// one-hot, or a distribution. Its slope is softmax(z) Σ t − t.
  static let softmaxCrossEntropy = Loss(
    "softmax_ce", "−log p_t, p = softmax(z)", "Cross-entropy over classes", scores: .classes,
    evaluate: { z, targets, delta, block in
      var sum = Lanes.zero
      Rows.inBlocks(of: block.lanes, rows: 2) { total, start, count in
        let greatest = total + 8
        for i in 0..<count {
          (greatest[i], total[i]) = largest(z + start + i, block)
        }
        // Where slopes are wanted, their row holds the exponentials meanwhile.
        for k in 0..<block.outputs {
          let row = k &* block.stride &+ start
          withUnsafeTemporaryAllocation(of: Lanes.self, capacity: 8) { own in
            guard let e = delta.map({ $0 + row }) ?? own.baseAddress else { return }
            for i in 0..<count { e[i] = z[row &+ i] - greatest[i] }
            Rows.exp(e, e, count: count)
            for i in 0..<count { total[i] += e[i] }
          }
        }
        for i in 0..<count {
          var weight = Lanes.zero
          var chosen = Lanes.zero
          for k in 0..<block.outputs {
            let at = k &* block.stride &+ start &+ i
            let t = targets[k &* block.targetStride &+ start &+ i]
            weight += t
            chosen.addProduct(t, z[at] - greatest[i])
          }
          if let delta {
            let scale = weight / total[i]
            for k in 0..<block.outputs {
              let at = k &* block.stride &+ start &+ i
              let t = targets[k &* block.targetStride &+ start &+ i]
              let slope = (delta[at] * scale - t) * block.scale
              delta[at] = block.real(slope, start &+ i)
            }
          }
          // log of the total and the rest follow below, on the row.
          greatest[i] = weight
          sum -= block.real(chosen, start &+ i)
        }
        Rows.log(total, total, count: count)
        for i in 0..<count {
          sum += block.real(greatest[i] * total[i], start &+ i)
        }
      }
      return LaneFolding.sum(sum)
    },
    curvature: { z, targets, direction, out, block in
      // p_k (d_k − Σ_j p_j d_j) Σ t; the row of results holds p meanwhile.
      for i in 0..<block.lanes {
        var (top, total) = largest(z + i, block)
        for k in 0..<block.outputs {
          let e = Elementary.exp(z[k &* block.stride &+ i] - top)
          out[k &* block.stride &+ i] = e
          total += e
        }
        var mean = Lanes.zero
        var weight = Lanes.zero
        for k in 0..<block.outputs {
          let at = k &* block.stride &+ i
          out[at] /= total
          mean.addProduct(out[at], direction[at])
          weight += targets[k &* block.targetStride &+ i]
        }
        for k in 0..<block.outputs {
          let at = k &* block.stride &+ i
          let value = out[at] * (direction[at] - mean) * weight * block.scale
          out[at] = block.real(value, i)
        }
      }
    })

  /// The greatest logit of each lane (NaN where any is NaN), and a sum to start from.
  private static func largest(
    _ z: UnsafePointer<Lanes>, _ block: LossBlock
  ) -> (Lanes, Lanes) {
    var top = z[0]
    for k in 1..<max(block.outputs, 1) {
      let value = z[k &* block.stride]
      top.replace(with: value, where: (value .> top) .| (value .!= value))
    }
    return (top, .zero)
  }

  /// The softmax of each lane of a block, row by row, in place.
  static func softmax(
    _ z: UnsafeMutablePointer<Lanes>, outputs: Int, stride: Int, lanes: Int
  ) {
    let block = LossBlock(
      outputs: outputs, stride: stride, targetStride: stride, count: lanes * 8, scale: 1, setting: 0
    )
    for i in 0..<lanes {
      var (top, total) = largest(UnsafePointer(z) + i, block)
      for k in 0..<outputs {
        let e = Elementary.exp(z[k &* stride &+ i] - top)
        z[k &* stride &+ i] = e
        total += e
      }
      for k in 0..<outputs { z[k &* stride &+ i] /= total }
      top = total
    }
  }
}
