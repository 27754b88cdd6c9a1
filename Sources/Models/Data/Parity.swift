import Lanes

extension DataSet {
  /// Parity of `bits` inputs: one when an odd number of them is one; XOR generalised. All 2^bits
  /// rows, counting up, the first input the most significant.
  static let parity = DataSet(
    "parity", "Whether an odd number of bits is set",
    hyperparameters: [
      Hyperparameter(
        "bits", symbol: "n", "How many inputs", default: 3, in: 1...12, scale: .integer)
    ], inputs: { $0.integer("bits") }
  ) { settings, _ in
    let bits = settings.integer("bits")
    var samples = Samples(inputCount: bits, classCount: 2)
    for row in 0..<(1 << bits) {
      samples.append(
        (0..<bits).map { Double((row >> (bits - 1 - $0)) & 1) },
        [Double(row.nonzeroBitCount & 1)])
    }
    return samples
  }
}
