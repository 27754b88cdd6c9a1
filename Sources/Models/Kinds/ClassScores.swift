import Lanes

/// Softmax cross-entropy of samples in lanes whose targets are class numbers.
enum ClassScores {
  /// Turns logits, `classes` rows of the chunk's lanes without gaps, into the gradient `p −
  /// onehot`, which is 0 behind the samples; gives the losses, and which samples have their largest
  /// logit (the first of equals) at the target.
  ///
  /// `spare` holds two rows.
  static func softmax(
    _ z: UnsafeMutablePointer<Lanes>, classes: Int, _ chunk: SampleChunk,
    spare: UnsafeMutablePointer<Lanes>
  ) -> SampleSums {
    let lanes = chunk.lanes
    var sums = SampleSums()
    let one = Lanes(repeating: 1)
    for i in 0..<lanes {
      let target = Self.target(chunk, i, classes: classes)
      var top = z[i]
      var best = Lanes.zero
      var wanted = top
      for c in 1..<classes {
        let number = Lanes(repeating: Double(c))
        let logit = z[c &* lanes &+ i]
        let isAbove = logit .> top
        top.replace(with: logit, where: isAbove)
        best.replace(with: number, where: isAbove)
        wanted.replace(with: logit, where: target .== number)
      }
      for c in 0..<classes { z[c &* lanes &+ i] -= top }
      spare[i] = wanted - top
      sums.right += chunk.real(Lanes.zero.replacing(with: one, where: best .== target), i)
    }
    Rows.exp(z, z, count: classes &* lanes)
    let totals = spare + lanes
    for i in 0..<lanes {
      let target = Self.target(chunk, i, classes: classes)
      var total = Lanes.zero
      for c in 0..<classes { total += z[c &* lanes &+ i] }
      totals[i] = total
      for c in 0..<classes {
        let share = z[c &* lanes &+ i] / total
        let isTarget = target .== Lanes(repeating: Double(c))
        z[c &* lanes &+ i] = share.replacing(with: share - one, where: isTarget)
      }
    }
    Rows.log(totals, totals, count: lanes)
    for i in 0..<lanes { sums.loss += chunk.real(totals[i] - spare[i], i) }
    chunk.clearPadding(z, rows: classes, stride: lanes)
    return sums
  }

  /// Class numbers, between the first and the last.
  @inline(__always)
  private static func target(_ chunk: SampleChunk, _ block: Int, classes: Int) -> Lanes {
    let last = Lanes(repeating: Double(classes &- 1))
    let target = chunk.targets[block]
    let low = target.replacing(with: .zero, where: target .< .zero)
    return low.replacing(with: last, where: low .> last)
  }
}
