extension DataSet {
  /// The gate XNOR: inputs in {0, 1}², target in {0, 1}.
  static let xnor = Gate.dataSet("xnor", "XNOR: one when the inputs agree") { a, b in a == b }
}
