import Lanes

/// Loss and accuracy over whole splits.
extension DenseNetwork {
  package func loss(
    at parameters: UnsafePointer<Double>, split: Split, scratch: UnsafeMutablePointer<Double>
  ) -> Double {
    let table = split == .train ? train : test
    let scale = scale(samples: table.count)
    var sum = 0.0
    eachAnswer(of: table, at: parameters, scratch: scratch) { chunk, outputs in
      sum += LaneFolding.sum(
        loss.evaluate(outputs, chunk.targets, nil, lossBlock(chunk, scale: scale)))
    }
    guard split == .train else { return sum * scale }
    return penalty.add(at: parameters, samples: table.count, gradient: nil) + sum * scale
  }

  package func accuracy(
    at parameters: UnsafePointer<Double>, split: Split, scratch: UnsafeMutablePointer<Double>
  ) -> Double? {
    let table = split == .train ? train : test
    guard classCount != nil, table.count > 0 else { return nil }
    var right = 0
    eachAnswer(of: table, at: parameters, scratch: scratch) { chunk, outputs in
      let output = Rows.doubles(outputs)
      let targets = Rows.doubles(chunk.targets)
      for s in 0..<chunk.count {
        let answer = decide(output + s, stride: chunk.stride &* 8)
        let truth = decided(targets + s, stride: chunk.targetStride &* 8)
        if answer == truth { right &+= 1 }
      }
    }
    return Double(right) / Double(table.count)
  }

  /// Calls `body` for each chunk of a table with what the output layer says of it.
  @inline(__always)
  private func eachAnswer(
    of table: SampleTable, at parameters: UnsafePointer<Double>,
    scratch: UnsafeMutablePointer<Double>,
    _ body: (ChunkBuffers, UnsafeMutablePointer<Lanes>) -> Void
  ) {
    if let origin {
      eachLinearized(
        around: origin, of: table, rows: nil, at: parameters, scratch: scratch, body)
    } else {
      eachChunk(of: table, rows: nil, scratch: scratch) { chunk in
        forward(at: parameters, chunk, keepsSums: false)
        body(chunk, chunk.outputs)
      }
    }
  }

  func lossBlock(_ chunk: ChunkBuffers, scale: Double) -> LossBlock {
    LossBlock(
      outputs: outputCount, stride: chunk.stride, targetStride: chunk.targetStride,
      count: chunk.count, scale: scale, setting: lossSetting)
  }

  /// The class that the output layer's values tell: the greatest one (the first of equals), or
  /// which side of the threshold.
  private func decide(_ values: UnsafePointer<Double>, stride: Int) -> Int {
    if outputCount == 1 {
      let threshold = loss.scores == .values ? 0.5 : 0
      return values[0] >= threshold ? 1 : 0
    }
    var best = 0
    for k in 1..<outputCount where values[k &* stride] > values[best &* stride] { best = k }
    return best
  }

  private func decided(_ targets: UnsafePointer<Double>, stride: Int) -> Int {
    if outputCount == 1 { return targets[0] >= 0.5 ? 1 : 0 }
    var best = 0
    for k in 1..<outputCount where targets[k &* stride] > targets[best &* stride] { best = k }
    return best
  }
}
