extension DataSet {
  /// The gate AND: inputs in {0, 1}², target in {0, 1}.
  static let and = Gate.dataSet("and", "AND: one when both inputs are") { a, b in a && b }
}
