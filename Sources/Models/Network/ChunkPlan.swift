/// How a batch is cut into chunks that stay in the caches near the core; a function of the batch's
/// size alone, so that sums are taken in the same order everywhere.
struct ChunkPlan {
  /// The most lanes in a chunk: 160 samples.
  static let most = 20
  /// Lanes in a chunk; the last may have fewer.
  let lanes: Int
  /// Lanes from one row of a chunk's buffers to the next.
  let stride: Int

  init(samples: Int, isContiguous: Bool) {
    let total = (samples &+ 7) >> 3
    if total <= ChunkPlan.most {
      lanes = total
    } else {
      let chunks = (total &+ ChunkPlan.most &- 1) / ChunkPlan.most
      lanes = ((total &+ chunks &- 1) / chunks &+ 3) & ~3
    }
    stride = isContiguous ? max(lanes, 1) : ChunkPlan.stride(lanes)
  }

  /// Rows of eight lanes and more are an odd number of lanes apart, so that they spread over all
  /// cache sets.
  static func stride(_ lanes: Int) -> Int { lanes >= 8 ? lanes | 1 : max(lanes, 1) }

  /// A stride that no batch of up to `samples` exceeds.
  static func widestStride(samples: Int) -> Int { stride(min((samples &+ 7) >> 3, most)) }
}
