import Lanes

extension DataSet {
  /// All images whose rows are all black or white, or whose columns are; the empty and the full one
  /// count once.
  ///
  /// MacKay, "Information Theory, Inference, and Learning Algorithms" (2003), section 43.
  static let barsAndStripes = DataSet(
    "bars_and_stripes", "Small images of whole rows or whole columns",
    hyperparameters: [
      Hyperparameter(
        "side", symbol: "m", "Rows and columns", default: 3, in: 2...4, scale: .integer)
    ], inputs: { $0.integer("side") * $0.integer("side") }, classes: nil
  ) { settings, _ in
    let side = settings.integer("side")
    var samples = Samples(inputCount: side * side)
    for pattern in 0..<1 << side {
      let line = (0..<side).map { Double(pattern >> $0 & 1) }
      samples.append(line.flatMap { [Double](repeating: $0, count: side) }, [0])
      if pattern != 0, pattern != (1 << side) - 1 {
        samples.append((0..<side).flatMap { _ in line }, [0])
      }
    }
    return samples
  }
}
