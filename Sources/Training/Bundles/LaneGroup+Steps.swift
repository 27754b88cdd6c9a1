import Lanes
import Models
import Optimization

/// How runs in lanes take steps.
extension LaneGroup {
  /// Where a chunk of steps works.
  struct Memory {
    var parameters: UnsafeMutablePointer<Lanes>
    var gradients: UnsafeMutablePointer<Lanes>
    var losses: UnsafeMutablePointer<Lanes>
    var rates: UnsafeMutablePointer<Lanes>
    var bounds: UnsafeMutablePointer<Lanes>
    /// Where stretches work, as `LaneGroup+Stretches` has it.
    var ahead: UnsafeMutablePointer<Lanes>
    var scratch: UnsafeMutablePointer<Lanes>
    var rows: UnsafeMutablePointer<Int32>
  }

  mutating func take(_ steps: Int) {
    let count = parameters.count
    let batch = members[0].batcher.greatestSize
    let fixed = 2 * count + 3 * blocks + Self.roomAhead(blocks: blocks)
    let needed = fixed + bundle.scratchLanes(batch: batch, blocks: blocks) + 1
    var space = workspace
    var numbers = rows
    (workspace, rows) = ([], [])
    if space.count < needed { space = Array(repeating: .zero, count: needed) }
    space.withUnsafeMutableBytes { bytes in
      numbers.withUnsafeMutableBufferPointer { numbers in
        // There is at least one vector.
        let first = bytes.baseAddress!.alignedUp(toMultipleOf: 64)
          .assumingMemoryBound(to: Lanes.self)
        let memory = Memory(
          parameters: first, gradients: first + count, losses: first + 2 * count,
          rates: first + (2 * count + blocks), bounds: first + (2 * count + 2 * blocks),
          ahead: first + (2 * count + 3 * blocks), scratch: first + fixed,
          rows: numbers.baseAddress!)
        parameters.withUnsafeBufferPointer {
          memory.parameters.update(from: $0.baseAddress!, count: count)
        }
        for lane in 0..<8 * blocks {
          memory.bounds[lane >> 3][lane & 7] = members[min(lane, members.count - 1)].bound
        }
        var context = StepContext(step: 0, learningRate: members[0].rate)
        setRates(step: step, epoch: epoch, memory.rates)
        context.rates = UnsafePointer(memory.rates)
        context.learningRate = memory.rates[0][0]
        let next = leap(steps - 1, memory) ? steps : 1
        // Both are opened once, not at each step.
        let objective = bundle
        var rule = chain.takeRule()
        walk(objective, &rule, next...steps, memory, &context)
        chain.put(rule)
        parameters.withUnsafeMutableBufferPointer {
          $0.baseAddress!.update(from: memory.parameters, count: count)
        }
      }
    }
    (workspace, rows) = (space, numbers)
  }

  /// Rates of a step; lanes whose runs have ended go on with the rate of one whose run has not.
  mutating func setRates(step: Int, epoch: Int, _ rates: UnsafeMutablePointer<Lanes>) {
    for block in 0..<blocks {
      let guide = guide(block) ?? 0
      for lane in 0..<8 {
        // Lanes beyond the runs hold what the last one began with.
        let own = min(8 * block + (isHalved ? lane & 3 : lane), members.count - 1)
        let member = living[own >> 3][own & 7] == 1 ? own : 8 * block + guide
        let factor = members[member].schedule.factor(step: step, epoch: epoch)
        rates[block][lane] = members[member].rate * factor
      }
    }
  }

  /// Takes steps of plain descent in one go, unless one of them ends a run: says whether it has
  /// taken them.
  private mutating func leap(_ steps: Int, _ memory: Memory) -> Bool {
    guard let descent, chain.isPlain, hasConstantRates, !hasBounds, courses.isEmpty,
      steps > 0
    else { return false }
    descent(memory.parameters, blocks, memory.rates, steps)
    // What is not finite once does not become so again, and values are finite where these are.
    let ends = (0..<parameters.count).contains { at in
      let flag = memory.parameters[at] * Lanes.zero
      return Self.isRaised(Lanes.zero.replacing(with: flag, where: living[at % blocks] .> .zero))
    }
    if ends {
      for at in parameters.indices { memory.parameters[at] = parameters[at] }
      return false
    }
    step &+= steps
    for _ in 0..<steps { count() }
    return true
  }

  /// Counts a step in its epoch.
  @inline(__always)
  mutating func count() {
    position &+= 1
    guard position >= members[0].batcher.stepsPerEpoch else { return }
    position = 0
    epoch &+= 1
  }

  /// Takes steps; the last of `numbers` is that of a chunk.
  private mutating func walk(
    _ bundle: some BundledObjective, _ rule: inout some GradientTransformation,
    _ numbers: ClosedRange<Int>, _ memory: Memory, _ context: inout StepContext
  ) {
    let last = numbers.upperBound
    let stretches = takesStretches(bundle, rule)
    var number = numbers.lowerBound
    // Steps to be taken one by one before the next stretch.
    var wait = 0
    while number <= last {
      // The last one says what is at rest.
      if stretches, wait == 0, number < last {
        let (taken, isWhole) = stretch(bundle, &rule, last - number, memory, &context)
        if livingCount == 0 { return }
        number += taken
        wait = isWhole ? 0 : Self.shortest
        continue
      }
      wait = max(0, wait - 1)
      if !step(bundle, &rule, memory, &context, isLast: number == last) { return }
      number += 1
    }
  }

