import Models
import Training

/// Networks of other kinds in Python: their samples, and `loss_and_gradient(theta, rows)`.
enum PythonKinds {
  /// The text of a network; nil where it is of no other kind, or cannot be written so. For JAX
  /// there is `loss(theta, rows)` alone, which finds the gradient itself.
  static func text(_ objective: any Objective, _ dialect: PythonDialect) -> String? {
    switch objective.kind {
    case .convolutional(let network): convolutional(network, dialect)
    case .recurrent(let network): recurrent(network, dialect)
    case .radialBasis(let network): radial(network, dialect)
    case .boltzmann(let machine): boltzmann(machine, dialect)
    default: nil
    }
  }

  /// The head of the function that is written, and the value that it returns with a gradient.
  private static func head(_ dialect: PythonDialect) -> String {
    "def \(dialect == .jax ? "loss" : "loss_and_gradient")(theta, rows):"
  }

  /// The logistic function in Python.
  static func sigmoid(_ dialect: PythonDialect) -> String {
    guard dialect == .numpy else {
      return """
        def sigmoid(z):
            return jax.nn.sigmoid(z)
        """
    }
    return """
      def sigmoid(z):
          e = np.exp(-np.abs(z))
          return np.where(z >= 0, 1 / (1 + e), e / (1 + e))
      """
  }

  /// Lines after the loss, which only numpy's gradient needs.
  private static func only(_ dialect: PythonDialect, _ gradient: String) -> String {
    dialect == .numpy ? gradient : "    return loss\n\n\n"
  }

  private static func samples(_ samples: Samples, hasTargets: Bool = true) -> String {
    let inputs =
      "inputs = \(PythonScript.array(samples.inputs)).reshape(-1, \(samples.inputCount))"
    guard hasTargets else { return "# Patterns, one a row.\n\(inputs)" }
    return """
      # Samples, one a row: inputs and targets.
      \(inputs)
      targets = \(PythonScript.array(samples.targets)).reshape(-1, \(samples.targetCount))
      """
  }

  // MARK: - Convolution

  private static func convolutional(
    _ network: ConvolutionalNetwork, _ dialect: PythonDialect
  ) -> String {
    let c = network.convolution
    return """
      \(samples(network.train))
      # Images, kernels, strides, zeros around, pooling windows, classes.
      height, width, kernels, side = \(c.height), \(c.width), \(network.kernels), \(c.kernel)
      stride, padding, pool, classes = \(c.stride), \(c.padding), \(network.pool), \
      \(network.classes)
      turned = \(c.flipped ? "True" : "False")
      rows_out = (height + 2 * padding - side) // stride + 1
      columns_out = (width + 2 * padding - side) // stride + 1
      rows_pooled, columns_pooled = max(1, rows_out // pool), max(1, columns_out // pool)
      features = kernels * rows_pooled * columns_pooled


      def patches(x):
          \"\"\"What each place of a kernel sees: samples × places × pixels.\"\"\"
          images = np.pad(x.reshape(-1, height, width), ((0, 0), (padding, padding), (padding, \
      padding)))
          seen = [
              images[:, i * stride:i * stride + side, j * stride:j * stride + \
      side].reshape(len(x), -1)
              for i in range(rows_out) for j in range(columns_out)
          ]
          return np.stack(seen, axis=1)


      \(head(dialect))
          x, t = (inputs, targets) if rows is None else (inputs[rows], targets[rows])
          count = len(x)
          at = kernels * side * side
          k, b = theta[:at].reshape(kernels, -1), theta[at:at + kernels]
          if turned:
              k = k[:, ::-1]
          at += kernels
          w, c = theta[at:at + classes * features].reshape(classes, features), theta[-classes:]
          seen = patches(x)
          z = np.einsum('nps,ks->nkp', seen, k) + b[:, None]
          maps = np.where(z > 0, z, 0.0)
          maps = maps.reshape(count, kernels, rows_out, columns_out)
          pooled = np.stack([np.stack([
              maps[:, :, i * pool:(i + 1) * pool, j * pool:(j + 1) * pool].max(axis=(2, 3))
              for j in range(columns_pooled)], axis=-1) for i in range(rows_pooled)], axis=-2)
          seen_by_dense = pooled.reshape(count, -1)
          logits = seen_by_dense @ w.T + c
          top = logits - logits.max(axis=1, keepdims=True)
          total = np.log(np.exp(top).sum(axis=1, keepdims=True))
          picked = np.arange(count), t[:, 0].astype(int)
          loss = np.sum(total[:, 0] - top[picked]) / count
      """ + "\n"
        + only(
          dialect,
          """
              delta = np.exp(top - total)
              delta[picked] -= 1
              delta = delta / count
              back = (delta @ w).reshape(pooled.shape) * (pooled > 0)
              slope = np.zeros_like(maps)
              n, m = np.ogrid[:count, :kernels]
              for i in range(rows_pooled):
                  for j in range(columns_pooled):
                      window = maps[:, :, i * pool:(i + 1) * pool, j * pool:(j + 1) * pool]
                      first, wide = window.reshape(count, kernels, -1).argmax(axis=2), \
          window.shape[3]
                      row, column = first // wide, first % wide
                      slope[n, m, i * pool + row, j * pool + column] = back[:, :, i, j]
              slope = slope.reshape(count, kernels, -1)
              by_kernel = np.einsum('nkp,nps->ks', slope, seen)
              if turned:
                  by_kernel = by_kernel[:, ::-1]
              return loss, np.concatenate([
                  by_kernel.ravel(), slope.sum(axis=(0, 2)), (delta.T @ seen_by_dense).ravel(),
                  delta.sum(axis=0),
              ])


          """)
  }

