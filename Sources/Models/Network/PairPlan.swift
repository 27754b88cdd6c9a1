import Lanes

/// Where the weights and gradients of a network of narrow layers stand in vectors of two samples;
/// found once, so that a step picks lanes and never looks.
///
/// Every vector of weights is picked from two vectors of the flat parameters, and every eight
/// numbers of the flat gradient are picked from vectors of gradients.
final class PairPlan: Sendable {
  /// Two vectors of the flat parameters, by their first numbers.
  struct Window: Sendable {
    let low: Int
    let high: Int

    /// A window that holds up to sixteen numbers from `first` on.
    init(from first: Int, paddedCount: Int) {
      low = max(0, min(first, paddedCount - 16))
      high = min(low + 8, paddedCount - 8)
    }

    /// The lane of the two that holds a parameter.
    func lane(of parameter: Int) -> Int64 {
      Int64(parameter < low + 8 ? parameter - low : parameter - high + 8)
    }

    /// Lanes l and 4 + l take parameter `at(l)`; lanes beyond `count` repeat the first.
    func pick(_ count: Int, _ at: (Int) -> Int) -> SIMD8<Int64> {
      var pick = SIMD8<Int64>()
      for l in 0..<8 { pick[l] = lane(of: at(l & 3 < count ? l & 3 : 0)) }
      return pick
    }
  }

  /// A layer: its parameters, and the numbers of its first picks.
  struct Layer: Sendable {
    let weights: Window
    let biases: Window
    /// Each input's weights, then each unit's.
    let columns: Int
    let rows: Int
    /// Biases of hidden layers.
    let bias: Int
    /// The first of its slots for gradients: a vector an input of a hidden layer, one a unit of the
    /// last one.
    let slot: Int
    /// Its slot for gradients by biases; the last layer has one a unit.
    let biasSlot: Int
  }

  /// Takes lanes of a slot into eight numbers of the gradient.
  struct Piece: Sendable {
    let slot: Int
    let pick: Int
  }

  let layers: [Layer]
  /// Lanes 0 … 7 of a first vector and 8 … 15 of a second one.
  let picks: [SIMD8<Int64>]
  /// What each eight numbers of the gradient are made of, first to last.
  let pieces: [Piece]
  /// Where the pieces of each eight numbers end.
  let ends: [Int]
  /// Vectors of gradients.
  let slots: Int

  init(_ kernels: [LayerKernel], parameterCount: Int) {
    let padded = (parameterCount + 7) & ~7
    var layers: [Layer] = []
    var picks: [SIMD8<Int64>] = []
    // For each parameter, which slot and lane hold its gradient.
    var places = [(slot: Int, lane: Int)](repeating: (0, 0), count: parameterCount)
    var slot = 0
    for (number, kernel) in kernels.enumerated() {
      let isLast = number == kernels.count - 1
      let (units, inputs) = (kernel.units, kernel.inputs)
      let weights = Window(from: kernel.weights, paddedCount: padded)
      let biases = Window(from: kernel.hasBias ? kernel.biases : 0, paddedCount: padded)
      let biasSlot = slot + (isLast ? units : inputs)
      layers.append(
        Layer(
          weights: weights, biases: biases, columns: picks.count, rows: picks.count + inputs,
          bias: picks.count + inputs + units, slot: slot, biasSlot: biasSlot))
      for input in 0..<inputs {
        picks.append(weights.pick(units) { kernel.weights + $0 * inputs + input })
      }
      for unit in 0..<units {
        picks.append(weights.pick(inputs) { kernel.weights + unit * inputs + $0 })
      }
      picks.append(biases.pick(units) { kernel.hasBias ? kernel.biases + $0 : 0 })
      for unit in 0..<units {
        for input in 0..<inputs {
          places[kernel.weights + unit * inputs + input] =
            isLast ? (slot + unit, input) : (slot + input, unit)
        }
        if kernel.hasBias {
          places[kernel.biases + unit] = isLast ? (biasSlot + unit, 0) : (biasSlot, unit)
        }
      }
      slot = biasSlot + (isLast ? units : 1)
    }
    var pieces: [Piece] = []
    var ends: [Int] = []
    for block in 0..<padded / 8 {
      let own = places[(block * 8)..<min(block * 8 + 8, parameterCount)]
      for slot in Set(own.map(\.slot)).sorted() {
        var pick = SIMD8<Int64>(8, 9, 10, 11, 12, 13, 14, 15)
        for (lane, place) in own.enumerated() where place.slot == slot {
          pick[lane] = Int64(place.lane)
        }
        pieces.append(Piece(slot: slot, pick: picks.count))
        picks.append(pick)
      }
      ends.append(pieces.count)
    }
    self.layers = layers
    self.picks = picks
    self.pieces = pieces
    self.ends = ends
    slots = slot
  }
}
