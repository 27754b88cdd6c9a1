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
    let count = parameters.count
    let models = model(at: Array(UnsafeBufferPointer(start: memory.parameters, count: count)))
    for lane in 0..<8 where alive[lane] == 1 && flag[lane] != 0 {
      let number = members[8 * block + lane].number
      let (standing, step) = status(lane)
      let parameters = values(models, 8 * block + lane)
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

  /// The first lane of a block whose run goes on.
  func guide(_ block: Int) -> Int? { (0..<8).first { living[block][$0] == 1 } }

  /// Lets lanes of a block whose runs have ended do what one that goes on does: numbers that are
  /// not finite would make the whole vector slow.
  @inline(never)
  mutating func shadow(_ block: Int, _ memory: Memory) {
    guard let guide = guide(block) else { return }
    let width = isHalved ? 4 : 8
    let source = (0..<8).map { living[block][$0 % width] == 1 ? $0 % width : guide }
    for lane in 0..<8 { memory.rates[block][lane] = memory.rates[block][source[lane]] }
    let (parameters, gradients) = (
      UnsafeMutableRawPointer(memory.parameters).assumingMemoryBound(to: Double.self),
      UnsafeMutableRawPointer(memory.gradients).assumingMemoryBound(to: Double.self)
    )
    // Runs of one parameter after those of another, whether these share a vector or not.
    for first in stride(from: 0, to: self.parameters.count * 8, by: width)
    where isHalved || (first >> 3) % blocks == block {
      for lane in 0..<width {
        parameters[first + lane] = parameters[first + source[lane]]
        gradients[first + lane] = gradients[first + source[lane]]
      }
    }
    guard !chain.isPlain else { return }
    chain.rearrange(
      (0..<self.parameters.count * 8).map { entry in
        let first = entry - entry % width
        return isHalved || (entry >> 3) % blocks == block ? first + source[entry - first] : entry
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
    bundle = Self.bundle(members.map { objectives[$0.number] }, halves: false)
    // Counts steps, and nothing else.
    if let chain = try? OptimizerChain(optimizer, parameterCount: packed.count * 8) {
      self.chain = chain
    }
  }
}