  // MARK: - Recurrent

  private static func recurrent(
    _ network: RecurrentNetwork, _ dialect: PythonDialect
  ) -> String {
    let isBit = network.answer == .lastBit
    let judge =
      isBit
      ? "    z, last = y[-1], t[:, 0]\n    loss = np.sum(np.logaddexp(0, z) - last * z) / count"
      : "    difference = np.stack(y) - t.T\n    loss = np.sum(difference ** 2) / length / count"
    let errors =
      isBit
      ? "    errors = np.zeros((length, count))\n    errors[-1] = (sigmoid(z) - last) / count"
      : "    errors = 2 * difference / length / count"
    let (units, numbers) = (network.units, network.elementCount)
    let first = units * numbers
    let sizes = [
      first, first + units * units, first + units * (units + 1), first + units * (units + 2),
    ]
    return """
      \(samples(network.train))
      # Numbers an element, elements, hidden units.
      numbers, length, units = \(network.elementCount), \(network.length), \(network.units)


      \(sigmoid(dialect))


      \(head(dialect))
          x, t = (inputs, targets) if rows is None else (inputs[rows], targets[rows])
          count = len(x)
          sizes = \(sizes)
          wx, wh, b, wy, c = np.split(theta, sizes)
          wx, wh = wx.reshape(units, numbers), wh.reshape(units, units)
          x = x.reshape(count, length, numbers)
          h, y = [np.zeros((count, units))], []
          for step in range(length):
              h.append(np.tanh(x[:, step] @ wx.T + h[-1] @ wh.T + b))
              y.append(h[-1] @ wy + c[0])
      \(judge)

      """
        + only(
          dialect,
          """
          \(errors)
              g = [np.zeros_like(wx), np.zeros_like(wh), np.zeros_like(b), np.zeros_like(wy), 0.0]
              back = np.zeros((count, units))
              for step in range(length - 1, -1, -1):
                  g[3] = g[3] + errors[step] @ h[step + 1]
                  g[4] = g[4] + errors[step].sum()
                  delta = (back + errors[step][:, None] * wy) * (1 - h[step + 1] ** 2)
                  g[0] = g[0] + delta.T @ x[:, step]
                  g[1] = g[1] + delta.T @ h[step]
                  g[2] = g[2] + delta.sum(axis=0)
                  back = delta @ wh
              return loss, np.concatenate([np.ravel(part) for part in g])


          """)
  }

  // MARK: - Radial basis

  private static func radial(
    _ network: RadialBasisNetwork, _ dialect: PythonDialect
  ) -> String {
    let bumps = network.bumps
    return """
      \(samples(network.train))
      # Bumps, numbers an input, whether there is a constant term, and whether the bumps learn.
      bumps, numbers = \(bumps), \(network.inputCount)
      biased, learns = \(network.hasBias ? "True" : "False"), \
      \(network.learnsBumps ? "True" : "False")
      centers = \(PythonScript.array(network.centers.flatMap { $0 })).reshape(bumps, numbers)
      gammas = np.full(bumps, \(PythonScript.number(network.gamma)))


      \(head(dialect))
          x, t = (inputs, targets) if rows is None else (inputs[rows], targets[rows])
          at = bumps + biased
          c = theta[at:at + bumps * numbers].reshape(bumps, numbers) if learns else centers
          gamma = np.exp(theta[at + bumps * numbers:]) if learns else gammas
          w = theta[:bumps]
          apart = x[:, None, :] - c
          distance = np.sum(apart ** 2, axis=2)
          phi = np.exp(-gamma * distance)
          difference = phi @ w + (theta[bumps] if biased else 0) - t[:, 0]
          loss = np.sum(difference ** 2) / len(x)

      """
        + only(
          dialect,
          """
              slope = 2 * difference / len(x)
              parts = [slope @ phi]
              if biased:
                  parts.append([slope.sum()])
              if learns:
                  share = slope[:, None] * w * phi
                  parts.append(np.ravel(2 * gamma[:, None] * np.einsum('nb,nbj->bj', share, apart)))
                  parts.append(-gamma * np.sum(share * distance, axis=0))
              return loss, np.concatenate(parts)


          """)
  }

  // MARK: - Boltzmann

