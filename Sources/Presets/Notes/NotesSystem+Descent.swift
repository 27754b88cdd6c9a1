extension NotesSystem {
  /// The chapters on gradient descent, momentum and stochastic gradient descent.
  static let descentSystems: [NotesSystem] = [
    NotesSystem(
      "ols_gd", "Least squares by gradient descent", .descent, 355...406,
      "A line through noisy points, by 1000 steps of 1/λmax", presets: ["notes-ols-gd"],
      quirk:
        "The rate 1/λmax is half of what would still converge; eig is used where eigh would do.",
      check: Check(
        figure: "1/λmax, eigenvalues, the way of 200 steps, losses",
        reference: ["optimisation.ols_gd"],
        tolerance: 1e-10)),
    NotesSystem(
      "ols_momentum", "Momentum", .descent, 411...466,
      "Thirty steps of plain descent, then thirty of a heavy ball",
      presets: ["notes-ols-momentum-after", "notes-ols-momentum"],
      quirk: "Momentum starts where plain descent has ended, so the two cannot be compared.",
      twin: "notes-ols-momentum",
      check: Check(
        figure: "the ways of both phases", reference: ["optimisation.ols_momentum"],
        tolerance: 1e-10)),
    NotesSystem(
      "sgd", "Stochastic gradient descent", .descent, 472...548,
      "Mini-batches of five rows, and a rate t0/(t + t1)",
      presets: ["notes-sgd", "notes-sgd-textbook"],
      quirk: "Fixed blocks are drawn with replacement: about 13 of 20 are seen in an epoch.",
      twin: "notes-sgd-textbook",
      check: Check(
        figure: "the way of 200 steps, batch by batch", reference: ["optimisation.sgd"],
        tolerance: 1e-10)),
    NotesSystem(
      "sgd_momentum", "Stochastic gradient descent with momentum", .descent, 553...621,
      "The same with a velocity that keeps 30 %", presets: ["notes-sgd-momentum"],
      quirk:
        "The velocity lives on from epoch to epoch, while AdaGrad, RMSprop and Adam forget theirs.",
      twin: "notes-sgd",
      check: Check(
        figure: "the way of 200 steps, batch by batch", reference: ["optimisation.sgd_momentum"],
        tolerance: 1e-10)),
  ]

  /// The chapters on adaptive rates, logistic regression and JAX.
  static let adaptiveSystems: [NotesSystem] = [
    NotesSystem(
      "adagrad", "AdaGrad", .adaptive, 626...679,
      "A parabola by rates that shrink with the gradients seen",
      presets: ["notes-adagrad", "notes-adagrad-textbook"],
      quirk:
        "The sum of squares is emptied at every epoch; without that the rate 0.01 stalls at 7.9.",
      twin: "notes-adagrad-textbook",
      check: Check(
        figure: "parameters and losses of steps 0 to 20 and 200",
        reference: ["optimisation.adagrad"],
        tolerance: 1e-10)),
    NotesSystem(
      "rmsprop", "RMSprop", .adaptive, 683...738,
      "The same with a running mean of squares",
      presets: ["notes-rmsprop", "notes-rmsprop-textbook"],
      quirk:
        "The mean is emptied at every epoch, which then begins with a kick of ten times the rate.",
      twin: "notes-rmsprop-textbook",
      check: Check(
        figure: "parameters and losses of steps 0 to 20 and 200",
        reference: ["optimisation.rmsprop"],
        tolerance: 1e-10)),
    NotesSystem(
      "adam", "Adam", .adaptive, 743...803,
      "The same with two moments and bias correction",
      presets: ["notes-adam", "notes-adam-textbook"],
      quirk:
        "Bias corrections count epochs instead of steps, and both moments are emptied at each "
        + "epoch.",
      twin: "notes-adam-textbook",
      check: Check(
        figure: "parameters and losses of steps 0 to 20 and 200", reference: ["optimisation.adam"],
        tolerance: 1e-10)),
    NotesSystem(
      "logistic", "Logistic regression", .logistic, 808...842,
      "Four samples that a plane separates, by 100 steps of 0.01", presets: ["notes-logistic"],
      quirk: "The loss is a sum without intercept, and separable: the weights grow without bound.",
      check: Check(
        figure: "weights and losses of 100 steps", reference: ["optimisation.logistic"],
        tolerance: 1e-10)),
    NotesSystem(
      "jax_setup", "JAX", .logistic, 847...863,
      "Differentiate, compile and vectorise a function", presets: ["notes-jax"],
      quirk:
        "JAX computes with single precision unless told otherwise, whatever dtype is asked for.",
      twin: "notes-gd-xsin",
      check: Check(
        figure: "x every ten steps of JAX's 64-bit run, and the distance of its 32-bit run",
        reference: ["scalar_descent.gd_xsin.jax_x64", "scalar_descent.gd_xsin.max_abs_diff_x"],
        tolerance: 1e-12)),
    NotesSystem(
      "gd_x2", "Descent on x²", .logistic, 868...903,
      "Ten steps of 0.1 from 5, by hand and by JAX", presets: ["notes-gd-x2", "parabola"],
      quirk: "float64 is asked for and silently becomes float32: x is off by up to 1.6e-7.",
      check: Check(
        figure: "x and f(x) of ten steps, and the distance of the 32-bit run",
        reference: ["scalar_descent.gd_x2"], tolerance: 1e-12)),
    NotesSystem(
      "gd_xsin", "Descent on x sin(x² + 1)", .logistic, 907...928,
      "300 steps of 0.01 from 1 on a curve with eight minima",
      presets: ["notes-gd-xsin", "xsin"],
      quirk:
        "x = 1 lies just left of a maximum, so the ball rolls left; 100 points under-draw the "
        + "curve.",
      check: Check(
        figure: "x and f(x) of 300 steps", reference: ["scalar_descent.gd_xsin.analytical"],
        tolerance: 1e-10)),
  ]
}
