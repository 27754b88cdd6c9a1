import Lanes
import Optimization

/// The rule of an optimizer in Python: a function `change(theta, g, rate, step)`.
struct PythonOptimizer {
  /// The rule, with its memory before it.
  let text: String

  /// The rule of a choice.
  ///
  /// - Parameter rates: an expression for multiples of the rate, one a parameter; nil: all alike.
  /// - Throws: `ExportFailure` for rules that have not been written in Python.
  init(_ choice: Choice, rates: String? = nil, _ dialect: PythonDialect = .numpy) throws {
    guard let optimizer = Optimizer.catalogue[choice.name] else {
      throw ExportFailure(description: "there is no optimizer \(choice.name)")
    }
    let settings = try Settings(
      choice, hyperparameters: optimizer.hyperparameters, kind: "optimizer")
    func has(_ name: String) -> Bool { optimizer.hyperparameters.contains { $0.name == name } }
    func value(_ name: String) -> String {
      has(name) ? PythonScript.number(settings[name]) : "0"
    }
    func flag(_ name: String) -> Bool { has(name) && settings.flag(name) }
    let (memory, rule): ([String], [String])
    switch choice.name {
    case "gd": (memory, rule) = ([], ["d = rate * g"])
    case "momentum", "nesterov":
      let gamma = value("momentum")
      let inside = flag("rate_inside")
      let fresh = inside ? "rate * g" : "g"
      let ahead = choice.name == "nesterov"
      memory = ["v"]
      rule = [
        "first = not started",
        "v = \(gamma) * v + \(fresh) * (1 if first else 1 - \(value("dampening")))",
        "started = True",
        ahead
          ? "d = \(fresh) + \(gamma) * v" : "d = v",
        inside ? "d = d" : "d = rate * d",
      ]
    case "adagrad":
      memory = ["G"]
      rule = [
        "G = G + g * g",
        "root = "
          + (flag("eps_inside") ? "np.sqrt(G + \(value("eps")))" : "np.sqrt(G) + \(value("eps"))"),
        "d = rate / (1 + (t - 1) * \(value("lr_decay"))) * divide(g, root)",
      ]
    case "rmsprop" where !flag("centered"):
      memory = ["v", "b"]
      rule = [
        "v = \(value("rho")) * v + (1 - \(value("rho"))) * g * g",
        "root = "
          + (flag("eps_inside") ? "np.sqrt(v + \(value("eps")))" : "np.sqrt(v) + \(value("eps"))"),
        "b = \(value("momentum")) * b + divide(g, root)", "d = rate * b",
      ]
    case "adam", "adamw", "amsgrad":
      let (beta1, beta2, eps) = (value("beta1"), value("beta2"), value("eps"))
      let isGreatest = choice.name == "amsgrad"
      let moment = isGreatest ? "greatest" : "v"
      let added = eps + (flag("epsilon_hat") ? "" : " * root2")
      memory = ["m", "v"] + (isGreatest ? ["greatest"] : [])
      rule =
        [
          "m = \(beta1) * m + (1 - \(beta1)) * g", "v = \(beta2) * v + (1 - \(beta2)) * g * g",
        ] + (isGreatest ? ["greatest = np.maximum(greatest, v)"] : []) + [
          "root2 = np.sqrt(1 - \(beta2) ** t)",
          "d = divide(rate * root2 / (1 - \(beta1) ** t) * m, np.sqrt(\(moment)) + \(added))",
        ]
    default:
      throw ExportFailure(
        description: "the optimizer \(choice.name) cannot be written as a script yet; gd, momentum,"
          + " nesterov, adagrad, rmsprop, adam, adamw and amsgrad can")
    }
    let initial = choice.name == "adagrad" ? value("initial_accumulator") : "0"
    func fill(_ indent: String) -> [String] {
      memory.map { "\(indent)\($0) = np.full(start.shape, float(\($0 == "G" ? initial : "0")))" }
    }
    var lines = fill("") + ["started = False", "", ""]
    lines += [
      "def divide(a, b):", "    # 0/0 moves nothing.",
      dialect == .jax
        ? "    return np.where((a != 0) | (b != 0), a / b, 0)"
        : "    return np.divide(a, b, out=np.zeros_like(a), where=(a != 0) | (b != 0))", "", "",
      "def change(theta, g, rate, step):",
      "    \"\"\"What \(choice.name) subtracts from the parameters: \(optimizer.formula).\"\"\"",
      "    global started" + memory.map { ", \($0)" }.joined(),
      flag("step_per_epoch") ? "    t = step // steps_per_epoch + 1" : "    t = step + 1",
    ]
    if flag("reset_each_epoch") {
      lines += ["    if step % steps_per_epoch == 0:"] + fill("        ")
      lines += ["        started = False"]
    }
    if has("clip_value"), settings["clip_value"] > 0 {
      lines.append("    g = np.clip(g, -\(value("clip_value")), \(value("clip_value")))")
    }
    if has("clip_norm"), settings["clip_norm"] > 0 {
      lines.append(
        "    g = g * min(1, \(value("clip_norm")) / (np.sqrt(np.sum(g * g)) + 1e-6))")
    }
    let decays = has("weight_decay") && settings["weight_decay"] > 0
    if decays, !flag("decoupled") { lines.append("    g = g + \(value("weight_decay")) * theta") }
    lines += rule.map { "    " + $0 }
    if decays, flag("decoupled") {
      lines.append("    d = d + rate * \(value("weight_decay")) * theta")
    }
    if let rates { lines.append("    d = d * \(rates)") }
    text = (lines + ["    return d"]).joined(separator: "\n")
  }
}
