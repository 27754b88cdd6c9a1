import Lanes
import Models
import Optimization

/// How runs in lanes take many steps in one go.
extension LaneGroup {
  /// The most steps of a stretch that takes all samples.
  private static let longest = 64
  /// The same where sample numbers of each step are drawn ahead, and steps that are taken by
  /// themselves where one had to be.
  static let shortest = 16

  /// The most steps of a stretch, for batches of up to `batch` samples (0: all).
  private static func most(batch: Int) -> Int { batch == 0 ? longest : shortest }

  /// Vectors that a stretch needs: rates of each step, what the rule makes of them, and what says
  /// which lanes are not finite.
  static func roomAhead(blocks: Int) -> Int {
    longest * blocks + StepsAhead.room(longest) + blocks
  }

  /// Whether steps may be taken in stretches: nobody looks at their losses, and C knows the rule.
  func takesStretches(
    _ bundle: some BundledObjective, _ rule: some GradientTransformation
  ) -> Bool {
    !hasBounds && courses.isEmpty && bundle.takesStretches && chain.lends(rule)
  }

  /// Takes a stretch of no more than `most` steps.
  ///
  /// - Returns: the number of steps, and false where the next one has to be taken by itself.
  mutating func stretch(
    _ bundle: some BundledObjective, _ rule: inout some GradientTransformation, _ most: Int,
    _ memory: Memory, _ context: inout StepContext
  ) -> (taken: Int, isWhole: Bool) {
    let rates = memory.ahead
    let made = rates + Self.longest * blocks
    let poison = made + StepsAhead.room(Self.longest)
    let size = members[0].batcher.greatestSize
    let isShared = leaders.allSatisfy { $0 == 0 }
    var steps = min(most, Self.most(batch: size))
    var drawn = sampleCount
    var (now, position) = (epoch, position)
    for k in 0..<steps {
      if size > 0 {
        let place = memory.rows + k * 8 * blocks * size
        let count =
          isShared
          ? members[0].batcher.draw(step: step + k, epoch: now, position: position, into: place)
          : draw(step: step + k, epoch: now, position: position, into: place)
        // Batches of a stretch have one size.
        if k > 0, count != drawn {
          steps = k
          break
        }
        drawn = count
      }
      if hasConstantRates {
        (rates + k * blocks).update(from: memory.rates, count: blocks)
      } else {
        setRates(step: step + k, epoch: now, rates + k * blocks)
      }
      position += 1
      if position >= members[0].batcher.stepsPerEpoch { (now, position) = (now + 1, 0) }
    }
    for block in 0..<blocks { poison[block] = .zero }
    let taken = living.withUnsafeBufferPointer { living in
      let stretch = Stretch(
        steps: steps, count: drawn, rows: size > 0 ? UnsafePointer(memory.rows) : nil,
        rowStride: size, isShared: isShared, vectors: parameters.count,
        parameters: memory.parameters, gradients: memory.gradients, scratch: memory.scratch,
        living: living, poison: poison)
      return chain.stretch(
        by: &rule, rates, count: steps, vectors: parameters.count, space: made
      ) { bundle.take(stretch, by: $0) }
    }
    step &+= taken
    for _ in 0..<taken { count() }
    var isEnded = false
    let end = step
    for block in 0..<blocks where Self.isRaised(poison[block]) {
      isEnded = true
      self.end(poison[block], block, memory, &rule) { _ in
        (.diverged(step: end, parameter: nil), end)
      }
    }
    if !hasConstantRates {
      // As the step by itself leaves them.
      memory.rates.update(from: rates + max(0, taken - 1) * blocks, count: blocks)
      context.learningRate = memory.rates[0][0]
    }
    return (taken, isEnded || taken == steps)
  }
}
