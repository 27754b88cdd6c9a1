extension DataSet {
  /// The gate OR: inputs in {0, 1}², target in {0, 1}.
  static let or = Gate.dataSet("or", "OR: one when any input is") { a, b in a || b }
}
