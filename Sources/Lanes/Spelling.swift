/// Finding what a mistyped word meant.
package enum Spelling {
  /// The candidate nearest to `word` by edit distance (transpositions count once), or nil when none
  /// is near.
  package static func nearest(to word: String, in candidates: [String]) -> String? {
    guard word.unicodeScalars.count <= 64 else { return nil }
    if let meant = elsewhere[word.lowercased()], candidates.contains(meant) { return meant }
    let typed = Array(word.lowercased().unicodeScalars)
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      let name = Array(candidate.lowercased().unicodeScalars)
      var distance = editDistance(typed, name)
      if typed.count >= 2, name.starts(with: typed) { distance = min(distance, 1) }
      if distance <= max(1, max(typed.count, name.count) / 3), distance < (best?.distance ?? .max) {
        best = (candidate, distance)
      }
    }
    return best?.name
  }

  /// What other programs call a key, and its name here.
  private static let elsewhere = [
    "lr": "learning_rate", "eta": "learning_rate", "rate": "learning_rate",
    "step_size": "learning_rate", "stepsize": "learning_rate",
    "epochs": "steps", "epoch": "steps", "iterations": "steps", "iters": "steps",
    "max_iter": "steps", "n_iter": "steps", "num_steps": "steps",
    "batch_size": "batch", "batchsize": "batch", "minibatch": "batch",
    "layers": "hidden", "units": "hidden", "neurons": "hidden", "hidden_layers": "hidden",
    "hidden_layer_sizes": "hidden", "opt": "optimizer", "solver": "optimizer",
    "scheduler": "schedule", "lr_schedule": "schedule", "criterion": "loss",
    "nonlinearity": "activation", "act": "activation", "random_state": "seed",
    "regularization": "l2", "x0": "start", "init": "initializer", "sigmoid_ce": "bce",
  ]

  /// Damerau–Levenshtein distance (optimal string alignment).
  static func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    if a.isEmpty { return b.count }
    if b.isEmpty { return a.count }
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 1...a.count {
      var row = [i] + [Int](repeating: 0, count: b.count)
      for j in 1...b.count {
        row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          row[j] = min(row[j], beforeLast[j - 2] + 1)
        }
      }
      beforeLast = last
      last = row
    }
    return last[b.count]
  }
}
