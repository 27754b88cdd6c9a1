package import CLanes
package import Lanes

/// A transformation of an optimizer: takes a gradient (or what earlier transformations made of it)
/// and replaces it by something better.
///
/// The last transformation of a chain leaves the *change*: what is subtracted from the parameters,
/// the learning rate included. State lives inside the value, so a copy of a transformation is a
/// checkpoint of it. The composition of transformations is optax's idea; unlike there, a rule
/// applies the learning rate itself, because momentum and Nesterov differ in where it enters.
package protocol GradientTransformation: Sendable {
  /// Replaces `gradient` in place.
  ///
  /// - Parameters:
  ///   - gradient: `paddedCount` doubles, aligned as `Vector` is; padding is zero and stays so.
  ///   - parameters: the parameters that the gradient belongs to, padded the same way.
  ///   - paddedCount: a multiple of eight.
  ///   - context: the step: its number, the rate in force, the epoch, the loss surface.
  mutating func update(
    gradient: UnsafeMutablePointer<Double>, parameters: UnsafePointer<Double>, paddedCount: Int,
    context: borrowing StepContext)

  /// The same with the result elsewhere: `gradient` stays as it is, unless it is `change` itself.
  mutating func update(
    _ gradient: UnsafePointer<Double>, into change: UnsafeMutablePointer<Double>,
    parameters: UnsafePointer<Double>, paddedCount: Int, context: borrowing StepContext)

  /// Whether `lend` may take steps.
  var isLent: Bool { get }

  /// Lets C take the steps that come next, many in one go: gives `body` what it needs of the rule,
  /// and says how many steps that has taken; none where these are not such as C knows.
  mutating func lend(_ ahead: StepsAhead, to body: (GlissadeRule) -> Int) -> Int

  /// Whether the transformation asks for the loss surface.
  var usesSurface: Bool { get }

  /// Whether each entry of the change depends on that entry and on `StepContext.rates` alone, so
  /// that many runs can share one long vector.
  var actsEntrywise: Bool { get }

  /// Whether the model is not the parameters, at which gradients are taken, but an average that
  /// `average` makes of them: losses, predictions and files are then of that.
  var isMeasuredAtAverage: Bool { get }

  /// Writes the average that is the model; `parameters` may be `average` itself.
  func average(
    _ parameters: UnsafePointer<Double>, into average: UnsafeMutablePointer<Double>,
    paddedCount: Int)

  /// What a step makes of a small error near a minimum, with the memory at step `step`; nil where
  /// the rule is not linear there.
  func linearStability(step: Int) -> LinearStability?

  /// What the transformation remembers, by name, running powers included: handed to a fresh one of
  /// the same settings, it goes on with the same bits. Setting it takes over what has the same name
  /// and length, and leaves the rest.
  var memory: Memory { get set }

  /// Forgets everything; allocates nothing.
  mutating func clear()

  /// The factor that multiplies each entry of the (smoothed) gradient at step `step`, where that
  /// makes sense.
  func effectiveRate(learningRate: Double, step: Int) -> Vector?
}

extension GradientTransformation {
  /// Copies the gradient, and replaces the copy.
  package mutating func update(
    _ gradient: UnsafePointer<Double>, into change: UnsafeMutablePointer<Double>,
    parameters: UnsafePointer<Double>, paddedCount: Int, context: borrowing StepContext
  ) {
    if gradient != UnsafePointer(change) { change.update(from: gradient, count: paddedCount) }
    update(
      gradient: change, parameters: parameters, paddedCount: paddedCount, context: context)
  }

  /// The gradient is enough.
  package var usesSurface: Bool { false }

  /// Entries may depend on each other, unless the transformation says that they do not.
  package var actsEntrywise: Bool { false }

  /// The parameters are the model.
  package var isMeasuredAtAverage: Bool { false }

  /// The parameters themselves.
  package func average(
    _ parameters: UnsafePointer<Double>, into average: UnsafeMutablePointer<Double>,
    paddedCount: Int
  ) {
    if parameters != UnsafePointer(average) { average.update(from: parameters, count: paddedCount) }
  }

  /// It is not linear.
  package func linearStability(step: Int) -> LinearStability? { nil }

  /// Nothing is remembered.
  package var memory: Memory {
    get { Memory() }
    set {}
  }

  /// There is nothing to forget.
  package mutating func clear() {}

  /// No factor of its own for each parameter.
  package func effectiveRate(learningRate: Double, step: Int) -> Vector? { nil }
}

