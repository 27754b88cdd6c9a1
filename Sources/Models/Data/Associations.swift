import Lanes

extension DataSet {
  /// Pairs to be remembered, some of them seen far more often than others: item i is a random
  /// direction, to be answered by class i. As long as there is room (items ≤ d) directions are at
  /// right angles and of length 1; else their entries are normal, divided by √d. The n-th item
  /// comes `round((items/n)^s)` times, at least once: Zipf's law for s = 1.
  ///
  /// Wang et al. (2025), arXiv 2509.26030.
  static let associations = DataSet(
    "associations", "Items to be remembered, met as often as Zipf's law says; each its own class",
    hyperparameters: [
      Hyperparameter(
        "items", symbol: "N", "How many items there are", default: 48, in: 2...256,
        scale: .integer),
      Hyperparameter(
        "dimension", symbol: "d", "Numbers that an item is told by", default: 48, in: 1...256,
        scale: .integer),
      Hyperparameter(
        "exponent", symbol: "s", "How fast frequencies fall: 0 all alike, 1 Zipf's law",
        default: 1.5, in: 0...2),
    ], inputs: { $0.integer("dimension") }, classes: nil
  ) { settings, seed in
    let (items, dimension) = (settings.integer("items"), settings.integer("dimension"))
    let draws = SampleDraws(seed: seed, perSample: dimension)
    let length = Double(dimension).squareRoot()
    var samples = Samples(inputCount: dimension, classCount: items)
    var earlier: [[Double]] = []
    for item in 0..<items {
      var input = (0..<dimension).map { draws.normal(item, $0) / length }
      if items <= dimension {
        // Gram and Schmidt, twice over for the last digits.
        for _ in 0..<2 {
          for other in earlier {
            let share = zip(input, other).reduce(0) { $0 + $1.0 * $1.1 }
            for i in input.indices { input[i] -= share * other[i] }
          }
          let size = input.reduce(0) { $0 + $1 * $1 }.squareRoot()
          for i in input.indices { input[i] /= size }
        }
        earlier.append(input)
      }
      let share = Elementary.pow(
        Double(items) / Double(item + 1), settings["exponent"])
      for _ in 0..<max(1, Int(share.rounded())) { samples.append(input, [Double(item)]) }
    }
    return samples
  }
}
