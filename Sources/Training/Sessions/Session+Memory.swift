extension Session {
  /// Thins the longest timelines until all fit into the budget.
  mutating func keepBudget() {
    var total = byteCount
    while total > budget {
      let order = branches.indices.sorted {
        branches[$0].timeline.byteCount > branches[$1].timeline.byteCount
      }
      guard order.contains(where: { branches[$0].timeline.thin() }) else { break }
      total = byteCount
    }
  }

  /// Bytes of all branches' checkpoints; those that branches share count for each.
  package var byteCount: Int { branches.reduce(0) { $0 + $1.timeline.byteCount } }
}