/// What a transformation knows about the step it takes part in.
package struct StepContext {
  /// The number of this step since the optimizer's state began, from 1 (bias corrections use it);
  /// epochs are counted instead when `step_per_epoch` is set.
  package var step: Int
  /// The learning rate in force: base rate times schedule.
  package var learningRate: Double
  /// Eight rates, lane by lane, where lanes are runs with rates of their own; nil: `learningRate`.
  package var rates: UnsafePointer<Lanes>?
  /// Twice the epoch, and 1 more at its first step. Seven words: eight would be copied as one vector
  /// at every step, which waits until what was written to them just before has reached the cache.
  private var epochAndBeginning: Int
  /// The loss of the step's batch at the parameters.
  package var loss: Double
  /// The loss of the step's batch anywhere, for line searches and second derivatives.
  package var surface: (any LossSurface)?

  /// A step.
  package init(
    step: Int, learningRate: Double, epoch: Int = 0, beginsEpoch: Bool = false, loss: Double = 0,
    surface: (any LossSurface)? = nil
  ) {
    self.step = step
    self.learningRate = learningRate
    epochAndBeginning = epoch << 1 | (beginsEpoch ? 1 : 0)
    self.loss = loss
    self.surface = surface
  }
}

extension StepContext {
  /// The epoch that the step belongs to, from 0.
  package var epoch: Int { epochAndBeginning >> 1 }
  /// Whether the step is the first of its epoch.
  package var beginsEpoch: Bool { epochAndBeginning & 1 == 1 }

  /// Says which epoch the step belongs to, from 0, and whether it is its first.
  @inline(__always)
  package mutating func setEpoch(_ epoch: Int, begins: Bool) {
    epochAndBeginning = epoch << 1 | (begins ? 1 : 0)
  }

  /// The learning rate in force, lane by lane.
  @inline(__always) var rateLanes: Lanes { rates?.pointee ?? Lanes(repeating: learningRate) }
}

/// The loss as a function of the parameters, on the batch of one step. It knows neither model nor
/// data.
package protocol LossSurface: AnyObject {
  /// The loss and its gradient; both pointers hold the padded number of doubles, aligned
  /// as `Vector` is.
  func lossAndGradient(
    at parameters: UnsafePointer<Double>, gradient: UnsafeMutablePointer<Double>
  ) -> Double
  /// Writes the second derivatives row by row, the square of the number of parameters; false where
  /// they are not known.
  func hessian(
    at parameters: UnsafePointer<Double>, into rows: UnsafeMutablePointer<Double>
  ) -> Bool
}

/// What a transformation remembers, by name: vectors as long as the parameters, and single numbers.
package struct Memory: Sendable, Equatable {
  /// Vectors with their names, in the order in which they are shown.
  package private(set) var vectors: [(name: String, values: Vector)] = []
  /// Numbers with their names.
  package private(set) var numbers: [(name: String, value: Double)] = []

  /// Nothing.
  package init() {}

  /// Vectors and numbers.
  package init(
    _ vectors: KeyValuePairs<String, Vector>, numbers: KeyValuePairs<String, Double> = [:]
  ) {
    self.vectors = vectors.map { (name: $0.key, values: $0.value) }
    self.numbers = numbers.map { (name: $0.key, value: $0.value) }
  }

  /// The memory for other parameters: each vector's numbers from `places`, 0 where that is nil.
  ///
  /// Vectors that are shorter than a place are of something else, and are left out.
  package func moved(to places: [Int?]) -> Memory {
    let last = places.lazy.compactMap { $0 }.max() ?? -1
    var moved = Memory()
    moved.numbers = numbers
    for (name, values) in vectors where values.count > last {
      let old = values.values
      moved.vectors.append((name, Vector(places.map { place in place.map { old[$0] } ?? 0 })))
    }
    return moved
  }

  /// Appends what another transformation remembers.
  package mutating func append(_ other: Memory) {
    vectors += other.vectors
    numbers += other.numbers
  }

  /// Appends a vector.
  package mutating func append(_ name: String, _ values: Vector) {
    vectors.append((name: name, values: values))
  }

  /// Appends a number.
  package mutating func append(_ name: String, _ value: Double) {
    numbers.append((name: name, value: value))
  }

  /// Puts the vector called `name` into `vector` if there is one of the same length.
  package func read(_ name: String, into vector: inout Vector) {
    guard let found = vectors.first(where: { $0.name == name }), found.values.count == vector.count
    else { return }
    vector = found.values
  }

  /// Puts the number called `name` into `number` if there is one.
  package func read(_ name: String, into number: inout Double) {
    if let found = numbers.first(where: { $0.name == name }) { number = found.value }
  }

  /// The number called `name`, if there is one.
  package func number(_ name: String) -> Double? {
    numbers.first { $0.name == name }?.value
  }

  /// Whether a vector of this name is here.
  package func holds(_ name: String) -> Bool { vectors.contains { $0.name == name } }

  package static func == (a: Memory, b: Memory) -> Bool {
    a.vectors.elementsEqual(b.vectors, by: { $0 == $1 })
      && a.numbers.elementsEqual(b.numbers, by: { $0 == $1 })
  }
}
