import Glibc

/// Optimizers of `torch.optim`, written down one number at a time from its documentation and
/// single-tensor code: what the fused loops are compared with.
enum TorchFormulas {
  /// A rule for one parameter: its gradient, its value, the step from 1; returns the new value.
  typealias Rule = (_ g: Double, _ p: Double, _ t: Int) -> Double

  static func sgd(lr: Double, momentum: Double, dampening: Double, nesterov: Bool) -> Rule {
    var buffer: Double?
    return { g, p, _ in
      var g = g
      if momentum != 0 {
        let b = buffer.map { momentum * $0 + (1 - dampening) * g } ?? g
        buffer = b
        g = nesterov ? g + momentum * b : b
      }
      return p - lr * g
    }
  }

  static func adagrad(
    lr: Double, lrDecay: Double = 0, initial: Double = 0, eps: Double = 1e-10
  ) -> Rule {
    var sum = initial
    return { g, p, t in
      sum += g * g
      return p - lr / (1 + Double(t - 1) * lrDecay) * g / (sqrt(sum) + eps)
    }
  }

  static func rmsprop(
    lr: Double, alpha: Double = 0.99, eps: Double = 1e-8, momentum: Double = 0,
    centered: Bool = false
  ) -> Rule {
    var square = 0.0
    var mean = 0.0
    var buffer = 0.0
    return { g, p, _ in
      square = alpha * square + (1 - alpha) * g * g
      mean = mean + (1 - alpha) * (g - mean)
      let average = sqrt(centered ? square - mean * mean : square) + eps
      guard momentum > 0 else { return p - lr * g / average }
      buffer = momentum * buffer + g / average
      return p - lr * buffer
    }
  }

  static func adadelta(lr: Double, rho: Double = 0.9, eps: Double = 1e-6) -> Rule {
    var square = 0.0
    var accumulated = 0.0
    return { g, p, _ in
      square = rho * square + (1 - rho) * g * g
      let delta = sqrt(accumulated + eps) / sqrt(square + eps) * g
      accumulated = rho * accumulated + (1 - rho) * delta * delta
      return p - lr * delta
    }
  }

  static func adam(
    lr: Double, beta1: Double = 0.9, beta2: Double = 0.999, eps: Double = 1e-8,
    amsgrad: Bool = false, decoupled: Double = 0
  ) -> Rule {
    var m = 0.0
    var v = 0.0
    var greatest = 0.0
    return { g, p, t in
      let p = p * (1 - lr * decoupled)
      m = m + (1 - beta1) * (g - m)
      v = beta2 * v + (1 - beta2) * g * g
      greatest = max(greatest, v)
      let c1 = 1 - pow(beta1, Double(t))
      let c2 = 1 - pow(beta2, Double(t))
      let denominator = sqrt(amsgrad ? greatest : v) / sqrt(c2) + eps
      return p - lr / c1 * m / denominator
    }
  }

  static func adamax(
    lr: Double, beta1: Double = 0.9, beta2: Double = 0.999, eps: Double = 1e-8
  ) -> Rule {
    var m = 0.0
    var u = 0.0
    return { g, p, t in
      m = m + (1 - beta1) * (g - m)
      u = max(beta2 * u, abs(g) + eps)
      return p - lr / (1 - pow(beta1, Double(t))) * m / u
    }
  }

  static func nadam(
    lr: Double, beta1: Double = 0.9, beta2: Double = 0.999, eps: Double = 1e-8,
    momentumDecay: Double = 4e-3
  ) -> Rule {
    var m = 0.0
    var v = 0.0
    var product = 1.0
    return { g, p, t in
      let c2 = 1 - pow(beta2, Double(t))
      let mu = beta1 * (1 - 0.5 * pow(0.96, Double(t) * momentumDecay))
      let next = beta1 * (1 - 0.5 * pow(0.96, Double(t + 1) * momentumDecay))
      product *= mu
      m = m + (1 - beta1) * (g - m)
      v = beta2 * v + (1 - beta2) * g * g
      let denominator = sqrt(v / c2) + eps
      var p = p - lr * (1 - mu) / (1 - product) * g / denominator
      p -= lr * next / (1 - product * next) * m / denominator
      return p
    }
  }

  static func radam(
    lr: Double, beta1: Double = 0.9, beta2: Double = 0.999, eps: Double = 1e-8
  ) -> Rule {
    var m = 0.0
    var v = 0.0
    return { g, p, t in
      m = m + (1 - beta1) * (g - m)
      v = beta2 * v + (1 - beta2) * g * g
      let c1 = 1 - pow(beta1, Double(t))
      let c2 = 1 - pow(beta2, Double(t))
      let corrected = m / c1
      let limit = 2 / (1 - beta2) - 1
      let length = limit - 2 * Double(t) * pow(beta2, Double(t)) / c2
      guard length > 5 else { return p - corrected * lr }
      let rect = sqrt(
        (length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length))
      return p - corrected * lr * sqrt(c2) / (sqrt(v) + eps) * rect
    }
  }

  static func lion(
    lr: Double, beta1: Double = 0.9, beta2: Double = 0.99, decay: Double = 0
  ) -> Rule {
    var m = 0.0
    return { g, p, _ in
      let direction = beta1 * m + (1 - beta1) * g
      m = beta2 * m + (1 - beta2) * g
      let sign: Double = direction > 0 ? 1 : direction < 0 ? -1 : 0
      return p - lr * (sign + decay * p)
    }
  }

  static func rprop(
    lr: Double, shrink: Double = 0.5, grow: Double = 1.2, least: Double = 1e-6,
    greatest: Double = 50
  ) -> Rule {
    var previous = 0.0
    var size = lr
    return { g, p, _ in
      let product = g * previous
      size = min(max(size * (product > 0 ? grow : product < 0 ? shrink : 1), least), greatest)
      let g = product < 0 ? 0 : g
      previous = g
      return p - (g > 0 ? size : g < 0 ? -size : 0)
    }
  }
}
