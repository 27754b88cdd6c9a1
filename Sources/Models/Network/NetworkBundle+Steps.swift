package import CLanes
package import Lanes

/// Many steps in one go (C: `CBundleSteps`), where gradients are.
extension NetworkBundle {
  package var takesStretches: Bool { plan != nil && network.penalty.isNone }

  package func take(_ stretch: borrowing Stretch, by rule: GlissadeRule) -> Int {
    guard let plan, network.penalty.isNone else { return 0 }
    let isAll = stretch.rows == nil
    let count = stretch.count
    let batch = isAll ? 0 : (inputs &+ outputs) &* count
    let pass = network.pass(of: count, isAll: isAll)
    let scale = network.scale(samples: count)
    let blocks = stretch.living.count
    let (parameters, gradients) = (stretch.parameters, stretch.gradients)
    let (scratch, living, poison) = (stretch.scratch, stretch.living, stretch.poison)
    let (rows, rowStride, isShared) = (stretch.rows, stretch.rowStride, stretch.isShared)
    let (steps, vectors) = (stretch.steps, stretch.vectors)
    return withColumns(blocks) { columns in
      // There are samples.
      guard let first = columns.first ?? nil else { return 0 }
      let done = plan.withNet(
        NetworkBundlePlan.Places(
          parameters: Rows.doubles(UnsafePointer(parameters)), gradients: Rows.doubles(gradients),
          stride: isHalved ? 4 : 8 &* blocks, inputs: first, targets: first,
          samples: count, scratch: Rows.doubles(scratch + batch)),
        pass, scale: scale
      ) { net in
        var steps = GlissadeBundleSteps(
          net: net, parameters: Rows.doubles(parameters), gradients: Rows.doubles(gradients),
          blocks: blocks, vectors: vectors, is_halved: isHalved ? 1 : 0,
          has_half: isHalved && parameterCount & 1 == 1 ? 1 : 0, columns: columns.baseAddress,
          inputs: inputs, outputs: outputs, all: samples, rows: rows, most: rowStride,
          is_shared: isShared ? 1 : 0, batch: Rows.doubles(scratch),
          living: living.baseAddress.map { Rows.doubles($0) }, poison: Rows.doubles(poison),
          steps: steps)
        var rule = rule
        return glissade_bundle_steps(&steps, &rule)
      }
      return done ?? 0
    }
  }

  /// Calls `body` with the columns of the first blocks.
  private func withColumns(
    _ blocks: Int, _ body: (UnsafeBufferPointer<UnsafePointer<Double>?>) -> Int
  ) -> Int {
    withUnsafeTemporaryAllocation(of: UnsafePointer<Double>?.self, capacity: blocks) { places in
      func open(_ block: Int) -> Int {
        if block == blocks { return body(UnsafeBufferPointer(places)) }
        return columns[block].withUnsafeBufferPointer { columns in
          (places.baseAddress! + block).initialize(
            to: columns.baseAddress.map { Rows.doubles($0) })
          return open(block + 1)
        }
      }
      return open(0)
    }
  }
}
