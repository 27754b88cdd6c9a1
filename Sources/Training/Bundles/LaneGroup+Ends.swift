import Lanes
import Models
import Optimization

/// What becomes of lanes whose runs have ended.
extension LaneGroup {
  /// Puts down the runs of a block that live and whose flag is not 0.
  @inline(__always)
  mutating func endLanes(
    _ flag: Lanes, _ block: Int, _ memory: Memory,
    _ status: (Int) -> (Snapshot.Status, Int)
  ) {
    let alive = living[block]
    let mine = Lanes.zero.replacing(with: flag, where: alive .> .zero)
    if Reduction.sum(mine) == 0 { return }
    let count = bundle.parameterCount * blocks
    let models = model(at: Array(UnsafeBufferPointer(start: memory.parameters, count: count)))
    for lane in 0..<8 where alive[lane] == 1 && flag[lane] != 0 {
      let number = members[8 * block + lane].number
      let (standing, step) = status(lane)
      let parameters = (0..<bundle.parameterCount).map { models[$0 * blocks + block][lane] }
      var status = standing
      if case .diverged(let at, _) = standing,
        let entry = parameters.firstIndex(where: { !$0.isFinite })
      {
        status = .diverged(step: at, parameter: objectives[number].layout.name(of: entry))
      }
      ended[number] = RunBundle.Standing(status: status, step: step, parameters: parameters)
      living[block][lane] = 0
      livingCount -= 1
    }
    shadow(block, memory)
  }

  /// Lets lanes of a block whose runs have ended do what one that goes on does: numbers that are
  /// not finite would make the whole vector slow.
  @inline(never)
  mutating func shadow(_ block: Int, _ memory: Memory) {
    guard let guide = (0..<8).first(where: { living[block][$0] == 1 }) else { return }
    let source = (0..<8).map { living[block][$0] == 1 ? $0 : guide }
    let count = bundle.parameterCount
    for lane in 0..<8 {
      memory.rates[block][lane] = memory.rates[block][source[lane]]
      for p in 0..<count {
        let at = p * blocks + block
        memory.parameters[at][lane] = memory.parameters[at][source[lane]]
        memory.gradients[at][lane] = memory.gradients[at][source[lane]]
      }
    }
    guard !chain.isPlain else { return }
    chain.rearrange(
      (0..<count * blocks * 8).map { entry in
        (entry >> 3) % blocks == block ? (entry & ~7) + source[entry & 7] : entry
      })
  }

  /// Leaves out runs that have ended, where that saves vectors and nothing is remembered of them.
  mutating func repack() {
    let alive = members.indices.filter { living[$0 >> 3][$0 & 7] == 1 }
    guard !alive.isEmpty else {
      members = []
      return
    }
    let fewer = (alive.count + 7) / 8
    guard chain.isPlain, fewer < blocks else { return }
    var packed = [Lanes](repeating: .zero, count: bundle.parameterCount * fewer)
    for p in 0..<bundle.parameterCount {
      for lane in 0..<8 * fewer {
        let from = alive[min(lane, alive.count - 1)]
        packed[p * fewer + lane >> 3][lane & 7] = parameters[p * blocks + from >> 3][from & 7]
      }
    }
    parameters = packed
    members = alive.map { members[$0] }
    leaders = Self.leaders(members)
    living = Self.lanes(members.count)
    bundle = Self.bundle(members.map { objectives[$0.number] })
    // Counts steps, and nothing else.
    if let chain = try? OptimizerChain(optimizer, parameterCount: packed.count * 8) {
      self.chain = chain
    }
  }
}
