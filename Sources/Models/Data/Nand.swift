extension DataSet {
  /// The gate NAND: inputs in {0, 1}², target in {0, 1}.
  static let nand = Gate.dataSet("nand", "NAND: zero when both inputs are one") { a, b in !(a && b)
  }
}
