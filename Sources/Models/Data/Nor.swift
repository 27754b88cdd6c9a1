extension DataSet {
  /// The gate NOR: inputs in {0, 1}², target in {0, 1}.
  static let nor = Gate.dataSet("nor", "NOR: one when both inputs are zero") { a, b in !(a || b) }
}
