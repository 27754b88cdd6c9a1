package import CLanes
package import Lanes

/// The steps that come next, of runs with rates of their own, for a rule that C takes them by.
package struct StepsAhead {
  /// The number of the first, as `StepContext.step` has it.
  package var first: Int
  /// How many.
  package var count: Int
  /// Learning rates in force: one vector a step and block of eight runs.
  package var rates: UnsafePointer<Lanes>
  /// Vectors that all parameters fill.
  package var vectors: Int
  /// Room for what the rule makes of the rates: `StepsAhead.room` vectors.
  package var space: UnsafeMutablePointer<Lanes>

  /// Steps that come next.
  package init(
    first: Int, count: Int, rates: UnsafePointer<Lanes>, vectors: Int,
    space: UnsafeMutablePointer<Lanes>
  ) {
    self.first = first
    self.count = count
    self.rates = rates
    self.vectors = vectors
    self.space = space
  }

  /// Vectors of room that a number of steps needs: one rate and one number each.
  package static func room(_ count: Int) -> Int { count + (count + 7) / 8 }
}

extension GradientTransformation {
  /// C has no such rule.
  package var isLent: Bool { false }

  package mutating func lend(_ ahead: StepsAhead, to body: (GlissadeRule) -> Int) -> Int { 0 }
}

extension OptimizerChain {
  /// Whether C can take its steps by the rule.
  package func lends(_ rule: some GradientTransformation) -> Bool { isBare && rule.isLent }

  /// Lets `body` take steps by the rule that was taken out; says how many it took.
  package mutating func stretch(
    by rule: inout some GradientTransformation, _ rates: UnsafePointer<Lanes>, count: Int,
    vectors: Int, space: UnsafeMutablePointer<Lanes>, _ body: (GlissadeRule) -> Int
  ) -> Int {
    let taken = rule.lend(
      StepsAhead(
        first: stepsTaken &+ 1, count: count, rates: rates, vectors: vectors, space: space),
      to: body)
    self.count(to: stepsTaken &+ taken)
    return taken
  }
}

extension GradientDescent {
  package var isLent: Bool { true }

  package mutating func lend(_ ahead: StepsAhead, to body: (GlissadeRule) -> Int) -> Int {
    var rule = GlissadeRule()
    rule.kind = GLISSADE_DESCENT
    rule.rates = UnsafeRawPointer(ahead.rates).assumingMemoryBound(to: Double.self)
    return body(rule)
  }
}

extension HeavyBall {
  package var isLent: Bool { true }

  /// The first step is not like the others.
  package mutating func lend(_ ahead: StepsAhead, to body: (GlissadeRule) -> Int) -> Int {
    guard started != 0 else { return 0 }
    var rule = GlissadeRule()
    rule.kind = nesterov ? GLISSADE_NESTEROV : GLISSADE_HEAVY_BALL
    rule.keep = momentum
    rule.take = 1 - dampening
    rule.rate_inside = rateInside ? 1 : 0
    rule.rates = UnsafeRawPointer(ahead.rates).assumingMemoryBound(to: Double.self)
    var taken = 0
    velocity.withLanes { velocity in
      rule.first = UnsafeMutableRawPointer(velocity).assumingMemoryBound(to: Double.self)
      taken = body(rule)
    }
    return taken
  }
}

extension Adam {
  package var isLent: Bool { law.variant == .plain }

  package mutating func lend(_ ahead: StepsAhead, to body: (GlissadeRule) -> Int) -> Int {
    var taken = 0
    moments.withLanes { moments in taken = law.lend(ahead, moments, to: body) }
    return taken
  }
}

extension AdamLaw {
  /// Lends moments, which begin at `mean`, and rates of the steps that come next; those in force
  /// are afterwards the ones of the last step that was taken.
  mutating func lend(
    _ ahead: StepsAhead, _ mean: UnsafeMutablePointer<Lanes>, to body: (GlissadeRule) -> Int
  ) -> Int {
    let before = self
    let (rates, offsets) = (
      ahead.space,
      UnsafeMutableRawPointer(ahead.space + ahead.count).assumingMemoryBound(to: Double.self)
    )
    for k in 0..<ahead.count {
      begin(step: ahead.first &+ k, learningRate: ahead.rates[k][0])
      rates[k] = rate(of: ahead.rates[k])
      offsets[k] = offset
      prepare(learningRate: ahead.rates[k][0])
    }
    var rule = GlissadeRule()
    rule.kind = GLISSADE_ADAM
    (rule.take, rule.keep2, rule.take2) = (1 - beta1, beta2, 1 - beta2)
    rule.first = UnsafeMutableRawPointer(mean).assumingMemoryBound(to: Double.self)
    rule.second = UnsafeMutableRawPointer(mean + ahead.vectors).assumingMemoryBound(to: Double.self)
    rule.rates = UnsafeRawPointer(rates).assumingMemoryBound(to: Double.self)
    rule.offsets = UnsafePointer(offsets)
    let taken = body(rule)
    guard taken < ahead.count else { return taken }
    // Powers are made of those before them, and must not run ahead.
    self = before
    for k in 0..<taken {
      begin(step: ahead.first &+ k, learningRate: ahead.rates[k][0])
      prepare(learningRate: ahead.rates[k][0])
    }
    return taken
  }
}
