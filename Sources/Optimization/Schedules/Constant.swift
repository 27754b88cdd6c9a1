extension Schedule {
  /// Always the base rate: factor 1.
  package static let constant = Schedule(
    "constant", summary: "The base rate throughout", formula: "1", clock: false, isConstant: true
  ) { _, _ in PureSchedule { _ in 1 } }
}