  /// Takes one step; says whether any run goes on. After the last of a chunk, runs that it did not
  /// move are at rest.
  private mutating func step<Rule: GradientTransformation>(
    _ bundle: some BundledObjective, _ rule: inout Rule, _ memory: Memory,
    _ context: inout StepContext, isLast: Bool
  ) -> Bool {
    let size = members[0].batcher.greatestSize
    let drawn =
      size > 0
      ? draw(step: step, epoch: epoch, position: position, into: memory.rows) : sampleCount
    bundle.lossesAndGradients(
      at: memory.parameters, rows: size > 0 ? UnsafePointer(memory.rows) : nil, stride: size,
      count: drawn, blocks: blocks, exact: hasBounds || !courses.isEmpty, losses: memory.losses,
      gradients: memory.gradients,
      scratch: memory.scratch)
    let now = step
    if !courses.isEmpty { watch(memory) }
    for block in 0..<blocks {
      let loss = memory.losses[block]
      var flag = loss * Lanes.zero
      if hasBounds {
        flag += Lanes.zero.replacing(
          with: Lanes(repeating: 1), where: loss .<= memory.bounds[block])
      }
      guard Self.isRaised(flag) else { continue }
      end(flag, block, memory, &rule) { lane in
        loss[lane].isFinite ? (.finished, now) : (.diverged(step: now, parameter: nil), now)
      }
    }
    if !hasConstantRates {
      setRates(step: step, epoch: epoch, memory.rates)
      context.learningRate = memory.rates[0][0]
    }
    if !chain.isPlain {
      context.setEpoch(epoch, begins: position == 0)
      let gradients = UnsafeMutableRawPointer(memory.gradients)
        .assumingMemoryBound(to: Double.self)
      chain.update(
        by: &rule, UnsafePointer(gradients), into: gradients,
        parameters: UnsafeRawPointer(memory.parameters).assumingMemoryBound(to: Double.self),
        paddedCount: parameters.count &* 8, context: &context)
      // Half of a vector may belong to no run, and some rules divide by what they have met.
      if bundle.isHalved, bundle.parameterCount & 1 == 1 {
        memory.gradients[parameters.count &- 1].highHalf = .zero
      }
    }
    step &+= 1
    let rests = isLast && canRest && chain.isPlain
    for block in 0..<blocks {
      let (poison, moved) = move(block, memory, rests: rests)
      if Self.isRaised(poison) {
        end(poison, block, memory, &rule) { _ in
          (.diverged(step: now + 1, parameter: nil), now + 1)
        }
      }
      // What a step does not move no later step moves either.
      if rests { end(Lanes(repeating: 1) - moved, block, memory, &rule) { _ in (.running, 0) } }
    }
    self.count()
    return livingCount > 0
  }

  /// Draws the batches of a step, and returns their number of samples.
  mutating func draw(
    step: Int, epoch: Int, position: Int, into rows: UnsafeMutablePointer<Int32>
  ) -> Int {
    let size = members[0].batcher.greatestSize
    var drawn = 0
    for lane in 0..<(isHalved ? 4 : 8 * blocks) {
      let place = rows + lane * size
      let leader = leaders[min(lane, members.count - 1)]
      if leader == lane {
        drawn = members[lane].batcher.draw(
          step: step, epoch: epoch, position: position, into: place)
      } else {
        place.update(from: rows + leader * size, count: drawn)
      }
    }
    return drawn
  }

  /// Counts the losses of the runs that go on.
  private mutating func watch(_ memory: Memory) {
    for (lane, member) in members.enumerated() where living[lane >> 3][lane & 7] == 1 {
      courses[member.number].add(memory.losses[lane >> 3][lane & 7])
    }
  }

  /// Puts down runs, for which the chain needs its rule.
  @inline(never)
  mutating func end<Rule: GradientTransformation>(
    _ flag: Lanes, _ block: Int, _ memory: Memory, _ rule: inout Rule,
    _ status: (Int) -> (Snapshot.Status, Int)
  ) {
    chain.put(rule)
    endLanes(flag, block, memory, status)
    // What was put there a moment ago.
    if let back = chain.takeRule() as? Rule { rule = back }
  }

  /// Whether any lane of a flag is not 0.
  @inline(__always)
  static func isRaised(_ flag: Lanes) -> Bool {
    // Flags are 0, 1 and NaN: sums do not cancel.
    let four = flag.lowHalf + flag.highHalf
    let two = four.lowHalf + four.highHalf
    return two[0] + two[1] != 0
  }

  /// Takes the step of a block; says which lanes are not finite any more and, where that is wanted,
  /// which have moved.
  @inline(__always)
  private func move(
    _ block: Int, _ memory: Memory, rests: Bool
  ) -> (poison: Lanes, moved: Lanes) {
    let (parameters, changes) = (memory.parameters + block, memory.gradients + block)
    let blocks = blocks
    let count = self.parameters.count / blocks
    let rate = chain.isPlain ? memory.rates[block] : Lanes(repeating: 1)
    // Zero times anything finite is zero, and NaN otherwise.
    var poison = Lanes.zero
    var moved = Lanes.zero
    if rests {
      for p in 0..<count {
        let old = parameters[p &* blocks]
        let new = old - changes[p &* blocks] * rate
        moved = moved.replacing(with: Lanes(repeating: 1), where: new .!= old)
        parameters[p &* blocks] = new
        poison.addProduct(new, .zero)
      }
    } else {
      for p in 0..<count {
        let new = parameters[p &* blocks] - changes[p &* blocks] * rate
        parameters[p &* blocks] = new
        poison.addProduct(new, .zero)
      }
    }
    if bundle.isHalved {
      // Both halves are the same runs'.
      let low = poison.lowHalf + poison.highHalf
      poison = Lanes(lowHalf: low, highHalf: low)
      moved = moved.replacing(
        with: Lanes(lowHalf: moved.highHalf, highHalf: moved.lowHalf), where: moved .== .zero)
    }
    return (poison, moved)
  }
}
