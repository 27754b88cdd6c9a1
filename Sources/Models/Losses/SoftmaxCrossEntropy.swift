import CLanes
import Lanes

extension Loss {
  /// Cross-entropy of a softmax: `log Σ_j e^{z_j} Σ_k t_k − Σ_k t_k z_k`, with the greatest logit
  /// taken out first; targets are one-hot, or a distribution. Its derivative is softmax(z) Σ t − t.
  package static let softmaxCrossEntropy = Loss(
    "softmax_ce", "−log p_t, p = softmax(z)", "Cross-entropy over classes", scores: .classes,
    evaluate: { z, targets, delta, block in
      var sum = Lanes.zero
      Rows.inBlocks(of: block.lanes, rows: 2) { total, start, count in
        let weight = total + 8
        var i = 0
        while i < count {
          // Two lane blocks at a time; the last of an odd number goes with itself.
          let other = min(1, count &- 1 &- i)
          let at = start &+ i
          // Where derivatives are wanted, their row holds the exponentials meanwhile.
          let parts = parts(z + at, targets + at, delta.map { $0 + at }, other, block)
          total[i] = glissade_first(parts.total)
          total[i &+ other] = glissade_second(parts.total)
          weight[i] = glissade_first(parts.weight)
          weight[i &+ other] = glissade_second(parts.weight)
          sum -= block.real(glissade_first(parts.chosen), at)
          if other > 0 { sum -= block.real(glissade_second(parts.chosen), at &+ 1) }
          i &+= 2
        }
        if let delta {
          for i in 0..<count {
            let scale = weight[i] / total[i]
            for k in 0..<block.outputs {
              let at = k &* block.stride &+ start &+ i
              let t = targets[k &* block.targetStride &+ start &+ i]
              let derivative = (delta[at] * scale - t) * block.scale
              delta[at] = block.real(derivative, start &+ i)
            }
          }
        }
        Rows.log(total, total, count: count)
        for i in 0..<count {
          sum += block.real(weight[i] * total[i], start &+ i)
        }
      }
      return sum
    },
    curvature: { z, targets, direction, out, block in
      // p_k (d_k − Σ_j p_j d_j) Σ t; the row of results holds p meanwhile.
      for i in 0..<block.lanes {
        let top = largest(z + i, block)
        var total = Lanes.zero
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

  /// The greatest logit of each lane; any of them where one is NaN, for all that is made of it is
  /// NaN then.
  @inline(__always)
  private static func largest(_ z: UnsafePointer<Lanes>, _ block: LossBlock) -> Lanes {
    var top = z[0]
    for k in 1..<max(block.outputs, 1) {
      let value = z[k &* block.stride]
      top = value.replacing(with: top, where: top .> value)
    }
    return top
  }

  /// What two lane blocks, `other` apart, are made of: Σ_k e^{d_k}, Σ_k t_k and Σ_k t_k d_k, where
  /// d_k is what the logit has above the greatest one; `e` takes e^{d_k}.
  @inline(__always)
  private static func parts(
    _ z: UnsafePointer<Lanes>, _ targets: UnsafePointer<Lanes>, _ e: UnsafeMutablePointer<Lanes>?,
    _ other: Int, _ block: LossBlock
  ) -> (total: SIMD16<Double>, weight: SIMD16<Double>, chosen: SIMD16<Double>) {
    let greatest = glissade_join(largest(z, block), largest(z + other, block))
    var total = glissade_join(.zero, .zero)
    var (weight, chosen) = (total, total)
    var areOrdinary: Int32 = 1
    for k in 0..<block.outputs {
      let row = z + k &* block.stride
      let target = targets + k &* block.targetStride
      let d = glissade_subtract_wide(glissade_join(row[0], row[other]), greatest)
      let t = glissade_join(target[0], target[other])
      areOrdinary &= glissade_within(d, 708)
      let y = glissade_exp(d)
      if let e {
        e[k &* block.stride] = glissade_first(y)
        e[k &* block.stride &+ other] = glissade_second(y)
      }
      total = glissade_add_wide(total, y)
      weight = glissade_add_wide(weight, t)
      chosen = glissade_fma_wide(t, d, chosen)
    }
    if areOrdinary == 0 {
      total = glissade_join(
        farTotal(z, e, block), farTotal(z + other, e.map { $0 + other }, block))
    }
    return (total, weight, chosen)
  }

  /// Σ_k e^{d_k} of one lane block and of any numbers.
  @inline(never)
  private static func farTotal(
    _ z: UnsafePointer<Lanes>, _ e: UnsafeMutablePointer<Lanes>?, _ block: LossBlock
  ) -> Lanes {
    let greatest = largest(z, block)
    var total = Lanes.zero
    for k in 0..<block.outputs {
      let y = Elementary.exp(z[k &* block.stride] - greatest)
      e?[k &* block.stride] = y
      total += y
    }
    return total
  }

  /// The softmax of each lane of a block, row by row, in place.
  static func softmax(
    _ z: UnsafeMutablePointer<Lanes>, outputs: Int, stride: Int, lanes: Int
  ) {
    let block = LossBlock(
      outputs: outputs, stride: stride, targetStride: stride, count: lanes * 8, scale: 1, setting: 0
    )
    for i in 0..<lanes {
      let top = largest(UnsafePointer(z) + i, block)
      var total = Lanes.zero
      for k in 0..<outputs {
        let e = Elementary.exp(z[k &* stride &+ i] - top)
        z[k &* stride &+ i] = e
        total += e
      }
      for k in 0..<outputs { z[k &* stride &+ i] /= total }
    }
  }
}
