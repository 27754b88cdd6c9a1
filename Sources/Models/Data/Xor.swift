extension DataSet {
  /// The gate XOR: inputs in {0, 1}², target in {0, 1}.
  static let xor = Gate.dataSet("xor", "XOR: one when the inputs differ; no straight line parts it")
  { a, b in a != b }
}