  private static func boltzmann(
    _ machine: BoltzmannMachine, _ dialect: PythonDialect
  ) -> String? {
    let first = machine.visible * machine.hidden
    let second = first + machine.visible
    let third = second + machine.hidden
    let sizes = [first, second, third, third + machine.hidden * machine.top]
    let isExact = machine.rule == .exact
    if dialect == .jax, !isExact { return nil }
    let begin = """
      \(samples(machine.train, hasTargets: false))
      # Visible, hidden and top units.
      visible, hidden, top = \(machine.visible), \(machine.hidden), \(machine.top)
      # All states of the hidden units, one a row.
      states = (np.arange(2 ** hidden)[:, None] >> np.arange(hidden) & 1).astype(float)


      \(sigmoid(dialect))


      def parts(theta):
          w, a, b, u, d = np.split(theta, \(sizes))
          return w.reshape(visible, hidden), a, b, u.reshape(hidden, top), d


      def log_sum(z):
          most = z.max(axis=-1, keepdims=True)
          return (most + np.log(np.exp(z - most).sum(axis=-1, keepdims=True)))[..., 0]


      def exact(theta, v):
          \"\"\"The mean of −log p(v), and its gradient.\"\"\"
          w, a, b, u, d = parts(theta)
          above = states @ u + d
          hidden_weight = states @ b + np.logaddexp(0, above).sum(axis=1)
          below = states @ w.T + a
          all_states = hidden_weight + np.logaddexp(0, below).sum(axis=1)
          log_z = log_sum(all_states)
          given = v @ w @ states.T + hidden_weight
          log_v = log_sum(given)
          loss = log_z - np.mean(log_v + v @ a)

      """
    if dialect == .jax {
      return begin + """
            return loss


        def loss(theta, rows):
            return exact(theta, inputs if rows is None else inputs[rows])


        """
    }
    let head =
      begin + """
            p = np.exp(all_states - log_z)
            q = np.exp(given - log_v[:, None])
            said, told = sigmoid(below), sigmoid(above)
            h, mean = q @ states, q.mean(axis=0)
            gradient = [
                said.T @ (p[:, None] * states) - v.T @ h / len(v), p @ said - v.mean(axis=0),
                p @ states - mean @ states,
                states.T @ ((p - mean)[:, None] * told), (p - mean) @ told,
            ]
            return loss, np.concatenate([np.ravel(part) for part in gradient])


        """
    guard case .contrastiveDivergence(let steps, let seed) = machine.rule else {
      return head + """
        def loss_and_gradient(theta, rows):
            loss, gradient = exact(theta, inputs)
            return (loss, gradient) if rows is None else (loss, exact(theta, inputs[rows])[1])


        """
    }
    return head + """
      gibbs_steps, seed, stream = \(steps), \(seed), \(Streams.sampling)
      draw = 0


      def uniform(position):
          \"\"\"Numbers in [0, 1) by Philox4x32-10 (Salmon and others, 2011); one a position.\"\"\"
          low = np.uint64(0xFFFFFFFF)
          thirty_two = np.uint64(32)
          c = [position & low, position >> thirty_two] + [
              np.full_like(position, stream & 0xFFFFFFFF), np.full_like(position, stream >> 32)]
          k = [seed & 0xFFFFFFFF, seed >> 32]
          for number in range(10):
              if number:
                  k = [(k[0] + 0x9E3779B9) & 0xFFFFFFFF, (k[1] + 0xBB67AE85) & 0xFFFFFFFF]
              one, two = c[0] * np.uint64(0xD2511F53), c[2] * np.uint64(0xCD9E8D57)
              c = [
                  (two >> thirty_two) ^ c[1] ^ np.uint64(k[0]), two & low,
                  (one >> thirty_two) ^ c[3] ^ np.uint64(k[1]), one & low]
          return ((c[0] | c[1] << thirty_two) >> np.uint64(11)).astype(float) * 2.0 ** -53


      def loss_and_gradient(theta, rows):
          v = inputs if rows is None else inputs[rows]
          loss = exact(theta, inputs)[0]
          w, a, b, _, _ = parts(theta)
          # The next step's draws: each pattern has positions of its own.
          first = (np.uint64(draw) * np.uint64(len(v)) + np.arange(len(v), dtype=np.uint64)) << \
      np.uint64(16)
          h = sigmoid(v @ w + b)
          by_data = [v.T @ h, v.sum(axis=0), h.sum(axis=0)]
          at = 0
          for _ in range(gibbs_steps):
              place = first[:, None] + np.arange(at, at + hidden, dtype=np.uint64)
              sampled = (uniform(place) < h).astype(float)
              at += hidden
              place = first[:, None] + np.arange(at, at + visible, dtype=np.uint64)
              v = (uniform(place) < sigmoid(sampled @ w.T + a)).astype(float)
              at += visible
              h = sigmoid(v @ w + b)
          by_machine = [v.T @ h, v.sum(axis=0), h.sum(axis=0)]
          gradient = [(one - two) / len(v) for one, two in zip(by_machine, by_data)]
          return loss, np.concatenate([np.ravel(part) for part in gradient])


      """
  }
}
